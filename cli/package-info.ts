// This package's own files: its version, and the pages that `explain` shows. Bundled or not, they are found by walking
// up to the package's folder.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InternalError } from "../model/internal-error.js";

export function packageVersion(): string {
  const text = readFileSync(join(packageFolder(), "package.json"), "utf8");
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed === "object" && parsed !== null && "version" in parsed && typeof parsed.version === "string") {
    return parsed.version;
  }
  throw new InternalError("package.json names no version");
}

/** The page about a diagnostic or error code; undefined where there is none. */
export function errorPage(code: string): string | undefined {
  const file = join(pagesFolder(), `${code}.md`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The codes that have a page. */
export function explainedCodes(): string[] {
  const folder = pagesFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^[A-Z]\d+\.md$/.test(name))
    .map((name) => name.slice(0, -".md".length))
    .toSorted();
}

function pagesFolder(): string {
  return join(packageFolder(), "docs", "errors");
}

function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new InternalError("the package's folder has no package.json");
    folder = parent;
  }
  return folder;
}
