// `athanor create` and `athanor drop`: what a schema says, made in a database or taken out of it, or with `--sql` the
// statements alone.
import type { SchemaModel } from "../model/schema-model.js";
import { createAsyncEngine } from "../runtime/engine/async-engine.js";
import { createMockEngine } from "../runtime/engine/mock-engine.js";
import { listen } from "../runtime/events/event-hub.js";
import { AthanorError } from "../runtime/errors/errors.js";
import { metadataFromModel } from "../runtime/schema/metadata-from-model.js";
import { compileFiles } from "./compile-files.js";
import { type Flags, openProject } from "./config/project.js";
import { counted, reportDiagnostics } from "./report-diagnostics.js";
import { schemaFilesOf } from "./schema-files.js";
import { CommandError, type ExitCode, exitCodes, type Terminal } from "./terminal.js";

type Direction = "create" | "drop";

/** What commander read. */
interface DatabaseFlags extends Flags {
  readonly url?: string;
  readonly sql?: boolean;
  readonly dialect?: string;
}

/** Makes or takes out what the schema says. Throws `CommandError` where the database refuses. */
export async function runDatabaseSchema(
  direction: Direction,
  paths: readonly string[],
  flags: DatabaseFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { url, sql = false, dialect } = flags;
  const target = url ?? (dialect === undefined ? undefined : `${dialect}://`);
  if (target === undefined || (url === undefined && !sql)) {
    const help = "say `--url sqlite:///app.db`, or `--sql --dialect NAME` to see the statements";
    throw new CommandError("nobody says which database", exitCodes.usage, help);
  }
  const project = await openProject(paths, flags, terminal);
  const { model, diagnostics, sources } = compileFiles(schemaFilesOf(project, terminal), project.config);
  reportDiagnostics(diagnostics, sources, terminal);
  if (model === undefined) return exitCodes.refused;
  return failing(direction, () =>
    sql ? printStatements(direction, model, target, terminal) : changeDatabase(direction, model, target, terminal),
  );
}

/** Every statement with a semicolon, as though nothing were there yet. */
function printStatements(direction: Direction, model: SchemaModel, url: string, terminal: Terminal): ExitCode {
  const metadata = metadataFromModel(model);
  const engine = createMockEngine(url, (statement) => terminal.stdout(`${statement.trim()};\n`));
  if (direction === "create") metadata.createAll(engine);
  else metadata.dropAll(engine);
  return exitCodes.done;
}

async function changeDatabase(
  direction: Direction,
  model: SchemaModel,
  url: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const metadata = metadataFromModel(model);
  let count = 0;
  const engine = createAsyncEngine(url);
  listen(engine, "afterCursorExecute", ({ statement }) => {
    if (statement.compiled.effect === "define") count += 1;
  });
  try {
    if (direction === "create") await metadata.createAll(engine);
    else await metadata.dropAll(engine);
  } finally {
    await engine.dispose();
  }
  const what = count === 0 ? "nothing to do" : counted(count, "statement");
  terminal.stderr(`${direction} ${String(engine.url)}: ${what}\n`);
  return exitCodes.done;
}

async function failing(direction: Direction, work: () => Promise<ExitCode> | ExitCode): Promise<ExitCode> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof AthanorError)) throw failure;
    throw new CommandError(`cannot ${direction}: ${failure.message}`, exitCodes.refused);
  }
}
