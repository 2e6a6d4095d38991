// DDL text in standard SQL, laid out as SQLAlchemy does. A dialect's compiler extends this one and overrides what its
// database writes differently.
import { CompileError } from "../errors/errors.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { DomainDefinition } from "../types/domain-definition.js";
import { ClockValue, RawSql, sql } from "../types/raw-sql.js";
import { domainsOf, storageType } from "../types/storage-type.js";
import type { Column } from "./column.js";
import type { Constraint, ForeignKeyConstraint, Index, IndexPart, SqlFragment } from "./constraints.js";
import type { DdlDialect, NamedType } from "./ddl-dialect.js";
import type { TableDefinition } from "./table-form.js";

export class DdlCompiler implements DdlDialect {
  protected readonly sql: SqlDialect;

  constructor(sql: SqlDialect) {
    this.sql = sql;
  }

  withSql(sql: SqlDialect): DdlDialect {
    // Sound: a subclass whose constructor takes more than this one overrides the method.
    return new (this.constructor as new (sql: SqlDialect) => DdlCompiler)(sql);
  }

  get beforeDroppingCycle(): readonly string[] {
    return [];
  }

  existenceProbes(table: TableDefinition): readonly string[] {
    const schema = this.schemaName(table.schema);
    const inSchema = schema === null ? "" : ` AND table_schema = ${this.sql.quoteLiteral(schema)}`;
    return [
      `SELECT 1 FROM information_schema.tables WHERE table_name = ${this.sql.quoteLiteral(table.name)}${inSchema}`,
    ];
  }

  get foreignKeysNeedTables(): boolean {
    return false;
  }

  createTable(table: TableDefinition, postponed?: ReadonlySet<Constraint>): string {
    const lines = table.columns.map((column) => this.columnLine(column, table));
    if (table.primaryKey.columns.length > 0 && this.keyIsConstraint(table)) {
      lines.push(this.constraintLine(table.primaryKey, table));
    }
    for (const column of table.columns) lines.push(...this.typeChecks(column));
    for (const constraint of table.constraints) {
      if (postponed?.has(constraint) !== true) lines.push(this.constraintLine(constraint, table));
    }
    if (lines.length === 0) throw new CompileError(`Table ${table.key} has no columns.`);
    return `\nCREATE TABLE ${this.tableName(table)} (\n\t${lines.join(", \n\t")}\n)\n\n`;
  }

  dropTable(table: TableDefinition): string {
    return `\nDROP TABLE ${this.tableName(table)}`;
  }

  dropTables(tables: readonly TableDefinition[], _cyclic: boolean): readonly string[] {
    return tables.map((table) => this.dropTable(table));
  }

  afterTable(_table: TableDefinition): readonly string[] {
    return [];
  }

  addForeignKey(table: TableDefinition, constraint: ForeignKeyConstraint): string {
    return `ALTER TABLE ${this.tableName(table)} ADD ${this.constraintLine(constraint, table)}`;
  }

  namedTypes(_tables: readonly TableDefinition[]): readonly NamedType[] {
    return [];
  }

  createIndex(index: Index): string {
    const keys = index.parts.map((part) => this.indexKey(part)).join(", ");
    const where = index.where === null ? "" : ` WHERE ${this.fragment(index.where)}`;
    const head = index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX";
    return `${head} ${this.createdIndexName(index)} ON ${this.indexedTableName(index)} (${keys})${where}`;
  }

  dropIndex(index: Index): string {
    return `DROP INDEX ${this.qualify(index.table.schema, index.name)}`;
  }

  protected createdIndexName(index: Index): string {
    return this.sql.quoteIdentifier(index.name);
  }

  protected indexedTableName(index: Index): string {
    return this.tableName(index.table);
  }

