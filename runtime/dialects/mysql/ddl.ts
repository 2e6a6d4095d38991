// DDL as MySQL and MariaDB write it: AUTO_INCREMENT numbers rows, comments stand inside, every table is InnoDB's and
// compares text by its characters, as the other databases do.
import { CompileError } from "../../errors/errors.js";
import type { Column } from "../../schema/column.js";
import type { Constraint, ForeignKeyConstraint, Index, IndexPart, SqlFragment } from "../../schema/constraints.js";
import { DdlCompiler } from "../../schema/ddl-compiler.js";
import type { TableDefinition } from "../../schema/table-form.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { rawTypeText } from "../../types/dialect-type-text.js";
import { type ClockValue, RawSql } from "../../types/raw-sql.js";
import { storageType } from "../../types/storage-type.js";
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
}

const NEEDS_LENGTH: ReadonlySet<string> = new Set(["char", "varchar", "binary", "varbinary"]);
const WHOLE_NUMBERS: ReadonlySet<string> = new Set(["smallint", "integer", "bigint"]);

/** Literals, which need no parentheses as a default, and what has them or must not have them. */
const BARE_DEFAULT =
  /^(?:[-+]?[\d.]+(?:e[-+]?\d+)?|null|true|false|[bx]?'(?:[^'\\]|''|\\.)*'|\(.*\)|.*\bon\s+update\b.*)$/is;

export class MysqlDdlCompiler extends DdlCompiler {
  readonly #server: Server;

  constructor(sql: SqlDialect, server: Server) {
    super(sql);
    this.#server = server;
  }

  override withSql(sql: SqlDialect): MysqlDdlCompiler {
    return new MysqlDdlCompiler(sql, this.#server);
  }

  override get foreignKeysNeedTables(): boolean {
    return true;
  }

  override existenceProbes(table: TableDefinition): readonly string[] {
    const named = this.schemaName(table.schema);
    const schema = named === null ? "DATABASE()" : this.sql.quoteLiteral(named);
    const name = this.sql.quoteLiteral(table.name);
    return [`SELECT 1 FROM information_schema.tables WHERE table_schema = ${schema} AND table_name = ${name}`];
  }

  override createTable(table: TableDefinition, postponed?: ReadonlySet<Constraint>): string {
    const text = super.createTable(table, postponed).trimEnd();
    const comment = table.comment === null ? "" : ` COMMENT=${this.sql.quoteLiteral(table.comment)}`;
    return `${text}ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=${this.#server.collation}${comment}\n\n`;
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
      if (!RawSql.is(expression)) this.#checkKey(expression, `index ${index.name}`, index.unique);
    }
    const keys = index.parts.map((part) => this.#key(part, index)).join(", ");
    const head = index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX";
    return `${head} ${this.createdIndexName(index)} ON ${this.indexedTableName(index)} (${keys})`;
  }

  override dropIndex(index: Index): string {
    return `DROP INDEX ${this.sql.quoteIdentifier(index.name)} ON ${this.indexedTableName(index)}`;
  }

  protected override columnLine(column: Column, table: TableDefinition): string {
    const { options } = column;
    const parts = [this.sql.quoteIdentifier(column.name), this.columnType(column)];
    const collation = this.collation(column);
    if (collation !== undefined) parts.push("COLLATE", this.sql.quoteIdentifier(collation));
    // A TIMESTAMP is NOT NULL, and set at every UPDATE, where an old setting makes that its default.
    parts.push(this.isNullable(column) ? "NULL" : "NOT NULL");
    if (this.defaultOf(column) !== undefined) parts.push("DEFAULT", this.defaultValue(column));
    parts.push(...this.columnSuffix(column, table));
    if (options.comment !== undefined) parts.push("COMMENT", this.sql.quoteLiteral(options.comment));
    return parts.join(" ");
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
    if (column.options.identity === undefined) return [];
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
        for (const column of constraint.columns) this.#checkPrimaryKey(column, table);
        break;
      case "unique":
        for (const column of constraint.columns) this.#checkKey(column, "a unique constraint", true);
        break;
      case "foreign key":
        this.#checkForeignKey(constraint, table);
        break;
      case "check":
        break;
    }
    return super.constraintLine(constraint, table);
  }

