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
import { type AutoloadOptions, autoload, isAutoload } from "./table-autoload.js";
import { movedArguments } from "./table-copy.js";
import type { TableArguments } from "./table-from-model.js";
import { tableKey } from "./target-name.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** What a table belongs to: a `MetaData`. */
export interface TableOwner {
  readonly schema: string | null;
  /** The tables that it holds, by key. */
  readonly tables?: ReadonlyMap<string, unknown>;
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

  /** As written: what a copy is made from. */
  readonly #written: TableArguments;

  constructor(
    name: N,
    metadata: TableOwner,
    columns: ColumnDefinitions | AutoloadOptions,
    additions: readonly TableExtra[] = [],
  ) {
    checkName("A table's name", name);
    if (typeof metadata?.add !== "function") {
      throw new ArgumentError(`Table ${name} takes its MetaData second, got ${describeValue(metadata)}.`);
    }
    const { own, others } = isAutoload(columns)
      ? autoload(name, metadata, columns)
      : { own: { columns, extras: additions }, others: [] };
    const { columns: definitions, extras } = own;
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
    this.#written = { columns: definitions, extras };
    metadata.add(this);
    // What its foreign keys lead to comes along.
    for (const other of others) {
      new TableObject<string, unknown>(other.name, metadata, other.columns, other.extras);
    }
  }

  /**
   * A copy in another MetaData, under another name or in another schema where told so. Foreign keys to tables of the
   * old schema follow into the new one.
   */
  toMetadata(metadata: TableOwner, options: { readonly name?: string; readonly schema?: string } = {}): Table<N, C> {
    const { schema = this.schema } = options;
    const { columns, extras } = movedArguments(this.#written, this, schema);
    // Sound: the copy has the same columns; a name is given for another table of them.
    return new TableObject<N, C>((options.name ?? this.name) as N, metadata, columns, extras);
  }

  get kind(): "table" {
    return "table";
  }

  /**
   * The column of this property, for tables whose columns are known at run time only.
   * Throws `ArgumentError` where there is none.
   */
  column(property: string): Attr<N, string, unknown> {
    const column = this.columns.find(({ key }) => key === property);
    if (column === undefined) {
      const known = this.columns.map(({ key }) => key).join(", ");
      throw new ArgumentError(`Table ${this.key} has no property ${property}; it has ${known}.`);
    }
    // Sound: a column is the expression that the type describes, of values that nobody knows.
    return column as unknown as Attr<N, string, unknown>;
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

/** The columns of a table that was read from a database: known by name at run time only. */
export type LoadedColumns<N extends string> = Readonly<Record<string, Attr<N, string, unknown>>>;

interface TableConstructor {
  /**
   * A table as a synchronous engine's database has it, with those that its foreign keys lead to.
   * Throws `NoSuchTableError` where there is none of this name. Asynchronously: `await metadata.reflect(engine, …)`.
   */
  new <const N extends string>(name: N, metadata: TableOwner, options: AutoloadOptions): Table<N, LoadedColumns<N>>;
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
