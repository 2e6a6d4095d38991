// DDL text for what stands beside tables (views, sequences, schemas, what is kept as SQL) in standard SQL, and the
// names and fragments that all DDL is made of.
import type { SequenceOptions } from "../../model/sequence-options.js";
import { CompileError } from "../errors/errors.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import { RawSql } from "../types/raw-sql.js";
import type { SqlFragment } from "./constraints.js";
import type { DialectOptions } from "./extras.js";
import type { ObjectDefinition, SchemaObject, Sequence } from "./schema-objects.js";
import type { TableDefinition } from "./table-form.js";
import { splitName } from "./target-name.js";

/** A table's, view's or sequence's name. */
export interface DdlName {
  readonly schema: string | null;
  readonly name: string;
}

export class ObjectDdlCompiler {
  protected readonly sql: SqlDialect;

  constructor(sql: SqlDialect) {
    this.sql = sql;
  }

  // ---- schemas

  /** A query that returns a row where the schema exists; null where a schema is nothing that SQL creates. */
  schemaProbe(name: string): string | null {
    return `SELECT 1 FROM information_schema.schemata WHERE schema_name = ${this.sql.quoteLiteral(name)}`;
  }

  createSchema(name: string, ifNotExists = false): string {
    return `CREATE SCHEMA ${ifNotExists ? "IF NOT EXISTS " : ""}${this.sql.quoteIdentifier(name)}`;
  }

  dropSchema(name: string): string {
    return `DROP SCHEMA ${this.sql.quoteIdentifier(name)}`;
  }

  // ---- sequences

  sequenceProbe(sequence: Sequence): string {
    const schema = this.schemaName(sequence.schema);
    const inSchema = schema === null ? "" : ` AND sequence_schema = ${this.sql.quoteLiteral(schema)}`;
    const name = this.sql.quoteLiteral(sequence.name);
    return `SELECT 1 FROM information_schema.sequences WHERE sequence_name = ${name}${inSchema}`;
  }

  createSequence(sequence: Sequence): string {
    const type = sequence.type === "bigint" ? "" : ` AS ${sequence.type.toUpperCase()}`;
    return `CREATE SEQUENCE ${this.tableName(sequence)}${type}${sequenceClauses(sequence.options)}`;
  }

  dropSequence(sequence: DdlName): string {
    return `DROP SEQUENCE ${this.tableName(sequence)}`;
  }

  /** What has to follow CREATE SEQUENCE. */
  afterSequence(_sequence: Sequence): readonly string[] {
    return [];
  }

  // ---- views

  createView(view: TableDefinition): string {
    const definition = view.view;
    if (definition === null) throw new CompileError(`${view.key} is a table, not a view.`);
    if (definition.materialized) throw this.lacks(`View ${view.key} is materialised`);
    return `CREATE VIEW ${this.tableName(view)} AS ${this.fragment(definition.definition)}`;
  }

  dropView(view: TableDefinition): string {
    return `DROP ${view.view?.materialized === true ? "MATERIALIZED VIEW" : "VIEW"} ${this.tableName(view)}`;
  }

  // ---- what is kept as SQL

  /** The statement that creates it; undefined where it has no text for this dialect. */
  createObject({ definition }: Pick<SchemaObject, "definition">): string | undefined {
    const { sql } = definition;
    return typeof sql === "string" ? sql : sql.for(this.sql.name);
  }

  /** A query that returns a row where it exists; null where nobody can tell. */
  objectProbe(_object: SchemaObject): string | null {
    return null;
  }

  /** What drops a trigger or the like before its table goes; null where it goes with it. */
  dropOwned(_table: TableDefinition, _object: ObjectDefinition): string | null {
    return null;
  }

  /** Null where it is left alone. */
  dropObject(_object: SchemaObject): string | null {
    return null;
  }

  /** What must be said inside the transaction before objects are created. */
  get beforeObjects(): readonly string[] {
    return [];
  }

  // ---- names and fragments

  protected tableName({ schema, name }: DdlName): string {
    return this.qualify(schema, name);
  }

  /** What the schema is called here. */
  protected schemaName(schema: string | null): string | null {
    return this.sql.translateSchema === undefined ? schema : this.sql.translateSchema(schema);
  }

  protected qualify(schema: string | null, name: string): string {
    const quoted = this.sql.quoteIdentifier(name);
    const here = this.schemaName(schema);
    return here === null ? quoted : `${this.sql.quoteIdentifier(here)}.${quoted}`;
  }

  /** A name that may have a schema before a dot: of a collation, an operator class. */
  protected dottedName(name: string): string {
    return splitName(name)
      .map((part) => this.sql.quoteIdentifier(part))
      .join(".");
  }

  /** The options of a table or view that are meant for this dialect. */
  protected optionsOf({ options }: TableDefinition): DialectOptions {
    return options[this.sql.name] ?? {};
  }

  /** `(name = value, …)`; values that are no plain words become literals. */
  protected parameterList(parameters: readonly { readonly name: string; readonly value: string }[]): string {
    const list = parameters.map(({ name, value }) => {
      const text = /^[\w.+-]+$/.test(value) ? value : this.sql.quoteLiteral(value);
      return `${this.dottedName(name)} = ${text}`;
    });
    return `(${list.join(", ")})`;
  }

  protected fragment(fragment: SqlFragment): string {
    if (typeof fragment === "string") return fragment;
    const text = fragment.for(this.sql.name);
    if (text !== undefined) return text;
    throw new CompileError(`sql(…) has no text for ${this.sql.name}, and no default.`);
  }

  /** The text that was written for this dialect, or is everybody's. */
  protected isOwn(fragment: SqlFragment): boolean {
    return RawSql.is(fragment) && fragment.own(this.sql.name) !== undefined;
  }

  protected lacks(what: string): CompileError {
    return new CompileError(`${what}, which ${this.sql.name} has no form for.`);
  }
}

/** ` START WITH 1 INCREMENT BY 5 …`, or nothing. */
export function sequenceClauses(options: SequenceOptions): string {
  const { start, increment, minValue, maxValue, cache, cycle } = options;
  return [
    start === undefined ? "" : ` START WITH ${start}`,
    increment === undefined ? "" : ` INCREMENT BY ${increment}`,
    minValue === undefined ? "" : ` MINVALUE ${minValue}`,
    maxValue === undefined ? "" : ` MAXVALUE ${maxValue}`,
    cache === undefined ? "" : ` CACHE ${cache}`,
    cycle === true ? " CYCLE" : "",
  ].join("");
}
