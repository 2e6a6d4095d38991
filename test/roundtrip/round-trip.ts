// One database there and back: reflected into a schema file, checked, generated, created from that file in an empty
// database, and dumped before and after.
import { createAsyncEngine, metadataFromModel } from "athanor";
import { compileSchema } from "../../compiler/compile.js";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import type { EmittedFile } from "../../compiler/emit/emitted-file.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { readDatabase } from "../../cli/read-database.js";
import { writeSchemaFile } from "../../compiler/unparse/schema-file.js";
import type { CorpusDatabase } from "./corpus.js";
import { differingLines } from "./normalise-dump.js";
import type { Scratch } from "./servers.js";

export interface RoundTrip {
  /** The schema file that was written. */
  readonly schema: string;
  /** What the compiler says of the schema file, warnings included, as people see it; empty for nothing. */
  readonly said: string;
  /** Whether formatting the file changes nothing. */
  readonly isFormatted: boolean;
  readonly generated: readonly EmittedFile[];
  /** Lines of the dumps that only one of them has. */
  readonly differences: readonly string[];
}

/** Takes the database to a schema file and back again. */
export async function roundTrip(database: CorpusDatabase, scratch: Scratch): Promise<RoundTrip> {
  const source = await scratch.create(`${database.name}-source`);
  source.load(database.file);
  const { typed, verbatim } = await readDatabase(source.url, {});
  const { text: schema } = writeSchemaFile("app.schema", typed, verbatim);
  const { value, diagnostics } = compileSchema({ root: "app.schema", read: () => schema });
  const file = createSourceFile("app.schema", schema);
  const said = renderDiagnostics(diagnostics, [file]);
  const isFormatted = formatSchema(parse(file).value) === schema;
  const { model } = value;
  if (model === undefined) return { schema, said, isFormatted, generated: [], differences: [] };
  const target = await scratch.create(`${database.name}-target`);
  const engine = createAsyncEngine(target.url);
  try {
    await metadataFromModel(model).createAll(engine);
  } finally {
    await engine.dispose();
  }
  const generated = await emitSchema(model, { version: "0", sources: ["app.schema"] });
  return {
    schema,
    said,
    isFormatted,
    generated,
    differences: differingLines(await source.dump(), await target.dump()),
  };
}
