// A table or view of the schema model as what `new Table` takes: columns by property, and all that stands beside them.
import type { ColumnModel } from "../../model/column-model.js";
import { isInteger } from "../../model/column-type.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type {
  ConstraintTiming,
  ForeignKeyModel,
  IndexModel,
  ObjectModel,
  SchemaModel,
  TableModel,
  TableOptionsModel,
  ViewModel,
} from "../../model/schema-model.js";
import { ColumnBuilder, type ColumnOptions } from "../types/column-builder.js";
import type { CheckOptions } from "../types/constraint-options.js";
import * as extras from "./extras.js";
import { inheritedFrom } from "./inherited-from.js";
import { type FragmentContext, fragmentOf, rawFragment } from "./model-fragments.js";
import { columnType, type ModelTypes, modelTypes } from "./model-types.js";
import type { ObjectDefinition } from "./schema-objects.js";
import type { ColumnDefinitions } from "./table-definition.js";
import { tableKey } from "./target-name.js";

/** What a table of the model is looked up in. */
export interface TableContext extends ModelTypes {
  /** Tables by key: those that others have columns from. */
  readonly tables: ReadonlyMap<string, TableModel>;
}

/** The third and fourth argument of `new Table`. */
export interface TableArguments {
  readonly columns: ColumnDefinitions;
  readonly extras: readonly extras.TableExtra[];
}

/** What the tables of a model are looked up in. */
export function tableContext(model: SchemaModel): TableContext {
  return {
    ...modelTypes(model.enums, model.domains ?? [], model.dialects),
    tables: new Map(model.tables.map((table) => [qualifiedKey(table), table])),
  };
}

export function tableArguments(table: TableModel, context: TableContext): TableArguments {
  const place = fragmentContext(table, context);
  const { primaryKey, partitionOf } = table;
  return {
    columns: columnDefinitions(table, context),
    extras: [
      ...(primaryKey === undefined ? [] : [extras.primaryKey(primaryKey.columns, timing(primaryKey))]),
      ...table.uniques.map((key) =>
        extras.unique(key.columns, { ...timing(key), nullsNotDistinct: key.nullsNotDistinct === true }),
      ),
      ...table.checks.map((check) => extras.check(fragmentOf(check.expression, place), timing(check))),
      ...table.foreignKeys.map(foreignKey),
      ...table.indexes.map((index) => indexExtra(index, place)),
      ...(table.rawElements ?? []).map(({ name, sql }) =>
        extras.element(rawFragment(sql), name === undefined ? {} : { name }),
      ),
      ...(partitionOf === undefined
        ? []
        : [extras.partitionOf(qualifiedKey(partitionOf.parent), rawFragment(partitionOf.bound))]),
      ...(table.objects ?? []).map((object) => extras.tableObject(objectDefinition(object))),
      optionsExtra(table),
    ],
  };
}

export function viewArguments(view: ViewModel, context: TableContext): TableArguments {
  const place = fragmentContext(view, context);
  const { primaryKey = [] } = view;
  return {
    columns: Object.fromEntries(
      view.columns.map((column) => [column.property, columnBuilder(column, context, true)] as const),
    ),
    extras: [
      extras.viewOf(rawFragment(view.definition), { materialized: view.materialized }),
      ...(primaryKey.length === 0 ? [] : [extras.primaryKey(primaryKey)]),
      ...view.indexes.map((index) => indexExtra(index, place)),
      optionsExtra(view),
    ],
  };
}

/** What is kept as SQL, in the words of the runtime. */
export function objectDefinition(object: ObjectModel): ObjectDefinition {
  const { type, name, schema, signature, sql, after } = object;
  return {
    type,
    name,
    ...(schema === undefined ? {} : { schema }),
    ...(signature === undefined ? {} : { signature }),
    sql: rawFragment(sql),
    after,
  };
}

function fragmentContext(
  { columns }: { readonly columns: readonly ColumnModel[] },
  { dialects }: ModelTypes,
): FragmentContext {
  return { dialects, columnType: (name) => columns.find((column) => column.name === name)?.type };
}

/** The columns of the parents first, as the database has them. */
function columnDefinitions(table: TableModel, context: TableContext): ColumnDefinitions {
  const definitions = new Map<string, ColumnBuilder<unknown>>();
  const own = new Set(table.columns.map(({ name }) => name));
  for (const parent of parentsOf(table, context)) {
    for (const [property, builder] of Object.entries(columnDefinitions(parent, context))) {
      if (!own.has(builder.options.name ?? property)) definitions.set(property, builder.inherited());
    }
  }
  const key = table.primaryKey?.columns ?? [];
  for (const column of table.columns) {
    const isLoneKey = key.length === 1 && key[0] === column.name;
    definitions.set(column.property, columnBuilder(column, context, isLoneKey));
  }
  // Own properties, `__proto__` among them.
  return Object.fromEntries(definitions);
}

