// A part of a page of documentation that is written from a table of the tests: between `<!-- name -->` and
// `<!-- /name -->`. `npm run golden` writes it anew; otherwise it has to be what the table says.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/** `page` is a path from the project's root. */
export function expectSection(page: string, name: string, lines: readonly string[]): void {
  const path = fileURLToPath(new URL(`../../../${page}`, import.meta.url));
  const text = readFileSync(path, "utf8");
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end);
  if (from < start.length || to < from) throw new TypeError(`${page} has no section ${name}`);
  const section = `${lines.join("\n")}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, text.slice(0, from) + section + text.slice(to));
  else expect(text.slice(from, to), `${page}: run \`npm run golden\` and read the difference`).toBe(section);
}
