// What executing a statement gives: its rows, to be read once, and what a write says about itself.
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import type { ParameterSet } from "./bind-values.js";
import type { SqlRow } from "./execution.js";
import type { AnyRow, RowShape } from "./row.js";
import { Cursor, type RowSource, Rows } from "./rows.js";

/** What a `Result` is made of. */
interface ResultParts {
  /** Rows as `shape` takes them; null where the statement returns none. */
  readonly rows: RowSource | null;
  readonly shape: RowShape;
  /** Minus one where nobody knows. */
  readonly rowCount: number;
  readonly lastInsertId: number | bigint | null;
  /** Why the rows are to be read through `unique()` only; see `Cursor`. */
  readonly mustBeUnique?: string | null;
  /** Works out the keys of the rows that an INSERT wrote, or throws; null for other statements. */
  readonly insertedKeys: (() => readonly AnyRow[]) | null;
  /** What went into an INSERT or UPDATE, by name; absent for other statements. */
  readonly insertedParams?: (() => readonly ParameterSet[]) | null;
}

/** One value a row. */
export class ScalarResult<T> extends Rows<T> {
  readonly #read: ((row: SqlRow) => T) | null;

  /** `read` gives the value of one of the cursor's rows; null where the cursor has the values themselves. */
  constructor(cursor: Cursor | null, read: ((row: SqlRow) => T) | null) {
    super(cursor, read);
    this.#read = read;
  }

  protected override distinguish(row: SqlRow): SqlRow {
    return [this.#read === null ? row : this.#read(row)];
  }
}

/** Rows in one form or another; `unique()` tells them apart by their values as they are read. */
class RowView<T> extends Rows<T> {
  readonly #shape: RowShape;

  /** `shape` is that of the cursor's rows. */
  constructor(cursor: Cursor | null, shape: RowShape, convert: (row: SqlRow) => T) {
    super(cursor, convert);
    this.#shape = shape;
  }

  protected override distinguish(row: SqlRow): SqlRow {
    return this.#shape.read(row);
  }
}

/** The rows of an executed statement: `R` is a row, `F` the value of its first column. */
export class Result<R, F = unknown> extends RowView<R> {
  readonly #parts: ResultParts;
  readonly #shape: RowShape;
  /** Which of the cursor's columns this result has, in which order; null for all of them. */
  readonly #picked: readonly number[] | null;

  /** `view`: the cursor of another result, and which of its columns this one has. */
  constructor(parts: ResultParts, view?: { readonly cursor: Cursor | null; readonly picked: readonly number[] }) {
    const picked = view?.picked ?? null;
    const shape = picked === null ? parts.shape : parts.shape.only(picked);
    const cursor = parts.rows === null ? null : new Cursor(parts.rows, parts.mustBeUnique ?? null);
    // Sound: the statement's type says what its rows are; the shape was made from the same columns.
    super(view === undefined ? cursor : view.cursor, parts.shape, (row) => shape.row(pick(row, picked)) as R);
    this.#parts = parts;
    this.#shape = shape;
    this.#picked = picked;
  }

  /** True where the statement returns rows. */
  get returnsRows(): boolean {
    return this.#parts.rows !== null;
  }

  /** The names of the columns, in order. */
  keys(): readonly string[] {
    return this.#shape.keys;
  }

  /** Each row as a plain object by column name. */
  mappings(): Rows<Record<string, unknown>> {
    return this.#viewBy((row) => this.#shape.mapping(this.#shape.read(row)));
  }

  /** Each row as an array of its values: the fastest way to read all of many rows. */
  tuples(): Rows<SqlRow> {
    return this.#viewBy((row) => this.#shape.read(row));
  }

  /** One column of each row: the first, or the one at this position or of this name. */
  scalars(): ScalarResult<F>;
  scalars(column: number | string): ScalarResult<unknown>;
  scalars(column: number | string = 0): ScalarResult<unknown> {
    const index = this.#indexOf(column);
    const { shape } = this.#parts;
    const at = this.#picked === null ? index : (this.#picked[index] ?? index);
    return this.view(new ScalarResult(this.cursor, (row) => shape.readAt(row, at)));
  }

