// Compiles the schema that the command line names.
import { compileSchema } from "../compiler/compile.js";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import type { SchemaOrigins } from "../compiler/lower/schema-origins.js";
import type { SourceFile } from "../compiler/text/source-file.js";
import type { SchemaModel } from "../model/schema-model.js";
import type { Config } from "./config/config.js";
import type { SchemaFiles } from "./schema-files.js";

interface CompiledFiles {
  /** Undefined where the schema has errors. */
  readonly model: SchemaModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
  /** Which file declares what of the model. */
  readonly origins: SchemaOrigins;
  /** The files that make the schema's top, by paths for people. */
  readonly roots: readonly string[];
  /** What the paths of all files are relative to. */
  readonly folder: string;
}

/** Compiles a schema under the settings of `config`. */
export function compileFiles({ folder, files, read }: SchemaFiles, { dialects, naming }: Config): CompiledFiles {
  const { value, diagnostics } = compileSchema({
    root: files,
    read,
    ...(dialects === undefined ? {} : { dialects }),
    ...(naming === undefined ? {} : { naming }),
  });
  const sources = value.files.map(({ source }) => source);
  return { model: value.model, diagnostics, sources, roots: value.roots, origins: value.origins, folder };
}
