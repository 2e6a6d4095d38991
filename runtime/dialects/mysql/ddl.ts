// DDL as MySQL and MariaDB write it: AUTO_INCREMENT numbers rows, comments stand inside, every table is InnoDB's and
// compares text by its characters, as the other databases do.
import { CompileError } from "../../errors/errors.js";
import type { Column } from "../../schema/column.js";
import type {
  CheckConstraint,
  Constraint,
  ForeignKeyConstraint,
  Index,
  IndexPart,
  SqlFragment,
} from "../../schema/constraints.js";
import { DdlCompiler } from "../../schema/ddl-compiler.js";
import { isParenthesized } from "../../reflect/sql-tokens.js";
import type { DialectOptions } from "../../schema/extras.js";
import { sequenceClauses } from "../../schema/object-ddl.js";
import { optionText } from "../../schema/option-text.js";
import { FOREIGN_KEY, type ObjectDefinition, type SchemaObject, type Sequence } from "../../schema/schema-objects.js";
import type { TableDefinition } from "../../schema/table-form.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { rawTypeText } from "../../types/dialect-type-text.js";
import { ClockValue, RawSql } from "../../types/raw-sql.js";
import { storageType } from "../../types/storage-type.js";
import { MYSQL_QUOTING, PARTITIONING } from "./catalog-text.js";
import { DecimalParameter } from "./decimal-parameter.js";
import { fromStandardSql } from "./identifiers.js";
import { INDEX_PREFIX, UNBOUNDED } from "./index-prefix.js";

/** How one of the two servers differs from the other. */
interface Server {
  /** The tables' collation: by characters, and with blanks at the end where there is one that counts them. */
  readonly collation: string;
  /** True where an index may have expressions for keys. */
  readonly expressionKeys: boolean;
  /** True where text of any length can be unique. */
  readonly uniqueText: boolean;
  /** True where a generated column says whether it is NULL. */
  readonly generatedNullability: boolean;
  /** True where a CHECK that is called as a column is the column's own. */
  readonly columnChecks: boolean;
  /** True where a CHECK can be declared without being checked. */
  readonly unenforcedChecks: boolean;
  readonly sequences: boolean;
}

const NEEDS_LENGTH: ReadonlySet<string> = new Set(["char", "varchar", "binary", "varbinary"]);
const WHOLE_NUMBERS: ReadonlySet<string> = new Set(["smallint", "integer", "bigint", "native"]);

/** Where programs and triggers are listed. */
const CATALOGUES: ReadonlyMap<string, { readonly table: string; readonly prefix: string }> = new Map([
  ["function", { table: "routines", prefix: "routine" }],
  ["procedure", { table: "routines", prefix: "routine" }],
  ["event", { table: "events", prefix: "event" }],
  ["trigger", { table: "triggers", prefix: "trigger" }],
]);

/** Literals, which need no parentheses as a default, and what has them or must not have them. */
const BARE_DEFAULT = /^(?:[-+]?[\d.]+(?:e[-+]?\d+)?|null|true|false|[bx]?'(?:[^'\\]|''|\\.)*'|.*\bon\s+update\b.*)$/is;
const ZERO_DATE = /^'\d{4}-(?:00-\d\d|\d\d-00)/;
/** The clock, which takes no parentheses in columns that it was made for. */
const BARE_CLOCK = /^(?:current_timestamp|now|localtimestamp)(?:\(\d*\))?$/i;

export class MysqlDdlCompiler extends DdlCompiler {
  protected readonly server: Server;

  constructor(sql: SqlDialect, server: Server) {
    super(sql);
    this.server = server;
  }

  override withSql(sql: SqlDialect): MysqlDdlCompiler {
    return new MysqlDdlCompiler(sql, this.server);
  }

  override get foreignKeysNeedTables(): boolean {
    return true;
  }

  override existenceProbes(table: TableDefinition): readonly string[] {
    const schema = this.schemaLiteral(table.schema);
    const name = this.sql.quoteLiteral(table.name);
    return [`SELECT 1 FROM information_schema.tables WHERE table_schema = ${schema} AND table_name = ${name}`];
  }

  private schemaLiteral(schema: string | null): string {
    const named = this.schemaName(schema);
    return named === null ? "DATABASE()" : this.sql.quoteLiteral(named);
  }

  protected override optionsOf(table: TableDefinition): DialectOptions {
    return { ...table.options["mysql"], ...super.optionsOf(table) };
  }

