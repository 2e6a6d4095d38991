// The constraints and indexes of a table under construction: first those of single columns, in column order, then the
// extras, as written.
import { ArgumentError } from "../errors/errors.js";
import type { ForeignKeyNode } from "../sql/ast/nodes.js";
import type { ReferenceOptions } from "../types/constraint-options.js";
import type { Column } from "./column.js";
import {
  CheckConstraint,
  type Constraint,
  ForeignKeyConstraint,
  Index,
  type IndexPart,
  type IndexProperties,
  RawConstraint,
  UniqueConstraint,
} from "./constraints.js";
import { constraintDetails, foreignKeyActions, type IndexKey, type IndexOptions, type TableExtra } from "./extras.js";
import type { ObjectDefinition } from "./schema-objects.js";
import type { PartitionDefinition, ViewDefinition } from "./table-form.js";
import { splitColumnName, splitName } from "./target-name.js";

/** What the parts are looked up in and belong to. */
interface TableShell {
  readonly name: string;
  readonly schema: string | null;
  readonly columns: readonly Column[];
  /** Gives the schema in which targets without one are looked for. */
  readonly metadata: { readonly schema: string | null };
}

type TableConstraint = Exclude<Constraint, { readonly kind: "primary key" }>;

export interface TableParts {
  /** All but the primary key. */
  readonly constraints: readonly TableConstraint[];
  readonly indexes: readonly Index[];
  readonly objects: readonly ObjectDefinition[];
  readonly partition: PartitionDefinition | null;
  readonly view: ViewDefinition | null;
}

export function buildParts(table: TableShell, extras: readonly TableExtra[]): TableParts {
  const constraints = table.columns.flatMap((column) => columnConstraints(table, column));
  const indexes = table.columns.flatMap((column) =>
    column.options.index === undefined ? [] : [columnIndex(table, column)],
  );
  const objects: ObjectDefinition[] = [];
  let partition: PartitionDefinition | null = null;
  let view: ViewDefinition | null = null;
  for (const extra of extras) {
    switch (extra.kind) {
      case "index":
        indexes.push(tableIndex(table, extra));
        break;
      case "partition":
        partition = { ...splitTarget(extra.parent, table), bound: extra.bound };
        break;
      case "object":
        objects.push(extra.object);
        break;
      case "view":
        view = { definition: extra.definition, materialized: extra.materialized };
        break;
      case "primary key":
      case "options":
        break;
      default:
        constraints.push(tableConstraint(table, extra));
    }
  }
  return { constraints, indexes, objects, partition, view };
}

function columnConstraints(table: TableShell, column: Column): TableConstraint[] {
  const { unique, references, index } = column.options;
  return [
    ...(unique === undefined || index !== undefined
      ? []
      : [
          new UniqueConstraint(
            unique.name ?? null,
            [column],
            unique.nullsNotDistinct === true,
            constraintDetails(unique),
          ),
        ]),
    ...(references === undefined ? [] : [columnForeignKey(table, column, references)]),
  ];
}

function tableConstraint(
  table: TableShell,
  extra: Extract<TableExtra, { readonly kind: "unique" | "check" | "foreign key" | "element" }>,
): TableConstraint {
  switch (extra.kind) {
    case "unique": {
      const columns = pickColumns(table, extra.columns, "unique constraint");
      return new UniqueConstraint(extra.name, columns, extra.nullsNotDistinct, extra.details);
    }
    case "check":
      return new CheckConstraint(extra.name, extra.condition, extra.details);
    case "foreign key":
      return tableForeignKey(table, extra);
    case "element":
      return new RawConstraint(extra.name, extra.sql);
  }
}

/** The foreign keys as the SQL tree knows them. */
export function foreignKeyNodes(constraints: readonly Constraint[]): readonly ForeignKeyNode[] {
  return constraints.flatMap((constraint) =>
    constraint.kind === "foreign key"
      ? [
          {
            name: constraint.name,
            columns: constraint.columns.map((column) => column.name),
            targetSchema: constraint.target.schema,
            targetTable: constraint.target.table,
            targetColumns: constraint.target.columns,
          },
        ]
      : [],
  );
}

export function pickColumns(table: TableShell, names: readonly string[], user: string): readonly Column[] {
  return names.map((name) => pickColumn(table, name, user));
}

function pickColumn(table: TableShell, name: string, user: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const byProperty = table.columns.find((column) => column.key === name);
  const hint = byProperty === undefined ? "" : ` Property ${name} is column "${byProperty.name}".`;
  const known = table.columns.map((column) => column.name).join(", ");
  throw new ArgumentError(`Table ${table.name} has no column "${name}" for its ${user}.${hint} It has ${known}.`);
}

function columnForeignKey(
  shell: TableShell,
  column: Column,
  options: ReferenceOptions & { readonly target: string },
): ForeignKeyConstraint {
  const { schema, table, column: name } = splitColumnName(options.target);
  const target = { schema: schema ?? shell.metadata.schema, table, columns: [name] };
  const actions = foreignKeyActions(options);
  return new ForeignKeyConstraint(options.name ?? null, [column], target, actions, constraintDetails(options));
}

function tableForeignKey(
  table: TableShell,
  extra: Extract<TableExtra, { readonly kind: "foreign key" }>,
): ForeignKeyConstraint {
  const target = { ...splitTarget(extra.target, table), columns: extra.targetColumns };
  const columns = pickColumns(table, extra.columns, "foreign key");
  return new ForeignKeyConstraint(extra.name, columns, target, extra.actions, extra.details);
}

/** `table` or `schema.table`. */
function splitTarget(
  written: string,
  { metadata }: TableShell,
): { readonly schema: string | null; readonly table: string } {
  const parts = splitName(written);
  const table = parts.at(-1);
  if (table === undefined || parts.length > 2) {
    throw new ArgumentError(`${JSON.stringify(written)} names no table: write table or schema.table.`);
  }
  return { schema: (parts.length === 2 ? parts[0] : undefined) ?? metadata.schema, table };
}

function columnIndex(table: TableShell, column: Column): Index {
  const { index = {}, unique } = column.options;
  const prefix = table.schema === null ? "ix" : `ix_${table.schema}`;
  const name = index.name ?? `${prefix}_${table.name}_${column.name}`;
  const isUnique = index.unique === true || unique !== undefined;
  return new Index(name, table, [indexPart(column, {})], indexProperties({ name, unique: isUnique }));
}

function tableIndex(table: TableShell, extra: Extract<TableExtra, { readonly kind: "index" }>): Index {
  const parts = extra.keys.map((key) =>
    indexPart(typeof key.key === "string" ? pickColumn(table, key.key, "index") : key.key, key),
  );
  const included = extra.options.include ?? [];
  pickColumns(table, included, "index");
  return new Index(extra.options.name, table, parts, indexProperties(extra.options));
}

function indexProperties(options: IndexOptions): IndexProperties {
  return {
    unique: options.unique === true,
    where: options.where ?? null,
    method: options.using ?? null,
    include: options.include ?? [],
    nullsNotDistinct: options.nullsNotDistinct === true,
    storage: Object.entries(options.with ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    only: options.only ?? null,
    comment: options.comment ?? null,
  };
}

function indexPart(expression: IndexPart["expression"], key: Omit<IndexKey, "kind" | "key">): IndexPart {
  return {
    expression,
    direction: key.direction ?? null,
    nulls: key.nulls ?? null,
    collation: key.collation ?? null,
    operatorClass: key.operatorClass ?? null,
    prefix: key.prefix ?? null,
  };
}
