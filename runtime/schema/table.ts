// Tables: columns, keys, constraints and indexes under a name, known to a MetaData. Written by hand with `new Table`,
// whose types are inferred, or by generated code with `createTable`, which states them.
import { ArgumentError } from "../errors/errors.js";
import { tableNode } from "../sql/ast/tables.js";
import { EventHub, EVENTS } from "../events/event-hub.js";
import type { ForeignKeyNode, TableNode } from "../sql/ast/nodes.js";
import { insert } from "../sql/build/insert.js";
import { select } from "../sql/build/select.js";
import { SourceElement } from "../sql/build/sources.js";
import { deleteFrom, update } from "../sql/build/update.js";
import type { Attr, Delete, Insert, Select, TableLike, Update } from "../sql/typing.js";
import type { ColumnBuilder } from "../types/column-builder.js";
import { describeValue } from "../types/describe-value.js";
import { Column, describeColumn } from "./column.js";
import { ColumnCollection } from "./column-collection.js";
import { type ForeignKeyConstraint, type Index, PrimaryKeyConstraint } from "./constraints.js";
import type { DdlEvents } from "./ddl-events.js";
import type { TableExtra } from "./extras.js";
import { checkName } from "./check-name.js";
import { inheritedFrom } from "./inherited-from.js";
import { type ColumnDefinitions, columnSpecs, draftTable } from "./table-definition.js";
import type { TableDefinition } from "./table-form.js";
import { buildParts, foreignKeyNodes, pickColumns, type TableParts } from "./table-parts.js";
import { tableKey } from "./target-name.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** What a table belongs to: a `MetaData`. */
export interface TableOwner {
  readonly schema: string | null;
  /** Throws `InvalidRequestError` where it holds a table of this key already. */
  add(table: TableDefinition): void;
}

/** The columns of a hand-written table, as its expressions. */
export type ColumnsOf<N extends string, B> = {
  readonly [K in keyof B & string]: Attr<N, K, B[K] extends ColumnBuilder<infer T> ? T : never>;
};

class TableObject<out N extends string, out C>
  extends SourceElement<TableNode>
  implements TableDefinition, TableLike<N, C>
{
  readonly name: N;
  readonly schema: string | null;
  readonly key: string;
  readonly metadata: TableOwner;
  readonly columns: readonly Column[];
  /** The columns by property: `table.c.name`. */
  readonly c: C & ColumnCollection;
  readonly primaryKey: PrimaryKeyConstraint;
  readonly constraints: TableParts["constraints"];
  readonly foreignKeys: readonly ForeignKeyConstraint[];
  readonly indexes: readonly Index[];
  readonly comment: string | null;
  readonly options: TableDefinition["options"];
  readonly partition: TableDefinition["partition"];
  readonly parents: TableDefinition["parents"];
  readonly objects: TableDefinition["objects"];
  readonly view: TableDefinition["view"];
  /** Where `listen(table, …)` keeps the listeners. */
  readonly [EVENTS]: EventHub<DdlEvents> = new EventHub<DdlEvents>();

  constructor(name: N, metadata: TableOwner, definitions: ColumnDefinitions, extras: readonly TableExtra[] = []) {
    checkName("A table's name", name);
    if (typeof metadata?.add !== "function") {
      throw new ArgumentError(`Table ${name} takes its MetaData second, got ${describeValue(metadata)}.`);
    }
    const draft = draftTable(name, metadata.schema, definitions, extras);
    const foreignKeys: ForeignKeyNode[] = [];
    super(tableNode({ schema: draft.schema, name, columns: columnSpecs(draft), foreignKeys }));
    this.name = name;
    this.metadata = metadata;
    this.schema = draft.schema;
    this.key = tableKey(this.schema, name);
    this.comment = draft.comment;
    this.options = draft.options;
    this.columns = draft.columns.map(({ builder }, index) => Column.of(this.node, index, builder));
    const parts = buildParts(this, extras);
    foreignKeys.push(...foreignKeyNodes(parts.constraints));
    this.constraints = parts.constraints;
    this.foreignKeys = parts.constraints.filter((constraint) => constraint.kind === "foreign key");
    this.indexes = parts.indexes;
    this.partition = parts.partition;
    this.objects = parts.objects;
    this.parents = [
      ...(parts.partition === null ? [] : [parts.partition]),
      ...inheritedFrom(draft.options, metadata.schema),
    ];
    this.view = parts.view;
    this.primaryKey = new PrimaryKeyConstraint(
      draft.primaryKey.name,
      pickColumns(this, draft.primaryKey.columns, "primary key"),
      draft.primaryKey.details,
    );
    // Sound: the collection holds one column for each property of the definitions, whose types `C` states.
    this.c = new ColumnCollection(this.columns) as C & ColumnCollection;
    metadata.add(this);
  }

  get kind(): "table" {
    return "table";
  }

  /** `INSERT INTO` this table. */
  insert<T extends TableLike>(this: T): Insert<T> {
    return insert(this);
  }

  /** `UPDATE` this table. */
  update<T extends TableLike>(this: T): Update<T> {
    return update(this);
  }

  /** `DELETE FROM` this table. */
  delete(): Delete {
    return deleteFrom(this);
  }

  /** `SELECT` all columns of this table. */
  select<T extends TableLike>(this: T): Select<[T]> {
    return select(this);
  }

  override toString(): string {
    return this.key;
  }

  [INSPECT](): string {
    return `Table('${this.name}', ${this.columns.map(describeColumn).join(", ")}, schema=${this.schema ?? "null"})`;
  }
}

/** A table named `N`, whose columns by property are `C`. */
export interface Table<out N extends string = string, out C = unknown> extends TableObject<N, C> {}

interface TableConstructor {
  /**
   * A table written by hand: its name, the MetaData that is to know it, its columns by property, and composite keys,
   * checks and indexes. Throws `ArgumentError` for names that are missing or used twice.
   */
  new <const N extends string, B extends ColumnDefinitions>(
    name: N,
    metadata: TableOwner,
    columns: B,
    extras?: readonly TableExtra[],
  ): Table<N, ColumnsOf<N, B>>;
  readonly prototype: Table;
}

// The constructor is the same; this signature infers `C` from the definitions, which its own cannot.
export const Table: TableConstructor = TableObject;

/**
 * A table whose type is stated where it is declared: what generated code calls. It returns `never`, which fits every
 * annotation, because a generic signature would be instantiated for every table that is type-checked.
 */
export function createTable(
  name: string,
  metadata: TableOwner,
  columns: ColumnDefinitions,
  extras: readonly TableExtra[] = [],
): never {
  // Sound where the annotation says what the definitions say; the generator writes both from one model.
  return new TableObject<string, unknown>(name, metadata, columns, extras) as never;
}