  /** `ENGINE=… DEFAULT CHARSET=… COLLATE=…`, then what else the options say; partitions come last. */
  protected override tableSuffix(table: TableDefinition): string {
    const { engine = "InnoDB", collate = this.server.collation, ...rest } = this.optionsOf(table);
    const { [PARTITIONING]: partitioning, ...others } = rest;
    const charset = String(collate).replace(/_.*$/, "");
    const start = table.columns.find((column) => column.options.identity?.sequence.start !== undefined);
    const words = Object.entries(others).filter(([, value]) => value === true);
    return [
      `ENGINE=${engine} DEFAULT CHARSET=${charset} COLLATE=${collate}`,
      ...(start === undefined ? [] : [`AUTO_INCREMENT=${start.options.identity?.sequence.start}`]),
      ...(table.comment === null ? [] : [`COMMENT=${this.sql.quoteLiteral(table.comment)}`]),
      ...Object.entries(others).flatMap(([name, value]) => (value === true ? [] : [`${name.toUpperCase()}=${value}`])),
      ...words
        .toSorted(([left], [right]) => Number(isPartitioning(left)) - Number(isPartitioning(right)))
        .map(([name]) => name),
      ...(partitioning === undefined ? [] : [`PARTITION BY ${optionText(partitioning)}`]),
    ].join(" ");
  }

  /** A session's own mode refuses dates that are none, which a table may have for defaults. */
  override beforeTable(table: TableDefinition): readonly string[] {
    if (!this.hasZeroDate(table)) return [];
    return ["SET @athanor_sql_mode = @@SESSION.sql_mode", "SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'"];
  }

  private hasZeroDate(table: TableDefinition): boolean {
    return table.columns.some(({ options: { default: initial } }) => {
      const text = RawSql.is(initial) ? (initial.own(this.sql.name) ?? "") : "";
      return ZERO_DATE.test(text);
    });
  }

  /** Columns that are numbered by the help of an index, which is there now. */
  override afterTable(table: TableDefinition): readonly string[] {
    const restored = this.hasZeroDate(table) ? ["SET SESSION sql_mode = @athanor_sql_mode"] : [];
    const numbered = table.columns
      .filter(({ options }) => options.identity !== undefined || options.serial !== undefined)
      .filter((column) => isFirstOfIndex(column, table))
      .map((column) => {
        const line = `${this.columnText(column, table, undefined)} AUTO_INCREMENT`;
        const comment = column.options.comment;
        const note = comment === undefined ? "" : ` COMMENT ${this.sql.quoteLiteral(comment)}`;
        return `ALTER TABLE ${this.tableName(table)} MODIFY COLUMN ${line}${note}`;
      });
    return [...numbered, ...restored];
  }

  protected override nullsNotDistinct(table: TableDefinition): string {
    throw this.lacks(`A unique constraint of ${table.key} takes two NULLs for the same`);
  }

  protected override constraintSuffix(
    { details, name, kind }: Exclude<Constraint, { readonly kind: "raw" }>,
    table: TableDefinition,
  ): string {
    const what = `Constraint ${name ?? kind} of ${table.key}`;
    if (details.deferrable !== undefined)
      throw new CompileError(`${what} is deferrable; ${this.sql.name} checks at once.`);
    if (details.onConflict !== undefined) throw this.lacks(`${what} says ON CONFLICT`);
    if (details.notValid === true) throw this.lacks(`${what} is NOT VALID`);
    if (details.notEnforced !== true) return "";
    if (this.server.unenforcedChecks && kind === "check") return " NOT ENFORCED";
    throw this.lacks(`${what} is NOT ENFORCED`);
  }

  override dropConstraint(table: TableDefinition, constraint: Constraint): string {
    const head = `ALTER TABLE ${this.tableName(table)} DROP`;
    if (constraint.kind === "primary key") return `${head} PRIMARY KEY`;
    const name = this.droppedName(table, constraint);
    const what =
      constraint.kind === "foreign key" ? "FOREIGN KEY" : constraint.kind === "unique" ? "INDEX" : "CONSTRAINT";
    return `${head} ${what} ${name}`;
  }

  override setTableComment(table: TableDefinition, comment: string | null): string {
    return `ALTER TABLE ${this.tableName(table)} COMMENT = ${this.sql.quoteLiteral(comment ?? "")}`;
  }

  /** The column's whole description has to be said again. */
  override setColumnComment(table: TableDefinition, column: Column, comment: string | null): string {
    const line = this.columnText(column, table, comment ?? undefined);
    return `ALTER TABLE ${this.tableName(table)} MODIFY COLUMN ${line}`;
  }

