// The statements by which a class's rows are written: compiled once for each set of columns and number of rows, then
// looked up by both. One instance a class and dialect.
import { compileStatement } from "../../sql/compile/compile-statement.js";
import type { Compiled } from "../../sql/compile/compiled.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { binaryNode, bindNode, UNSET } from "../../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode, TableNode } from "../../sql/ast/nodes.js";
import { deleteNode, insertNode, updateNode } from "../../sql/ast/statements.js";
import { valuesNode } from "../../sql/ast/tables.js";
import type { ValueConverter } from "../../types/sql-type.js";
import type { Mapper, Slot } from "../mapper.js";
import { type ColumnSet, slotsIn, wordsOf } from "./column-set.js";

/** More statements than this are forgotten all at once: sizes of last batches are many, each seldom needed again. */
const cacheLimit = 200;

/** A compiled statement for rows that have the same columns. */
export interface RowStatement {
  readonly compiled: Compiled;
  /** The mask of each word of columns: what `collect` is asked for. */
  readonly words: readonly number[];
  /** The slots whose values make one row of parameters, in order. */
  readonly parameters: readonly Slot[];
  /** How each of them is converted; null where it passes as it is. */
  readonly encoders: readonly (ValueConverter | null)[];
  /** What comes back for each row. */
  readonly returning: readonly Slot[];
}

/** Statements over one class's table. */
export class RowStatements {
  readonly #mapper: Mapper;
  readonly dialect: SqlDialect;
  readonly #inserts = new Map<ColumnSet, RowStatement[]>();
  readonly #updates = new Map<ColumnSet, RowStatement[]>();
  readonly #numberedInserts = new Map<ColumnSet, RowStatement[]>();
  #insertCount = 0;
  #updateCount = 0;
  #delete: RowStatement | undefined;

  constructor(mapper: Mapper, dialect: SqlDialect) {
    this.#mapper = mapper;
    this.dialect = dialect;
  }