  /** Expressions stand in parentheses; those of the clock come in the column's own precision. */
  protected override defaultValue(column: Column): string {
    const text = super.defaultValue(column);
    if (RawSql.is(this.defaultOf(column))) return BARE_DEFAULT.test(text.trim()) ? text : `(${text})`;
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
    return RawSql.is(fragment) && fragment.own(this.sql.name) !== undefined ? text : fromStandardSql(text);
  }

  #key(part: IndexPart, index: Index): string {
    if (part.collation !== null) {
      throw new CompileError(`Index ${index.name} has a collation; on ${this.sql.name} the column has it.`);
    }
    const own = part.direction === "desc" ? "last" : "first";
    if (part.nulls !== null && part.nulls !== own) {
      throw new CompileError(`Index ${index.name}: ${this.sql.name} cannot put NULLs ${part.nulls} in this direction.`);
    }
    const { expression } = part;
    if (RawSql.is(expression)) {
      if (this.#server.expressionKeys) return this.indexKey({ ...part, nulls: null });
      throw new CompileError(
        `Index ${index.name} has an expression for a key, which ${this.sql.name} has no form for: index a generated ` +
          `column.`,
      );
    }
    const prefix = !index.unique && UNBOUNDED.has(storageType(expression.type).logical.kind) ? `(${INDEX_PREFIX})` : "";
    const direction = part.direction === null ? "" : ` ${part.direction.toUpperCase()}`;
    return this.sql.quoteIdentifier(expression.name) + prefix + direction;
  }

  #checkPrimaryKey(column: Column, table: TableDefinition): void {
    if (!UNBOUNDED.has(storageType(column.type).logical.kind)) return;
    throw new CompileError(
      `Column ${table.key}.${column.name} has no length, so that ${this.sql.name} cannot take it for a primary key: ` +
        `make it varchar(n) or varbinary(n).`,
    );
  }

  #checkKey(column: Column, user: string, unique: boolean): void {
    const { kind } = storageType(column.type).logical;
    if (kind === "json" || kind === "jsonb" || kind === "array") {
      throw new CompileError(
        `Column ${describe(column)} holds JSON, which ${user} of ${this.sql.name} cannot look at.`,
      );
    }
    if (!unique || this.#server.uniqueText || !UNBOUNDED.has(kind)) return;
    throw new CompileError(
      `Column ${describe(column)} has no length, so that ${this.sql.name} cannot take it for ${user}: make it ` +
        `varchar(n) or varbinary(n).`,
    );
  }

  #checkForeignKey({ actions, name, columns }: ForeignKeyConstraint, table: TableDefinition): void {
    const which = name ?? `on ${columns.map((column) => column.name).join(", ")}`;
    if (actions.deferrable !== null) {
      throw new CompileError(`Foreign key ${which} of ${table.key} is deferrable; ${this.sql.name} checks at once.`);
    }
    if (actions.onDelete === "set default" || actions.onUpdate === "set default") {
      throw new CompileError(`Foreign key ${which} of ${table.key}: ${this.sql.name}'s InnoDB has no SET DEFAULT.`);
    }
  }
}

function isFirstOfKey(column: Column, table: TableDefinition): boolean {
  if (table.primaryKey.columns[0] === column || column.options.unique !== undefined) return true;
  return table.constraints.some((constraint) => constraint.kind === "unique" && constraint.columns[0] === column);
}

function describe(column: Column): string {
  const { table } = column.node;
  return table === null ? column.name : `${table.name}.${column.name}`;
}

/** How many digits of the second's fraction the clock gives. */
function fraction(precision = 6): string {
  return precision === 0 ? "" : `(${precision})`;
}
