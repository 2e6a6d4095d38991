// DDL as SQLite writes it: rowid aliases number rows, enums are CHECKs, schemas stand before index names, and the
// clock gives the fixed-width text that dates are stored as.
import { CompileError } from "../../errors/errors.js";
import type { Column } from "../../schema/column.js";
import type { Constraint, ForeignKeyConstraint, Index, IndexPart } from "../../schema/constraints.js";
import { DdlCompiler } from "../../schema/ddl-compiler.js";
import { isParenthesized } from "../../reflect/sql-tokens.js";
import { optionText } from "../../schema/option-text.js";
import type { SchemaObject, Sequence } from "../../schema/schema-objects.js";
import type { TableDefinition } from "../../schema/table-form.js";
import { type ClockValue, RawSql } from "../../types/raw-sql.js";
import { storageType } from "../../types/storage-type.js";
import { NAMED_COLUMNS } from "./index-text.js";
import { KEY_ORDER } from "./key-order.js";
import { UNTYPED } from "./types.js";

/** Literals, words such as CURRENT_DATE, and names in quotes, which SQLite takes for strings here. */
const SIMPLE_DEFAULT = /^(?:[-+]?[\w.]+|[xX]?'(?:[^']|'')*'|"(?:[^"]|"")*")$/;

/** What is kept as SQL, and the word that drops it. */
const DROPPED: ReadonlyMap<string, string> = new Map([
  ["virtual table", "TABLE"],
  ["trigger", "TRIGGER"],
  ["view", "VIEW"],
]);

export class SqliteDdlCompiler extends DdlCompiler {
  /** Rows that refer to each other can go only together: foreign keys are then checked at the end. */
  override get beforeDroppingCycle(): readonly string[] {
    return ["PRAGMA defer_foreign_keys = ON"];
  }

  override existenceProbes(table: TableDefinition): readonly string[] {
    const name = alwaysQuoted(table.name);
    const schema = this.schemaName(table.schema);
    if (schema !== null) return [`PRAGMA ${alwaysQuoted(schema)}.table_info(${name})`];
    return [`PRAGMA main.table_info(${name})`, `PRAGMA temp.table_info(${name})`];
  }

  /** SQLite's `schema.index` also says where the table is. */
  protected override createdIndexName(index: Index): string {
    return this.qualify(index.table.schema, index.name);
  }

  protected override indexedTableName(index: Index): string {
    return this.sql.quoteIdentifier(index.table.name);
  }

  /** A schema is a file, which ATTACH opens. */
  override schemaProbe(): null {
    return null;
  }

  override createSchema(name: string): string {
    throw new CompileError(`SQLite's schemas are files: ATTACH one as ${name}.`);
  }

  override dropSchema(name: string): string {
    throw new CompileError(`SQLite's schemas are files: DETACH ${name}, and remove its file.`);
  }

  override sequenceProbe(sequence: Sequence): string {
    throw this.lacks(`${sequence.key} is a sequence`);
  }

  override createSequence(sequence: Sequence): string {
    throw this.lacks(`${sequence.key} is a sequence`);
  }

  override objectProbe(object: SchemaObject): string {
    const type = object.definition.type === "virtual table" ? "table" : object.definition.type;
    const schema = alwaysQuoted(this.schemaName(object.schema) ?? "main");
    const where = `type = ${this.sql.quoteLiteral(type)} AND name = ${this.sql.quoteLiteral(object.name)}`;
    return `SELECT 1 FROM ${schema}.sqlite_schema WHERE ${where}`;
  }

  override dropObject(object: SchemaObject): string | null {
    const word = DROPPED.get(object.definition.type);
    return word === undefined ? null : `DROP ${word} ${this.tableName(object)}`;
  }

