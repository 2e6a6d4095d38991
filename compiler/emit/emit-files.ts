// The emitter with its packages loaded: plan, structures, text, format.
import type { SchemaModel } from "../../model/schema-model.js";
import { classFile } from "./class-file.js";
import type { EmitOptions, EmittedFile } from "./emitted-file.js";
import { enumsFileStructure } from "./enums-file.js";
import type { FileStructure } from "./file-structure.js";
import { headerLines } from "./header.js";
import { indexFileStructure } from "./index-file.js";
import { type EmitPlan, planOutput } from "./plan.js";
import { printFile } from "./print-file.js";
import { tablesFileStructure } from "./tables-file.js";

export async function emitFiles(model: SchemaModel, options: EmitOptions): Promise<EmittedFile[]> {
  const structures = buildStructures(planOutput(model), headerLines(options));
  return Promise.all(structures.map(async (file) => ({ path: file.path, text: await printFile(file) })));
}

export function buildStructures(plan: EmitPlan, header: readonly string[]): FileStructure[] {
  return [
    ...plan.classes.map((entry) => classFile(entry, plan, header)),
    ...(plan.enums.length > 0 ? [enumsFileStructure(plan, header)] : []),
    indexFileStructure(plan, header),
    tablesFileStructure(plan, header),
  ].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}
