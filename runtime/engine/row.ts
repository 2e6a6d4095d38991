// Result rows: one small class per result shape, with getters by name and by position over the driver's array.
// Not an Array: a column may be called `length`.
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import { elementOf } from "../sql/build/element.js";
import type { Sql } from "../sql/typing.js";
import { describeValue } from "../types/describe-value.js";
import { nodeUtil } from "../types/node-util.js";
import { type ColumnDecoder, decodedCopy } from "./decode-rows.js";
import type { SqlRow } from "./execution.js";

/**
 * The values as they came: an own property, so that test frameworks compare rows by it, and never changed, so that a
 * row is equal to another whether it was read or not; a symbol, so that no column meets it.
 */
const VALUES: unique symbol = Symbol("values");

/** The method that gives the values as they are read. */
const READ: unique symbol = Symbol("read");
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** JSON.stringify calls it: a column of this name is read by position or through `mappings()`. */
const RESERVED = "toJSON";

/** Where a row's class keeps what it knows of its columns. */
const SHAPE: unique symbol = Symbol("shape");

/** What every row has, whatever its columns. */
class ResultRow implements Iterable<unknown> {
  readonly [VALUES]: SqlRow;

  constructor(values: SqlRow) {
    this[VALUES] = values;
  }

  [Symbol.iterator](): IterableIterator<unknown> {
    return this[READ]()[Symbol.iterator]();
  }

  [READ](): SqlRow {
    return this[VALUES];
  }
}

/** A row whose columns are known at run time only. */
export type AnyRow = ResultRow & { readonly [column: string | number]: unknown };

type RowClass = new (values: SqlRow) => AnyRow;

/** The column names of a result and the class of its rows. */
export class RowShape {
  readonly keys: readonly string[];
  /** What was selected, by structural key: empty where only the text knows. */
  readonly expressionKeys: readonly number[];
  /** Columns whose values are decoded when a row's are first read. */
  readonly late: readonly ColumnDecoder[];
  readonly #rowClass: RowClass;
  #plain: ((values: SqlRow) => Record<string, unknown>) | null = null;

  constructor(keys: readonly string[], expressionKeys: readonly number[] = [], late: readonly ColumnDecoder[] = []) {
    this.keys = keys;
    this.expressionKeys = expressionKeys;
    this.late = late;
    this.#rowClass = rowClass(keys, this);
  }

  /** The shape of a row of any result. Throws `ArgumentError` where it is no row. */
  static of(row: unknown): RowShape {
    const shape: unknown = row instanceof ResultRow ? Reflect.get(row, SHAPE) : null;
    if (shape instanceof RowShape) return shape;
    throw new ArgumentError(`this takes a row of a result, not ${describeValue(row)}`);
  }

  /** The shape of these columns alone, in this order. */
  only(positions: readonly number[]): RowShape {
    return new RowShape(
      positions.map((position) => this.keys[position] ?? ""),
      this.expressionKeys.length === 0 ? [] : positions.map((at) => this.expressionKeys[at] ?? 0),
      positions.flatMap((position, at) =>
        this.late.filter((column) => column.at === position).map(({ decode }) => ({ at, decode })),
      ),
    );
  }

  hasKeys(keys: readonly string[]): boolean {
    return keys.length === this.keys.length && keys.every((key, index) => key === this.keys[index]);
  }

  /** The same columns for values that are all decoded. */
  decoded(): RowShape {
    return this.late.length === 0 ? this : new RowShape(this.keys, this.expressionKeys);
  }

  /** The values as they are read. Throws `DataError` where one cannot be decoded. */
  read(values: SqlRow): SqlRow {
    return this.late.length === 0 ? values : decodedCopy(values, this.late);
  }

  /** One of the values as it is read, by its column's position. */
  readAt(values: SqlRow, at: number): unknown {
    const value = values[at];
    if (value === null || this.late.length === 0) return value;
    const column = this.late.find((late) => late.at === at);
    return column === undefined ? value : column.decode(value);
  }

  /** A row over `values`, which it keeps. */
  row(values: SqlRow): AnyRow {
    return new this.#rowClass(values);
  }

