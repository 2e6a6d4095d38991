// Compiles a schema file of the tests, with its imports, from the folder the cases lie in.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileSchema } from "../../compiler/compile.js";

/** `file` is relative to `folder`, which is the root that imports cannot leave. */
export function compileCase(folder: string, file: string) {
  const read = (path: string): string | undefined => {
    const full = join(folder, path);
    return existsSync(full) ? readFileSync(full, "utf8") : undefined;
  };
  return compileSchema({ root: file, read });
}

/** Compiles one text that imports nothing. */
export function compileText(text: string) {
  return compileSchema({ root: "test.schema", read: (path) => (path === "test.schema" ? text : undefined) });
}
