// Tables as a database has them to tables with properties and mapped classes with relationships, as a person would
// write them. Pure and deterministic: the same tables give the same names whatever order they were read in.
import type { ClassModel, ColumnPair, RelationshipModel } from "./class-model.js";
import type { ColumnModel } from "./column-model.js";
import { qualifiedKey } from "./qualified-name.js";
import {
  classNames,
  enumTypeNames,
  manyToManyNames,
  manyToOneNames,
  NameClaims,
  propertyNames,
  reverseNames,
} from "./reflected-names.js";
import { isAlike, KnownNames } from "./known-names.js";
import type { EnumModel, ForeignKeyModel, SchemaModel, TableModel } from "./schema-model.js";

/** What was read of a database: everything but what code calls it. */
export type ReflectedSchema = Omit<SchemaModel, "classes">;

/**
 * `schema` with classes, relationships, properties and enum types; names it came with are made anew. What `known` says
 * of the same tables stays: classes or none, properties, relationships; only what it does not know is named around it.
 */
export function nameSchema(schema: ReflectedSchema, known?: SchemaModel): SchemaModel {
  const earlier = new KnownNames(known);
  const typeScope = new NameClaims((name) => name.toLowerCase());
  for (const name of earlier.typeNames) typeScope.claim([name], name);
  const tables = schema.tables.map((table) => nameColumns(table, earlier.columnsOf(table)));
  const mapped = new Map<string, MappedTable>();
  for (const table of byKey(tables)) {
    const model = earlier.classOf(table);
    if (model === undefined && (earlier.has(table) || !isMapped(table) || linkOf(table) !== undefined)) continue;
    const className = model?.name ?? typeScope.claim(classNames(table), "Table");
    mapped.set(qualifiedKey(table), new MappedTable(table, className, model, earlier.columnsOf(table)));
  }
  relate(byKey(tables), mapped, earlier);
  const typeNames = new Map(
    byKey(schema.enums).map((one): [string, string] => {
      const name = earlier.enumTypeOf(one) ?? typeScope.claim(enumTypeNames(one), "Enum");
      return [qualifiedKey(one), name];
    }),
  );
  const classes = tables.flatMap((table) => mapped.get(qualifiedKey(table))?.classModel() ?? []);
  const made = new Set(classes.map(({ name }) => name));
  return {
    ...schema,
    enums: schema.enums.map((one): EnumModel => ({ ...one, typeName: typeNames.get(qualifiedKey(one)) ?? "" })),
    tables,
    ...(schema.views === undefined
      ? {}
      : { views: schema.views.map((view) => nameColumns(view, earlier.columnsOf(view))) }),
    classes: [...classes, ...(known?.classes ?? []).filter(({ name }) => !made.has(name))],
  };
}

/** Tables with a key have a class; what only adds to another table, as a partition does, has none. */
function isMapped(table: TableModel): boolean {
  return table.primaryKey !== undefined && table.partitionOf === undefined;
}

function namesItself({ name }: ColumnModel): boolean {
  return propertyNames(name)[0] === name;
}

/** Known columns keep their property; then a column named exactly as its property has the first claim to it. */
function nameColumns<Table extends { readonly columns: readonly ColumnModel[] }>(
  table: Table,
  known: readonly ColumnModel[],
): Table {
  const scope = propertyScope();
  const properties = new Map<string, string>();
  for (const { name, property } of known) properties.set(name, scope.claim([property], property));
  const claim = ({ name }: ColumnModel): void => void properties.set(name, scope.claim(propertyNames(name), "column"));
  const fresh = table.columns.filter(({ name }) => !properties.has(name));
  fresh.filter(namesItself).forEach(claim);
  fresh.filter((column) => !namesItself(column)).forEach(claim);
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, property: properties.get(column.name) ?? column.name })),
  };
}

/** A property `name` keeps its value in a field `_name`, so names that differ by leading underscores clash. */
function propertyScope(): NameClaims {
  return new NameClaims((name) => name.replace(/^_+/, ""));
}

class MappedTable {
  readonly table: TableModel;
  readonly className: string;
  readonly properties = propertyScope();
  readonly relationships: RelationshipModel[] = [];
  readonly #known: ClassModel | undefined;

  constructor(table: TableModel, className: string, known: ClassModel | undefined, columns: readonly ColumnModel[]) {
    this.table = table;
    this.className = className;
    this.#known = known;
    const { relationships = [], properties = [], proxies = [] } = known ?? {};
    const taken = [...columns, ...table.columns].map(({ property }) => property);
    for (const { name } of [...relationships, ...properties, ...proxies]) taken.push(name);
    for (const name of new Set(taken)) this.properties.claim([name], name);
  }