  protected tableName(table: { readonly schema: string | null; readonly name: string }): string {
    return this.qualify(table.schema, table.name);
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

  /** `name TYPE DEFAULT … NOT NULL CHECK (…)`. */
  protected columnLine(column: Column, table: TableDefinition): string {
    const parts = [this.sql.quoteIdentifier(column.name), this.columnType(column)];
    const collation = this.collation(column);
    if (collation !== undefined) parts.push("COLLATE", this.sql.quoteIdentifier(collation));
    if (this.defaultOf(column) !== undefined) parts.push("DEFAULT", this.defaultValue(column));
    if (!this.isNullable(column)) parts.push("NOT NULL");
    parts.push(...this.columnSuffix(column, table));
    for (const { name, condition } of column.options.checks ?? []) {
      parts.push(`${this.constraintPrefix(name ?? null)}CHECK (${this.fragment(condition)})`);
    }
    return parts.join(" ");
  }

  protected columnType(column: Column): string {
    return this.sql.codecFor(column.type).ddl;
  }

  /** What its domains say besides their type, where the database has no domains to say it. */
  protected domainsOf(column: Column): readonly DomainDefinition[] {
    return domainsOf(column.type).map(({ domain = {} }) => domain);
  }

  protected collation(column: Column): string | undefined {
    return (
      column.options.collation ?? this.domainsOf(column).find((domain) => domain.collation !== undefined)?.collation
    );
  }

  protected isNullable(column: Column): boolean {
    return column.node.nullable && this.domainsOf(column).every((domain) => domain.notNull !== true);
  }

  /** The column's own default, else its domain's. */
  protected defaultOf(column: Column): unknown {
    const own = column.options.default;
    if (own !== undefined) return own;
    const text = this.domainsOf(column).find((domain) => domain.default !== undefined)?.default;
    return typeof text === "string" ? sql(text) : text;
  }

  /** What follows NOT NULL: how the database numbers the rows. */
  protected columnSuffix(column: Column, _table: TableDefinition): readonly string[] {
    const { identity } = column.options;
    if (identity === undefined) return [];
    return [identity.always ? "GENERATED ALWAYS AS IDENTITY" : "GENERATED BY DEFAULT AS IDENTITY"];
  }

  /** False where the column's own line says PRIMARY KEY. */
  protected keyIsConstraint(_table: TableDefinition): boolean {
    return true;
  }

  /** Constraints that stand for a type the database lacks; none in standard SQL but for unsigned numbers. */
  protected typeChecks(column: Column): readonly string[] {
    const { logical } = storageType(column.type);
    return "unsigned" in logical && logical.unsigned === true
      ? [`CHECK (${this.sql.quoteIdentifier(column.name)} >= 0)`, ...this.domainChecks(column)]
      : this.domainChecks(column);
  }

  /** The checks of its domains, about the column. */
  protected domainChecks(column: Column): readonly string[] {
    const name = this.sql.quoteIdentifier(column.name);
    return this.domainsOf(column)
      .flatMap(({ checks = [] }) => checks)
      .map(({ condition }) => `CHECK (${aboutColumn(this.fragment(condition), name)})`);
  }

  protected defaultValue(column: Column): string {
    const value = this.defaultOf(column);
    if (RawSql.is(value)) return this.fragment(value);
    if (ClockValue.is(value)) return this.clock(value, column);
    return this.literal(value, column);
  }

  protected clock(value: ClockValue, _column: Column): string {
    return `CURRENT_${value.name.toUpperCase()}`;
  }

  /** A value of the column's type as a SQL literal, checked and converted like a bound one. */
  protected literal(value: unknown, column: Column): string {
    const stored = this.storedValue(value, column);
    if (typeof stored === "string") return this.sql.quoteLiteral(stored);
    if (typeof stored === "number" || typeof stored === "bigint") return String(stored);
    if (typeof stored === "boolean") return stored ? "true" : "false";
    if (stored instanceof Uint8Array) return `X'${Buffer.from(stored).toString("hex")}'`;
    throw new CompileError(`The default of ${column.name} has no form as a SQL literal; write sql("…").`);
  }

  /** The value in the form in which the database keeps it. */
  protected storedValue(value: unknown, column: Column): unknown {
    const { encode } = this.sql.codecFor(column.type);
    return encode === null ? value : encode(value);
  }

  protected constraintLine(constraint: Constraint, table: TableDefinition): string {
    return this.constraintPrefix(constraint.name) + this.constraintBody(constraint, table);
  }

  protected constraintPrefix(name: string | null): string {
    return name === null ? "" : `CONSTRAINT ${this.sql.quoteIdentifier(name)} `;
  }

  private constraintBody(constraint: Constraint, table: TableDefinition): string {
    switch (constraint.kind) {
      case "primary key":
        return `PRIMARY KEY (${this.columnNames(constraint.columns)})`;
      case "unique":
        return `UNIQUE (${this.columnNames(constraint.columns)})`;
      case "check":
        return `CHECK (${this.fragment(constraint.condition)})`;
      case "foreign key":
        return this.foreignKey(constraint, table);
    }
  }

  /** The table after REFERENCES. */
  protected referencedTable({ target }: ForeignKeyConstraint, _table: TableDefinition): string {
    return this.qualify(target.schema, target.table);
  }

  private foreignKey(constraint: ForeignKeyConstraint, table: TableDefinition): string {
    const { columns, target, actions } = constraint;
    const targetColumns = target.columns.map((name) => this.sql.quoteIdentifier(name)).join(", ");
    const targetTable = this.referencedTable(constraint, table);
    const clauses = [`FOREIGN KEY(${this.columnNames(columns)}) REFERENCES ${targetTable} (${targetColumns})`];
    if (actions.onDelete !== null) clauses.push(`ON DELETE ${actions.onDelete.toUpperCase()}`);
    if (actions.onUpdate !== null) clauses.push(`ON UPDATE ${actions.onUpdate.toUpperCase()}`);
    if (actions.deferrable !== null) {
      clauses.push(actions.deferrable.initiallyDeferred ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE");
    }
    return clauses.join(" ");
  }

  private columnNames(columns: readonly Column[]): string {
    return columns.map((column) => this.sql.quoteIdentifier(column.name)).join(", ");
  }

  protected indexKey(part: IndexPart): string {
    const { expression } = part;
    const words = [
      RawSql.is(expression) ? `(${this.fragment(expression)})` : this.sql.quoteIdentifier(expression.name),
    ];
    if (part.collation !== null) words.push("COLLATE", this.sql.quoteIdentifier(part.collation));
    if (part.direction !== null) words.push(part.direction.toUpperCase());
    if (part.nulls !== null) words.push(`NULLS ${part.nulls.toUpperCase()}`);
    return words.join(" ");
  }

  protected fragment(fragment: SqlFragment): string {
    if (typeof fragment === "string") return fragment;
    const text = fragment.for(this.sql.name);
    if (text !== undefined) return text;
    throw new CompileError(`sql(…) has no text for ${this.sql.name}, and no default.`);
  }
}

/** The condition of a domain with the column's name for the word VALUE, which is left alone in literals and names. */
function aboutColumn(condition: string, name: string): string {
  return condition.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\bvalue\b/gi, (token) =>
    token.toLowerCase() === "value" ? name : token,
  );
}
