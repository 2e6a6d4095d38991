// The compiler's last stage: a schema model becomes TypeScript files. ts-morph and prettier take a quarter of a second
// to load, so they are loaded only when there is something to emit.
import type { SchemaModel } from "../../model/schema-model.js";
import type { EmitOptions, EmittedFile } from "./emitted-file.js";

/**
 * The TypeScript that `model` compiles to: one module a class, `tables.ts`, `enums.ts` where there are enums, and
 * `index.ts`; sorted by path, the same bytes for the same input. The model must come out of the checks: one that they
 * would have refused throws `InternalError`.
 */
export async function emitSchema(model: SchemaModel, options: EmitOptions): Promise<EmittedFile[]> {
  const { emitFiles } = await import("./emit-files.js");
  return emitFiles(model, options);
}
