// One database there and back: reflected into a schema file, checked, generated, created from that file in an empty
// database, and dumped before and after.
import { createAsyncEngine, inspect, metadataFromModel } from "athanor";
import { compileSchema } from "../../compiler/compile.js";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import type { EmittedFile } from "../../compiler/emit/emitted-file.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { readDatabase } from "../../cli/read-database.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { writeSchemaFile } from "../../compiler/unparse/schema-file.js";
import type { SourceDatabase } from "./databases.js";
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
export async function roundTrip(database: SourceDatabase, scratch: Scratch): Promise<RoundTrip> {
  const source = await scratch.create(`${database.name}-source`);
  source.load(database.file);
  const { typed, verbatim } = await readDatabase(source.url, await allSchemas(source.url));
  const { text: schema } = writeSchemaFile("app.schema", typed, verbatim);
  const { value, diagnostics } = compileSchema({ root: "app.schema", read: () => schema });
  const file = createSourceFile("app.schema", schema);
  const said = renderDiagnostics(diagnostics, [file]);
  const isFormatted = formatSchema(parse(file).value) === schema;
  const { model } = value;
  if (model === undefined) return { schema, said, isFormatted, generated: [], differences: [] };
  const target = await scratch.create(`${database.name}-target`);
  await create(model, target.url);
  const generated = await emitSchema(model, { version: "0", sources: ["app.schema"] });
  return {
    schema,
    said,
    isFormatted,
    generated,
    differences: differingLines(await source.dump(), await target.dump()),
  };
}

async function create(model: SchemaModel, url: string): Promise<void> {
  await using engine = createAsyncEngine(url);
  await metadataFromModel(model).createAll(engine);
}

/** Asks for every schema of a PostgreSQL database; elsewhere they are databases of their own. */
async function allSchemas(url: string): Promise<{ readonly schema?: readonly string[] }> {
  if (!url.startsWith("postgresql:")) return {};
  await using engine = createAsyncEngine(url);
  return { schema: await inspect(engine).getSchemaNames() };
}
