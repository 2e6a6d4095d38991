// Which files a schema model becomes, and the name of everything in them. All names are decided here, before any text
// exists: `index.ts` re-exports every module, so exported names are unique in the whole output.
import { InternalError } from "../../model/internal-error.js";
import { pascalCase } from "../../model/naming.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { ColumnType } from "../../model/column-type.js";
import type { ImportedName } from "../../model/column-model.js";
import type { ClassModel } from "../../model/class-model.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import type {
  DomainModel,
  EnumModel,
  ObjectModel,
  SchemaModel,
  SequenceModel,
  TableModel,
  ViewModel,
} from "../../model/schema-model.js";
import { type ClassKey, classKeys } from "./class-keys.js";
import type { EmitOptions, FormatSettings, ImportExtension, ValueSettings } from "./emitted-file.js";
import { constantName, isBindable, moduleName } from "./identifiers.js";
import { NameScope } from "./names.js";
import { occupiedNames } from "./runtime-names.js";
import { userModuleOf } from "./user-modules.js";

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
  /** Set where it is a view. */
  readonly view: ViewModel | undefined;
  /** Columns that come from the table that it is a partition of. */
  readonly inherited: ReadonlySet<string>;
  readonly constantName: string;
  readonly columnsType: string;
  /** What `insert` and `update` take, for tables without a class. */
  readonly input: { readonly insertType: string; readonly updateType: string } | undefined;
}

/** A type over one of the database's, whose values a module of the user's converts. */
export interface ConverterPlan {
  readonly model: ImportedName;
  readonly type: ColumnType;
  readonly constantName: string;
}

export interface SequencePlan {
  readonly model: SequenceModel;
  readonly constantName: string;
}

export interface ClassPlan {
  readonly model: ClassModel;
  readonly table: TablePlan;
  /** Rows of a view are read alone. */
  readonly readonly: boolean;
  /** The name of the generated class: the class's own, or that of the base under the user's. */
  readonly declaredName: string;
  /** Where the user's own class is, as the output's modules import it. */
  readonly userModule: string | undefined;
  /** What a class of a hierarchy extends: the instance side of its base. */
  readonly parentName: string | undefined;
  readonly file: string;
  readonly initType: string;
  readonly columnsType: string;
  readonly insertType: string;
  readonly updateType: string;
  readonly finders: readonly FinderPlan[];
}

/** A function that selects by a unique key. */
export interface FinderPlan {
  readonly name: string;
  readonly properties: readonly string[];
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
  readonly sequences: readonly SequencePlan[];
  readonly converters: readonly ConverterPlan[];
  readonly tables: readonly TablePlan[];
  readonly objects: readonly ObjectModel[];
  /** Enums and domains that some column is of, by their keys. */
  readonly usedTypes: ReadonlySet<string>;
  readonly classes: readonly ClassPlan[];
  /** Names of the classes that others extend. */
  readonly bases: ReadonlySet<string>;
  converterOf(converter: ImportedName, type: ColumnType): ConverterPlan;
  /** A module of the user's own as generated modules import it. */
  userModule(name: ImportedName): string;
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
  const views = (model.views ?? []).map((view) => ({ view, table: viewAsTable(view) }));
  const tables = [
    ...model.tables.map((table) =>
      planTable(wholeTable(table, model), undefined, mapped.has(qualifiedKey(table)), names),
    ),
    ...views.map(({ view, table }) => planTable({ model: table, inherited: new Set() }, view, true, names)),
  ];
  const sequences = (model.sequences ?? []).map((sequence) => {
    const codeName = [sequence.schema ?? "", sequence.name].join("_");
    return { model: sequence, constantName: names.claim(constantFor(codeName), constantFor(`${codeName}_sequence`)) };
  });
  const enumOf = lookUp(enums, (entry) => qualifiedKey(entry.model), "enum");
  const tableOf = lookUp(tables, (table) => qualifiedKey(table.model), "table");
  const modelOf = lookUp(model.classes, (entry) => entry.name, "class");
  const keys = { tableOf: ({ table }: ClassModel) => tableOf(qualifiedKey(table)).model, classOf: modelOf };
  const extension = options.importExtension ?? ".js";
  const moduleOfUser = (name: ImportedName): string => userModuleOf(name, options.folder ?? "", extension);
  const converters = planConverters(tables, names);
  const classes = model.classes.map((entry) => {
    const userModule = entry.from === undefined ? undefined : moduleOfUser(entry.from);
    return planClass(
      entry,
      { table: tableOf(qualifiedKey(entry.table)), userModule, keys: classKeys(entry, keys) },
      names,
      files,
    );
  });
  return {
    fixedNames: new Set(fixed),
    metadataName,
    singleFile: options.singleFile ?? false,
    importExtension: extension,
    types: options.types ?? {},
    formatting: options.formatting,
    folder: options.folder ?? "",
    dialects: model.dialects,
    enums,
    domains: model.domains ?? [],
    sequences,
    converters,
    converterOf: (converter, type) =>
      lookUp(converters, converterKey, "converter")(converterKey({ model: converter, type })),
    userModule: moduleOfUser,
    tables,
    objects: model.objects ?? [],
    usedTypes: new Set(typesIn([...tables.map((table) => table.model.columns), model.domains ?? []].flat())),
    classes,
    bases: new Set(model.classes.flatMap(({ inheritance }) => inheritance?.base ?? [])),
    enumOf,
    domainOf: lookUp(model.domains ?? [], qualifiedKey, "domain"),
    tableOf: (name) => tableOf(qualifiedKey(name)),
    classOf: lookUp(classes, (entry) => entry.model.name, "class"),
  };
}

