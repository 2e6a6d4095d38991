// DDL as PostgreSQL writes it: identity columns, enums as types of their own, comments, foreign keys of rings added
// when both tables are there. Names that the server would cut are refused.
import { CompileError } from "../../errors/errors.js";
import type { Column } from "../../schema/column.js";
import { DdlCompiler } from "../../schema/ddl-compiler.js";
import type { NamedType } from "../../schema/ddl-dialect.js";
import type { TableDefinition } from "../../schema/table-form.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import type { DeclaredType } from "../../types/declared-type.js";
import type { DomainDefinition } from "../../types/domain-definition.js";
import { literalOf } from "./sql.js";
import { enumTypeName } from "./types.js";

/** Longer names are cut off by the server, so that two of them may become one. */
const LONGEST_NAME = 63;

export class PostgresqlDdlCompiler extends DdlCompiler {
  constructor(sql: SqlDialect) {
    super({ ...sql, quoteIdentifier: (name) => sql.quoteIdentifier(checkedName(name)) });
  }

  override get foreignKeysNeedTables(): boolean {
    return true;
  }

  override existenceProbes(table: TableDefinition): readonly string[] {
    const name = this.sql.quoteLiteral(this.tableName(table));
    return [`SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass(${name}) AND relkind IN ('r', 'p', 'f')`];
  }

  /** One DROP of several tables minds no foreign keys among them. */
  override dropTables(tables: readonly TableDefinition[], cyclic: boolean): readonly string[] {
    if (!cyclic || tables.length === 0) return super.dropTables(tables, cyclic);
    return [`\nDROP TABLE ${tables.map((table) => this.tableName(table)).join(", ")}`];
  }

  override afterTable(table: TableDefinition): readonly string[] {
    const name = this.tableName(table);
    const comments: string[] = [];
    if (table.comment !== null) comments.push(`COMMENT ON TABLE ${name} IS ${this.sql.quoteLiteral(table.comment)}`);
    for (const column of table.columns) {
      const { comment } = column.options;
      if (comment === undefined) continue;
      const text = this.sql.quoteLiteral(comment);
      comments.push(`COMMENT ON COLUMN ${name}.${this.sql.quoteIdentifier(column.name)} IS ${text}`);
    }
    return comments;
  }

  override namedTypes(tables: readonly TableDefinition[]): readonly NamedType[] {
    const types = new Map<string, NamedType>();
    for (const { type } of tables.flatMap((table) => table.columns)) this.#collectTypes(type, types);
    return [...types.values()];
  }

  /** What the type is made of, and then the type itself. */
  #collectTypes(type: DeclaredType, types: Map<string, NamedType>): void {
    if (type.inner !== undefined) this.#collectTypes(type.inner, types);
    const named = this.#namedType(type);
    if (named === null) return;
    const known = types.get(named.key);
    if (known !== undefined && known.create !== named.create) {
      throw new CompileError(
        `Two types are named ${named.key}, but are not the same: ${known.create} and ${named.create}; ` +
          "name them differently.",
      );
    }
    types.set(named.key, named);
  }

  #namedType(type: DeclaredType): NamedType | null {
    const { logical, enumValues, inner } = type;
    if (logical.kind === "enum" && enumValues !== undefined) {
      const list = enumValues.map((value) => this.sql.quoteLiteral(value)).join(", ");
      return this.#typeNamed("TYPE", enumTypeName(logical.name), `AS ENUM (${list})`);
    }
    if (logical.kind === "domain" && inner !== undefined) {
      const body = this.#domainBody(this.sql.codecFor(inner).ddl, type.domain ?? {});
      return this.#typeNamed("DOMAIN", enumTypeName(logical.name), body);
    }
    return null;
  }

  #domainBody(base: string, domain: DomainDefinition): string {
    const parts = [`AS ${base}`];
    if (domain.collation !== undefined) parts.push(`COLLATE ${this.sql.quoteIdentifier(domain.collation)}`);
    if (domain.default !== undefined) parts.push(`DEFAULT ${this.fragment(domain.default)}`);
    if (domain.notNull === true) parts.push("NOT NULL");
    for (const { name = null, condition } of domain.checks ?? []) {
      parts.push(`${this.constraintPrefix(name)}CHECK (${this.fragment(condition)})`);
    }
    return parts.join(" ");
  }

  #typeNamed(kind: "TYPE" | "DOMAIN", name: string, body: string): NamedType {
    const found = `FROM pg_catalog.pg_type t WHERE t.oid = to_regtype(${this.sql.quoteLiteral(name)})`;
    // A column may be of the type, or of arrays of it; a domain may be made of it.
    const ofType = "(t.oid, t.typarray)";
    const used =
      `SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.atttypid IN ${ofType} AND NOT a.attisdropped ` +
      `UNION ALL SELECT 1 FROM pg_catalog.pg_type d WHERE d.typbasetype IN ${ofType}`;
    return {
      key: name,
      existenceProbe: `SELECT 1 ${found}`,
      unusedProbe: `SELECT 1 ${found} AND NOT EXISTS (${used})`,
      create: `CREATE ${kind} ${name} ${body}`,
      drop: `DROP ${kind} ${name}`,
    };
  }

  /** The server has domains, which say all this themselves. */
  protected override domainsOf(): readonly DomainDefinition[] {
    return [];
  }

  /** A lone whole-number key is numbered by the database whether or not it says so. */
  protected override columnSuffix(column: Column): readonly string[] {
    switch (column.node.generation) {
      case "always":
        return ["GENERATED ALWAYS AS IDENTITY"];
      case "identity":
        return ["GENERATED BY DEFAULT AS IDENTITY"];
      default:
        return [];
    }
  }

  protected override literal(value: unknown, column: Column): string {
    return literalOf(this.storedValue(value, column)) ?? super.literal(value, column);
  }
}

function checkedName(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  throw new CompileError(
    `The name ${name} is longer than ${LONGEST_NAME} bytes, where PostgreSQL cuts names off; write a shorter one.`,
  );
}
