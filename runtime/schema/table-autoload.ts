// `new Table(name, metadata, { autoloadWith: engine })`: the definition comes from the database.
import type { SchemaModel } from "../../model/schema-model.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import { ArgumentError, NoSuchTableError } from "../errors/errors.js";
import type { DialectInspector } from "../reflect/dialect-inspector.js";
import { ColumnBuilder } from "../types/column-builder.js";
import { describeValue } from "../types/describe-value.js";
import { inspectorOf, readTables } from "./reflected-tables.js";
import type { SchemaTarget } from "./schema-target.js";
import {
  type TableArguments,
  tableArguments,
  type TableContext,
  tableContext,
  viewArguments,
} from "./table-from-model.js";
import { tableKey } from "./target-name.js";

export interface AutoloadOptions {
  /** A synchronous engine or connection. */
  readonly autoloadWith: SchemaTarget & { readonly dialect: { readonly inspector?: DialectInspector } };
  readonly schema?: string;
}

/** True for options, where columns may stand too: a column may have the option's name. */
export function isAutoload(value: object): value is AutoloadOptions {
  return (
    typeof value === "object" &&
    value !== null &&
    "autoloadWith" in value &&
    !(value.autoloadWith instanceof ColumnBuilder)
  );
}

interface Owner {
  readonly schema: string | null;
  readonly tables?: ReadonlyMap<string, unknown>;
}

interface Loaded {
  readonly own: TableArguments;
  /** What its foreign keys lead to, and the owner does not hold. */
  readonly others: readonly (TableArguments & { readonly name: string })[];
}

/** Reads the table. Throws `NoSuchTableError` where there is none. */
export function autoload(name: string, owner: Owner, { autoloadWith: target, schema }: AutoloadOptions): Loaded {
  if (typeof target?.runOperation !== "function") {
    throw new ArgumentError(`autoloadWith takes an engine or a connection, got ${describeValue(target)}.`);
  }
  const wanted = schema ?? owner.schema;
  const isKnown = (other: QualifiedName): boolean =>
    owner.tables?.has(tableKey(other.schema ?? owner.schema, other.name)) === true;
  const names = { only: [name], views: true, ...(wanted === null ? {} : { schema: wanted }) };
  const model: unknown = target.runOperation(readTables(inspectorOf(target), names, isKnown));
  if (model instanceof Promise) {
    model.catch(() => undefined);
    throw new ArgumentError(
      "autoloadWith takes a synchronous engine; with this one: await metadata.reflect(engine, …).",
    );
  }
  // Sound: it is what the operation returns, and no promise of it.
  return loadedFrom(model as SchemaModel, name);
}

function loadedFrom(model: SchemaModel, name: string): Loaded {
  const context = tableContext(model);
  const others = model.tables.filter((table) => table.name !== name);
  return {
    own: ownArguments(model, name, context),
    others: others.map((table) => withName(table.name, tableArguments(table, context))),
  };
}

function ownArguments(model: SchemaModel, name: string, context: TableContext): TableArguments {
  const table = model.tables.find((each) => each.name === name);
  if (table !== undefined) return tableArguments(table, context);
  const view = model.views?.find((each) => each.name === name);
  if (view !== undefined) return viewArguments(view, context);
  throw new NoSuchTableError(name);
}

function withName(name: string, { columns, extras }: TableArguments): TableArguments & { readonly name: string } {
  return { name, columns, extras };
}
