// MetaData: the tables that belong together, in dependency order, created and dropped as one.
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import type { Operation } from "../engine/execution.js";
import type { DialectInspector } from "../reflect/dialect-inspector.js";
import { addRelations } from "./add-relations.js";
import { inspectorOf, readTables, type ReflectedNames } from "./reflected-tables.js";
import { EventHub, EVENTS } from "../events/event-hub.js";
import { type DdlEvents, ddlHooks } from "./ddl-events.js";
import { createSchema, type DdlRun, dropSchema } from "./ddl-operations.js";
import type { DdlDialect } from "./ddl-dialect.js";
import type { NamedTypeDeclaration, SchemaObject, Sequence } from "./schema-objects.js";
import type { SchemaParts } from "./schema-parts.js";
import type { AsyncSchemaTarget, SchemaTarget } from "./schema-target.js";
import { sortTables } from "./sort-tables.js";
import { Table } from "./table.js";
import { checkName } from "./check-name.js";
import type { TableDefinition } from "./table-form.js";
import { tableKey, targetKey } from "./target-name.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

export interface MetaDataOptions {
  /** The schema of every table that names none itself. */
  readonly schema?: string;
}

export interface CreateOptions {
  /** Only these, and the types that they need; everything where left out. */
  readonly tables?: readonly Table[];
  /** Ask the database first which are there (the default), or leave it to complain. */
  readonly checkFirst?: boolean;
}

export interface ReflectOptions extends ReflectedNames {
  /** Tables that the MetaData knows already are replaced by what is read, not kept. */
  readonly extendExisting?: boolean;
}

/** An engine or connection whose databases can be read. */
type Readable = { readonly dialect: { readonly inspector?: DialectInspector } };

export class MetaData {
  readonly schema: string | null;
  readonly #tables = new Map<string, Table>();
  readonly #views = new Map<string, Table>();
  readonly #objects = new Map<string, Sequence | NamedTypeDeclaration | SchemaObject>();
  /** Where `listen(metadata, …)` keeps the listeners. */
  readonly [EVENTS]: EventHub<DdlEvents> = new EventHub<DdlEvents>();

  constructor(options: MetaDataOptions = {}) {
    if (options.schema !== undefined) checkName("A MetaData's schema", options.schema);
    this.schema = options.schema ?? null;
  }

  /** The tables by name, `schema.name` where they have a schema. */
  get tables(): ReadonlyMap<string, Table> {
    return this.#tables;
  }

  /** The views by name, like the tables. */
  get views(): ReadonlyMap<string, Table> {
    return this.#views;
  }

  get sequences(): readonly Sequence[] {
    return this.#ofKind("sequence");
  }

  /** Enums and domains that are created whether or not a column is of them. */
  get types(): readonly NamedTypeDeclaration[] {
    return this.#ofKind("type");
  }

  /** What is kept as SQL: functions, extensions. */
  get objects(): readonly SchemaObject[] {
    return this.#ofKind("object");
  }