  /** The columns' own names, where the view says them. */
  override createView(view: TableDefinition): string {
    const { view: definition } = view;
    if (definition === null || !(NAMED_COLUMNS in this.optionsOf(view))) return super.createView(view);
    const names = this.columnNames(view.columns);
    return `CREATE VIEW ${this.tableName(view)} (${names}) AS ${this.fragment(definition.definition)}`;
  }

  override addConstraint(table: TableDefinition): string {
    throw new CompileError(`SQLite cannot add a constraint to ${table.key}: make the table anew.`);
  }

  override dropConstraint(table: TableDefinition): string {
    throw new CompileError(`SQLite cannot drop a constraint of ${table.key}: make the table anew.`);
  }

  override setTableComment(table: TableDefinition): string {
    throw this.lacks(`A comment is set on ${table.key}`);
  }

  override setColumnComment(table: TableDefinition): string {
    throw this.lacks(`A comment is set on a column of ${table.key}`);
  }

  /** `STRICT, WITHOUT ROWID`. */
  protected override tableSuffix(table: TableDefinition): string {
    const words = Object.keys(this.optionsOf(table)).flatMap((name) =>
      name === KEY_ORDER ? [] : [name.toUpperCase()],
    );
    return words.length === 0 ? "" : ` ${words.join(", ")}`;
  }

  protected override nullsNotDistinct(table: TableDefinition): string {
    throw this.lacks(`A unique constraint of ${table.key} takes two NULLs for the same`);
  }

  /** Conflict clauses on keys, and foreign keys that are checked later. */
  protected override constraintSuffix(
    constraint: Exclude<Constraint, { readonly kind: "raw" }>,
    table: TableDefinition,
  ): string {
    const { kind, details, name } = constraint;
    const { onConflict, deferrable, ...others } = details;
    const isKey = kind === "primary key" || kind === "unique";
    const what = `Constraint ${name ?? kind} of ${table.key}`;
    if (onConflict !== undefined && !isKey) throw this.lacks(`${what} says ON CONFLICT`);
    if (deferrable !== undefined && kind !== "foreign key") throw this.lacks(`${what} is deferrable`);
    if (others.notValid === true) throw this.lacks(`${what} is NOT VALID`);
    if (others.notEnforced === true) throw this.lacks(`${what} is NOT ENFORCED`);
    const conflict = onConflict === undefined ? "" : ` ON CONFLICT ${onConflict.toUpperCase()}`;
    const later = deferrable === undefined ? "" : " DEFERRABLE";
    return conflict + later + (deferrable?.initiallyDeferred === true ? " INITIALLY DEFERRED" : "");
  }

  /** Only a condition may follow the keys. */
  override createIndex(index: Index): string {
    const { method, include, nullsNotDistinct } = index.properties;
    if (method !== null) throw this.lacks(`Index ${index.name} is ${method}`);
    if (include.length > 0) throw this.lacks(`Index ${index.name} includes ${include.join(", ")}`);
    if (nullsNotDistinct) throw this.lacks(`Index ${index.name} takes two NULLs for the same`);
    return super.createIndex(index);
  }

  /** Nothing for a column without a type. */
  protected override columnType(column: Column): string {
    const { logical } = storageType(column.type);
    return logical.kind === "native" && logical.name === UNTYPED ? "" : super.columnType(column);
  }

  protected override columnSuffix(column: Column, table: TableDefinition): readonly string[] {
    const { identity = column.options.serial, autoincrement } = column.options;
    if (this.hasDescendingRowid(table) && table.primaryKey.columns[0] === column) {
      return [`${this.constraintPrefix(table.primaryKey.name)}PRIMARY KEY DESC`];
    }
    if (identity === undefined) return [];
    if (!isRowid(column, table)) {
      throw new CompileError(
        `Column ${table.key}.${column.name} is numbered by the database, which on SQLite only a whole-number column ` +
          `that is the primary key by itself can be.`,
      );
    }
    const conflict = this.constraintSuffix(table.primaryKey, table);
    return autoincrement === true
      ? [`${this.constraintPrefix(table.primaryKey.name)}PRIMARY KEY${conflict} AUTOINCREMENT`]
      : [];
  }

