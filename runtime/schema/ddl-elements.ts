// Single DDL statements as objects: printed, compiled for a dialect, or executed like any statement.
import { ArgumentError } from "../errors/errors.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { Executable } from "../sql/typing.js";
import { describeValue } from "../types/describe-value.js";
import type { Column } from "./column.js";
import { type Constraint, Index } from "./constraints.js";
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

/** `ALTER TABLE … ADD CONSTRAINT`; a table's are in `table.constraints` and `table.primaryKey`. */
export class AddConstraint extends DdlElement {
  readonly table: Table;
  readonly constraint: Constraint;

  constructor(table: Table, constraint: Constraint) {
    super();
    this.table = checkTable("AddConstraint", table);
    this.constraint = checkConstraint("AddConstraint", table, constraint);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.addConstraint(this.table, this.constraint);
  }
}

/** `ALTER TABLE … DROP CONSTRAINT`, of a constraint that has a name. */
export class DropConstraint extends DdlElement {
  readonly table: Table;
  readonly constraint: Constraint;

  constructor(table: Table, constraint: Constraint) {
    super();
    this.table = checkTable("DropConstraint", table);
    this.constraint = checkConstraint("DropConstraint", table, constraint);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.dropConstraint(this.table, this.constraint);
  }
}

/** Sets the table's comment to the one it was declared with. */
export class SetTableComment extends DdlElement {
  readonly table: Table;

  constructor(table: Table) {
    super();
    this.table = checkTable("SetTableComment", table);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.setTableComment(this.table, this.table.comment);
  }
}

/** Takes the table's comment away. */
export class DropTableComment extends DdlElement {
  readonly table: Table;

  constructor(table: Table) {
    super();
    this.table = checkTable("DropTableComment", table);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.setTableComment(this.table, null);
  }
}

/** Sets the comment of a column, by its property, to the one it was declared with. */
export class SetColumnComment extends DdlElement {
  readonly table: Table;
  readonly column: Column;

  constructor(table: Table, property: string) {
    super();
    this.table = checkTable("SetColumnComment", table);
    const column = table.columns.find(({ key }) => key === property);
    if (column === undefined) throw new ArgumentError(`SetColumnComment: ${table.key} has no property ${property}.`);
    this.column = column;
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.setColumnComment(this.table, this.column, this.column.options.comment ?? null);
  }
}

/** `CREATE [MATERIALIZED] VIEW`, of a table that is one. */
export class CreateView extends DdlElement {
  readonly view: Table;

  constructor(view: Table) {
    super();
    this.view = checkTable("CreateView", view);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.createView(this.view);
  }
}

/** `DROP [MATERIALIZED] VIEW`. */
export class DropView extends DdlElement {
  readonly view: Table;

  constructor(view: Table) {
    super();
    this.view = checkTable("DropView", view);
  }

  protected override text(ddl: DdlDialect): string {
    return ddl.dropView(this.view);
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

function checkConstraint(what: string, table: Table, constraint: Constraint): Constraint {
  if (constraint === table.primaryKey || table.constraints.some((own) => own === constraint)) return constraint;
  throw new ArgumentError(`${what} takes a constraint of ${table.key}, got ${describeValue(constraint)}.`);
}
