// The emitter with its packages loaded: plan, structures, text, format.
import type { SchemaModel } from "../../model/schema-model.js";
import { classFile } from "./class-file.js";
import type { EmitOptions, EmittedFile } from "./emitted-file.js";
import { enumsFileStructure } from "./enums-file.js";
import type { FileStructure } from "./file-structure.js";
import { formatTypeScript } from "./format.js";
import { headerLines } from "./header.js";
import { indexFileStructure } from "./index-file.js";
import { type EmitPlan, planOutput } from "./plan.js";
import { printFiles } from "./print.js";
import { tablesFileStructure } from "./tables-file.js";

export async function emitFiles(model: SchemaModel, options: EmitOptions): Promise<EmittedFile[]> {
  const structures = buildStructures(planOutput(model), headerLines(options));
  return Promise.all(
    printFiles(structures).map(async ({ path, text }) => ({ path, text: await formatTypeScript(text) })),
  );
}

function buildStructures(plan: EmitPlan, header: readonly string[]): FileStructure[] {
  return [
    ...plan.classes.map((entry) => classFile(entry, plan, header)),
    ...(plan.enums.length > 0 ? [enumsFileStructure(plan, header)] : []),
    indexFileStructure(plan, header),
    tablesFileStructure(plan, header),
  ].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}