  /** At its column alone a descending key of whole numbers is no alias of the rowid. */
  private hasDescendingRowid(table: TableDefinition): boolean {
    return KEY_ORDER in this.optionsOf(table) && table.primaryKey.columns.length === 1;
  }

  protected override constraintLine(constraint: Constraint, table: TableDefinition): string {
    const order = constraint.kind === "primary key" ? this.optionsOf(table)[KEY_ORDER] : undefined;
    if (order === undefined || constraint.kind !== "primary key") return super.constraintLine(constraint, table);
    const key = `${this.constraintPrefix(constraint.name)}PRIMARY KEY (${optionText(order)})`;
    return key + this.constraintSuffix(constraint, table);
  }

  protected override keyIsConstraint(table: TableDefinition): boolean {
    if (this.hasDescendingRowid(table)) return false;
    return table.primaryKey.columns.every((column) => column.options.autoincrement !== true);
  }

  protected override typeChecks(column: Column): readonly string[] {
    const { enumValues } = storageType(column.type);
    if (enumValues === undefined) return super.typeChecks(column);
    const values = enumValues.map((value) => this.sql.quoteLiteral(value)).join(", ");
    return [...super.typeChecks(column), `CHECK (${this.sql.quoteIdentifier(column.name)} IN (${values}))`];
  }

  protected override referencedTable(constraint: ForeignKeyConstraint, table: TableDefinition): string {
    const { target } = constraint;
    if (target.schema !== table.schema) {
      throw new CompileError(
        `Table ${table.key} refers to ${target.table} in another database file, which SQLite's foreign keys cannot.`,
      );
    }
    return this.sql.quoteIdentifier(target.table);
  }

  /** SQLite takes an expression as a default only in parentheses. */
  protected override defaultValue(column: Column): string {
    const text = super.defaultValue(column);
    const isWhole = !RawSql.is(this.defaultOf(column)) || SIMPLE_DEFAULT.test(text) || isParenthesized(text);
    return isWhole ? text : `(${text})`;
  }

  /** The clock in the stored form; SQLite's own CURRENT_TIMESTAMP has a blank for the `T` and no fraction. */
  protected override clock(value: ClockValue, column: Column): string {
    const { logical } = storageType(column.type);
    switch (logical.kind) {
      case "date":
        return "CURRENT_DATE";
      case "time":
        return `(strftime('%H:%M:${seconds(logical.precision)}', 'now'))`;
      case "timestamp":
        return `(strftime('%Y-%m-%dT%H:%M:${seconds(logical.precision)}', 'now'))`;
      case "timestamptz":
        return `(strftime('%Y-%m-%dT%H:%M:${seconds(logical.precision)}Z', 'now'))`;
      default:
        return super.clock(value, column);
    }
  }

  /** Index entries have no NULLS clause; the order that SQLite has anyway needs none. */
  protected override indexKey(part: IndexPart): string {
    const own = part.direction === "desc" ? "last" : "first";
    if (part.nulls !== null && part.nulls !== own) {
      throw new CompileError(`SQLite's indexes cannot put NULLs ${part.nulls} in this direction.`);
    }
    return super.indexKey({ ...part, nulls: null });
  }
}

function isRowid(column: Column, table: TableDefinition): boolean {
  const { kind } = column.type.logical;
  const [first, second] = table.primaryKey.columns;
  return first === column && second === undefined && (kind === "integer" || kind === "bigint" || kind === "smallint");
}

/** `strftime`'s word for seconds with this many digits of a fraction; SQLite's clock has three that mean anything. */
function seconds(precision = 6): string {
  if (precision === 0) return "%S";
  return precision < 3 ? `%S.${"0".repeat(precision)}` : `%f${"0".repeat(precision - 3)}`;
}

function alwaysQuoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
