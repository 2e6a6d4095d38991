// Which files a schema model becomes, and the name of everything in them. All names are decided here, before any text
// exists: `index.ts` re-exports every module, so exported names are unique in the whole output.
import { InternalError } from "../../model/internal-error.js";
import { pascalCase } from "../../model/naming.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { ClassModel } from "../../model/class-model.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import type { DomainModel, EnumModel, SchemaModel, TableModel } from "../../model/schema-model.js";
import type { EmitOptions, FormatSettings, ImportExtension, ValueSettings } from "./emitted-file.js";
import { constantName, isBindable, moduleName } from "./identifiers.js";
import { NameScope } from "./names.js";
import { occupiedNames } from "./runtime-names.js";

export const tablesFile = "tables.ts";
export const enumsFile = "enums.ts";
export const indexFile = "index.ts";
/** Holds everything where the output is one file. */
export const singleFile = "models.ts";

/** File names that are taken, or that Windows keeps for devices. */
const takenFiles = "index tables enums con prn aux nul com1 com2 com3 com4 lpt1 lpt2 lpt3 lpt4".split(" ");

type OutputOptions = Pick<EmitOptions, "singleFile" | "importExtension" | "types" | "formatting" | "folder">;

export interface EnumPlan {
  readonly model: EnumModel;
  readonly typeName: string;
  /** The constant that lists the values. */
  readonly valuesName: string;
}

export interface TablePlan {
  readonly model: TableModel;
  readonly constantName: string;
  readonly columnsType: string;
  /** What `insert` and `update` take, for tables without a class. */
  readonly input: { readonly insertType: string; readonly updateType: string } | undefined;
}

export interface ClassPlan {
  readonly model: ClassModel;
  readonly table: TablePlan;
  readonly file: string;
  readonly initType: string;
  readonly columnsType: string;
  readonly insertType: string;
  readonly updateType: string;
  readonly finders: readonly FinderPlan[];
}

/** A function that selects by a unique key; `columns` are database names. */
export interface FinderPlan {
  readonly name: string;
  readonly columns: readonly string[];
  readonly primary: boolean;
}

export interface EmitPlan {
  /** Names that the schema fixes: its classes and enum types. */
  readonly fixedNames: ReadonlySet<string>;
  /** The constant that every table belongs to: `metadata`, unless a class is called so. */
  readonly metadataName: string;
  readonly singleFile: boolean;
  readonly importExtension: ImportExtension;
  readonly types: ValueSettings;
  readonly formatting: FormatSettings | undefined;
  /** The output folder, relative to the root that schema files are named from. */
  readonly folder: string;
  /** The target dialects; empty for every dialect. */
  readonly dialects: readonly string[];
  readonly enums: readonly EnumPlan[];
  readonly domains: readonly DomainModel[];
  readonly tables: readonly TablePlan[];
  readonly classes: readonly ClassPlan[];
  enumOf(key: string): EnumPlan;
  domainOf(key: string): DomainModel;
  tableOf(name: QualifiedName): TablePlan;
  classOf(name: string): ClassPlan;
}

export function planOutput(model: SchemaModel, options: OutputOptions): EmitPlan {
  const fixed = [...model.classes.map((entry) => entry.name), ...model.enums.map((entry) => entry.typeName)];
  fixed.forEach(requireBindable);
  const names = new NameScope([...fixed, ...occupiedNames]);
  const metadataName = names.claim("metadata", "schemaMetadata");
  const files = new NameScope(takenFiles);
  const mapped = new Set(model.classes.map((entry) => qualifiedKey(entry.table)));

  const enums = model.enums.map((entry) => planEnum(entry, names));
  const tables = model.tables.map((table) => planTable(table, mapped.has(qualifiedKey(table)), names));
  const enumOf = lookUp(enums, (entry) => qualifiedKey(entry.model), "enum");
  const tableOf = lookUp(tables, (table) => qualifiedKey(table.model), "table");
  const classes = model.classes.map((entry) => planClass(entry, tableOf(qualifiedKey(entry.table)), names, files));
  return {
    fixedNames: new Set(fixed),
    metadataName,
    singleFile: options.singleFile ?? false,
    importExtension: options.importExtension ?? ".js",
    types: options.types ?? {},
    formatting: options.formatting,
    folder: options.folder ?? "",
    dialects: model.dialects,
    enums,
    domains: model.domains ?? [],
    tables,
    classes,
    enumOf,
    domainOf: lookUp(model.domains ?? [], qualifiedKey, "domain"),
    tableOf: (name) => tableOf(qualifiedKey(name)),
    classOf: lookUp(classes, (entry) => entry.model.name, "class"),
  };
}