  /** INSERT of `count` rows; what the database makes for them comes back. */
  insert(columns: ColumnSet, count: number): RowStatement {
    const known = this.#inserts.get(columns)?.[count];
    if (known !== undefined) return known;
    if (++this.#insertCount > cacheLimit) {
      this.#inserts.clear();
      this.#numberedInserts.clear();
      this.#insertCount = 1;
    }
    return remember(this.#inserts, columns, count, this.#compileInsert(columns, count, count > 1));
  }

  /** INSERT of `count` rows whose keys are the numbers up to the last row's, which alone comes back. */
  insertNumbered(columns: ColumnSet, count: number): RowStatement {
    if (count === 1) return this.insert(columns, 1);
    const known = this.#numberedInserts.get(columns)?.[count];
    if (known !== undefined) return known;
    return remember(this.#numberedInserts, columns, count, this.#compileInsert(columns, count, false));
  }

  /** UPDATE of `count` rows by primary key: of one row, or of several from a list of values. */
  update(columns: ColumnSet, count: number): RowStatement {
    const known = this.#updates.get(columns)?.[count];
    if (known !== undefined) return known;
    if (++this.#updateCount > cacheLimit) {
      this.#updates.clear();
      this.#updateCount = 1;
    }
    const statement = count === 1 ? this.#compileUpdate(columns) : this.#compileUpdates(columns, count);
    return remember(this.#updates, columns, count, statement);
  }

  /** DELETE of one row by primary key. */
  get delete(): RowStatement {
    return (this.#delete ??= this.#compileDelete());
  }

  #compileInsert(columns: ColumnSet, count: number, returnKeys: boolean): RowStatement {
    const slots = slotsIn(this.#mapper, columns);
    const made = madeByDatabase(this.#mapper, slots);
    const returning = !returnKeys && isNumber(made) ? [] : made.map((slot) => slot.column);
    const rows = Array.from({ length: count }, () => slots.map((slot) => parameterOf(slot.column)));
    const node = insertNode({
      table: this.#mapper.from,
      columns: slots.map((slot) => slot.column),
      rows,
      select: null,
      conflict: null,
      returning,
    });
    return this.#statement(compileStatement(node, this.dialect), columns, slots, made);
  }

  #compileUpdate(columns: ColumnSet): RowStatement {
    const { from, primaryKey } = this.#mapper;
    const slots = slotsIn(this.#mapper, columns);
    const assignments = slots.map(({ column }) => ({ column, value: parameterOf(column) }));
    const node = updateNode({ table: from, assignments, values: null, where: byKey(primaryKey), returning: [] });
    return this.#statement(compileStatement(node, this.dialect), columns, [...slots, ...primaryKey], []);
  }

  #compileUpdates(columns: ColumnSet, count: number): RowStatement {
    const { from, primaryKey } = this.#mapper;
    const slots = slotsIn(this.#mapper, columns);
    const all = [...primaryKey, ...slots];
    const rows = Array.from({ length: count }, () => all.map((slot) => parameterOf(slot.column)));
    const values = valuesNode(
      valuesName(from),
      all.map((slot) => slot.column),
      rows,
    );
    const given = (slot: Slot): ColumnNode => values.columns[all.indexOf(slot)] ?? slot.column;
    const node = updateNode({
      table: from,
      assignments: slots.map((slot) => ({ column: slot.column, value: given(slot) })),
      values,
      where: primaryKey.map((slot) => equalsKey(slot.column, given(slot))),
      returning: [],
    });
    return this.#statement(compileStatement(node, this.dialect), columns, all, []);
  }

  #compileDelete(): RowStatement {
    const { from, primaryKey } = this.#mapper;
    const node = deleteNode({ table: from, where: byKey(primaryKey), returning: [] });
    return this.#statement(compileStatement(node, this.dialect), 0, primaryKey, []);
  }

  #statement(
    compiled: Compiled,
    columns: ColumnSet,
    parameters: readonly Slot[],
    returning: readonly Slot[],
  ): RowStatement {
    const encoders = parameters.map(({ column }) => storedEncoder(column, this.dialect));
    return { compiled, words: wordsOf(columns), parameters, encoders, returning };
  }
}

/** True where all that the database makes is the row's number. */
export function isNumber(made: readonly Slot[]): boolean {
  const [slot] = made;
  return made.length === 1 && slot !== undefined && slot.column.primaryKey && slot.column.generation === "identity";
}

/** The columns that an INSERT leaves to the database and that the object wants to know. */
export function madeByDatabase(mapper: Mapper, given: readonly Slot[]): Slot[] {
  return mapper.slots.filter((slot) => slot.column.generation !== "none" && !given.includes(slot));
}

/** `table.key = ?` for each key column. */
export function byKey(primaryKey: readonly Slot[]): ExpressionNode[] {
  return primaryKey.map(({ column }) => equalsKey(column, parameterOf(column)));
}

export function equalsKey(column: ColumnNode, value: ExpressionNode): ExpressionNode {
  return binaryNode("eq", column, value);
}

/** How a value that a column is to hold, or to be looked up by, is converted. */
export function storedEncoder(column: ColumnNode, dialect: SqlDialect): ValueConverter | null {
  const { encode, encodeStored } = dialect.codecFor(column.type);
  return encodeStored ?? encode;
}

/** A placeholder for a column's value. */
export function parameterOf(column: ColumnNode): ExpressionNode {
  return bindNode(column.name, column.type, UNSET);
}

/** A name for the list of values that the table cannot have itself. */
function valuesName(table: TableNode): string {
  return table.name === "changed" ? "changed_rows" : "changed";
}

function remember(
  cache: Map<ColumnSet, RowStatement[]>,
  columns: ColumnSet,
  count: number,
  statement: RowStatement,
): RowStatement {
  let sizes = cache.get(columns);
  if (sizes === undefined) cache.set(columns, (sizes = []));
  sizes[count] = statement;
  return statement;
}

const statements = new WeakMap<SqlDialect, WeakMap<Mapper, RowStatements>>();

/** The statements of one class for one dialect: shared by all sessions. */
export function rowStatementsFor(mapper: Mapper, dialect: SqlDialect): RowStatements {
  let ofDialect = statements.get(dialect);
  if (ofDialect === undefined) statements.set(dialect, (ofDialect = new WeakMap()));
  let found = ofDialect.get(mapper);
  if (found === undefined) ofDialect.set(mapper, (found = new RowStatements(mapper, dialect)));
  return found;
}
