// The cases of the emitter's tests: schemas, and models that no schema may say, each with what it compiles to.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileSchema } from "../../compiler/compile.js";
import { buildStructures } from "../../compiler/emit/emit-files.js";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import type { EmittedFile } from "../../compiler/emit/emitted-file.js";
import type { FileStructure } from "../../compiler/emit/file-structure.js";
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

export async function emitCase({ file }: EmitCase): Promise<EmittedFile[]> {
  return emitSchema(readModel(file), { version: "0.0.0", sources: [file] });
}

/** Every statement and import of the case's output, before they are text. */
export function caseStructures({ file }: EmitCase): Pick<FileStructure, "imports" | "statements"> {
  const files = buildStructures(planOutput(readModel(file)), []);
  return {
    imports: files.flatMap(({ imports }) => imports),
    statements: files.flatMap(({ statements }) => statements),
  };
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