  /**
   * A plain object by column name of values as they are read. Throws `InvalidRequestError` where two columns have one
   * name.
   */
  mapping(values: SqlRow): Record<string, unknown> {
    this.#plain ??= mapper(this.keys);
    return this.#plain(values);
  }
}

/** The names of a row's columns, in order. */
export function rowKeys(row: object): readonly string[] {
  return RowShape.of(row).keys;
}

/** A row as a plain object by column name. Throws `InvalidRequestError` where two columns have one name. */
export function rowMapping(row: object): Record<string, unknown> {
  return RowShape.of(row).mapping(valuesOf(row));
}

/**
 * The value of a column or expression that was selected, however it is called in the row: `rowValue(row, users.c.id)`.
 * Throws `ArgumentError` where it was not selected.
 */
export function rowValue<T>(row: object, column: Sql<T>): T {
  const shape = RowShape.of(row);
  const at = shape.expressionKeys.indexOf(elementOf(column)?.node.key ?? Number.NaN);
  if (at < 0) throw new ArgumentError(`the row has no such column; it has ${shape.keys.join(", ")}`);
  // Sound: the column's type says what it holds.
  return valuesOf(row)[at] as T;
}

function valuesOf(row: object): SqlRow {
  return row instanceof ResultRow ? row[READ]() : [];
}

function rowClass(keys: readonly string[], shape: RowShape): RowClass {
  class Row extends (shape.late.length === 0 ? ResultRow : lateRow(shape)) {
    readonly [column: string | number]: unknown;
  }
  const repeated = repeatedNames(keys);
  keys.forEach((key, index) => {
    if (key === RESERVED) return;
    const get = repeated.has(key)
      ? (): never => {
          throw ambiguous(key);
        }
      : getter(shape, index);
    Object.defineProperty(Row.prototype, key, { get, enumerable: true, configurable: true });
  });
  // After the names: `SELECT 1` calls its column "1", and a position means a position.
  keys.forEach((_, index) => {
    Object.defineProperty(Row.prototype, index, { get: getter(shape, index), enumerable: true, configurable: true });
  });
  Object.defineProperties(Row.prototype, {
    [RESERVED]: {
      value: function (this: ResultRow): object {
        return jsonObject(rowMapping(this));
      },
    },
    [SHAPE]: { value: shape },
    [INSPECT]: {
      value: function (this: ResultRow): string {
        const values = this[READ]();
        return `Row { ${keys.map((key, index) => `${key}: ${nodeUtil().inspect(values[index])}`).join(", ")} }`;
      },
    },
  });
  return Row;
}

/** The base of rows with values that are decoded when they are first read. */
function lateRow(shape: RowShape): typeof ResultRow {
  return class LateRow extends ResultRow {
    #read: SqlRow | null = null;

    override [READ](): SqlRow {
      const values = this[VALUES];
      if (#read in this) return (this.#read ??= shape.read(values));
      // Test frameworks print copies of objects, which have own properties alone.
      return shape.read(values);
    }
  };
}

function getter(shape: RowShape, index: number): (this: ResultRow) => unknown {
  if (shape.late.some(({ at }) => at === index)) {
    return function () {
      return this[READ]()[index];
    };
  }
  return function () {
    return this[VALUES][index];
  };
}

function mapper(keys: readonly string[]): (values: SqlRow) => Record<string, unknown> {
  for (const key of repeatedNames(keys)) throw ambiguous(key);
  // fromEntries defines own properties, so that a column called __proto__ is one like any other.
  return (values) => Object.fromEntries(keys.map((key, index) => [key, values[index]]));
}

function repeatedNames(keys: readonly string[]): ReadonlySet<string> {
  const repeated = new Set<string>();
  const seen = new Set<string>();
  for (const key of keys) (seen.has(key) ? repeated : seen).add(key);
  return repeated;
}

function ambiguous(key: string): InvalidRequestError {
  return new InvalidRequestError(
    `more than one column of this result is called "${key}"; read it by position, or name the columns with .label()`,
  );
}

/** What JSON cannot say is put into strings: bigint in decimal, bytes in base64. */
function jsonObject(mapping: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, jsonValue(value)]));
}

function jsonValue(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return value;
}