  override createView(view: TableDefinition): string {
    const { view: definition } = view;
    if (definition === null || definition.materialized) return super.createView(view);
    const { algorithm, "sql security": security, check_option: checked } = this.optionsOf(view);
    return [
      "CREATE",
      ...(algorithm === undefined ? [] : [`ALGORITHM=${String(algorithm).toUpperCase()}`]),
      ...(security === undefined ? [] : [`SQL SECURITY ${String(security).toUpperCase()}`]),
      `VIEW ${this.tableName(view)} AS ${this.fragment(definition.definition)}`,
      ...(checked === undefined ? [] : [`WITH ${String(checked).toUpperCase()} CHECK OPTION`]),
    ].join(" ");
  }

  /** MariaDB keeps sequences among its tables. */
  override sequenceProbe(sequence: Sequence): string {
    const schema = this.schemaLiteral(sequence.schema);
    const name = this.sql.quoteLiteral(sequence.name);
    return `SELECT 1 FROM information_schema.tables WHERE table_schema = ${schema} AND table_name = ${name}`;
  }

  override createSequence(sequence: Sequence): string {
    if (!this.server.sequences) throw this.lacks(`${sequence.key} is a sequence`);
    const { cycle, ...options } = sequence.options;
    return `CREATE SEQUENCE ${this.tableName(sequence)}${sequenceClauses(options)}${cycle === true ? " CYCLE" : ""}`;
  }

  override objectProbe(object: SchemaObject): string | null {
    const schema = this.schemaLiteral(object.schema);
    const catalogue = CATALOGUES.get(object.definition.type);
    if (catalogue === undefined) return null;
    const { table, prefix } = catalogue;
    const name = this.sql.quoteLiteral(object.name);
    return `SELECT 1 FROM information_schema.${table} WHERE ${prefix}_schema = ${schema} AND ${prefix}_name = ${name}`;
  }

  /** A key needs the table that it refers to, which may go before its own. */
  override dropOwned(table: TableDefinition, { type, name }: ObjectDefinition): string | null {
    if (type !== FOREIGN_KEY) return null;
    return `ALTER TABLE ${this.tableName(table)} DROP FOREIGN KEY ${this.sql.quoteIdentifier(name)}`;
  }

  override dropObject(object: SchemaObject): string | null {
    const { type } = object.definition;
    return CATALOGUES.has(type) ? `DROP ${type.toUpperCase()} ${this.tableName(object)}` : null;
  }

  /** Tables of a ring go only while nobody looks at their foreign keys. */
  override dropTables(tables: readonly TableDefinition[], cyclic: boolean): readonly string[] {
    const drops = super.dropTables(tables, cyclic);
    return cyclic && drops.length > 0 ? ["SET foreign_key_checks = 0", ...drops, "SET foreign_key_checks = 1"] : drops;
  }

  /** An index over all rows serves a condition's rows as well; a unique one would refuse more than it should. */
  override createIndex(index: Index): string {
    if (index.where !== null && index.unique) {
      throw new CompileError(
        `Index ${index.name} is unique under a condition, which ${this.sql.name} has no form for.`,
      );
    }
    for (const { expression } of index.parts) {
      if (!RawSql.is(expression)) this.checkKey(expression, `index ${index.name}`, index.unique);
    }
    const { method, include, nullsNotDistinct, comment } = index.properties;
    if (include.length > 0) throw this.lacks(`Index ${index.name} includes ${include.join(", ")}`);
    if (nullsNotDistinct) throw this.lacks(`Index ${index.name} takes two NULLs for the same`);
    const keys = index.parts.map((part) => this.key(part, index)).join(", ");
    const isWord = method === "fulltext" || method === "spatial";
    const kind = isWord ? `${method.toUpperCase()} ` : index.unique ? "UNIQUE " : "";
    const using = method === null || isWord ? "" : ` USING ${this.sql.quoteIdentifier(method)}`;
    const on = `${this.createdIndexName(index)}${using} ON ${this.indexedTableName(index)}`;
    const note = comment === null ? "" : ` COMMENT ${this.sql.quoteLiteral(comment)}`;
    return `CREATE ${kind}INDEX ${on} (${keys})${note}`;
  }

  override dropIndex(index: Index): string {
    return `DROP INDEX ${this.sql.quoteIdentifier(index.name)} ON ${this.indexedTableName(index)}`;
  }

  protected override columnLine(column: Column, table: TableDefinition): string {
    return this.columnText(column, table, column.options.comment);
  }

