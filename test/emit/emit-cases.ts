// The cases of the emitter's tests: schemas, and models that no schema may say, each with what it compiles to.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileSchema } from "../../compiler/compile.js";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import type { EmittedFile } from "../../compiler/emit/emitted-file.js";
import type { FileStatement, ImportStructure } from "../../compiler/emit/file-structure.js";
import { ImportCollector } from "../../compiler/emit/imports.js";
import { outputFiles } from "../../compiler/emit/output-files.js";
import { planOutput } from "../../compiler/emit/plan.js";
import { InternalError } from "../../model/internal-error.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { caseFiles } from "../support/golden.js";

export const casesFolder = fileURLToPath(new URL("cases", import.meta.url));

export interface EmitCase {
  readonly name: string;
  readonly file: string;
}

export function emitCases(): EmitCase[] {
  const files = [...caseFiles(casesFolder, ".schema"), ...caseFiles(casesFolder, ".model.json")];
  return files.map((file) => ({ name: file.replace(/\.schema$|\.model\.json$/, ""), file }));
}

export async function emitCase({ file, name }: EmitCase): Promise<EmittedFile[]> {
  return emitSchema(readModel(file), { version: "0.0.0", sources: [file], folder: name });
}

/** Every statement and import of the case's output, before they are text. */
export function caseStructures({ file, name }: EmitCase): (FileStatement | ImportStructure)[] {
  const plan = planOutput(readModel(file), { folder: name });
  return outputFiles(plan, () => "").flatMap(({ path, parts }) => {
    const imports = new ImportCollector(plan, path);
    const statements: (FileStatement | ImportStructure)[] = parts.flatMap((part) => part.statements(imports));
    return statements.concat(imports.structures());
  });
}

function readModel(file: string): SchemaModel {
  const text = readFileSync(join(casesFolder, file), "utf8");
  if (file.endsWith(".model.json")) {
    const model: SchemaModel = JSON.parse(text);
    return model;
  }
  const { value, diagnostics } = compileSchema({ root: file, read: (path) => (path === file ? text : undefined) });
  if (value.model === undefined)
    throw new InternalError(`${file}: ${diagnostics.map((each) => each.message).join("; ")}`);
  return value.model;
}
