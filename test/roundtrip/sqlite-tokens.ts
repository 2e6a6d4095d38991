// SQLite's statements as tokens: words in one case, names without their quotes, strings as they are, no comments.

export interface SqliteToken {
  readonly text: string;
  /** A name that stood in quotes is no word of SQL. */
  readonly quoted: boolean;
}

export function sqliteTokens(sql: string): SqliteToken[] {
  const token =
    /--[^\n]*|\/\*[\s\S]*?\*\/|x?'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\d[\w.]*|[\p{ID_Continue}$]+|[<>=!|]+|\S/giu;
  return [...sql.matchAll(token)].flatMap(([image]) => {
    if (/^(?:--|\/\*)/.test(image)) return [];
    if (image.endsWith("'")) return [{ text: image, quoted: true }];
    const bare = image.replace(/^["`[]([\s\S]*)["`\]]$/, "$1");
    return [{ text: bare.toLowerCase(), quoted: bare !== image }];
  });
}

export function wordsOf(tokens: readonly SqliteToken[]): string {
  return tokens.map(({ text }) => text).join(" ");
}

/** Where the parenthesis that opens at `open` closes. */
export function closing(tokens: readonly SqliteToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const { text, quoted } = tokens[index] ?? { text: "", quoted: true };
    if (!quoted && text === "(") depth += 1;
    if (!quoted && text === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** The parts between the commas that stand in no parentheses; none for nothing. */
export function splitAtCommas(tokens: readonly SqliteToken[]): SqliteToken[][] {
  const parts: SqliteToken[][] = [];
  let depth = 0;
  for (const token of tokens) {
    const { text, quoted } = token;
    if (!quoted && text === "(") depth += 1;
    if (!quoted && text === ")") depth -= 1;
    if (parts.length === 0 || (!quoted && text === "," && depth === 0)) parts.push([]);
    if (quoted || text !== "," || depth > 0) parts.at(-1)?.push(token);
  }
  return parts;
}
