// What a dialect tells about defining schemas. The base implementation is `DdlCompiler`; dialects override parts of it.
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { DeclaredType } from "../types/declared-type.js";
import type { Column } from "./column.js";
import type { Constraint, Index } from "./constraints.js";
import type { ObjectDefinition, SchemaObject, Sequence } from "./schema-objects.js";
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
  /** COMMENT ON it. */
  readonly comment: (text: string) => string;
}

/** Texts of DDL statements. All throw `CompileError` where the dialect has no form for what is asked. */
export interface DdlDialect {
  /** The same over another form of the dialect's SQL; absent where there is but one. */
  withSql?(sql: SqlDialect): DdlDialect;
  /** The dialect's. */
  readonly name: string;

  /** What has to stand before CREATE TABLE, such as the sequences of its columns. */
  beforeTable(table: TableDefinition): readonly string[];
  /** CREATE TABLE, without those of its constraints that `postponed` holds. */
  createTable(table: TableDefinition, postponed?: ReadonlySet<Constraint>): string;
  /** What has to follow CREATE TABLE and its indexes, such as comments; nothing of what `postponed` holds. */
  afterTable(table: TableDefinition, postponed?: ReadonlySet<Constraint>): readonly string[];
  dropTable(table: TableDefinition): string;
  /** What drops all of these, which come so that each stands before those it refers to, but for rings. */
  dropTables(tables: readonly TableDefinition[], cyclic: boolean): readonly string[];
  /** True where a foreign key can be made only when the table that it refers to is there. */
  readonly foreignKeysNeedTables: boolean;
  /** Queries asked in turn: the table or view exists where one of them returns a row. */
  existenceProbes(table: TableDefinition): readonly string[];
  /** What must be said inside the transaction before tables that refer to each other are dropped. */
  readonly beforeDroppingCycle: readonly string[];

  addConstraint(table: TableDefinition, constraint: Constraint): string;
  dropConstraint(table: TableDefinition, constraint: Constraint): string;
  setTableComment(table: TableDefinition, comment: string | null): string;
  setColumnComment(table: TableDefinition, column: Column, comment: string | null): string;
  createIndex(index: Index): string;
  dropIndex(index: Index): string;

  /** The named types that these are or are made of, each once, in an order in which they can be created. */
  namedTypes(types: Iterable<DeclaredType>): readonly NamedType[];

  createView(view: TableDefinition): string;
  dropView(view: TableDefinition): string;

  /** A query that returns a row where the schema exists; null where a schema is nothing that SQL creates. */
  schemaProbe(name: string): string | null;
  createSchema(name: string, ifNotExists?: boolean): string;
  dropSchema(name: string): string;

  sequenceProbe(sequence: Sequence): string;
  createSequence(sequence: Sequence): string;
  afterSequence(sequence: Sequence): readonly string[];
  dropSequence(sequence: Sequence): string;

  /** What must be said inside the transaction before objects are created. */
  readonly beforeObjects: readonly string[];
  /** Undefined where the object has no text for this dialect. */
  createObject(object: Pick<SchemaObject, "definition">): string | undefined;
  /** A query that returns a row where it exists; null where nobody can tell. */
  objectProbe(object: SchemaObject): string | null;
  /** What drops a trigger or the like before its table goes; null where it goes with it. */
  dropOwned(table: TableDefinition, object: ObjectDefinition): string | null;
  /** Null where it is left alone. */
  dropObject(object: SchemaObject): string | null;
}
