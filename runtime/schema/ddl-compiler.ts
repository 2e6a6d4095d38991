// DDL text in standard SQL, laid out as SQLAlchemy does. A dialect's compiler extends this one and overrides what its
// database writes differently.
import type { SequenceOptions } from "../../model/sequence-options.js";
import { CompileError } from "../errors/errors.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { DeclaredType } from "../types/declared-type.js";
import type { DomainDefinition } from "../types/domain-definition.js";
import { ClockValue, RawSql, sql } from "../types/raw-sql.js";
import { domainsOf, storageType } from "../types/storage-type.js";
import type { Column } from "./column.js";
import type { Constraint, ForeignKeyConstraint, Index, IndexPart } from "./constraints.js";
import type { DdlDialect, NamedType } from "./ddl-dialect.js";
import { ObjectDdlCompiler, sequenceClauses } from "./object-ddl.js";
import type { TableDefinition } from "./table-form.js";

export class DdlCompiler extends ObjectDdlCompiler implements DdlDialect {
  get name(): string {
    return this.sql.name;
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
    const lines = this.tableLines(table, postponed);
    const list = `(\n\t${lines.join(", \n\t")}\n)`;
    const head = `\nCREATE ${this.tableKind(table)} ${this.tableName(table)} `;
    const suffix = this.tableSuffix(table);
    const { partition } = table;
    if (partition !== null) {
      const parent = `PARTITION OF ${this.qualify(partition.schema, partition.table)}`;
      const elements = lines.length === 0 ? "" : ` ${list}`;
      return `${head}${parent}${elements} ${this.fragment(partition.bound)}${suffix}\n\n`;
    }
    if (lines.length === 0 && !this.takesNoColumns(table)) throw new CompileError(`Table ${table.key} has no columns.`);
    return lines.length === 0 ? `${head}()${suffix}\n\n` : `${head}${list}${suffix}\n\n`;
  }

  /** What the parent has is not said again. */
  private tableLines(table: TableDefinition, postponed?: ReadonlySet<Constraint>): string[] {
    const own = table.columns.filter((column) => column.options.inherited !== true);
    const lines = own.map((column) => this.columnLine(column, table));
    if (table.primaryKey.columns.length > 0 && this.keyIsConstraint(table)) {
      lines.push(this.constraintLine(table.primaryKey, table));
    }
    for (const column of own) lines.push(...this.typeChecks(column));
    for (const constraint of table.constraints) {
      if (postponed?.has(constraint) === true || !this.isInline(constraint, table)) continue;
      lines.push(this.constraintLine(constraint, table));
    }
    return lines;
  }

  /** `TABLE`, or with a word before it. */
  protected tableKind(_table: TableDefinition): string {
    return "TABLE";
  }

  /** What follows the columns. */
  protected tableSuffix(_table: TableDefinition): string {
    return "";
  }

  /** A table that has all its columns from another one needs none of its own. */
  protected takesNoColumns(_table: TableDefinition): boolean {
    return false;
  }

  /** False for constraints that have no line of their own: they are said elsewhere, or added afterwards. */
  protected isInline(_constraint: Constraint, _table: TableDefinition): boolean {
    return true;
  }

  dropTable(table: TableDefinition): string {
    return `\nDROP TABLE ${this.tableName(table)}`;
  }

  dropTables(tables: readonly TableDefinition[], _cyclic: boolean): readonly string[] {
    return tables.map((table) => this.dropTable(table));
  }

  beforeTable(_table: TableDefinition): readonly string[] {
    return [];
  }

  afterTable(_table: TableDefinition, _postponed?: ReadonlySet<Constraint>): readonly string[] {
    return [];
  }

  addConstraint(table: TableDefinition, constraint: Constraint): string {
    return `ALTER TABLE ${this.tableName(table)} ADD ${this.constraintLine(constraint, table)}`;
  }

  dropConstraint(table: TableDefinition, constraint: Constraint): string {
    return `ALTER TABLE ${this.tableName(table)} DROP CONSTRAINT ${this.droppedName(table, constraint)}`;
  }

  /** Only what has a name can be dropped. */
  protected droppedName(table: TableDefinition, { name, kind }: Constraint): string {
    if (name !== null) return this.sql.quoteIdentifier(name);
    throw new CompileError(`A ${kind} constraint of ${table.key} has no name to drop it by; give it one.`);
  }

  /** Null takes the comment away. */
  setTableComment(table: TableDefinition, comment: string | null): string {
    return `COMMENT ON TABLE ${this.tableName(table)} IS ${this.commentText(comment)}`;
  }

  setColumnComment(table: TableDefinition, column: Column, comment: string | null): string {
    const name = `${this.tableName(table)}.${this.sql.quoteIdentifier(column.name)}`;
    return `COMMENT ON COLUMN ${name} IS ${this.commentText(comment)}`;
  }

  protected commentText(comment: string | null): string {
    return comment === null ? "NULL" : this.sql.quoteLiteral(comment);
  }

  namedTypes(_types: Iterable<DeclaredType>): readonly NamedType[] {
    return [];
  }

  createIndex(index: Index): string {
    const keys = index.parts.map((part) => this.indexKey(part)).join(", ");
    const head = index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX";
    const { method } = index.properties;
    const using = method === null ? "" : ` USING ${this.sql.quoteIdentifier(method)}`;
    const on = `${this.createdIndexName(index)} ON ${this.indexedTableName(index)}${using}`;
    return `${head} ${on} (${keys})${this.indexSuffix(index)}`;
  }

