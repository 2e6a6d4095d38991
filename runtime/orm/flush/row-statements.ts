// The statements by which a class's rows are written: compiled once for each set of columns and number of rows, then
// looked up by both. One instance a class and dialect.
import { compileStatement } from "../../sql/compile/compile-statement.js";
import type { Compiled } from "../../sql/compile/compiled.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { binaryNode, listBindNode, tupleListBindNode, tupleNode, UNSET } from "../../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode, InsertNode, TableFunctionNode, ValuesNode } from "../../sql/ast/nodes.js";
import {
  deleteNode,
  insertNode,
  type InsertParts,
  NO_WRITE_EXTRAS,
  updateNode,
  type UpdateParts,
} from "../../sql/ast/statements.js";
import { type ColumnSpec, valuesNode } from "../../sql/ast/tables.js";
import type { ValueConverter } from "../../types/sql-type.js";
import type { Slot } from "../mapper.js";
import { type ColumnSet, slotsIn, wordsOf } from "./column-set.js";
import {
  canTravelAsArrays,
  freeName,
  parameterOf,
  type RowForm,
  selectInOrder,
  sourceName,
  unnested,
} from "./row-sources.js";
import type { RowTable } from "./row-table.js";

/** More statements than this are forgotten all at once: sizes of last batches are many, each seldom needed again. */
const cacheLimit = 200;
/** Stands for the number of rows in statements that do for any number. */
const anyNumber = 0;

/** A compiled statement for rows that have the same columns. */
export interface RowStatement {
  readonly compiled: Compiled;
  readonly form: RowForm;
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
class RowStatements {
  readonly #mapper: RowTable;
  readonly dialect: SqlDialect;
  readonly #inserts = new Map<ColumnSet, RowStatement[]>();
  readonly #updates = new Map<ColumnSet, RowStatement[]>();
  readonly #numberedInserts = new Map<ColumnSet, RowStatement[]>();
  readonly #deletes: RowStatement[] = [];
  #insertCount = 0;
  #updateCount = 0;

  constructor(mapper: RowTable, dialect: SqlDialect) {
    this.#mapper = mapper;
    this.dialect = dialect;
  }

