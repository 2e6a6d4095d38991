// Import paths: relative to the importing file, with forward slashes, never out of the project's root.

/** The file that `path` names in `importer`, relative to the root; undefined where it is not a path inside it. */
export function resolveImportPath(importer: string, path: string): string | undefined {
  if (!/^\.\.?\//.test(path) || /[\\\0:?*"<>|]/.test(path)) return undefined;
  const folders = importer.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") folders.push(part);
    else if (folders.pop() === undefined) return undefined;
  }
  return folders.join("/");
}
