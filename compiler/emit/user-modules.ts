// The user's own modules as generated modules import them: from the schema file that names them to the output folder.
import type { ImportedName } from "../../model/column-model.js";
import type { ImportExtension } from "./emitted-file.js";

/** `./models/user.ts` in `schemas/app.schema`, seen from `src/generated`, is `../../schemas/models/user.js`. */
export function userModuleOf({ module, file }: ImportedName, folder: string, extension: ImportExtension): string {
  if (!module.startsWith(".")) return module;
  const target = normalised([...segments(file).slice(0, -1), ...segments(module)]);
  const from = normalised(segments(folder));
  let shared = 0;
  while (shared < from.length && shared < target.length && from[shared] === target[shared]) shared += 1;
  const up = from.slice(shared).map(() => "..");
  const path = [...(up.length === 0 ? ["."] : up), ...target.slice(shared)].join("/");
  return path.replace(/\.([mc]?)ts$/, (_, kind: string) =>
    extension === ".js" ? `.${kind}js` : extension === "" ? "" : `.${kind}ts`,
  );
}

function segments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}

/** Without `..` where a folder stands before it. */
function normalised(path: readonly string[]): string[] {
  const result: string[] = [];
  for (const segment of path) {
    if (segment === ".." && result.length > 0 && result.at(-1) !== "..") result.pop();
    else result.push(segment);
  }
  return result;
}