  #ofKind<Kind extends "sequence" | "type" | "object">(
    kind: Kind,
  ): Extract<Sequence | NamedTypeDeclaration | SchemaObject, { readonly kind: Kind }>[] {
    // Sound: `kind` tells the three apart.
    return [...this.#objects.values()].filter((object) => object.kind === kind) as Extract<
      Sequence | NamedTypeDeclaration | SchemaObject,
      { readonly kind: Kind }
    >[];
  }

  /**
   * The tables so that each comes after those its foreign keys refer to; within a ring of them, in order of names.
   * Throws `InvalidRequestError` where a foreign key refers to a table or column that is not here.
   */
  get sortedTables(): readonly Table[] {
    this.#checkForeignKeys(this.#tables.values());
    return sortTables(this.#tables.values()).tables;
  }

  /** Takes a table in: `new Table` and `createTable` do it. */
  add(table: TableDefinition): void {
    if (!(table instanceof Table)) throw new ArgumentError(`A MetaData holds tables, got ${describeValue(table)}.`);
    if (this.#tables.has(table.key) || this.#views.has(table.key)) {
      throw new InvalidRequestError(`Table ${table.key} is already defined in this MetaData; remove it first.`);
    }
    (table.view === null ? this.#tables : this.#views).set(table.key, table);
  }

  /** Takes a sequence, type or object in: their constructors do it. */
  addObject(object: Sequence | NamedTypeDeclaration | SchemaObject): void {
    const key = `${object.kind} ${object.key}`;
    if (this.#objects.has(key)) {
      throw new InvalidRequestError(`The ${key} is already defined in this MetaData.`);
    }
    this.#objects.set(key, object);
  }

  /**
   * Takes in the tables of an existing database, and those that their foreign keys lead to: with types, keys, defaults
   * and indexes, usable in statements like those written by hand. With `views`, views too.
   * Throws `NoSuchTableError` for a name in `only` that is not there.
   */
  reflect(target: SchemaTarget & Readable, options?: ReflectOptions): void;
  reflect(target: AsyncSchemaTarget & Readable, options?: ReflectOptions): Promise<void>;
  reflect(
    target: (SchemaTarget & Readable) | (AsyncSchemaTarget & Readable),
    options: ReflectOptions = {},
  ): void | Promise<void> {
    return checkTarget("reflect", target).runOperation(this.#reflected(inspectorOf(target), options));
  }

  *#reflected(inspector: DialectInspector, options: ReflectOptions): Operation<void> {
    const { extendExisting = false, ...names } = options;
    const keyOf = (name: QualifiedName): string => tableKey(name.schema ?? this.schema, name.name);
    const isKnown = (name: QualifiedName): boolean => this.#tables.has(keyOf(name)) || this.#views.has(keyOf(name));
    const { schema = this.schema } = names;
    const model = yield* readTables(inspector, { ...names, ...(schema === null ? {} : { schema }) }, isKnown);
    if (extendExisting) {
      for (const read of [...model.tables, ...(model.views ?? [])]) {
        this.#tables.delete(keyOf(read));
        this.#views.delete(keyOf(read));
      }
    }
    addRelations(model, this, (name) => !isKnown(name));
  }

  /** Forgets a table; the database is not touched. */
  remove(table: Table): void {
    for (const held of [this.#tables, this.#views]) if (held.get(table.key) === table) held.delete(table.key);
  }

  /** Forgets everything; the database is not touched. */
  clear(): void {
    this.#tables.clear();
    this.#views.clear();
    this.#objects.clear();
  }

  /**
   * Creates what does not exist yet (schemas, types, sequences, functions, tables with their indexes, views, triggers)
   * in dependency order and one transaction.
   * Throws `InvalidRequestError` for foreign keys that lead nowhere, `DatabaseError` where the database refuses.
   */
  createAll(target: SchemaTarget, options?: CreateOptions): void;
  createAll(target: AsyncSchemaTarget, options?: CreateOptions): Promise<void>;
  createAll(target: SchemaTarget | AsyncSchemaTarget, options: CreateOptions = {}): void | Promise<void> {
    const { dialect, asksFirst = true } = checkTarget("createAll", target);
    const parts = this.#selected(options);
    this.#checkForeignKeys(parts.tables);
    return target.runOperation(createSchema(parts, this.#run(dialect.ddl, options.checkFirst ?? asksFirst)));
  }

  /** Drops what exists, in the reverse order, in one transaction. Schemas and extensions stay: others may use them. */
  dropAll(target: SchemaTarget, options?: CreateOptions): void;
  dropAll(target: AsyncSchemaTarget, options?: CreateOptions): Promise<void>;
  dropAll(target: SchemaTarget | AsyncSchemaTarget, options: CreateOptions = {}): void | Promise<void> {
    const { dialect, asksFirst = true } = checkTarget("dropAll", target);
    const run = this.#run(dialect.ddl, options.checkFirst ?? asksFirst);
    return target.runOperation(dropSchema(this.#selected(options), run));
  }

  #run(ddl: DdlDialect, checkFirst: boolean): DdlRun {
    const hubOf = (target: object): EventHub<DdlEvents> | undefined =>
      target instanceof Table || target instanceof MetaData ? target[EVENTS] : undefined;
    return { ddl, checkFirst, hooks: ddlHooks(this, hubOf, ddl) };
  }

  #selected({ tables }: CreateOptions): SchemaParts & { readonly tables: readonly Table[] } {
    if (tables === undefined) {
      const { sequences, types, objects } = this;
      return { tables: [...this.#tables.values()], views: [...this.#views.values()], sequences, types, objects };
    }
    for (const table of tables) {
      if (this.#tables.get(table.key) !== table && this.#views.get(table.key) !== table) {
        throw new ArgumentError(`Table ${table.key} does not belong to this MetaData.`);
      }
    }
    const views = tables.filter((table) => table.view !== null);
    return { tables: tables.filter((table) => table.view === null), views, sequences: [], types: [], objects: [] };
  }

  #checkForeignKeys(tables: Iterable<Table>): void {
    for (const table of tables) {
      for (const { columns, target } of table.foreignKeys) {
        const owner = `${table.key}.${columns.map((column) => column.name).join(", ")}`;
        const found = this.#tables.get(targetKey(target));
        if (found === undefined) {
          throw new InvalidRequestError(
            `The foreign key of ${owner} refers to table ${targetKey(target)}, which this MetaData does not hold.`,
          );
        }
        for (const name of target.columns) checkTargetColumn(found, name, owner);
      }
    }
  }

  toString(): string {
    return "MetaData()";
  }

  [INSPECT](): string {
    return this.toString();
  }
}

function checkTargetColumn(table: Table, name: string, owner: string): void {
  if (table.columns.some((column) => column.name === name)) return;
  const known = table.columns.map((column) => column.name).join(", ");
  throw new InvalidRequestError(
    `The foreign key of ${owner} refers to ${table.key}.${name}, which is no column; ${table.key} has ${known}.`,
  );
}

function checkTarget<T extends SchemaTarget | AsyncSchemaTarget>(method: string, target: T): T {
  if (typeof target?.runOperation === "function") return target;
  throw new ArgumentError(`${method}() takes an engine or a connection, got ${describeValue(target)}.`);
}
