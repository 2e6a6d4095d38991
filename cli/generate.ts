// `athanor generate`: a schema to TypeScript files, or with `--check` what is out of date, or with `--watch` again
// whenever something changes. A schema with errors changes nothing. Where nothing has changed since the last run, the
// compiler is not even loaded.
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import { type Flags, openProject, type Project } from "./config/project.js";
import { EmitCache } from "./emit-cache.js";
import { applyChanges, compareFolder, type FolderChanges, generatedFiles, readFolder } from "./generated-folder.js";
import { displayPath } from "./paths.js";
import { RunInputs } from "./run-inputs.js";
import { type SchemaFiles, schemaFilesOf } from "./schema-files.js";
import { CommandError, type ExitCode, exitCodes, type Terminal } from "./terminal.js";
import { watchAndRun } from "./watch.js";

export async function runGenerate(paths: readonly string[], flags: Flags, terminal: Terminal): Promise<ExitCode> {
  if (flags["watch"] !== true) return (await generate(paths, flags, terminal)).exitCode;
  if (flags["check"] === true) throw new CommandError("--check and --watch exclude each other", exitCodes.usage);
  return watchAndRun(async () => (await generate(paths, flags, terminal)).watched, terminal);
}

interface Outcome {
  readonly exitCode: ExitCode;
  /** Files and folders whose change may change the outcome. */
  readonly watched: readonly string[];
}

/** What one run works on. */
interface Run {
  readonly project: Project;
  readonly schema: SchemaFiles;
  readonly inputs: RunInputs;
  /** The output folder, absolute. */
  readonly folder: string;
  readonly isCheck: boolean;
  readonly isJson: boolean;
  readonly terminal: Terminal;
}

async function generate(paths: readonly string[], flags: Flags, terminal: Terminal): Promise<Outcome> {
  const project = await openProject(paths, flags, terminal);
  const folder = outputFolder(project);
  const schema = schemaFilesOf(project, terminal);
  const inputs = new RunInputs([project.config, schema.files, relative(schema.folder, folder)], schema.read);
  const isCheck = flags["check"] === true;
  const isJson = flags["format"] === "json";
  return {
    exitCode: await updateFolder({ project, schema, inputs, folder, isCheck, isJson, terminal }),
    watched: [
      ...project.schemas.map((path) => resolve(terminal.cwd, path)),
      ...inputs.paths.map((path) => dirname(join(schema.folder, path))),
      ...(project.configFile === undefined ? [] : [project.configFile]),
    ],
  };
}

function outputFolder({ out }: Project): string {
  if (out !== undefined) return out;
  const help = "say `--out generated/`, or set `out` in athanor.config.ts";
  throw new CommandError("nobody says where the generated files go", exitCodes.usage, help);
}

/** Makes the output folder hold what the schema compiles to (with `--check` only in thought), and says what changed. */
async function updateFolder(run: Run): Promise<ExitCode> {
  const { project, schema, inputs, folder, isCheck, terminal } = run;
  const existing = readFolder(folder, terminal.cwd);
  const standing = generatedFiles(existing);
  const cache = new EmitCache(folder);
  const earlier = cache.repeat(inputs, standing);
  if (earlier !== undefined) {
    await reportProblems(earlier, run);
    if (!isCheck) applyChanges(folder, noChanges, terminal.cwd);
    return reportChanges(noChanges, standing.size, earlier, run);
  }
  const { compileToCode } = await import("./generate-code.js");
  const { diagnostics, emit } = compileToCode({ ...schema, read: inputs.read }, project.config);
  await reportProblems(diagnostics, run);
  if (emit === undefined) {
    if (run.isJson) await writeJson(diagnostics, {}, run);
    return exitCodes.refused;
  }
  const files = await emit(relative(schema.folder, folder).replaceAll(sep, "/"), cache.memory(standing));
  const changes = compareFolder(folder, existing, files, (file) => cache.textDigest(file), terminal.cwd);
  if (!isCheck) {
    applyChanges(folder, changes, terminal.cwd);
    cache.store(files, inputs, diagnostics);
  }
  return reportChanges(changes, files.length, diagnostics, run);
}

const noChanges: FolderChanges = { added: [], changed: [], stale: [] };

/** For people, what is wrong with the schema; programs get it with the changes. */
async function reportProblems(diagnostics: readonly Diagnostic[], { isJson, inputs, terminal }: Run): Promise<void> {
  if (isJson || diagnostics.length === 0) return;
  const { reportDiagnostics } = await import("./report-diagnostics.js");
  reportDiagnostics(diagnostics, inputs.sources, terminal);
}

/** The files that were, or with `--check` are to be, added, changed and removed. */
async function reportChanges(
  changes: FolderChanges,
  total: number,
  diagnostics: readonly Diagnostic[],
  run: Run,
): Promise<ExitCode> {
  const { folder, isCheck, isJson, terminal } = run;
  const shown = displayPath(folder, terminal.cwd);
  const added = changes.added.map(({ path }) => path);
  const changed = changes.changed.map(({ path }) => path);
  const removed = changes.stale;
  if (isJson) await writeJson(diagnostics, { added, changed, removed }, run);
  else if (isCheck) reportDrift({ added, changed, removed }, shown, terminal);
  else reportWritten({ added, changed, removed }, shown, total, terminal);
  const isDrift = added.length + changed.length + removed.length > 0;
  return isCheck && isDrift ? exitCodes.refused : exitCodes.done;
}

/** Names of files. */
interface ChangedNames {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

function reportWritten(names: ChangedNames, folder: string, total: number, terminal: Terminal): void {
  const written = names.added.length + names.changed.length;
  const removed = names.removed.length === 0 ? "" : `, ${names.removed.length} removed`;
  terminal.stderr(`${folder}: ${total} files, ${written === 0 ? "all up to date" : `${written} written`}${removed}\n`);
}

function reportDrift({ added, changed, removed }: ChangedNames, folder: string, terminal: Terminal): void {
  const lines = [
    ...added.map((path) => `missing  ${folder}/${path}`),
    ...changed.map((path) => `changed  ${folder}/${path}`),
    ...removed.map((path) => `stale    ${folder}/${path}`),
  ];
  if (lines.length === 0) terminal.stderr(`${folder} is up to date\n`);
  else terminal.stderr(`${lines.join("\n")}\n${folder} is out of date: run \`athanor generate\`\n`);
}

async function writeJson(
  diagnostics: readonly Diagnostic[],
  names: ChangedNames | Record<string, never>,
  { inputs, terminal }: Run,
): Promise<void> {
  const { renderDiagnosticsJson } = await import("../compiler/diagnostics/render-json.js");
  const found: unknown = JSON.parse(renderDiagnosticsJson(diagnostics, inputs.sources));
  terminal.stdout(`${JSON.stringify({ diagnostics: found, ...names })}\n`);
}
