// Single DDL statements as objects: printed, compiled for a dialect, or executed like any statement.
import { ArgumentError } from "../errors/errors.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { Executable } from "../sql/typing.js";
import { describeValue } from "../types/describe-value.js";
import { Index } from "./constraints.js";
import type { DdlDialect } from "./ddl-dialect.js";
import { ddlStatement } from "../sql/compile/plain-statement.js";
import { defaultDdl } from "./default-ddl.js";
import { Table } from "./table.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

interface DdlCompileOptions {
  /** The standard's forms where left out. */
  readonly dialect?: { readonly ddl: DdlDialect };
}

/** Executable like any statement; it returns no rows. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- adds what exists for the type checker alone
export interface DdlElement extends Executable<never, never> {}

/** What every DDL statement can do. */
export abstract class DdlElement {
  readonly kind = "ddl";

  /** The statement in a dialect's words. Throws `CompileError` where the dialect has none for it. */
  compile(options: DdlCompileOptions = {}): Compiled {
    const ddl = options.dialect?.ddl ?? defaultDdl;
    return ddlStatement(() => this.text(ddl));
  }

  protected abstract text(ddl: DdlDialect): string;

  toString(): string {
    return this.compile().sql;
  }

  [INSPECT](): string {
    return this.toString();
  }
}

/** `CREATE TABLE`, without the table's indexes. */
export class CreateTable extends DdlElement {
  readonly table: Table;

  constructor(table: Table) {
    super();
    this.table = checkTable("CreateTable", table);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.createTable(this.table);
  }
}

/** `DROP TABLE`. */
export class DropTable extends DdlElement {
  readonly table: Table;

  constructor(table: Table) {
    super();
    this.table = checkTable("DropTable", table);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.dropTable(this.table);
  }
}

/** `CREATE [UNIQUE] INDEX`; a table's are in `table.indexes`. */
export class CreateIndex extends DdlElement {
  readonly index: Index;

  constructor(index: Index) {
    super();
    this.index = checkIndex("CreateIndex", index);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.createIndex(this.index);
  }
}

/** `DROP INDEX`. */
export class DropIndex extends DdlElement {
  readonly index: Index;

  constructor(index: Index) {
    super();
    this.index = checkIndex("DropIndex", index);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.dropIndex(this.index);
  }
}

function checkTable(what: string, table: unknown): Table {
  if (table instanceof Table) return table;
  throw new ArgumentError(`${what} takes a table, got ${describeValue(table)}.`);
}

function checkIndex(what: string, index: unknown): Index {
  if (index instanceof Index) return index;
  throw new ArgumentError(`${what} takes an index, got ${describeValue(index)}.`);
}