  /** What follows the keys. */
  protected indexSuffix({ where, properties }: Index): string {
    const { include, nullsNotDistinct, storage } = properties;
    const included = include.map((name) => this.sql.quoteIdentifier(name)).join(", ");
    return [
      include.length === 0 ? "" : ` INCLUDE (${included})`,
      nullsNotDistinct ? " NULLS NOT DISTINCT" : "",
      storage.length === 0 ? "" : ` WITH ${this.parameterList(storage)}`,
      where === null ? "" : ` WHERE ${this.fragment(where)}`,
    ].join("");
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

  /** `name TYPE DEFAULT … NOT NULL CHECK (…)`. */
  protected columnLine(column: Column, table: TableDefinition): string {
    const parts = [this.sql.quoteIdentifier(column.name), this.columnType(column)];
    const collation = this.collation(column);
    if (collation !== undefined) parts.push("COLLATE", this.dottedName(collation));
    parts.push(...this.columnValue(column));
    if (!this.isNullable(column)) parts.push("NOT NULL");
    parts.push(...this.columnSuffix(column, table));
    for (const { name, condition } of column.options.checks ?? []) {
      parts.push(`${this.constraintPrefix(name ?? null)}CHECK (${this.fragment(condition)})`);
    }
    return parts.filter((part) => part !== "").join(" ");
  }

  /** `DEFAULT …`, or what the column is computed from. */
  protected columnValue(column: Column): readonly string[] {
    const { generated } = column.options;
    if (generated !== undefined) {
      const kept = generated.stored ? "STORED" : "VIRTUAL";
      return [`GENERATED ALWAYS AS (${this.fragment(generated.expression)}) ${kept}`];
    }
    return this.defaultOf(column) === undefined ? [] : ["DEFAULT", this.defaultValue(column)];
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
    return identity === undefined ? [] : [identityClause(identity.always, identity.sequence)];
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
        return `PRIMARY KEY (${this.columnNames(constraint.columns)})${this.constraintSuffix(constraint, table)}`;
      case "unique": {
        const nulls = constraint.nullsNotDistinct ? ` ${this.nullsNotDistinct(table)}` : "";
        return `UNIQUE${nulls} (${this.columnNames(constraint.columns)})${this.constraintSuffix(constraint, table)}`;
      }
      case "check":
        return `CHECK (${this.fragment(constraint.condition)})${this.constraintSuffix(constraint, table)}`;
      case "foreign key":
        return this.foreignKey(constraint, table) + this.constraintSuffix(constraint, table);
      case "raw":
        return this.fragment(constraint.sql);
    }
  }

  protected nullsNotDistinct(_table: TableDefinition): string {
    return "NULLS NOT DISTINCT";
  }

  /** When the constraint is checked, where that is said. */
  protected constraintSuffix(
    { details, name, kind }: Exclude<Constraint, { readonly kind: "raw" }>,
    table: TableDefinition,
  ): string {
    const { deferrable, notValid, notEnforced, onConflict } = details;
    if (onConflict !== undefined) throw this.lacks(`Constraint ${name ?? kind} of ${table.key} says ON CONFLICT`);
    return [
      deferrable === undefined ? "" : ` DEFERRABLE${deferrable.initiallyDeferred ? " INITIALLY DEFERRED" : ""}`,
      notValid === true ? " NOT VALID" : "",
      notEnforced === true ? " NOT ENFORCED" : "",
    ].join("");
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
    if (actions.matchFull) clauses.push("MATCH FULL");
    if (actions.onDelete !== null) clauses.push(`ON DELETE ${actions.onDelete.toUpperCase()}`);
    if (actions.onDeleteColumns !== null) clauses.push(this.onDeleteColumns(constraint, table));
    if (actions.onUpdate !== null) clauses.push(`ON UPDATE ${actions.onUpdate.toUpperCase()}`);
    return clauses.join(" ");
  }

  /** The columns that the action of a deletion touches. */
  protected onDeleteColumns({ actions, columns }: ForeignKeyConstraint, table: TableDefinition): string {
    const names = columns.map((column) => column.name).join(", ");
    throw this.lacks(`The foreign key of ${table.key} (${names}) sets only ${actions.onDeleteColumns?.join(", ")}`);
  }

  protected columnNames(columns: readonly Column[]): string {
    return columns.map((column) => this.sql.quoteIdentifier(column.name)).join(", ");
  }

  protected indexKey(part: IndexPart): string {
    const { expression } = part;
    const words = [
      RawSql.is(expression) ? `(${this.fragment(expression)})` : this.sql.quoteIdentifier(expression.name),
    ];
    if (part.prefix !== null) throw this.lacks(`A key of an index is only the first ${part.prefix} characters`);
    if (part.collation !== null) words.push("COLLATE", this.dottedName(part.collation));
    if (part.operatorClass !== null) words.push(this.dottedName(part.operatorClass));
    if (part.direction !== null) words.push(part.direction.toUpperCase());
    if (part.nulls !== null) words.push(`NULLS ${part.nulls.toUpperCase()}`);
    return words.join(" ");
  }
}

/** `GENERATED … AS IDENTITY`, with what the column counts. */
export function identityClause(always: boolean, sequence: SequenceOptions): string {
  const counts = sequenceClauses(sequence).trim();
  const clause = `GENERATED ${always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`;
  return counts === "" ? clause : `${clause} (${counts})`;
}

/** The condition of a domain with the column's name for the word VALUE, which is left alone in literals and names. */
function aboutColumn(condition: string, name: string): string {
  return condition.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\bvalue\b/gi, (token) =>
    token.toLowerCase() === "value" ? name : token,
  );
}