  /** These columns alone, in this order, by position or by name. */
  columns(...columns: readonly (number | string)[]): Result<AnyRow> {
    const picked = columns.map((column) => this.#indexOf(column)).map((index) => this.#picked?.[index] ?? index);
    return this.view(new Result<AnyRow>(this.#parts, { cursor: this.cursor, picked }));
  }

  /** The first column of the first row, or null where there is no row; then closes the result. */
  scalar(): F | null {
    return this.scalars().first();
  }

  /** The first column of the only row. Throws where there is not exactly one row. */
  scalarOne(): F {
    return this.scalars().one();
  }

  /** The first column of the only row, or null where there is no row. Throws where there are more. */
  scalarOneOrNull(): F | null {
    return this.scalars().oneOrNull();
  }

  /** What is left of the rows, kept to be read as often as wanted: for caches. */
  freeze(): FrozenResult<R, F> {
    const rows = this.#viewBy((row) => row).all();
    return new FrozenResult({ ...this.#parts, rows, shape: this.#shape, mustBeUnique: null });
  }

  /** What is left of this result and of others of the same columns, one after the other. */
  merge(...others: readonly Result<R, F>[]): Result<R, F> {
    const results = [this, ...others];
    for (const other of others) {
      if (other.#shape.hasKeys(this.#shape.keys)) continue;
      throw new ArgumentError(
        `merge() takes results of the same columns: this one has ${this.#shape.keys.join(", ")}, another one ` +
          other.#shape.keys.join(", "),
      );
    }
    const counts = results.map((result) => result.rowCount);
    return new Result({
      ...this.#parts,
      rows: results.flatMap((result) => result.tuples().all()),
      shape: this.#shape.decoded(),
      mustBeUnique: null,
      rowCount: counts.includes(-1) ? -1 : counts.reduce((sum, count) => sum + count, 0),
    });
  }

  /** Rows that an UPDATE or DELETE matched, or an INSERT wrote; for a query, rows returned, -1 where it is streamed. */
  get rowCount(): number {
    return this.#parts.rowCount;
  }

  /** The number that the database gave to the last row inserted, where it numbers rows. */
  get lastInsertId(): number | bigint | null {
    return this.#parts.lastInsertId;
  }

  /** What went into the INSERT or UPDATE, by parameter name; of the last set where there were several. */
  get lastInsertedParams(): ParameterSet {
    const params = this.#parts.insertedParams?.().at(-1);
    if (params === undefined) throw new InvalidRequestError("only an insert() or update() has inserted parameters");
    return params;
  }

  /** The primary key of the row that an INSERT wrote; null in a place that only the database knows. */
  get insertedPrimaryKey(): AnyRow {
    const keys = this.insertedPrimaryKeyRows;
    const key = keys[0];
    if (keys.length !== 1 || key === undefined) {
      throw new InvalidRequestError(`${String(keys.length)} rows were inserted; read insertedPrimaryKeyRows`);
    }
    return key;
  }

  /** The primary keys of the rows that an INSERT wrote, one for each set of parameters. */
  get insertedPrimaryKeyRows(): readonly AnyRow[] {
    const { insertedKeys } = this.#parts;
    if (insertedKeys === null) throw new InvalidRequestError("only an insert() has inserted primary keys");
    return insertedKeys();
  }

  /** A view that makes its values of this result's columns. */
  #viewBy<T>(convert: (row: SqlRow) => T): Rows<T> {
    return this.view(new RowView(this.cursor, this.#parts.shape, (row) => convert(pick(row, this.#picked))));
  }

  #indexOf(column: number | string): number {
    const { keys } = this.#shape;
    const index = typeof column === "number" ? column : keys.indexOf(column);
    const inRange = Number.isInteger(index) && index >= 0 && index < keys.length;
    if (inRange || !this.returnsRows) return index;
    const known = keys.map((key) => `"${key}"`).join(", ");
    throw new ArgumentError(`this result has no column ${JSON.stringify(column)}; it has ${known}`);
  }
}

/** The rows of a result that can be read again and again. */
export class FrozenResult<R, F = unknown> {
  readonly #parts: ResultParts;

  /** `Result.freeze()` makes them. */
  constructor(parts: ResultParts) {
    this.#parts = parts;
  }

  /** A result that reads the rows from the first on. */
  result(): Result<R, F> {
    return new Result(this.#parts);
  }
}

function pick(row: SqlRow, picked: readonly number[] | null): SqlRow {
  return picked === null ? row : picked.map((index) => row[index]);
}
