// A dump as comparable statements: without what says nothing of tables and views, in one order, one line an item.

/** The statements of a dump in order of their text, each with its lines; triggers, functions and settings left out. */
export function normaliseDump(dump: string): string[] {
  return splitStatements(dump)
    .map(withoutNoise)
    .filter((statement) => statement !== "" && !isAside(statement))
    .toSorted()
    .flatMap((statement) => statement.split("\n"));
}

/** The lines that only one of two dumps has, with `-` or `+` before them. */
export function differingLines(before: readonly string[], after: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of before) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of after) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts].flatMap(([line, count]) =>
    Array.from({ length: Math.abs(count) }, () => `${count > 0 ? "-" : "+"} ${line}`),
  );
}

/** At each `;` that ends a line and stands in no string. */
function splitStatements(dump: string): string[] {
  const statements: string[] = [];
  let start = 0;
  const token =
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|;(?=\s*(?:\n|$))/g;
  for (const match of dump.matchAll(token)) {
    if (match[0] !== ";") continue;
    statements.push(dump.slice(start, match.index));
    start = match.index + 1;
  }
  return [...statements, dump.slice(start)];
}

function withoutNoise(statement: string): string {
  const bare = statement
    .replaceAll(/^--.*$/gm, "")
    .replaceAll(/^\\(?:un)?restrict .*$/gm, "")
    .trim();
  const lines = bare.split("\n").map((line) => line.trim());
  // Constraints and columns are followed by commas but for the last, which need not be the same.
  return lines
    .map((line) => line.replace(/,$/, ""))
    .filter((line) => line !== "")
    .join("\n");
}

function isAside(statement: string): boolean {
  return /^(?:SET |SELECT pg_catalog|CREATE (?:OR REPLACE )?(?:FUNCTION|TRIGGER|AGGREGATE|PROCEDURE|RULE)|\/\*!|DROP |ALTER DATABASE|USE )/i.test(
    statement,
  );
}
