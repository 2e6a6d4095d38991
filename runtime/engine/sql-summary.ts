// What can be told of a statement without telling its values: its text with literals masked, what it does and to which
// tables. A reader of words, not a parser: what it cannot tell it leaves out.

/** How each thing of a statement looks. A string may be unterminated: then it goes to the end. */
const PARTS = {
  escapedText: /[Ee]'(?:[^'\\]|''|\\[^])*(?:'|$)/,
  text: /'(?:[^']|'')*(?:'|$)/,
  backslashedText: /'(?:[^'\\]|''|\\[^])*(?:'|$)|"(?:[^"\\]|""|\\[^])*(?:"|$)/,
  quotedName: /"(?:[^"]|"")*(?:"|$)/,
  backtickedName: /`[^`]*(?:`|$)/,
  dollarText: /\$(?<tag>\w*)\$[^]*?(?:\$\k<tag>\$|$)/,
  comment: /--[^\n]*|\/\*[^]*?(?:\*\/|$)/,
  hashComment: /#[^\n]*/,
  placeholder: /[$:@]\w+/,
  word: /[A-Za-z_]\w*/,
  number: /\d[\w.]*/,
  anything: /[^]/,
};

/** The parts of a statement in the order in which they are looked for; `\'` ends a string, but after an E. */
const TOKEN = anyOf("escapedText text quotedName backtickedName dollarText comment placeholder word number anything");
/** The same where double quotes hold text, too, and `\'` ends none. */
const TOKEN_OF_QUOTED_TEXT = anyOf(
  "backslashedText backtickedName comment hashComment placeholder word number anything",
);

function anyOf(names: string): RegExp {
  // Sound: the names are those of the table.
  return new RegExp(
    names
      .split(" ")
      .map((name) => PARTS[name as keyof typeof PARTS].source)
      .join("|"),
    "g",
  );
}

const NAME = /^(?:[A-Za-z_]\w*|"[^]*"|`[^]*`)$/;
const SOURCE_WORDS = new Set(["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "CALL", "VIEW", "INDEX"]);
const NOT_NAMES = new Set(["SELECT", "LATERAL", "IF", "NOT", "EXISTS", "ONLY", "SET", "ON", "UNIQUE", "VALUES"]);
const LONGEST_SUMMARY = 255;

/** The text with every literal as `?`. `quotedText`: true where `"…"` is text and no name. */
export function maskedSql(sql: string, quotedText: boolean): string {
  const token = quotedText ? TOKEN_OF_QUOTED_TEXT : TOKEN;
  return sql.replaceAll(token, (each) => (isLiteral(each, quotedText) ? "?" : each));
}

function isLiteral(token: string, quotedText: boolean): boolean {
  const [first = ""] = token;
  if (/^[Ee]?'|^\d/.test(token)) return true;
  // `$1` is a placeholder, `$tag$…$tag$` a string.
  if (first === "$") return token.endsWith("$") && token.length > 1;
  return first === '"' && quotedText;
}

/** What a statement does, and to what. */
interface Summary {
  /** The first word, in capitals; null where there is none. */
  readonly operation: string | null;
  /** The tables that are named, each once, in their order. */
  readonly targets: readonly string[];
}

export function summaryOf(sql: string): Summary {
  const words = (sql.match(TOKEN) ?? []).filter((token) => /^[\w"`.(,]/.test(token) && !/^\d/.test(token));
  const operation = words.find((word) => /^[A-Za-z]/.test(word))?.toUpperCase() ?? null;
  const targets = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    if (!SOURCE_WORDS.has((words[at] ?? "").toUpperCase())) continue;
    const target = nameAt(words, at + 1);
    if (target !== null) targets.add(target);
  }
  return { operation, targets: [...targets] };
}

/** The qualified name that begins there, words such as IF NOT EXISTS passed over; null where none does. */
function nameAt(words: readonly string[], start: number): string | null {
  let at = start;
  while (NOT_NAMES.has((words[at] ?? "").toUpperCase())) at += 1;
  const parts: string[] = [];
  for (; NAME.test(words[at] ?? ""); at += 2) {
    parts.push((words[at] ?? "").replaceAll(/^["`]|["`]$/g, ""));
    if (words[at + 1] !== ".") break;
  }
  return parts.length === 0 ? null : parts.join(".");
}

/** `SELECT account booking`: for the names of spans, so of few kinds and not too long. */
export function summaryText({ operation, targets }: Summary): string {
  const words = [operation, ...targets].filter((word) => word !== null);
  let text = "";
  for (const word of words) {
    const next = text === "" ? word : `${text} ${word}`;
    if (next.length > LONGEST_SUMMARY) break;
    text = next;
  }
  return text;
}
