// The statements of `sqlite_schema` in one form, a line an item: SQLite keeps them as somebody wrote them, so that much
// of what differs says nothing. Left out is how it is spelled: white space, comments, case, the quotes of names, where
// a constraint of one column stands, defaults of clauses that are spelled out, and names that Athanor gives constraints.
import { closing, type SqliteToken, splitAtCommas, sqliteTokens, wordsOf } from "./sqlite-tokens.js";

/** One row of `sqlite_schema`. */
export interface SqliteEntry {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

type KeyOf = (table: string) => readonly string[];

/** The lines of all entries; `keyOf` gives a table's primary key, which foreign keys without columns refer to. */
export function sqliteLines(entries: readonly SqliteEntry[], keyOf: KeyOf): readonly string[] {
  return entries.flatMap((entry) => {
    const tokens = sqliteTokens(entry.sql);
    if (entry.type === "table" && tokens[1]?.text === "table") return tableLines(tokens, keyOf);
    return [entry.type === "index" ? indexLine(tokens) : wordsOf(tokens)];
  });
}

/** Without parentheses around whole keys and the whole condition, and without `ASC`. */
function indexLine(tokens: readonly SqliteToken[]): string {
  const open = tokens.findIndex(({ text }) => text === "(");
  const close = closing(tokens, open);
  const keys = splitAtCommas(tokens.slice(open + 1, close)).map((key) => {
    const end = key[0]?.text === "(" ? closing(key, 0) : -1;
    const bare = end === -1 ? key : [...key.slice(1, end), ...key.slice(end + 1)];
    return wordsOf(bare.filter(({ text }) => text !== "asc"));
  });
  const [where, ...condition] = tokens.slice(close + 1);
  const rest = where === undefined ? "" : ` where ${wordsOf(withoutParentheses(condition))}`;
  return `${wordsOf(tokens.slice(0, open))} (${keys.join()})${rest}`;
}

function withoutParentheses(tokens: readonly SqliteToken[]): readonly SqliteToken[] {
  const isWhole = tokens[0]?.text === "(" && closing(tokens, 0) === tokens.length - 1;
  return isWhole ? withoutParentheses(tokens.slice(1, -1)) : tokens;
}

function tableLines(tokens: readonly SqliteToken[], keyOf: KeyOf): string[] {
  const open = tokens.findIndex(({ text }) => text === "(");
  const close = closing(tokens, open);
  const table = tokens[open - 1]?.text ?? "";
  const options = splitAtCommas(tokens.slice(close + 1)).map((option) => `option ${wordsOf(option)}`);
  const items = splitAtCommas(tokens.slice(open + 1, close)).map(
    (item) => new Item(item, table, options.length > 0, keyOf),
  );
  const lines = items.flatMap((item, index) => item.lines(index + 1));
  return [`create table ${table}`, ...lines, ...options].map((line) =>
    line.startsWith("create") ? line : `${table}: ${line}`,
  );
}

const constraintWords: ReadonlySet<string> = new Set(
  "constraint primary not null unique check default collate references generated as".split(" "),
);

/** One column with its constraints, or one constraint of the table. */
class Item {
  readonly #tokens: readonly SqliteToken[];
  readonly #table: string;
  readonly #keyOf: KeyOf;
  readonly #hasExactKey: boolean;
  #at = 0;

  constructor(tokens: readonly SqliteToken[], table: string, hasExactKey: boolean, keyOf: KeyOf) {
    this.#tokens = tokens;
    this.#table = table;
    this.#hasExactKey = hasExactKey;
    this.#keyOf = keyOf;
  }

