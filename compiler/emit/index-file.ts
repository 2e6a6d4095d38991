// `index.ts`: the public entry of the generated code. Loading it loads every class, so that relationships, which know
// their targets by name, find them.
import type { FileStructure } from "./file-structure.js";
import { moduleOf } from "./imports.js";
import { type EmitPlan, enumsFile, indexFile, tablesFile } from "./plan.js";

export function indexFileStructure(plan: EmitPlan, header: readonly string[]): FileStructure {
  const files = [...plan.classes.map((entry) => entry.file), tablesFile, ...(plan.enums.length > 0 ? [enumsFile] : [])];
  return {
    path: indexFile,
    header: [...header, "The public entry: importing it makes every class known to the others."],
    imports: [],
    statements: files.toSorted().map((file) => ({ kind: "exportAll", module: moduleOf(file) })),
  };
}
