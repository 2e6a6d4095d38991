// SQL text to tokens, for expressions as catalogues give them: each dialect's quotes, escapes and string prefixes.
// Total: a text that is no SQL gives undefined, never an error.

/** How a dialect's catalogue writes expressions. */
export interface SqlTextStyle {
  /** Characters that open a quoted identifier; `[` closes with `]`, the others with themselves. */
  readonly identifierQuotes: string;
  /** A backslash in any string escapes what follows; else only in `E'…'`. */
  readonly backslashEscapes: boolean;
  /** Strings may follow a character set's name: `_utf8mb4'…'`. */
  readonly introducers: boolean;
}

export interface SqlToken {
  readonly kind: "word" | "name" | "string" | "number" | "symbol";
  /** What it says: words as written, names and strings without quotes and escapes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const space = /(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/y;
const word = /[\p{ID_Start}_][\p{ID_Continue}$]*/uy;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y;
const symbol = /::|\|\||<=|>=|<>|!=|==|!~~|~~|[-+*/%=<>(),.[\]]/y;
const backslashed: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", "0": "\0", Z: "\x1a" };

/** The tokens of `text`; undefined where some of it is none that expressions of a schema could hold. */
export function readTokens(text: string, style: SqlTextStyle): SqlToken[] | undefined {
  const tokens: SqlToken[] = [];
  for (let at = skip(text, 0); at < text.length;) {
    const token = readToken(text, at, style);
    if (token === undefined) return undefined;
    tokens.push(token);
    at = skip(text, token.end);
  }
  return tokens;
}

function skip(text: string, at: number): number {
  return at + (matchAt(space, text, at)?.length ?? 0);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readToken(text: string, start: number, style: SqlTextStyle): SqlToken | undefined {
  const character = text[start] ?? "";
  if (character === "'") return readString(text, start, start, style.backslashEscapes);
  if (style.identifierQuotes.includes(character)) return readName(text, start, character === "[" ? "]" : character);
  const found = matchAt(word, text, start);
  if (found !== undefined) {
    const end = start + found.length;
    if (text[end] === "'") {
      if (/^e$/i.test(found) && !style.backslashEscapes) return readString(text, start, end, true);
      return style.introducers && found.startsWith("_") ? readString(text, start, end, true) : undefined;
    }
    return { kind: "word", text: found, start, end };
  }
  const digits = matchAt(number, text, start);
  if (digits !== undefined) return { kind: "number", text: digits, start, end: start + digits.length };
  const sign = matchAt(symbol, text, start);
  return sign === undefined ? undefined : { kind: "symbol", text: sign, start, end: start + sign.length };
}

function readString(text: string, start: number, quote: number, escapes: boolean): SqlToken | undefined {
  let value = "";
  for (let at = quote + 1; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "'") {
      if (text[at + 1] !== "'") return { kind: "string", text: value, start, end: at + 1 };
      at += 1;
      value += "'";
    } else if (character === "\\" && escapes) {
      at += 1;
      const escaped = text[at] ?? "";
      value += backslashed[escaped] ?? escaped;
    } else value += character;
  }
  return undefined;
}

function readName(text: string, start: number, closing: string): SqlToken | undefined {
  let value = "";
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character !== closing) value += character;
    else if (text[at + 1] === closing && closing !== "]") {
      value += closing;
      at += 1;
    } else return { kind: "name", text: value, start, end: at + 1 };
  }
  return undefined;
}

/**
 * Whether two texts are the same SQL but for white space, comments, the case of words, and quotes around names and
 * strings that could do without or be quoted otherwise.
 */
export function isSameSql(left: string, right: string, style: SqlTextStyle): boolean {
  const first = sqlKey(left, style);
  return first !== undefined && first === sqlKey(right, style);
}

/** The same key for texts that are the same SQL; undefined for a text that no expression of a schema could be. */
export function sqlKey(text: string, style: SqlTextStyle): string | undefined {
  const tokens = readTokens(text, style);
  return tokens && JSON.stringify(tokens.map(tokenKey));
}

function tokenKey({ kind, text }: SqlToken): string {
  return kind === "word" || kind === "name" ? `name ${text.toLowerCase()}` : `${kind} ${text}`;
}
