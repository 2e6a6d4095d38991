// Parses the root files and everything they import, each file once, imported files before those that import them.
// No I/O happens here: the caller gives the function that reads.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic, Staged } from "../diagnostics/diagnostic.js";
import type { ImportDeclaration, SourceUnit } from "../syntax/ast.js";
import { parse, type ParsedFile } from "../syntax/parse.js";
import { createSourceFile } from "../text/source-file.js";
import { resolveImportPath } from "./import-path.js";

/** The text of a file, by its path relative to the project's root; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

export interface Import {
  readonly declaration: ImportDeclaration;
  readonly from: string;
  readonly to: string;
}

interface CollectedUnits {
  /** The schema's top: the files asked for, less those that another of them imports. */
  readonly roots: readonly string[];
  readonly files: readonly ParsedFile[];
  readonly imports: readonly Import[];
  /** Those of them that close a circle. */
  readonly circular: readonly Import[];
  /** Root files that could not be read. */
  readonly missing: readonly string[];
}

export function collectUnits(wanted: readonly string[], readFile: ReadFile): Staged<CollectedUnits> {
  const read = readOnce(readFile);
  const parsed = new Map<string, ParsedFile>();
  const imports: Import[] = [];
  // A list of lists, because a call takes no more arguments than the stack holds.
  const diagnostics: (readonly Diagnostic[])[] = [];
  const missing = wanted.filter((path) => read(path) === undefined);
  const waiting = [...wanted];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const text = parsed.has(path) ? undefined : read(path);
    if (text === undefined) continue;
    const file = parse(createSourceFile(path, text));
    parsed.set(path, file.value);
    diagnostics.push(file.diagnostics);
    const found = importsOf(file.value.unit, read);
    diagnostics.push(found.diagnostics);
    for (const entry of found.value) {
      imports.push(entry);
      waiting.push(entry.to);
    }
  }
  const roots = topFiles(wanted, imports);
  const ordered = importedFirst(roots, imports);
  const files = ordered.files.flatMap((path) => parsed.get(path) ?? []);
  return {
    value: { roots, files, imports, circular: ordered.circular, missing },
    diagnostics: [...diagnostics.flat(), ...ordered.circular.map(circle)],
  };
}

/** Those of `files` that no other imports; of files that import each other in a circle alone, all. */
function topFiles(files: readonly string[], imports: readonly Import[]): readonly string[] {
  const imported = new Set(imports.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const tops = files.filter((file) => !imported.has(file));
  const reached = new Set(importedFirst(tops, imports).files);
  return files.filter((file) => !imported.has(file) || !reached.has(file));
}

function readOnce(read: ReadFile): ReadFile {
  const texts = new Map<string, string | undefined>();
  return (path) => {
    if (!texts.has(path)) texts.set(path, read(path));
    return texts.get(path);
  };
}

function importsOf(unit: SourceUnit, read: ReadFile): Staged<readonly Import[]> {
  const imports: Import[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const declaration of unit.declarations) {
    if (declaration.kind !== "import") continue;
    const { value: path, span } = declaration.path;
    const to = resolveImportPath(unit.file, path);
    if (to === undefined) diagnostics.push(diagnostic("S2031", span, path));
    else if (read(to) === undefined) {
      diagnostics.push(diagnostic("S2030", { span, help: `it was looked for at \`${to}\`` }, path));
    } else imports.push({ declaration, from: unit.file, to });
  }
  return { value: imports, diagnostics };
}

/** Depth first, without recursion: a chain of imports may be as long as it likes. */
function importedFirst(roots: readonly string[], imports: readonly Import[]): { files: string[]; circular: Import[] } {
  const outgoing = new Map<string, Import[]>();
  for (const entry of imports) outgoing.set(entry.from, [...(outgoing.get(entry.from) ?? []), entry]);
  const files: string[] = [];
  const done = new Set<string>();
  const circular: Import[] = [];
  for (const root of roots) {
    const stack = done.has(root) ? [] : [{ file: root, rest: (outgoing.get(root) ?? []).values() }];
    const open = new Set(stack.map(({ file }) => file));
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) {
        stack.pop();
        open.delete(top.file);
        done.add(top.file);
        files.push(top.file);
        continue;
      }
      const { to } = next.value;
      if (open.has(to)) circular.push(next.value);
      else if (!done.has(to)) {
        stack.push({ file: to, rest: (outgoing.get(to) ?? []).values() });
        open.add(to);
      }
    }
  }
  return { files, circular };
}

function circle({ declaration }: Import): Diagnostic {
  return diagnostic("S2032", declaration.path.span, declaration.path.value);
}
