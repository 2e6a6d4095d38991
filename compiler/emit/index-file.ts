// `index.ts`: the public entry of the generated code. Loading it loads every class, so that relationships, which know
// their targets by name, find them.
import type { FileStatement } from "./file-structure.js";
import { moduleOf } from "./imports.js";
import { type EmitPlan, enumsFile, tablesFile } from "./plan.js";

export function indexStatements(plan: EmitPlan): FileStatement[] {
  const files = [...plan.classes.map((entry) => entry.file), tablesFile, ...(plan.enums.length > 0 ? [enumsFile] : [])];
  return files.toSorted().map((file) => ({ kind: "exportAll", module: moduleOf(file, plan.importExtension) }));
}