  private columnText(column: Column, table: TableDefinition, comment: string | undefined): string {
    const parts = [this.sql.quoteIdentifier(column.name), this.columnType(column)];
    const collation = this.collation(column);
    if (collation !== undefined) parts.push("COLLATE", this.sql.quoteIdentifier(collation));
    const nullability = this.isNullable(column) ? "NULL" : "NOT NULL";
    if (column.options.generated === undefined) {
      // A TIMESTAMP is NOT NULL, and set at every UPDATE, where an old setting makes that its default.
      parts.push(nullability, ...this.columnValue(column), ...this.onUpdate(column));
    } else {
      parts.push(...this.columnValue(column), ...(this.server.generatedNullability ? [nullability] : []));
    }
    parts.push(...this.columnSuffix(column, table));
    for (const check of table.constraints) {
      if (this.isOfColumn(check, table) && check.name === column.name)
        parts.push(`CHECK (${this.fragment(check.condition)})`);
    }
    if (comment !== undefined) parts.push("COMMENT", this.sql.quoteLiteral(comment));
    return parts.join(" ");
  }

  protected override isInline(constraint: Constraint, table: TableDefinition): boolean {
    return !this.isOfColumn(constraint, table);
  }

  /** A column's own CHECK has no name but the column's. */
  private isOfColumn(constraint: Constraint, table: TableDefinition): constraint is CheckConstraint {
    if (!this.server.columnChecks || constraint.kind !== "check") return false;
    return table.columns.some(({ name }) => name === constraint.name);
  }

  /** The server sets its clock at every UPDATE; any other value is the runtime's to set. */
  private onUpdate(column: Column): readonly string[] {
    const { onUpdate } = column.options;
    const { kind } = storageType(column.type).logical;
    if (kind !== "timestamp" && kind !== "timestamptz") return [];
    if (ClockValue.is(onUpdate) && onUpdate.name === "timestamp") return ["ON UPDATE", this.clock(onUpdate, column)];
    if (!RawSql.is(onUpdate)) return [];
    const text = onUpdate.own(this.sql.name) ?? "";
    return /^(?:current_timestamp|now|localtimestamp)\b/i.test(text) ? ["ON UPDATE", text] : [];
  }

  protected override columnType(column: Column): string {
    const { logical } = storageType(column.type);
    if (logical.kind === "raw") return rawTypeText(logical, [this.sql.name, "mysql", "mariadb"]);
    if (NEEDS_LENGTH.has(logical.kind) && "length" in logical === false) {
      throw new CompileError(
        `Column ${describe(column)} is ${logical.kind} without a length, which ${this.sql.name} asks for: write ` +
          `${logical.kind}(n), or take text or bytes.`,
      );
    }
    if (logical.kind === "numeric" && logical.precision === undefined) {
      throw new CompileError(
        `Column ${describe(column)} is numeric without a precision, which ${this.sql.name} would take for whole ` +
          `numbers: write numeric(p, s).`,
      );
    }
    return super.columnType(column);
  }

  protected override columnSuffix(column: Column, table: TableDefinition): readonly string[] {
    if (column.options.identity === undefined && column.options.serial === undefined) return [];
    if (isFirstOfIndex(column, table)) return [];
    if (!WHOLE_NUMBERS.has(storageType(column.type).logical.kind) || !isFirstOfKey(column, table)) {
      throw new CompileError(
        `Column ${table.key}.${column.name} is numbered by the database, which on ${this.sql.name} only a ` +
          `whole-number column that a key begins with can be.`,
      );
    }
    return ["AUTO_INCREMENT"];
  }

  /** Columns' CHECKs, which both servers name here. Whole numbers without a sign are native. */
  protected override typeChecks(column: Column): readonly string[] {
    const own = (column.options.checks ?? []).map(
      ({ name, condition }) => `${this.constraintPrefix(name ?? null)}CHECK (${this.fragment(condition)})`,
    );
    return [...own, ...this.domainChecks(column)];
  }

  protected override constraintLine(constraint: Constraint, table: TableDefinition): string {
    switch (constraint.kind) {
      case "primary key":
        for (const column of constraint.columns) this.checkPrimaryKey(column, table);
        break;
      case "unique":
        for (const column of constraint.columns) this.checkKey(column, "a unique constraint", true);
        break;
      case "foreign key":
        this.checkForeignKey(constraint, table);
        break;
      case "check":
        break;
    }
    return super.constraintLine(constraint, table);
  }

  /** Expressions stand in parentheses; those of the clock come in the column's own precision. */
  protected override defaultValue(column: Column): string {
    const text = super.defaultValue(column);
    if (RawSql.is(this.defaultOf(column))) {
      const isBare = BARE_DEFAULT.test(text.trim()) || BARE_CLOCK.test(text.trim());
      return isBare || isParenthesized(text, MYSQL_QUOTING) ? text : `(${text})`;
    }
    return UNBOUNDED.has(storageType(column.type).logical.kind) ? `(${text})` : text;
  }

