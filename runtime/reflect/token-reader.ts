// Reads tokens of SQL text one after the other: what the parsers of definitions go by.
import { closingAt, type SqlQuoting, type SqlToken, sqlTokens } from "./sql-tokens.js";

export class TokenReader {
  readonly sql: string;
  readonly #tokens: readonly SqlToken[];
  #at = 0;

  constructor(sql: string, quoting: SqlQuoting) {
    this.sql = sql;
    this.#tokens = sqlTokens(sql, quoting);
  }

  get atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** The token `ahead` of the next one; undefined past the end. */
  peek(ahead = 0): SqlToken | undefined {
    return this.#tokens[this.#at + ahead];
  }

  /** True where the next tokens are these words or symbols, in any case. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, index) => {
      const token = this.peek(index);
      return (token?.kind === "word" || token?.kind === "symbol") && token.text.toLowerCase() === word;
    });
  }

  /** Takes these words where they come next. */
  accept(...words: readonly string[]): boolean {
    const found = this.sees(...words);
    if (found) this.#at += words.length;
    return found;
  }

  /** Takes the first of these words that comes next. */
  acceptOneOf<Word extends string>(words: readonly Word[]): Word | undefined {
    return words.find((word) => this.accept(...word.split(" ")));
  }

  next(): SqlToken | undefined {
    const token = this.peek();
    if (token !== undefined) this.#at += 1;
    return token;
  }

  /** The next token as a name, whatever its quotes. */
  name(): string {
    return this.next()?.value ?? "";
  }

  /** The text between the parenthesis that comes next and the one that closes it; both are taken. */
  parenthesized(): string {
    const open = this.peek();
    if (open?.text !== "(") return "";
    const close = closingAt(this.#tokens, this.#at);
    const end = this.#tokens[close]?.start ?? this.sql.length;
    this.#at = Math.min(close + 1, this.#tokens.length);
    return this.sql.slice(open.end, end).trim();
  }

  /** The names in the parentheses that come next; none where none do. */
  names(): string[] {
    const names: string[] = [];
    if (!this.accept("(")) return names;
    while (!this.atEnd && !this.accept(")")) {
      names.push(this.name());
      while (!this.atEnd && !this.sees(",") && !this.sees(")")) this.next();
      this.accept(",");
    }
    return names;
  }

  /** The rest of the text, trimmed. */
  rest(): string {
    const from = this.peek()?.start ?? this.sql.length;
    this.#at = this.#tokens.length;
    return this.sql.slice(from, this.#tokens.at(-1)?.end);
  }
}