function parentsOf(table: TableModel, { tables }: TableContext): TableModel[] {
  const { parent } = table.partitionOf ?? {};
  const keys = [
    ...(parent === undefined ? [] : [qualifiedKey(parent)]),
    ...inheritedFrom(optionsRecord(table.options), null).map(({ schema, table: name }) => tableKey(schema, name)),
  ];
  return keys.flatMap((key) => tables.get(key) ?? []);
}

/** A lone whole-number key that nothing numbers has to say so. */
function columnBuilder(column: ColumnModel, context: TableContext, isLoneKey: boolean): ColumnBuilder<unknown> {
  const { type } = columnType(column.type, context);
  const { identity, serial, autoincrement, collation, comment } = column;
  const isUnnumbered = isLoneKey && isInteger(column.type) && identity === undefined && serial === undefined;
  const options: ColumnOptions = {
    nullable: column.nullable,
    name: column.name,
    ...(identity === undefined ? {} : { identity: { always: identity.always, sequence: identity.sequence ?? {} } }),
    ...(serial === undefined
      ? {}
      : { serial: { ...serial.sequence, ...(serial.name === undefined ? {} : { name: qualifiedKey(serial.name) }) } }),
    ...(autoincrement === true ? { autoincrement } : isUnnumbered ? { autoincrement: false } : {}),
    ...valueOptions(column, context),
    ...(collation === undefined ? {} : { collation }),
    ...(comment === undefined ? {} : { comment }),
  };
  return new ColumnBuilder(type, options);
}

function valueOptions(
  { type, default: initial, generated, onUpdate }: ColumnModel,
  { dialects }: TableContext,
): Pick<ColumnOptions, "default" | "generated" | "onUpdate"> {
  const place: FragmentContext = { dialects, place: "default", type };
  return {
    ...(initial === undefined ? {} : { default: fragmentOf(initial, place) }),
    ...(generated === undefined
      ? {}
      : { generated: { expression: fragmentOf(generated.expression, { dialects }), stored: generated.stored } }),
    ...(onUpdate === undefined ? {} : { onUpdate: fragmentOf(onUpdate, place) }),
  };
}

function timing({ name, ...details }: ConstraintTiming & { readonly name: string }): CheckOptions {
  const { deferrable, notValid, notEnforced, onConflict, comment } = details;
  return {
    name,
    ...(deferrable === undefined ? {} : { deferrable }),
    ...(notValid === undefined ? {} : { notValid }),
    ...(notEnforced === undefined ? {} : { notEnforced }),
    ...(onConflict === undefined ? {} : { onConflict }),
    ...(comment === undefined ? {} : { comment }),
  };
}

function foreignKey(key: ForeignKeyModel): extras.TableExtra {
  const { columns, references, onDelete, onUpdate, onDeleteColumns, match } = key;
  return extras.foreignKey(columns, qualifiedKey(references.table), references.columns, {
    ...timing(key),
    ...(onDelete === undefined ? {} : { onDelete }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
    ...(onDeleteColumns === undefined ? {} : { onDeleteColumns }),
    ...(match === undefined ? {} : { match }),
  });
}

function indexExtra(index: IndexModel, place: FragmentContext): extras.TableExtra {
  const { name, unique, keys, where, method, include, nullsNotDistinct, storage, only, comment } = index;
  const parts = keys.map(({ expression, ...options }) => {
    const key = expression.kind === "column" ? expression.name : fragmentOf(expression, place);
    return extras.indexKey(key, options);
  });
  return extras.index(parts, {
    name,
    unique,
    ...(where === undefined ? {} : { where: fragmentOf(where, place) }),
    ...(method === undefined ? {} : { using: method }),
    ...(include === undefined ? {} : { include }),
    ...(nullsNotDistinct === undefined ? {} : { nullsNotDistinct }),
    ...(storage === undefined ? {} : { with: Object.fromEntries(storage.map((each) => [each.name, each.value])) }),
    ...(only === undefined ? {} : { only }),
    ...(comment === undefined ? {} : { comment }),
  });
}

function optionsExtra(relation: TableModel | ViewModel): extras.TableExtra {
  const { schema, comment, options } = relation;
  return extras.tableOptions({
    ...(schema === undefined ? {} : { schema }),
    ...(comment === undefined ? {} : { comment }),
    options: optionsRecord(options),
  });
}

function optionsRecord(options: readonly TableOptionsModel[] = []): Readonly<Record<string, extras.DialectOptions>> {
  return Object.fromEntries(
    options.map(({ dialect, entries }) => [
      dialect,
      Object.fromEntries(entries.map(({ name, value }) => [name, value ?? true] as const)),
    ]),
  );
}
