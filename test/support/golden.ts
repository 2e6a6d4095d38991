// Golden files: expected text lives beside the case that produces it. `npm run golden` rewrites them all
// (it sets UPDATE_GOLDEN); a missing, differing or orphan golden fails otherwise.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect } from "vitest";

const updating = process.env["UPDATE_GOLDEN"] === "1";

/** All files below `folder` whose name ends in `suffix`, as paths relative to it, sorted. */
export function caseFiles(folder: string, suffix: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Compares `actual` with the golden file at `path`, or writes it when goldens are being updated. */
export function expectGolden(path: string, actual: string): void {
  if (updating) {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path) || readFileSync(path, "utf8") !== actual) writeFileSync(path, actual);
    return;
  }
  if (!existsSync(path)) expect.fail(`golden file ${path} is missing; run \`npm run golden\` and read the difference`);
  expect(actual).toBe(readFileSync(path, "utf8"));
}

/**
 * Fails for each file below `folder` ending in `suffix` that no case claims: a golden whose case is gone.
 * `claimed` holds paths relative to `folder`. Orphans are removed when goldens are being updated.
 */
export function expectNoOrphans(folder: string, suffix: string, claimed: Iterable<string>): void {
  const known = new Set(claimed);
  const orphans = caseFiles(folder, suffix).filter((file) => !known.has(file));
  if (updating) {
    for (const orphan of orphans) rmSync(join(folder, orphan));
    return;
  }
  expect(orphans).toEqual([]);
}
