// The files of the output and their parts, each with a digest of all that its text depends on. A part's statements are
// built when they are asked for.
import { qualifiedKey } from "../../model/qualified-name.js";
import { lineOf } from "./class-columns.js";
import { classStatements } from "./class-file.js";
import { enumStatements } from "./enums-file.js";
import type { FileStatement } from "./file-structure.js";
import type { ImportCollector } from "./imports.js";
import { indexStatements } from "./index-file.js";
import { type ClassPlan, type EnumPlan, enumsFile, type EmitPlan, indexFile, singleFile, tablesFile } from "./plan.js";
import { objectStatements, typeStatements } from "./schema-objects.js";
import { metadataStatement, tableStatements } from "./tables-file.js";

export interface FilePart {
  readonly digest: string;
  statements(imports: ImportCollector): FileStatement[];
}

/** What of the schema a file is made from. */
interface Declared {
  readonly enums: readonly EnumPlan[];
  readonly hasTables: boolean;
  readonly classes: readonly ClassPlan[];
}

export interface OutputFile {
  readonly path: string;
  readonly declares: Declared;
  /** Lines of the comment at the top, after those that every file has. */
  readonly header: readonly string[];
  readonly parts: readonly FilePart[];
}

/** Every file, sorted by path; `digest` makes the digests. */
export function outputFiles(plan: EmitPlan, digest: (text: string) => string): OutputFile[] {
  const names = digest(namesText(plan));
  const everyClass = { enums: [], hasTables: false, classes: plan.classes };
  const onlyEnums = { enums: plan.enums, hasTables: false, classes: [] };
  const onlyTables = { enums: [], hasTables: true, classes: [] };
  const part = (input: unknown, statements: FilePart["statements"]): FilePart => ({
    digest: digest(`${names} ${JSON.stringify(input)}`),
    statements,
  });
  const enums = plan.enums.map((entry) => part(entry, () => enumStatements(entry)));
  const metadata = part([plan.sequences, plan.converters, plan.enums, [...plan.usedTypes].toSorted()], (imports) => [
    metadataStatement(plan, imports),
    ...typeStatements(plan, imports),
  ]);
  const objects = plan.objects.length === 0 ? [] : [part(plan.objects, (imports) => objectStatements(plan, imports))];
  const tables = plan.tables.map((table) =>
    part([table, [...table.inherited]], (imports) => tableStatements(table, plan, imports)),
  );
  const tableDigests = new Map(plan.tables.map((table, index) => [table, tables[index]?.digest]));
  const classes = basesFirst(plan).map((entry) => ({
    path: entry.file,
    declares: { ...everyClass, classes: [entry] },
    part: part(
      [
        lineOf(entry, plan).map(({ table, ...names }) => [names, tableDigests.get(table)]),
        readsOthers(entry, plan) ? [...tableDigests.values(), plan.classes.map(({ model }) => model)] : [],
      ],
      (imports) => classStatements(entry, plan, imports),
    ),
  }));
  const index: OutputFile = {
    path: indexFile,
    declares: everyClass,
    header: ["The public entry: importing it makes every class known to the others."],
    parts: [part("index", (imports) => indexStatements(plan, imports))],
  };
  if (plan.singleFile) {
    const parts = [...enums, metadata, ...tables, ...objects, ...classes.map((one) => one.part)];
    // Classes of the user's own import what is generated, which cannot import them before it is loaded.
    const hasUserClasses = plan.classes.some(({ userModule }) => userModule !== undefined);
    return [
      ...(hasUserClasses ? [index] : []),
      { path: singleFile, declares: { ...everyClass, enums: plan.enums, hasTables: true }, header: [], parts },
    ];
  }
  const files: OutputFile[] = [
    ...classes.map(({ path, declares, part: one }) => ({ path, declares, header: [], parts: [one] })),
    ...(enums.length > 0 ? [{ path: enumsFile, declares: onlyEnums, header: [], parts: enums }] : []),
    index,
    { path: tablesFile, declares: onlyTables, header: [], parts: [metadata, ...tables, ...objects] },
  ];
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** True where a class's code depends on columns of others: along paths of properties, proxies, and keys of maps. */
function readsOthers(entry: ClassPlan, plan: EmitPlan): boolean {
  return lineOf(entry, plan).some(({ model }) => {
    const hasMap = model.relationships.some(({ collectionClass }) => collectionClass?.kind === "map");
    return hasMap || model.properties !== undefined || model.proxies !== undefined;
  });
}

/** A class after those that it extends, which one file has to hold in this order. */
function basesFirst(plan: EmitPlan): ClassPlan[] {
  return [...new Set(plan.classes.flatMap((entry) => lineOf(entry, plan)))];
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
    plan.classes.map(({ model, file, userModule, initType, declaredName }) => [
      model.name,
      file,
      userModule,
      initType,
      declaredName,
    ]),
    plan.classes.map(({ model }) => model.inheritance?.base),
  ]);
}
