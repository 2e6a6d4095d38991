// The work of `athanor generate`: compiles a schema and emits code. It stands apart from the command so that the
// compiler is loaded only where there is work for it.
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import { emitSchema } from "../compiler/emit/emit-schema.js";
import type { EmitMemory, EmitOptions, EmittedFile } from "../compiler/emit/emitted-file.js";
import type { SchemaModel } from "../model/schema-model.js";
import { compileFiles } from "./compile-files.js";
import type { Config } from "./config/config.js";
import { packageVersion } from "./package-info.js";
import type { SchemaFiles } from "./schema-files.js";

interface CompiledCode {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined where the schema has errors. */
  readonly emit: ((folder: string, memory: EmitMemory) => Promise<EmittedFile[]>) | undefined;
}

/** Compiles a schema; `emit` takes the output folder relative to the schema's, with `/`. */
export function compileToCode(schema: SchemaFiles, config: Config): CompiledCode {
  const { model, diagnostics, roots, origins } = compileFiles(schema, config);
  if (model === undefined) return { diagnostics, emit: undefined };
  return { diagnostics, emit: (folder, memory) => emit(model, { sources: roots, origins }, config, folder, memory) };
}

function emit(
  model: SchemaModel,
  names: Pick<EmitOptions, "sources" | "origins">,
  config: Config,
  folder: string,
  memory: EmitMemory,
): Promise<EmittedFile[]> {
  const { singleFile, importExtension } = config.output ?? {};
  return emitSchema(model, {
    version: packageVersion(),
    ...names,
    folder,
    memory,
    ...(singleFile === undefined ? {} : { singleFile }),
    ...(importExtension === undefined ? {} : { importExtension }),
    ...(config.types === undefined ? {} : { types: config.types }),
    ...(config.formatting === undefined ? {} : { formatting: config.formatting }),
  });
}