  protected override clock(value: ClockValue, column: Column): string {
    const { logical } = storageType(column.type);
    switch (logical.kind) {
      case "date":
        return "(CURRENT_DATE)";
      case "time":
        return `(CURRENT_TIME${fraction(logical.precision)})`;
      case "timestamp":
      case "timestamptz":
        return `CURRENT_TIMESTAMP${fraction(logical.precision)}`;
      default:
        return `(${super.clock(value, column)})`;
    }
  }

  protected override storedValue(value: unknown, column: Column): unknown {
    const stored = super.storedValue(value, column);
    return stored instanceof DecimalParameter ? stored.digits : stored;
  }

  /** What is not this server's own text is the standard's. */
  protected override fragment(fragment: SqlFragment): string {
    const text = super.fragment(fragment);
    return this.isOwn(fragment) ? text : fromStandardSql(text);
  }

  private key(part: IndexPart, index: Index): string {
    if (part.collation !== null) {
      throw new CompileError(`Index ${index.name} has a collation; on ${this.sql.name} the column has it.`);
    }
    const own = part.direction === "desc" ? "last" : "first";
    if (part.nulls !== null && part.nulls !== own) {
      throw new CompileError(`Index ${index.name}: ${this.sql.name} cannot put NULLs ${part.nulls} in this direction.`);
    }
    const { expression } = part;
    if (RawSql.is(expression)) {
      if (this.server.expressionKeys) return this.indexKey({ ...part, nulls: null });
      throw new CompileError(
        `Index ${index.name} has an expression for a key, which ${this.sql.name} has no form for: index a generated ` +
          `column.`,
      );
    }
    const isUsual = !index.unique && index.properties.method !== "fulltext";
    const isUnbounded = UNBOUNDED.has(storageType(expression.type).logical.kind);
    const length = part.prefix ?? (isUsual && isUnbounded ? INDEX_PREFIX : null);
    const prefix = length === null ? "" : `(${length})`;
    const direction = part.direction === null ? "" : ` ${part.direction.toUpperCase()}`;
    return this.sql.quoteIdentifier(expression.name) + prefix + direction;
  }

  private checkPrimaryKey(column: Column, table: TableDefinition): void {
    if (!UNBOUNDED.has(storageType(column.type).logical.kind)) return;
    throw new CompileError(
      `Column ${table.key}.${column.name} has no length, so that ${this.sql.name} cannot take it for a primary key: ` +
        `make it varchar(n) or varbinary(n).`,
    );
  }

  private checkKey(column: Column, user: string, unique: boolean): void {
    const { kind } = storageType(column.type).logical;
    if (kind === "json" || kind === "jsonb" || kind === "array") {
      throw new CompileError(
        `Column ${describe(column)} holds JSON, which ${user} of ${this.sql.name} cannot look at.`,
      );
    }
    if (!unique || this.server.uniqueText || !UNBOUNDED.has(kind)) return;
    throw new CompileError(
      `Column ${describe(column)} has no length, so that ${this.sql.name} cannot take it for ${user}: make it ` +
        `varchar(n) or varbinary(n).`,
    );
  }

  private checkForeignKey({ actions, name, columns }: ForeignKeyConstraint, table: TableDefinition): void {
    const which = name ?? `on ${columns.map((column) => column.name).join(", ")}`;
    if (actions.onDelete === "set default" || actions.onUpdate === "set default") {
      throw new CompileError(`Foreign key ${which} of ${table.key}: ${this.sql.name}'s InnoDB has no SET DEFAULT.`);
    }
  }
}

/** Only an index that is made after the table lets the server number the column. */
function isFirstOfIndex(column: Column, table: TableDefinition): boolean {
  return !isFirstOfKey(column, table) && table.indexes.some((index) => index.parts[0]?.expression === column);
}

function isFirstOfKey(column: Column, table: TableDefinition): boolean {
  if (table.primaryKey.columns[0] === column || column.options.unique !== undefined) return true;
  return table.constraints.some((constraint) => constraint.kind === "unique" && constraint.columns[0] === column);
}

function describe(column: Column): string {
  const { table } = column.node;
  return table === null ? column.name : `${table.name}.${column.name}`;
}

function isPartitioning(option: string): boolean {
  return /^partition\b/i.test(option);
}

/** How many digits of the second's fraction the clock gives. */
function fraction(precision = 6): string {
  return precision === 0 ? "" : `(${precision})`;
}
