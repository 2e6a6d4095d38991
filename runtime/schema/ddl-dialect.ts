// What a dialect tells about defining tables. The base implementation is `DdlCompiler`; dialects override parts of it.
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { ForeignKeyConstraint, Index } from "./constraints.js";
import type { TableDefinition } from "./table-form.js";

/** A type that has to be there before the tables whose columns are of it, such as an enum. */
export interface NamedType {
  /** Unique among the types of a database. */
  readonly key: string;
  /** A query that returns a row where the type exists. */
  readonly existenceProbe: string;
  /** A query that returns a row where it exists and no column is of it. */
  readonly unusedProbe: string;
  readonly create: string;
  readonly drop: string;
}

/** Texts of DDL statements. All throw `CompileError` where the dialect has no form for what is asked. */
export interface DdlDialect {
  /** The same over another form of the dialect's SQL; absent where there is but one. */
  withSql?(sql: SqlDialect): DdlDialect;
  /** CREATE TABLE, without those of its foreign keys that `postponed` holds. */
  createTable(table: TableDefinition, postponed?: ReadonlySet<ForeignKeyConstraint>): string;
  /** What has to follow CREATE TABLE and its indexes, such as comments. */
  afterTable(table: TableDefinition): readonly string[];
  dropTable(table: TableDefinition): string;
  /** What drops all of these, which come so that each stands before those it refers to, but for rings. */
  dropTables(tables: readonly TableDefinition[], cyclic: boolean): readonly string[];
  /** True where a foreign key can be made only when the table that it refers to is there. */
  readonly foreignKeysNeedTables: boolean;
  /** ALTER TABLE … ADD a foreign key that was postponed. */
  addForeignKey(table: TableDefinition, constraint: ForeignKeyConstraint): string;
  /** The types that these tables need, each once. */
  namedTypes(tables: readonly TableDefinition[]): readonly NamedType[];
  createIndex(index: Index): string;
  dropIndex(index: Index): string;
  /** Queries asked in turn: the table exists where one of them returns a row. */
  existenceProbes(table: TableDefinition): readonly string[];
  /** What must be said inside the transaction before tables that refer to each other are dropped. */
  readonly beforeDroppingCycle: readonly string[];
}
