// Result rows: one small class per result shape, with getters by name and by position over the driver's array.
// Not an Array: a column may be called `length`.
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import { elementOf } from "../sql/build/element.js";
import type { Sql } from "../sql/typing.js";
import { describeValue } from "../types/describe-value.js";
import { nodeUtil } from "../types/node-util.js";
import type { SqlRow } from "./execution.js";

/** The values: an own property, so that test frameworks compare rows by it; a symbol, so that no column meets it. */
const VALUES: unique symbol = Symbol("values");
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
    return this[VALUES][Symbol.iterator]();
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
  readonly #rowClass: RowClass;
  #plain: ((values: SqlRow) => Record<string, unknown>) | null = null;

  constructor(keys: readonly string[], expressionKeys: readonly number[] = []) {
    this.keys = keys;
    this.expressionKeys = expressionKeys;
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
    const keys = positions.map((position) => this.keys[position] ?? "");
    return new RowShape(
      keys,
      this.expressionKeys.length === 0 ? [] : positions.map((at) => this.expressionKeys[at] ?? 0),
    );
  }

  hasKeys(keys: readonly string[]): boolean {
    return keys.length === this.keys.length && keys.every((key, index) => key === this.keys[index]);
  }

  /** A row over `values`, which it keeps. */
  row(values: SqlRow): AnyRow {
    return new this.#rowClass(values);
  }

  /** A plain object by column name. Throws `InvalidRequestError` where two columns have one name. */
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
  return row instanceof ResultRow ? row[VALUES] : [];
}

function rowClass(keys: readonly string[], shape: RowShape): RowClass {
  class Row extends ResultRow {
    readonly [column: string | number]: unknown;
  }
  const repeated = repeatedNames(keys);
  keys.forEach((key, index) => {
    if (key === RESERVED) return;
    const get = repeated.has(key)
      ? (): never => {
          throw ambiguous(key);
        }
      : function (this: ResultRow): unknown {
          return this[VALUES][index];
        };
    Object.defineProperty(Row.prototype, key, { get, enumerable: true, configurable: true });
  });
  // After the names: `SELECT 1` calls its column "1", and a position means a position.
  keys.forEach((_, index) => {
    const get = function (this: ResultRow): unknown {
      return this[VALUES][index];
    };
    Object.defineProperty(Row.prototype, index, { get, enumerable: true, configurable: true });
  });
  Object.defineProperties(Row.prototype, {
    [RESERVED]: {
      value: function (this: ResultRow): object {
        return jsonObject(shape.mapping(this[VALUES]));
      },
    },
    [SHAPE]: { value: shape },
    [INSPECT]: {
      value: function (this: ResultRow): string {
        return `Row { ${keys.map((key, index) => `${key}: ${nodeUtil().inspect(this[VALUES][index])}`).join(", ")} }`;
      },
    },
  });
  return Row;
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
