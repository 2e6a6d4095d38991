// `athanor generate`: a schema to TypeScript files, or with `--check` what is out of date, or with `--watch` again
// whenever something changes. A schema with errors changes nothing.
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import { renderDiagnosticsJson } from "../compiler/diagnostics/render-json.js";
import { emitSchema } from "../compiler/emit/emit-schema.js";
import type { EmitOptions, EmittedFile } from "../compiler/emit/emitted-file.js";
import type { SourceFile } from "../compiler/text/source-file.js";
import type { SchemaModel } from "../model/schema-model.js";
import { compileFiles, reportDiagnostics } from "./compile-files.js";
import { type Flags, openProject, type Project } from "./config/project.js";
import { EmitCache } from "./emit-cache.js";
import { applyChanges, compareFolder, type FolderChanges, generatedTexts, readFolder } from "./generated-folder.js";
import { packageVersion } from "./package-info.js";
import { displayPath } from "./paths.js";
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

async function generate(paths: readonly string[], flags: Flags, terminal: Terminal): Promise<Outcome> {
  const project = await openProject(paths, flags, terminal);
  const compiled = compileFiles(project, terminal);
  const { model, diagnostics, sources } = compiled;
  const watched = [
    ...project.schemas.map((path) => resolve(terminal.cwd, path)),
    ...sources.map((source) => dirname(join(compiled.folder, source.name))),
    ...(project.configFile === undefined ? [] : [project.configFile]),
  ];
  const isJson = flags["format"] === "json";
  if (!isJson) reportDiagnostics(diagnostics, sources, terminal);
  if (model === undefined) {
    if (isJson) writeJson(diagnostics, sources, undefined, terminal);
    return { exitCode: exitCodes.refused, watched };
  }
  const folder = outputFolder(project);
  const { files, changes, cache } = await emitInto(folder, model, project, compiled, terminal);
  const isCheck = flags["check"] === true;
  if (!isCheck) {
    applyChanges(folder, changes, terminal.cwd);
    cache.store(files);
  }
  const shown = displayPath(folder, terminal.cwd);
  if (isJson) writeJson(diagnostics, sources, changes, terminal);
  else if (isCheck) reportDrift(changes, shown, terminal);
  else reportWritten(changes, shown, files.length, terminal);
  const isDrift = isCheck && changes.added.length + changes.changed.length + changes.stale.length > 0;
  return { exitCode: isDrift ? exitCodes.refused : exitCodes.done, watched };
}

function outputFolder({ out }: Project): string {
  if (out !== undefined) return out;
  const help = "say `--out generated/`, or set `out` in athanor.config.ts";
  throw new CommandError("nobody says where the generated files go", exitCodes.usage, help);
}

/** What the model compiles to, and what that changes in `folder`. */
async function emitInto(
  folder: string,
  model: SchemaModel,
  { config }: Project,
  compiled: { readonly roots: readonly string[]; readonly folder: string },
  terminal: Terminal,
): Promise<{ files: readonly EmittedFile[]; changes: FolderChanges; cache: EmitCache }> {
  const existing = readFolder(folder, terminal.cwd);
  const cache = new EmitCache(folder);
  const { singleFile, importExtension } = config.output ?? {};
  const options: EmitOptions = {
    version: packageVersion(),
    sources: compiled.roots,
    folder: relative(compiled.folder, folder).replaceAll(sep, "/"),
    memory: cache.memory(generatedTexts(existing)),
    ...(singleFile === undefined ? {} : { singleFile }),
    ...(importExtension === undefined ? {} : { importExtension }),
    ...(config.types === undefined ? {} : { types: config.types }),
    ...(config.formatting === undefined ? {} : { formatting: config.formatting }),
  };
  const files = await emitSchema(model, options);
  return { files, changes: compareFolder(folder, existing, files, terminal.cwd), cache };
}

function reportWritten(changes: FolderChanges, folder: string, total: number, terminal: Terminal): void {
  const written = changes.added.length + changes.changed.length;
  const removed = changes.stale.length === 0 ? "" : `, ${changes.stale.length} removed`;
  terminal.stderr(`${folder}: ${total} files, ${written === 0 ? "all up to date" : `${written} written`}${removed}\n`);
}

function reportDrift({ added, changed, stale }: FolderChanges, folder: string, terminal: Terminal): void {
  const lines = [
    ...added.map(({ path }) => `missing  ${folder}/${path}`),
    ...changed.map(({ path }) => `changed  ${folder}/${path}`),
    ...stale.map((path) => `stale    ${folder}/${path}`),
  ];
  if (lines.length === 0) terminal.stderr(`${folder} is up to date\n`);
  else terminal.stderr(`${lines.join("\n")}\n${folder} is out of date: run \`athanor generate\`\n`);
}

/** For programs: what was found, and the files that were, or with `--check` are to be, added, changed and removed. */
function writeJson(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  changes: FolderChanges | undefined,
  terminal: Terminal,
): void {
  const found: unknown = JSON.parse(renderDiagnosticsJson(diagnostics, sources));
  const files =
    changes === undefined
      ? {}
      : {
          added: changes.added.map(({ path }) => path),
          changed: changes.changed.map(({ path }) => path),
          removed: changes.stale,
        };
  terminal.stdout(`${JSON.stringify({ diagnostics: found, ...files })}\n`);
}
