// The words of SQL text as a database keeps it: names, strings, numbers and single symbols, without blanks and
// comments. Enough to find the parts of a definition; no grammar. Never throws: what is not closed ends with the text.

export interface SqlToken {
  /** `quoted` is a name in quotes; `string` a literal, with its prefix where it has one. */
  readonly kind: "word" | "quoted" | "string" | "number" | "symbol";
  /** As written. */
  readonly text: string;
  /** The name without its quotes, the string without its own; else the text. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** How dialects write what others do not. */
export interface SqlQuoting {
  /** `[name]` is a quoted name. */
  readonly brackets?: boolean;
  /** A backslash in a string takes what follows it for itself. */
  readonly backslashes?: boolean;
  /** `$tag$ … $tag$` is a string. */
  readonly dollars?: boolean;
}

const BLANK = /\s/;
const WORD_START = /[A-Za-z_\u0080-\u{10ffff}]/u;
const WORD = /[\w$\u0080-\u{10ffff}]*/uy;
const NUMBER = /(?:0x[\da-f]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?)/iy;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$/uy;

/** Splits SQL text into its tokens. */
export function sqlTokens(sql: string, quoting: SqlQuoting = {}): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = skipBlanks(sql, 0);
  while (at < sql.length) {
    const token = tokenAt(sql, at, quoting);
    tokens.push(token);
    at = skipBlanks(sql, token.end);
  }
  return tokens;
}

function tokenAt(sql: string, start: number, quoting: SqlQuoting): SqlToken {
  const first = sql.charAt(start);
  const close = first === "[" && quoting.brackets === true ? "]" : first === '"' || first === "`" ? first : undefined;
  if (close !== undefined) return quotedToken(sql, start, "quoted", start, close, false);
  if (first === "'") return quotedToken(sql, start, "string", start, "'", quoting.backslashes === true);
  if (first === "$" && quoting.dollars === true) {
    const tag = matchAt(DOLLAR_TAG, sql, start);
    if (tag !== "") return dollarToken(sql, start, tag);
  }
  if (WORD_START.test(first)) return wordToken(sql, start, quoting);
  const number = matchAt(NUMBER, sql, start);
  const text = number === "" ? first : number;
  return { kind: number === "" ? "symbol" : "number", text, value: text, start, end: start + text.length };
}

/** A word, or the string that it is the prefix of: `E'…'`, `x'…'`, `_utf8mb4'…'`. */
function wordToken(sql: string, start: number, quoting: SqlQuoting): SqlToken {
  const text = matchAt(WORD, sql, start);
  const end = start + text.length;
  if (sql.charAt(end) === "'" && /^([bexn]|u&|_\w+)$/i.test(text)) {
    return quotedToken(sql, start, "string", end, "'", quoting.backslashes === true || /^e$/i.test(text));
  }
  return { kind: "word", text, value: text, start, end };
}

/** What stands between the quote at `open` and the next `close`, which stands for itself where it is doubled. */
function quotedToken(
  sql: string,
  start: number,
  kind: "quoted" | "string",
  open: number,
  close: string,
  backslashes: boolean,
): SqlToken {
  let value = "";
  let from = open + 1;
  for (let at = from; at < sql.length; at += 1) {
    const character = sql.charAt(at);
    if (backslashes && character === "\\") {
      value += sql.slice(from, at);
      from = at + 1;
      at += 1;
    } else if (character === close) {
      value += sql.slice(from, at);
      if (close === "]" || sql.charAt(at + 1) !== close) {
        return { kind, text: sql.slice(start, at + 1), value, start, end: at + 1 };
      }
      from = at + 1;
      at += 1;
    }
  }
  return { kind, text: sql.slice(start), value: value + sql.slice(from), start, end: sql.length };
}

function dollarToken(sql: string, start: number, tag: string): SqlToken {
  const close = sql.indexOf(tag, start + tag.length);
  const inside = close === -1 ? sql.length : close;
  const end = close === -1 ? sql.length : close + tag.length;
  return { kind: "string", text: sql.slice(start, end), value: sql.slice(start + tag.length, inside), start, end };
}

/** Past blanks, `-- …` and `/* … *\/`. */
function skipBlanks(sql: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < sql.length && BLANK.test(sql.charAt(at))) at += 1;
    const opens = sql.startsWith("--", at) ? "\n" : sql.startsWith("/*", at) ? "*/" : undefined;
    if (opens === undefined) return at;
    const close = sql.indexOf(opens, at + 2);
    if (close === -1) return sql.length;
    at = close + opens.length;
  }
}

function matchAt(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? "";
}

/** Text without the parentheses that go around all of it. */
export function withoutParentheses(sql: string, quoting: SqlQuoting = {}): string {
  const tokens = sqlTokens(sql, quoting);
  let from = 0;
  let to = tokens.length;
  while (tokens[from]?.text === "(" && closingAt(tokens, from) === to - 1) {
    from += 1;
    to -= 1;
  }
  const [first, last] = [tokens[from], tokens[to - 1]];
  return from === 0 || first === undefined || last === undefined || from >= to ? sql : sql.slice(first.start, last.end);
}

/** True where one pair of parentheses goes around all of the text. */
export function isParenthesized(sql: string, quoting: SqlQuoting = {}): boolean {
  const tokens = sqlTokens(sql, quoting);
  return tokens[0]?.text === "(" && closingAt(tokens, 0) === tokens.length - 1;
}

/** The position of the parenthesis that closes the one at `open`; the end where none does. */
export function closingAt(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: "symbol", text: "" };
    if (kind !== "symbol") continue;
    if (text === "(") depth += 1;
    if (text === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}