function planEnum(model: EnumModel, names: NameScope): EnumPlan {
  return { model, typeName: model.typeName, valuesName: names.claim(constantFor(`${model.typeName}_values`)) };
}

function planTable(model: TableModel, mapped: boolean, names: NameScope): TablePlan {
  const codeName = [model.schema ?? "", model.name].join("_");
  const type = typePrefix(codeName);
  return {
    model,
    constantName: names.claim(...constantCandidates(codeName)),
    columnsType: names.claim(`${type}TableColumns`),
    input: mapped ? undefined : { insertType: names.claim(`${type}Insert`), updateType: names.claim(`${type}Update`) },
  };
}

function planClass(model: ClassModel, table: TablePlan, names: NameScope, files: NameScope): ClassPlan {
  const base = moduleName(model.name);
  return {
    model,
    table,
    file: `${files.claim(base, `${base}-class`)}.ts`,
    initType: names.claim(`${model.name}Init`),
    columnsType: names.claim(`${model.name}Columns`),
    insertType: names.claim(`${model.name}Insert`),
    updateType: names.claim(`${model.name}Update`),
    finders: planFinders(model, table.model, names),
  };
}

function planFinders(model: ClassModel, table: TableModel, names: NameScope): FinderPlan[] {
  const keys = uniqueKeys(table);
  const seen = new Set<string>();
  const finders: FinderPlan[] = [];
  for (const key of keys) {
    const identity = JSON.stringify(key.columns.toSorted());
    if (seen.has(identity)) continue;
    seen.add(identity);
    const words = key.columns.map((name) => pascalCase(columnOf(table, name).property) || "Value");
    finders.push({
      name: names.claim(`find${model.name}By${words.join("And")}`),
      columns: key.columns,
      primary: key === table.primaryKey,
    });
  }
  return finders;
}

/** The primary key, unique constraints, and unique indexes over whole columns and all rows. */
function uniqueKeys(table: TableModel): { readonly columns: readonly string[] }[] {
  const indexes = table.indexes
    .filter((index) => index.unique && index.where === undefined)
    .map((index) => index.keys.map(({ expression }) => (expression.kind === "column" ? expression.name : undefined)))
    .filter((columns): columns is string[] => columns.every((column) => column !== undefined));
  return [
    ...(table.primaryKey === undefined ? [] : [table.primaryKey]),
    ...table.uniques,
    ...indexes.map((columns) => ({ columns })),
  ];
}

/** The column of `table` so named; the model's own references are sound. */
function columnOf(table: TableModel, name: string): TableModel["columns"][number] {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new InternalError(`table ${qualifiedKey(table)} has no column ${name}`);
  return column;
}

function constantCandidates(codeName: string): [string, ...string[]] {
  const constant = constantFor(codeName);
  return isBindable(constantName(codeName)) ? [constant, `${constant}Table`] : [constant];
}

/** A constant's name for any text: `class` becomes `classTable`, `1st` becomes `table1st`. */
function constantFor(codeName: string): string {
  const name = constantName(codeName);
  if (isBindable(name)) return name;
  return isBindable(`${name}Table`) ? `${name}Table` : `table${pascalCase(codeName)}`;
}

function typePrefix(codeName: string): string {
  const name = pascalCase(codeName);
  return isBindable(`${name}Columns`) && name !== "" ? name : `Table${name}`;
}

function requireBindable(name: string): void {
  if (!isBindable(name)) throw new InternalError(`\`${name}\` cannot name a TypeScript type; the checks let it pass`);
}

function lookUp<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string, what: string) {
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return (key: string): Entry => {
    const entry = byKey.get(key);
    if (entry === undefined) throw new InternalError(`the schema model has no ${what} ${key}`);
    return entry;
  };
}