  classModel(): ClassModel {
    if (this.#known !== undefined) {
      return { ...this.#known, relationships: [...this.#known.relationships, ...this.relationships] };
    }
    const { schema, name } = this.table;
    const table = schema === undefined ? { name } : { schema, name };
    return { name: this.className, table, relationships: this.relationships };
  }
}

function relate(tables: readonly TableModel[], mapped: ReadonlyMap<string, MappedTable>, earlier: KnownNames): void {
  const find = (foreignKey: ForeignKeyModel) => mapped.get(qualifiedKey(foreignKey.references.table));
  // The sides that hold keys are named first, all of them: what a column says goes before what is made up.
  const forward = tables.flatMap((table) => {
    const source = mapped.get(qualifiedKey(table));
    return table.foreignKeys.flatMap((foreignKey) => {
      const target = find(foreignKey);
      if (source === undefined || target === undefined || earlier.hasForeignKey(table, foreignKey)) return [];
      if (table.foreignKeys.find((other) => isAlike(other, foreignKey)) !== foreignKey) return [];
      const names = manyToOneNames(foreignKey.columns, target.className);
      return [{ source, target, foreignKey, name: source.properties.claim(names, "relationship") }];
    });
  });
  for (const edge of forward) {
    const { source, target } = edge;
    const key = qualifiedKey(target.table);
    const count = source.table.foreignKeys.filter(({ references }) => qualifiedKey(references.table) === key).length;
    addBothSides(edge, count > 1);
  }
  for (const table of tables) {
    const link = earlier.has(table) ? undefined : linkOf(table);
    const [first, second] = [link && find(link[0]), link && find(link[1])];
    if (link !== undefined && first !== undefined && second !== undefined) addLink(table, link, first, second);
  }
}

const plainRelationship = {
  cascade: ["save-update", "merge"],
  orderBy: [],
  lazy: "select",
  passiveDeletes: false,
  singleParent: false,
  viewonly: false,
} as const;

interface Edge {
  readonly source: MappedTable;
  readonly target: MappedTable;
  readonly foreignKey: ForeignKeyModel;
  readonly name: string;
}

function addBothSides({ source, target, foreignKey, name }: Edge, ambiguous: boolean): void {
  const { columns } = foreignKey;
  const collection = !isUnique(columns, source.table);
  const side = { source: source.className, target: target.className, forward: name, columns, collection, ambiguous };
  const reverse = target.properties.claim(reverseNames(side), "backref");
  const optional = columns.some((column) => isNullable(column, source.table));
  const pairs = columns.map((local, index) => ({ local, remote: foreignKey.references.columns[index] ?? "" }));
  source.relationships.push({
    ...plainRelationship,
    name,
    target: target.className,
    direction: "many-to-one",
    collection: false,
    optional,
    pairs,
    backPopulates: reverse,
  });
  target.relationships.push({
    ...plainRelationship,
    ...deletion(foreignKey, optional),
    name: reverse,
    target: source.className,
    direction: "one-to-many",
    collection,
    optional: !collection,
    pairs: pairs.map(({ local, remote }): ColumnPair => ({ local: remote, remote: local })),
    backPopulates: name,
  });
}

/** What the database does with rows whose parent goes, the session leaves to it; children without one go too. */
function deletion(
  foreignKey: ForeignKeyModel,
  optional: boolean,
): Pick<RelationshipModel, "cascade" | "passiveDeletes"> {
  if (foreignKey.onDelete === "cascade" && !optional) {
    const cascade = ["save-update", "merge", "expunge", "delete", "delete-orphan", "refresh-expire"] as const;
    return { cascade, passiveDeletes: true };
  }
  return { cascade: plainRelationship.cascade, passiveDeletes: foreignKey.onDelete === "set null" && optional };
}

type Link = readonly [ForeignKeyModel, ForeignKeyModel];

/**
 * The two keys of a pure link table: every column belongs to exactly one of them, and neither tells rows apart alone.
 * Undefined for any other table.
 */
function linkOf(table: TableModel): Link | undefined {
  const [first, second, third] = table.foreignKeys;
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  const columns = [...first.columns, ...second.columns];
  const isPure =
    new Set(columns).size === columns.length &&
    columns.length === table.columns.length &&
    !isUnique(first.columns, table) &&
    !isUnique(second.columns, table);
  return isPure ? [first, second] : undefined;
}

function addLink(table: TableModel, link: Link, first: MappedTable, second: MappedTable): void {
  const isSelf = first === second;
  const [own, other] = link;
  const claim = (side: MappedTable, key: ForeignKeyModel, target: MappedTable): string =>
    side.properties.claim(manyToManyNames(key.columns, target.className, table.name, isSelf), "link");
  const there = claim(first, other, second);
  const back = claim(second, own, first);
  first.relationships.push(manyToMany(table, own, other, { name: there, target: second.className, back }));
  second.relationships.push(manyToMany(table, other, own, { name: back, target: first.className, back: there }));
}

function manyToMany(
  { schema, name: link }: TableModel,
  own: ForeignKeyModel,
  other: ForeignKeyModel,
  { name, target, back }: { readonly name: string; readonly target: string; readonly back: string },
): RelationshipModel {
  return {
    ...plainRelationship,
    name,
    target,
    direction: "many-to-many",
    collection: true,
    optional: false,
    pairs: own.columns.map((remote, index) => ({ local: own.references.columns[index] ?? "", remote })),
    secondary: {
      table: schema === undefined ? { name: link } : { schema, name: link },
      pairs: other.columns.map((local, index) => ({ local, remote: other.references.columns[index] ?? "" })),
    },
    backPopulates: back,
  };
}

/** Whether no two rows share values in `columns`: they hold all columns of some key or whole unique index. */
function isUnique(columns: readonly string[], table: TableModel): boolean {
  const keys = [...(table.primaryKey === undefined ? [] : [table.primaryKey]), ...table.uniques];
  const indexes = table.indexes
    .filter(({ unique, where }) => unique && where === undefined)
    .map(({ keys: parts }) => parts.map(({ expression }) => (expression.kind === "column" ? expression.name : null)));
  const sets = [...keys.map((key) => key.columns), ...indexes];
  return sets.some((set) => set.length > 0 && set.every((one) => one !== null && columns.includes(one)));
}

function isNullable(column: string, table: TableModel): boolean {
  return table.columns.find(({ name }) => name === column)?.nullable ?? false;
}

/** In the one order that does not depend on how they were read. */
function byKey<Item extends { readonly schema?: string; readonly name: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => {
    const [first, second] = [qualifiedKey(left), qualifiedKey(right)];
    return first < second ? -1 : first > second ? 1 : 0;
  });
}
