// MetaData: the tables that belong together, in dependency order, created and dropped as one.
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import { createTables, dropTables } from "./ddl-operations.js";
import type { AsyncSchemaTarget, SchemaTarget } from "./schema-target.js";
import { sortTables } from "./sort-tables.js";
import { Table } from "./table.js";
import { checkName } from "./table-definition.js";
import type { TableDefinition } from "./table-form.js";
import { targetKey } from "./target-name.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

export interface MetaDataOptions {
  /** The schema of every table that names none itself. */
  readonly schema?: string;
}

export interface CreateOptions {
  /** Only these; all where left out. */
  readonly tables?: readonly Table[];
  /** Ask the database first which are there (the default), or leave it to complain. */
  readonly checkFirst?: boolean;
}

export class MetaData {
  readonly schema: string | null;
  readonly #tables = new Map<string, Table>();

  constructor(options: MetaDataOptions = {}) {
    if (options.schema !== undefined) checkName("A MetaData's schema", options.schema);
    this.schema = options.schema ?? null;
  }

  /** The tables by name, `schema.name` where they have a schema. */
  get tables(): ReadonlyMap<string, Table> {
    return this.#tables;
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
    if (this.#tables.has(table.key)) {
      throw new InvalidRequestError(`Table ${table.key} is already defined in this MetaData; remove it first.`);
    }
    this.#tables.set(table.key, table);
  }

  /** Forgets a table; the database is not touched. */
  remove(table: Table): void {
    if (this.#tables.get(table.key) === table) this.#tables.delete(table.key);
  }

  /** Forgets all tables; the database is not touched. */
  clear(): void {
    this.#tables.clear();
  }

  /**
   * Creates the tables that do not exist yet, with their indexes, in dependency order and one transaction.
   * Throws `InvalidRequestError` for foreign keys that lead nowhere, `DatabaseError` where the database refuses.
   */
  createAll(target: SchemaTarget, options?: CreateOptions): void;
  createAll(target: AsyncSchemaTarget, options?: CreateOptions): Promise<void>;
  createAll(target: SchemaTarget | AsyncSchemaTarget, options: CreateOptions = {}): void | Promise<void> {
    const { dialect, asksFirst = true } = checkTarget("createAll", target);
    const tables = this.#selected(options);
    this.#checkForeignKeys(tables);
    return target.runOperation(createTables(tables, dialect.ddl, options.checkFirst ?? asksFirst));
  }

  /** Drops the tables that exist, in the reverse order and one transaction. */
  dropAll(target: SchemaTarget, options?: CreateOptions): void;
  dropAll(target: AsyncSchemaTarget, options?: CreateOptions): Promise<void>;
  dropAll(target: SchemaTarget | AsyncSchemaTarget, options: CreateOptions = {}): void | Promise<void> {
    const { dialect, asksFirst = true } = checkTarget("dropAll", target);
    return target.runOperation(dropTables(this.#selected(options), dialect.ddl, options.checkFirst ?? asksFirst));
  }

  #selected({ tables }: CreateOptions): readonly Table[] {
    if (tables === undefined) return [...this.#tables.values()];
    for (const table of tables) {
      if (this.#tables.get(table.key) !== table) {
        throw new ArgumentError(`Table ${table.key} does not belong to this MetaData.`);
      }
    }
    return tables;
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
