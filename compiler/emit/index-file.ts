// `index.ts`: the public entry of the generated code. Loading it loads every class, so that relationships, which know
// their targets by name, find them; and it tells generated bases which classes of the user's own are over them.
import type { FileStatement } from "./file-structure.js";
import { type ImportCollector, moduleOf } from "./imports.js";
import { type EmitPlan, enumsFile, singleFile, tablesFile } from "./plan.js";

export function indexStatements(plan: EmitPlan, imports: ImportCollector): FileStatement[] {
  const files = plan.singleFile
    ? [singleFile]
    : [...plan.classes.map((entry) => entry.file), tablesFile, ...(plan.enums.length > 0 ? [enumsFile] : [])];
  return [
    ...files
      .toSorted()
      .map((file): FileStatement => ({ kind: "exportAll", module: moduleOf(file, plan.importExtension) })),
    ...userClassStatements(plan, imports),
  ];
}

function userClassStatements(plan: EmitPlan, imports: ImportCollector): FileStatement[] {
  return plan.classes.flatMap(({ model, declaredName, userModule, file }): FileStatement[] => {
    if (userModule === undefined) return [];
    const base = imports.fileValue(plan.singleFile ? singleFile : file, declaredName);
    const own = imports.userValue(userModule, model.from?.name ?? model.name);
    return [
      { kind: "code", text: `export { ${own} };` },
      { kind: "code", text: `${imports.runtime("useClass")}(${base}, ${own});` },
    ];
  });
}
