// The page about types says of each type what the tables of values say: which databases do not keep what, and why.
import { it } from "vitest";
import { FAMILIES } from "./families/all.js";
import { expectSection } from "./support/doc-section.js";
import type { Deviation, TypeSamples } from "./support/samples.js";
import { shown } from "./support/shown.js";

const NAMES = { sqlite: "SQLite", postgresql: "PostgreSQL", mysql: "MySQL and MariaDB" } as const;
const KINDS = ["sqlite", "postgresql", "mysql"] as const;

/** Longer values are cut for the page. */
const WIDEST = 44;

function linesOf(samples: TypeSamples): string[] {
  const missing = KINDS.filter((kind) => samples.missing?.includes(kind));
  const lines = missing.map(
    (kind) => `| ${code(samples.name)} | ${NAMES[kind]} | any | no such type: refused when the table is made |`,
  );
  for (const kind of KINDS) {
    const whys = new Map<string, unknown[]>();
    for (const { value, unless } of samples.kept) {
      const deviation = unless[kind];
      if (deviation === undefined || missing.includes(kind)) continue;
      const outcome = outcomeOf(deviation);
      whys.set(outcome, [...(whys.get(outcome) ?? []), value]);
    }
    for (const [outcome, values] of whys) {
      const list = values.map((value) => code(shorter(shown(value)))).join(", ");
      lines.push(`| ${code(samples.name)} | ${NAMES[kind]} | ${list} | ${outcome} |`);
    }
  }
  return lines;
}

function outcomeOf(deviation: Deviation): string {
  return "refused" in deviation
    ? `refused: ${deviation.refused}`
    : `becomes ${code(shown(deviation.becomes))}: ${deviation.why}`;
}

function shorter(text: string): string {
  return text.length > WIDEST ? `${text.slice(0, WIDEST)}…` : text;
}

function code(text: string): string {
  return `\`${text.replaceAll("|", String.raw`\|`)}\``;
}

it("says what each database does not keep", () => {
  const rows = Object.values(FAMILIES).flat().flatMap(linesOf);
  expectSection("docs/types.md", "deviations", [
    "| type | database | value | what happens |",
    "|---|---|---|---|",
    ...rows,
  ]);
});
