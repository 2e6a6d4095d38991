// `athanor generate`: a schema to TypeScript files, or with `--check` what is out of date. A schema with errors
// changes nothing.
import { resolve } from "node:path";
import { emitSchema } from "../compiler/emit/emit-schema.js";
import { compileFiles, reportDiagnostics } from "./compile-files.js";
import { EmitCache } from "./emit-cache.js";
import { applyChanges, compareFolder, type FolderChanges, generatedTexts, readFolder } from "./generated-folder.js";
import { packageVersion } from "./package-info.js";
import { displayPath } from "./paths.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";

export interface GenerateOptions {
  readonly out: string;
  readonly check: boolean;
}

export async function runGenerate(
  paths: readonly string[],
  options: GenerateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { model, diagnostics, sources, roots } = compileFiles(paths, terminal);
  reportDiagnostics(diagnostics, sources, terminal);
  if (model === undefined) return exitCodes.refused;
  const folder = resolve(terminal.cwd, options.out);
  const existing = readFolder(folder, terminal.cwd);
  const cache = new EmitCache(folder);
  const memory = cache.memory(generatedTexts(existing));
  const files = await emitSchema(model, { version: packageVersion(), sources: roots, memory });
  const changes = compareFolder(folder, existing, files, terminal.cwd);
  const shown = displayPath(folder, terminal.cwd);
  if (options.check) return reportDrift(changes, shown, terminal);
  applyChanges(folder, changes, terminal.cwd);
  cache.store(files);
  const written = changes.added.length + changes.changed.length;
  const removed = changes.stale.length === 0 ? "" : `, ${changes.stale.length} removed`;
  terminal.stderr(
    `${shown}: ${files.length} files, ${written === 0 ? "all up to date" : `${written} written`}${removed}\n`,
  );
  return exitCodes.done;
}

function reportDrift({ added, changed, stale }: FolderChanges, folder: string, terminal: Terminal): ExitCode {
  const lines = [
    ...added.map(({ path }) => `missing  ${folder}/${path}`),
    ...changed.map(({ path }) => `changed  ${folder}/${path}`),
    ...stale.map((path) => `stale    ${folder}/${path}`),
  ];
  if (lines.length === 0) {
    terminal.stderr(`${folder} is up to date\n`);
    return exitCodes.done;
  }
  terminal.stderr(`${lines.join("\n")}\n${folder} is out of date: run \`athanor generate\`\n`);
  return exitCodes.refused;
}
