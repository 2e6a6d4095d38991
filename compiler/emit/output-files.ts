// The files of the output and their parts, each with a digest of all that its text depends on. A part's statements are
// built when they are asked for.
import { qualifiedKey } from "../../model/qualified-name.js";
import { classStatements } from "./class-file.js";
import { enumStatements } from "./enums-file.js";
import type { FileStatement } from "./file-structure.js";
import type { ImportCollector } from "./imports.js";
import { indexStatements } from "./index-file.js";
import { enumsFile, type EmitPlan, indexFile, singleFile, tablesFile } from "./plan.js";
import { metadataStatement, tableStatements } from "./tables-file.js";

export interface FilePart {
  readonly digest: string;
  statements(imports: ImportCollector): FileStatement[];
}

export interface OutputFile {
  readonly path: string;
  /** Lines of the comment at the top, after those that every file has. */
  readonly header: readonly string[];
  readonly parts: readonly FilePart[];
}

/** Every file, sorted by path; `digest` makes the digests. */
export function outputFiles(plan: EmitPlan, digest: (text: string) => string): OutputFile[] {
  const names = digest(namesText(plan));
  const part = (input: unknown, statements: FilePart["statements"]): FilePart => ({
    digest: digest(`${names} ${JSON.stringify(input)}`),
    statements,
  });
  const enums = plan.enums.map((entry) => part(entry, () => enumStatements(entry)));
  const metadata = part("metadata", (imports) => [metadataStatement(plan, imports)]);
  const tables = plan.tables.map((table) => part(table, (imports) => tableStatements(table, plan, imports)));
  const tableDigests = new Map(plan.tables.map((table, index) => [table, tables[index]?.digest]));
  const classes = plan.classes.map((entry) => ({
    path: entry.file,
    part: part({ ...entry, table: tableDigests.get(entry.table) }, (imports) => classStatements(entry, plan, imports)),
  }));
  if (plan.singleFile) {
    return [
      { path: singleFile, header: [], parts: [...enums, metadata, ...tables, ...classes.map((one) => one.part)] },
    ];
  }
  const files: OutputFile[] = [
    ...classes.map((one) => ({ path: one.path, header: [], parts: [one.part] })),
    ...(enums.length > 0 ? [{ path: enumsFile, header: [], parts: enums }] : []),
    {
      path: indexFile,
      header: ["The public entry: importing it makes every class known to the others."],
      parts: [part("index", () => indexStatements(plan))],
    },
    { path: tablesFile, header: [], parts: [metadata, ...tables] },
  ];
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** All that a part may take from another, and the settings that every part follows. */
function namesText(plan: EmitPlan): string {
  return JSON.stringify([
    [...plan.fixedNames],
    plan.metadataName,
    plan.dialects,
    plan.importExtension,
    plan.singleFile,
    plan.types,
    plan.formatting,
    plan.folder,
    plan.enums.map(({ model, typeName, valuesName }) => [qualifiedKey(model), typeName, valuesName]),
    plan.domains,
    plan.tables.map(({ model, constantName }) => [qualifiedKey(model), constantName]),
    plan.classes.map(({ model, file }) => [model.name, file]),
  ]);
}