  lines(position: number): string[] {
    const isConstraint = this.#sees("constraint", "primary", "unique", "check", "foreign");
    return isConstraint ? [this.#constraint([])] : this.#column(position);
  }

  #column(position: number): string[] {
    const name = this.#take();
    const type: string[] = [];
    while (!this.#atEnd && !this.#seesConstraint()) type.push(this.#sees("(") ? this.#parenthesized() : this.#take());
    const facts: string[] = [];
    const constraints: string[] = [];
    while (!this.#atEnd) {
      if (this.#accept("default")) facts.push(`default ${this.#default()}`);
      else if (this.#accept("collate")) facts.push(`collate ${this.#take()}`);
      else if (this.#accept("not", "null")) facts.push(`not null${this.#conflict()}`);
      else if (this.#accept("null")) this.#conflict();
      else if (this.#accept("generated", "always", "as") || this.#accept("as")) facts.push(this.#generated());
      else if (this.#seesNamed("not", "null")) this.#at += 2;
      else constraints.push(this.#constraint([name]));
    }
    const declared = type.join(" ").replaceAll(" (", "(");
    // Keys of some tables are never NULL, said or not: the rowid, and those of tables that have none or are strict.
    const key = this.#keyOf(this.#table);
    const isRequired = key.includes(name) && (this.#hasExactKey || (declared === "integer" && key.length === 1));
    const said = facts.filter((fact) => !(isRequired && fact === "not null") && fact !== "default null");
    return [[`column ${position} ${name} ${declared}`, ...said.toSorted()].join(" "), ...constraints];
  }

  #constraint(columns: readonly string[]): string {
    const name = this.#accept("constraint") ? this.#take() : undefined;
    const [label, text] = this.#body(columns);
    return `${name === undefined || this.#isMade(name, label) ? "" : `constraint ${name} `}${text}`;
  }

  /** Whether Athanor would make this name: `table_columns_label`, cut where it is long. */
  #isMade(name: string, label: string): boolean {
    return name.startsWith(this.#table.slice(0, 20)) && name.replace(/\d+$/, "").endsWith(`_${label}`);
  }

  /** Which ending a made name has, and what is said; `column` is the one that it stands at. */
  #body(column: readonly string[]): readonly [label: string, text: string] {
    if (this.#accept("primary", "key")) {
      const order = column.length === 0 ? "" : this.#order();
      const columns = column.length === 0 ? this.#names() : column;
      const more = `${order}${this.#conflict()}${this.#accept("autoincrement") ? " autoincrement" : ""}`;
      return ["pkey", `primary key (${columns.join()})${more}`];
    }
    if (this.#accept("unique")) {
      const columns = column.length === 0 ? this.#names() : column;
      return ["key", `unique (${columns.join()})${this.#conflict()}`];
    }
    if (this.#accept("check")) return ["check", `check ${this.#parenthesized()}${this.#conflict()}`];
    if (this.#accept("foreign", "key")) return this.#reference(this.#names());
    return this.#reference(column);
  }

  #reference(columns: readonly string[]): readonly [string, string] {
    if (!this.#accept("references")) throw new Error(`unread: ${wordsOf(this.#tokens.slice(this.#at))}`);
    const table = this.#take();
    const targets = this.#sees("(") ? this.#names() : this.#keyOf(table);
    const clauses: string[] = [];
    while (!this.#atEnd) {
      if (this.#accept("on", "delete") || this.#accept("on", "update")) {
        const event = this.#tokens[this.#at - 1]?.text ?? "";
        const action = this.#sees("set", "no") ? `${this.#take()} ${this.#take()}` : this.#take();
        if (action !== "no action") clauses.push(`on ${event} ${action}`);
      } else if (this.#accept("match")) this.#take();
      else if (this.#accept("not", "deferrable")) this.#initially();
      else if (this.#accept("deferrable")) clauses.push(this.#initially() === "deferred" ? "deferred" : "");
      else break;
    }
    const said = clauses.filter((clause) => clause !== "").toSorted();
    const text = [`foreign key (${columns.join()}) references ${table} (${targets.join()})`, ...said].join(" ");
    return ["fkey", text];
  }

  #initially(): string {
    return this.#accept("initially") ? this.#take() : "immediate";
  }

  #generated(): string {
    const expression = this.#parenthesized();
    return `as ${expression} ${this.#sees("stored", "virtual") ? this.#take() : "virtual"}`;
  }

  /** Without the parentheses around the whole, which say nothing. */
  #default(): string {
    if (!this.#sees("(")) return this.#sees("-", "+") ? this.#take() + this.#take() : this.#take();
    const start = this.#at;
    this.#at = closing(this.#tokens, start) + 1;
    return wordsOf(withoutParentheses(this.#tokens.slice(start, this.#at))).replace(/^([-+]) /, "$1");
  }

  #conflict(): string {
    if (!this.#accept("on", "conflict")) return "";
    const action = this.#take();
    return action === "abort" ? "" : ` on conflict ${action}`;
  }

  #order(): string {
    if (this.#accept("asc")) return "";
    return this.#accept("desc") ? " desc" : "";
  }

  #names(): string[] {
    const end = closing(this.#tokens, this.#at);
    const names = splitAtCommas(this.#tokens.slice(this.#at + 1, end)).map((name) =>
      wordsOf(name.filter(({ text }) => text !== "asc")),
    );
    this.#at = end + 1;
    return names;
  }

  #parenthesized(): string {
    const end = closing(this.#tokens, this.#at) + 1;
    const text = wordsOf(this.#tokens.slice(this.#at, end));
    this.#at = end;
    return text;
  }

  get #atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  #seesConstraint(): boolean {
    const token = this.#tokens[this.#at];
    return token?.quoted === false && constraintWords.has(token.text);
  }

  #sees(...words: readonly string[]): boolean {
    const token = this.#tokens[this.#at];
    return token?.quoted === false && words.includes(token.text);
  }

  /** A name that says nothing, as what it names cannot be broken by name: `CONSTRAINT given NOT NULL`. */
  #seesNamed(...words: readonly string[]): boolean {
    if (!this.#sees("constraint")) return false;
    return words.every((word, index) => this.#tokens[this.#at + 2 + index]?.text === word);
  }

  #accept(...words: readonly string[]): boolean {
    const found = words.every((word, index) => {
      const token = this.#tokens[this.#at + index];
      return token?.quoted === false && token.text === word;
    });
    if (found) this.#at += words.length;
    return found;
  }

  #take(): string {
    return this.#tokens[this.#at++]?.text ?? "";
  }
}
