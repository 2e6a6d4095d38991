// The constraints and indexes of a table under construction: first those of single columns, in column order, then the
// extras, as written.
import { ArgumentError } from "../errors/errors.js";
import type { ForeignKeyNode } from "../sql/ast/nodes.js";
import type { ReferenceOptions } from "../types/column-builder.js";
import type { Column } from "./column.js";
import {
  CheckConstraint,
  type Constraint,
  ForeignKeyConstraint,
  Index,
  type IndexPart,
  UniqueConstraint,
} from "./constraints.js";
import { foreignKeyActions, type IndexKey, type TableExtra } from "./extras.js";
import { splitColumnName, splitName } from "./target-name.js";

/** What the parts are looked up in and belong to. */
interface TableShell {
  readonly name: string;
  readonly schema: string | null;
  readonly columns: readonly Column[];
  /** Gives the schema in which targets without one are looked for. */
  readonly metadata: { readonly schema: string | null };
}

export interface TableParts {
  /** All but the primary key. */
  readonly constraints: readonly Exclude<Constraint, { readonly kind: "primary key" }>[];
  readonly indexes: readonly Index[];
}

export function buildParts(table: TableShell, extras: readonly TableExtra[]): TableParts {
  const constraints: Exclude<Constraint, { readonly kind: "primary key" }>[] = [];
  const indexes: Index[] = [];
  for (const column of table.columns) {
    const { unique, references, index } = column.options;
    if (unique !== undefined && index === undefined) {
      constraints.push(new UniqueConstraint(unique.name ?? null, [column]));
    }
    if (references !== undefined) constraints.push(columnForeignKey(table, column, references));
    if (index !== undefined) indexes.push(columnIndex(table, column));
  }
  for (const extra of extras) {
    switch (extra.kind) {
      case "unique":
        constraints.push(new UniqueConstraint(extra.name, pickColumns(table, extra.columns, "unique constraint")));
        break;
      case "check":
        constraints.push(new CheckConstraint(extra.name, extra.condition));
        break;
      case "foreign key":
        constraints.push(tableForeignKey(table, extra));
        break;
      case "index":
        indexes.push(tableIndex(table, extra));
        break;
      case "primary key":
      case "options":
        break;
    }
  }
  return { constraints, indexes };
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
  return new ForeignKeyConstraint(options.name ?? null, [column], target, foreignKeyActions(options));
}

function tableForeignKey(
  table: TableShell,
  extra: Extract<TableExtra, { readonly kind: "foreign key" }>,
): ForeignKeyConstraint {
  const parts = splitName(extra.target);
  const name = parts.at(-1);
  if (name === undefined || parts.length > 2) {
    throw new ArgumentError(`${JSON.stringify(extra.target)} names no table: write table or schema.table.`);
  }
  const schema = parts.length === 2 ? parts[0] : undefined;
  const target = { schema: schema ?? table.metadata.schema, table: name, columns: extra.targetColumns };
  return new ForeignKeyConstraint(extra.name, pickColumns(table, extra.columns, "foreign key"), target, extra.actions);
}

function columnIndex(table: TableShell, column: Column): Index {
  const { index = {}, unique } = column.options;
  const prefix = table.schema === null ? "ix" : `ix_${table.schema}`;
  const part = { expression: column, direction: null, nulls: null, collation: null };
  return new Index(index.name ?? `${prefix}_${table.name}_${column.name}`, table, [part], {
    unique: index.unique === true || unique !== undefined,
    where: null,
  });
}

function tableIndex(table: TableShell, extra: Extract<TableExtra, { readonly kind: "index" }>): Index {
  const parts = extra.keys.map((key) => indexPart(table, key));
  const { name, unique = false, where = null } = extra.options;
  return new Index(name, table, parts, { unique, where });
}

function indexPart(table: TableShell, { key, direction, nulls, collation }: IndexKey): IndexPart {
  return {
    expression: typeof key === "string" ? pickColumn(table, key, "index") : key,
    direction: direction ?? null,
    nulls: nulls ?? null,
    collation: collation ?? null,
  };
}