  /** INSERT of `count` rows; what the database makes for them comes back. */
  insert(columns: ColumnSet, count: number): RowStatement {
    const size = count > 1 && this.#travelsAsArrays(slotsIn(this.#mapper, columns)) ? anyNumber : count;
    const known = this.#inserts.get(columns)?.[size];
    if (known !== undefined) return known;
    if (++this.#insertCount > cacheLimit) {
      this.#inserts.clear();
      this.#numberedInserts.clear();
      this.#insertCount = 1;
    }
    return remember(this.#inserts, columns, size, this.#compileInsert(columns, size, size !== 1));
  }

  /** INSERT of `count` rows whose keys are the numbers up to the last row's, which alone comes back. */
  insertNumbered(columns: ColumnSet, count: number): RowStatement {
    if (count === 1) return this.insert(columns, 1);
    const known = this.#numberedInserts.get(columns)?.[count];
    if (known !== undefined) return known;
    return remember(this.#numberedInserts, columns, count, this.#compileInsert(columns, count, false));
  }

  /**
   * UPDATE of `count` rows by primary key: of one row, or of several from a list of values. Parameters are the key, the
   * version that the row has to have where the class counts versions, and the new values. Of several versioned rows the
   * keys of those that were met come back.
   */
  update(columns: ColumnSet, count: number): RowStatement {
    const slots = slotsIn(this.#mapper, columns);
    const size = count > 1 && this.#travelsAsArrays([...this.#keySlots, ...slots]) ? anyNumber : count;
    const known = this.#updates.get(columns)?.[size];
    if (known !== undefined) return known;
    if (++this.#updateCount > cacheLimit) {
      this.#updates.clear();
      this.#updateCount = 1;
    }
    const statement = size === 1 ? this.#compileUpdate(columns) : this.#compileUpdates(columns, size);
    return remember(this.#updates, columns, size, statement);
  }

  /** DELETE of one row, or of any number of rows, by primary key and version. */
  delete(count: number): RowStatement {
    const size = count > 1 ? anyNumber : 1;
    return (this.#deletes[size] ??= size === 1 ? this.#compileDelete() : this.#compileDeletes());
  }

  /** The key and, where there is one, the version: what a row is found by. */
  get #keySlots(): readonly Slot[] {
    const { primaryKey, version } = this.#mapper;
    return version === null ? primaryKey : [...primaryKey, version];
  }

  #travelsAsArrays(slots: readonly Slot[]): boolean {
    return canTravelAsArrays(
      slots.map(({ column }) => column),
      this.dialect,
    );
  }

  #compileInsert(columns: ColumnSet, count: number, returnKeys: boolean): RowStatement {
    const slots = slotsIn(this.#mapper, columns);
    const nodes = slots.map(({ column }) => column);
    const made = madeByDatabase(this.#mapper, slots);
    const parts: InsertParts = {
      table: this.#mapper.table,
      columns: nodes,
      rows: [],
      select: null,
      conflict: null,
      returning: this.#returned(made, returnKeys),
    };
    const node: InsertNode =
      count === anyNumber
        ? insertNode({ ...parts, select: selectInOrder(sourceName(parts.table), nodes) })
        : insertNode({ ...parts, rows: Array.from({ length: count }, () => nodes.map(parameterOf)) });
    return this.#statement(node, { form: count === anyNumber ? "arrays" : "values", columns, slots, returning: made });
  }

  /** A row's number alone is told without RETURNING; elsewhere what is not returned is read when it is needed. */
  #returned(made: readonly Slot[], returnKeys: boolean): readonly ColumnNode[] {
    const isTold = !returnKeys && isNumber(made);
    return isTold || this.dialect.lacks?.returningInsert !== undefined ? [] : made.map(({ column }) => column);
  }

  #compileUpdate(columns: ColumnSet): RowStatement {
    const { table } = this.#mapper;
    const slots = slotsIn(this.#mapper, columns);
    const assignments = slots.map(({ column }) => ({ column, value: parameterOf(column) }));
    const where = this.#keySlots.map(({ column }) => equalsKey(column, parameterOf(column)));
    const node = updateNode({ table, assignments, values: null, where, returning: [] });
    // In the order of the text: the new values stand first.
    return this.#statement(node, { form: "values", columns, slots: [...slots, ...this.#keySlots], returning: [] });
  }

  #compileUpdates(columns: ColumnSet, count: number): RowStatement {
    const { table, primaryKey, version } = this.#mapper;
    const slots = slotsIn(this.#mapper, columns);
    const keys = this.#keySlots;
    const specs = [...columnsOfKey(keys, slots), ...slots.map(({ column }) => column)];
    const source = this.#source(specs, count);
    const given = (at: number, { column }: Slot): ColumnNode => source.columns[at] ?? column;
    const parts: UpdateParts = {
      table,
      assignments: slots.map((slot, at) => ({ column: slot.column, value: given(keys.length + at, slot) })),
      values: source.kind === "values" ? source : null,
      where: keys.map((slot, at) => equalsKey(slot.column, given(at, slot))),
      returning: version === null ? [] : primaryKey.map(({ column }) => column),
      extras: source.kind === "values" ? null : { ...NO_WRITE_EXTRAS, froms: [source] },
    };
    return this.#statement(updateNode(parts), {
      form: count === anyNumber ? "arrays" : "values",
      columns,
      slots: [...keys, ...slots],
      returning: version === null ? [] : primaryKey,
    });
  }

  #source(columns: readonly ColumnSpec[], count: number): ValuesNode | TableFunctionNode {
    const name = sourceName(this.#mapper.table);
    if (count === anyNumber) return unnested(name, columns, null);
    return valuesNode(
      name,
      columns,
      Array.from({ length: count }, () => columns.map(parameterOf)),
    );
  }

  #compileDelete(): RowStatement {
    const where = this.#keySlots.map(({ column }) => equalsKey(column, parameterOf(column)));
    const node = deleteNode({ table: this.#mapper.table, where, returning: [] });
    return this.#statement(node, { form: "values", columns: 0, slots: this.#keySlots, returning: [] });
  }

  #compileDeletes(): RowStatement {
    const { table, primaryKey, version } = this.#mapper;
    const keys = this.#keySlots;
    const columns = keys.map(({ column }) => column);
    const isArrays = canTravelAsArrays(columns, this.dialect);
    const [only] = columns;
    const returning = version === null ? [] : primaryKey;
    if (isArrays && columns.length > 1) {
      const source = unnested(sourceName(table), columnsOfKey(keys, []), null);
      const where = columns.map((column, at) => equalsKey(column, source.columns[at] ?? column));
      const extras = { ...NO_WRITE_EXTRAS, froms: [source] };
      const node = deleteNode({ table, where, returning: returning.map(({ column }) => column), extras });
      return this.#statement(node, { form: "arrays", columns: 0, slots: keys, returning });
    }
    const condition =
      columns.length === 1 && only !== undefined
        ? binaryNode("in", only, listBindNode(only.name, only.type, UNSET))
        : binaryNode(
            "in",
            tupleNode(columns),
            tupleListBindNode(
              columns.map(({ type }) => type),
              UNSET,
            ),
          );
    const node = deleteNode({ table, where: [condition], returning: returning.map(({ column }) => column) });
    return this.#statement(node, { form: isArrays ? "arrays" : "list", columns: 0, slots: keys, returning });
  }

  #statement(
    node: Parameters<typeof compileStatement>[0],
    parts: {
      readonly form: RowForm;
      readonly columns: ColumnSet;
      readonly slots: readonly Slot[];
      readonly returning: readonly Slot[];
    },
  ): RowStatement {
    return {
      compiled: compileStatement(node, this.dialect),
      form: parts.form,
      words: wordsOf(parts.columns),
      parameters: parts.slots,
      encoders: parts.slots.map(({ column }) => storedEncoder(column, this.dialect)),
      returning: parts.returning,
    };
  }
}

/** The key's columns, renamed where a column of that name is among the new values, too. */
function columnsOfKey(keys: readonly Slot[], others: readonly Slot[]): ColumnSpec[] {
  const taken = others.map(({ column }) => column);
  return keys.map(({ column }) => ({
    name: taken.includes(column) ? freeName(`expected_${column.name}`, taken) : column.name,
    type: column.type,
  }));
}

/** True where all that the database makes is the row's number. */
export function isNumber(made: readonly Slot[]): boolean {
  const [slot] = made;
  return made.length === 1 && slot !== undefined && isNumberedKey(slot);
}

/** True for a primary key that the database counts up. */
export function isNumberedKey({ column }: Slot): boolean {
  return column.primaryKey && (column.generation === "identity" || column.generation === "always");
}

/** The columns that an INSERT leaves to the database and that the object wants to know. */
export function madeByDatabase(mapper: RowTable, given: readonly Slot[]): Slot[] {
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

const statements = new WeakMap<SqlDialect, WeakMap<RowTable, RowStatements>>();

/** The statements of one class for one dialect: shared by all sessions. */
export function rowStatementsFor(mapper: RowTable, dialect: SqlDialect): RowStatements {
  let ofDialect = statements.get(dialect);
  if (ofDialect === undefined) statements.set(dialect, (ofDialect = new WeakMap()));
  let found = ofDialect.get(mapper);
  if (found === undefined) ofDialect.set(mapper, (found = new RowStatements(mapper, dialect)));
  return found;
}