function planConverters(tables: readonly TablePlan[], names: NameScope): ConverterPlan[] {
  const found = new Map<string, ConverterPlan>();
  for (const { converter, type } of tables.flatMap((table) => table.model.columns)) {
    if (converter === undefined || found.has(converterKey({ model: converter, type }))) continue;
    const constantName = names.claim(constantFor(`${converter.name}_type`));
    found.set(converterKey({ model: converter, type }), { model: converter, type, constantName });
  }
  return [...found.values()];
}

function converterKey({ model, type }: Pick<ConverterPlan, "model" | "type">): string {
  return JSON.stringify([model.name, model.module, model.file, type]);
}

/** The keys of the enums and domains that `owners` are of. */
function typesIn(owners: readonly { readonly type: ColumnType }[]): string[] {
  return owners.flatMap(({ type }) => {
    const innermost = (each: ColumnType): ColumnType => (each.kind === "array" ? innermost(each.element) : each);
    const named = innermost(type);
    return named.kind === "enum" || named.kind === "domain" ? [named.name] : [];
  });
}

function planEnum(model: EnumModel, names: NameScope): EnumPlan {
  return { model, typeName: model.typeName, valuesName: names.claim(constantFor(`${model.typeName}_values`)) };
}

/** Views are selected from as tables are. */
function viewAsTable({ primaryKey, indexes, columns, ...view }: ViewModel): TableModel {
  return {
    ...(view.schema === undefined ? {} : { schema: view.schema }),
    name: view.name,
    columns,
    // Only the mapper knows it, so nothing says its name.
    ...(primaryKey === undefined ? {} : { primaryKey: { name: `${view.name}_pkey`, columns: primaryKey } }),
    uniques: [],
    checks: [],
    foreignKeys: [],
    indexes,
    ...(view.options === undefined ? {} : { options: view.options }),
    ...(view.comment === undefined ? {} : { comment: view.comment }),
  };
}

/** A partition with the columns that it has from its parent, which the model leaves to it. */
function wholeTable(table: TableModel, schema: SchemaModel): WholeTable {
  const key = table.partitionOf === undefined ? undefined : qualifiedKey(table.partitionOf.parent);
  const parent = key === undefined ? undefined : schema.tables.find((other) => qualifiedKey(other) === key);
  if (parent === undefined) return { model: table, inherited: new Set() };
  const own = new Set(table.columns.map(({ name }) => name));
  const inherited = wholeTable(parent, schema).model.columns.filter(({ name }) => !own.has(name));
  return {
    model: { ...table, columns: [...inherited, ...table.columns] },
    inherited: new Set(inherited.map(({ name }) => name)),
  };
}

interface WholeTable {
  readonly model: TableModel;
  /** Columns that come from the parent. */
  readonly inherited: ReadonlySet<string>;
}

function planTable(
  { model, inherited }: WholeTable,
  view: ViewModel | undefined,
  mapped: boolean,
  names: NameScope,
): TablePlan {
  const codeName = [model.schema ?? "", model.name].join("_");
  const type = typePrefix(codeName);
  return {
    model,
    view,
    inherited,
    constantName: names.claim(...constantCandidates(codeName)),
    columnsType: names.claim(`${type}TableColumns`),
    input: mapped ? undefined : { insertType: names.claim(`${type}Insert`), updateType: names.claim(`${type}Update`) },
  };
}

interface ClassParts {
  readonly table: TablePlan;
  readonly userModule: string | undefined;
  readonly keys: readonly ClassKey[];
}

function planClass(
  model: ClassModel,
  { table, userModule, keys }: ClassParts,
  names: NameScope,
  files: NameScope,
): ClassPlan {
  const base = moduleName(model.name);
  return {
    model,
    table,
    readonly: table.view !== undefined,
    declaredName: userModule === undefined ? model.name : names.claim(`${model.name}Base`),
    userModule,
    parentName: model.inheritance === undefined ? undefined : names.claim(`${model.name}Parent`),
    file: `${files.claim(base, `${base}-class`)}.ts`,
    initType: names.claim(`${model.name}Init`),
    columnsType: names.claim(`${model.name}Columns`),
    insertType: names.claim(`${model.name}Insert`),
    updateType: names.claim(`${model.name}Update`),
    finders: planFinders(model, keys, names),
  };
}

function planFinders(model: ClassModel, keys: readonly ClassKey[], names: NameScope): FinderPlan[] {
  return keys.map(({ columns, primary }) => {
    const words = columns.map(({ property }) => pascalCase(property) || "Value");
    return {
      name: names.claim(`find${model.name}By${words.join("And")}`),
      properties: columns.map(({ property }) => property),
      primary,
    };
  });
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
