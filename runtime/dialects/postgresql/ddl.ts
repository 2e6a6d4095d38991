// DDL as PostgreSQL writes it: identity columns, enums as types of their own, comments, foreign keys of rings added
// when both tables are there. Names that the server would cut are refused.
import { makeObjectName } from "../../../model/naming.js";
import type { SequenceOptions } from "../../../model/sequence-options.js";
import { CompileError } from "../../errors/errors.js";
import type { Column } from "../../schema/column.js";
import type { Constraint, ForeignKeyConstraint } from "../../schema/constraints.js";
import { DdlCompiler, identityClause } from "../../schema/ddl-compiler.js";
import type { NamedType } from "../../schema/ddl-dialect.js";
import { type DdlName, sequenceClauses } from "../../schema/object-ddl.js";
import { FOREIGN_KEY, type ObjectDefinition, type SchemaObject, type Sequence } from "../../schema/schema-objects.js";
import type { TableDefinition } from "../../schema/table-form.js";
import { splitName } from "../../schema/target-name.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import type { DeclaredType } from "../../types/declared-type.js";
import type { DomainDefinition } from "../../types/domain-definition.js";
import { sql } from "../../types/raw-sql.js";
import { dropObject, objectProbe } from "./object-ddl.js";
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
    const kinds = table.view === null ? "'r', 'p', 'f'" : "'v', 'm'";
    return [this.relationProbe(table, kinds)];
  }

  private relationProbe(name: DdlName, kinds: string): string {
    const quoted = this.sql.quoteLiteral(this.tableName(name));
    return `SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass(${quoted}) AND relkind IN (${kinds})`;
  }

  /** One DROP of several tables minds no foreign keys among them. */
  override dropTables(tables: readonly TableDefinition[], cyclic: boolean): readonly string[] {
    if (!cyclic || tables.length === 0) return super.dropTables(tables, cyclic);
    return [`\nDROP TABLE ${tables.map((table) => this.tableName(table)).join(", ")}`];
  }

  protected override tableKind(table: TableDefinition): string {
    return "unlogged" in this.optionsOf(table) ? "UNLOGGED TABLE" : "TABLE";
  }

  /** Clauses in the server's order; what has a value is a storage parameter. */
  protected override tableSuffix(table: TableDefinition): string {
    const options = Object.entries(this.optionsOf(table));
    const clauses = CLAUSES.flatMap((word) => options.flatMap(([name]) => (isClause(name, word) ? [` ${name}`] : [])));
    const storage = options.flatMap(([name, value]) => (value === true ? [] : [{ name, value: String(value) }]));
    if (storage.length > 0) clauses.push(` WITH ${this.parameterList(storage)}`);
    const unknown = options.find(
      ([name, value]) => value === true && name !== "unlogged" && !CLAUSES.some((word) => isClause(name, word)),
    );
    if (unknown === undefined) return clauses.join("");
    throw new CompileError(
      `Table ${table.key} has the option ${unknown[0]}; PostgreSQL takes unlogged, ${CLAUSES.join(" …, ")} … and ` +
        `storage parameters with a value.`,
    );
  }

  protected override takesNoColumns(): boolean {
    return true;
  }

  /** Rows that are there already can only be left unlooked at where there are some: by ALTER TABLE. */
  protected override isInline(constraint: Constraint): boolean {
    return constraint.kind === "raw" || constraint.details.notValid !== true;
  }

  protected override onDeleteColumns({ actions }: ForeignKeyConstraint): string {
    return `(${(actions.onDeleteColumns ?? []).map((name) => this.sql.quoteIdentifier(name)).join(", ")})`;
  }

  /** The sequences of serial columns that are more than the word can say. */
  override beforeTable(table: TableDefinition): readonly string[] {
    return this.writtenSerials(table).map(({ column, name }) => {
      const { name: _, ...options } = column.options.serial ?? {};
      const type = serialType(column, options);
      return `CREATE SEQUENCE ${this.tableName(name)} AS ${type}${sequenceClauses(options)}`;
    });
  }

  override afterTable(table: TableDefinition, postponed?: ReadonlySet<Constraint>): readonly string[] {
    const owned = this.writtenSerials(table).map(({ column, name }) => {
      const owner = `${this.tableName(table)}.${this.sql.quoteIdentifier(column.name)}`;
      return `ALTER SEQUENCE ${this.tableName(name)} OWNED BY ${owner}`;
    });
    const added = table.constraints.filter((one) => !this.isInline(one) && postponed?.has(one) !== true);
    return [...owned, ...added.map((constraint) => this.addConstraint(table, constraint)), ...this.comments(table)];
  }

  private comments(table: TableDefinition): readonly string[] {
    const comments: string[] = [];
    const name = this.tableName(table);
    if (table.comment !== null) comments.push(this.setTableComment(table, table.comment));
    for (const column of table.columns) {
      const { comment, inherited } = column.options;
      if (comment !== undefined && inherited !== true) comments.push(this.setColumnComment(table, column, comment));
    }
    for (const constraint of [table.primaryKey, ...table.constraints]) {
      const comment = constraint.kind === "raw" ? undefined : constraint.details.comment;
      if (comment === undefined || constraint.name === null) continue;
      const quoted = this.sql.quoteIdentifier(constraint.name);
      comments.push(`COMMENT ON CONSTRAINT ${quoted} ON ${name} IS ${this.commentText(comment)}`);
    }
    for (const index of table.indexes) {
      const { comment } = index.properties;
      const quoted = this.qualify(index.table.schema, index.name);
      if (comment !== null) comments.push(`COMMENT ON INDEX ${quoted} IS ${this.commentText(comment)}`);
    }
    return comments;
  }

  override setTableComment(table: TableDefinition, comment: string | null): string {
    const kind = table.view === null ? "TABLE" : table.view.materialized ? "MATERIALIZED VIEW" : "VIEW";
    return `COMMENT ON ${kind} ${this.tableName(table)} IS ${this.commentText(comment)}`;
  }

  override createView(view: TableDefinition): string {
    const { view: definition } = view;
    if (definition === null) return super.createView(view);
    const kind = definition.materialized ? "MATERIALIZED VIEW" : "VIEW";
    const storage = Object.entries(this.optionsOf(view)).map(([name, value]) => ({ name, value: String(value) }));
    const parameters = storage.length === 0 ? "" : ` WITH ${this.parameterList(storage)}`;
    return `CREATE ${kind} ${this.tableName(view)}${parameters} AS ${this.fragment(definition.definition)}`;
  }

  override schemaProbe(name: string): string {
    return `SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ${this.sql.quoteLiteral(name)}`;
  }

  override sequenceProbe(sequence: Sequence): string {
    return this.relationProbe(sequence, "'S'");
  }

  override afterSequence(sequence: Sequence): readonly string[] {
    const { comment } = sequence;
    return comment === null
      ? []
      : [`COMMENT ON SEQUENCE ${this.tableName(sequence)} IS ${this.sql.quoteLiteral(comment)}`];
  }

  /** Bodies of functions may name what is created after them. */
  override get beforeObjects(): readonly string[] {
    return ["SET LOCAL check_function_bodies = off"];
  }

  override objectProbe(object: SchemaObject): string | null {
    return objectProbe(object);
  }

  /** Triggers need their functions, and keys the tables they refer to, which may go before the table. */
  override dropOwned(table: TableDefinition, { type, name }: ObjectDefinition): string | null {
    if (type === FOREIGN_KEY) {
      return `ALTER TABLE ${this.tableName(table)} DROP CONSTRAINT IF EXISTS ${this.sql.quoteIdentifier(name)}`;
    }
    if (type !== "trigger") return null;
    return `DROP TRIGGER IF EXISTS ${this.sql.quoteIdentifier(name)} ON ${this.tableName(table)}`;
  }

  override dropObject(object: SchemaObject): string | null {
    return dropObject(object);
  }

  override namedTypes(declared: Iterable<DeclaredType>): readonly NamedType[] {
    const types = new Map<string, NamedType>();
    for (const type of declared) this.collectTypes(type, types);
    return [...types.values()];
  }

  /** What the type is made of, and then the type itself. */
  private collectTypes(type: DeclaredType, types: Map<string, NamedType>): void {
    if (type.inner !== undefined) this.collectTypes(type.inner, types);
    const named = this.namedType(type);
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

  private namedType(type: DeclaredType): NamedType | null {
    const { logical, enumValues, inner } = type;
    if (logical.kind === "enum" && enumValues !== undefined) {
      const list = enumValues.map((value) => this.sql.quoteLiteral(value)).join(", ");
      return this.typeNamed("TYPE", enumTypeName(logical.name), `AS ENUM (${list})`);
    }
    if (logical.kind === "domain" && inner !== undefined) {
      const body = this.domainBody(this.sql.codecFor(inner).ddl, type.domain ?? {});
      return this.typeNamed("DOMAIN", enumTypeName(logical.name), body);
    }
    return null;
  }

  private domainBody(base: string, domain: DomainDefinition): string {
    const parts = [`AS ${base}`];
    if (domain.collation !== undefined) parts.push(`COLLATE ${this.dottedName(domain.collation)}`);
    if (domain.default !== undefined) parts.push(`DEFAULT ${this.fragment(domain.default)}`);
    if (domain.notNull === true) parts.push("NOT NULL");
    for (const { name = null, condition } of domain.checks ?? []) {
      parts.push(`${this.constraintPrefix(name)}CHECK (${this.fragment(condition)})`);
    }
    return parts.join(" ");
  }

  private typeNamed(kind: "TYPE" | "DOMAIN", name: string, body: string): NamedType {
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
      comment: (text) => `COMMENT ON ${kind} ${name} IS ${this.sql.quoteLiteral(text)}`,
    };
  }

  /** The server has domains, which say all this themselves. */
  protected override domainsOf(): readonly DomainDefinition[] {
    return [];
  }

  /** A lone whole-number key is numbered by the database whether or not it says so. */
  protected override columnSuffix(column: Column): readonly string[] {
    const { identity, serial } = column.options;
    if (serial !== undefined) return [];
    const { generation } = column.node;
    if (generation !== "always" && generation !== "identity") return [];
    return [identityClause(generation === "always", identity?.sequence ?? {})];
  }

  /** `SERIAL` where that says all. */
  protected override columnType(column: Column): string {
    const { serial } = column.options;
    const word = SERIALS.get(column.type.logical.kind);
    return serial !== undefined && word !== undefined && Object.keys(serial).length === 0
      ? word
      : super.columnType(column);
  }

  protected override defaultOf(column: Column): unknown {
    const name = this.sequenceName(column);
    return name === undefined
      ? super.defaultOf(column)
      : sql(`nextval(${this.sql.quoteLiteral(this.tableName(name))})`);
  }

  private writtenSerials(table: TableDefinition): readonly { readonly column: Column; readonly name: DdlName }[] {
    return table.columns.flatMap((column) => {
      const name = column.options.inherited === true ? undefined : this.sequenceName(column);
      return name === undefined ? [] : [{ column, name }];
    });
  }

  /** The sequence of a serial column that has to be made by itself. */
  private sequenceName(column: Column): DdlName | undefined {
    const { serial } = column.options;
    const { table } = column.node;
    const isWord = serial === undefined || (Object.keys(serial).length === 0 && SERIALS.has(column.type.logical.kind));
    if (isWord || table === null) return undefined;
    const schema = table.kind === "table" ? table.schema : null;
    if (serial.name === undefined) {
      return { schema, name: makeObjectName(table.name, column.name, "seq") };
    }
    const [first = "", second] = splitName(serial.name);
    return second === undefined ? { schema, name: first } : { schema: first, name: second };
  }

  protected override literal(value: unknown, column: Column): string {
    return literalOf(this.storedValue(value, column)) ?? super.literal(value, column);
  }
}

/** What may follow the columns, in this order. */
const CLAUSES = ["inherits", "partition by", "using", "on commit", "tablespace"] as const;

function isClause(option: string, word: string): boolean {
  return option.toLowerCase().startsWith(`${word} `);
}

const SERIALS: ReadonlyMap<string, string> = new Map([
  ["smallint", "SMALLSERIAL"],
  ["integer", "SERIAL"],
  ["bigint", "BIGSERIAL"],
]);

const LARGEST: ReadonlyMap<string, bigint> = new Map([
  ["smallint", 32_767n],
  ["integer", 2_147_483_647n],
]);

/** The column's own type, unless the sequence counts further. */
function serialType(column: Column, { maxValue }: SequenceOptions): string {
  const { kind } = column.type.logical;
  const largest = LARGEST.get(kind);
  return largest === undefined || (maxValue !== undefined && BigInt(maxValue) > largest) ? "bigint" : kind;
}

function checkedName(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  throw new CompileError(
    `The name ${name} is longer than ${LONGEST_NAME} bytes, where PostgreSQL cuts names off; write a shorter one.`,
  );
}
