// What executing a statement gives: its rows, to be read once, and what a write says about itself.
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import type { SqlRow } from "./execution.js";
import type { AnyRow, RowShape } from "./row.js";
import { Cursor, Rows } from "./rows.js";

/** What a `Result` is made of. */
interface ResultParts {
  /** Decoded rows; null where the statement returns none. */
  readonly rows: readonly SqlRow[] | null;
  readonly shape: RowShape;
  readonly rowCount: number;
  readonly lastInsertId: number | bigint | null;
  /** Works out the keys of the rows that an INSERT wrote, or throws; null for other statements. */
  /** Why the rows are to be read through `unique()` only; see `Cursor`. */
  readonly mustBeUnique?: string | null;
  readonly insertedKeys: (() => readonly AnyRow[]) | null;
}

/** One value a row. */
export class ScalarResult<T> extends Rows<T> {
  readonly #index: number;

  constructor(cursor: Cursor | null, index: number) {
    // Sound: the statement's type says what its column holds.
    super(cursor, (row) => row[index] as T);
    this.#index = index;
  }

  protected override distinguish(row: SqlRow): SqlRow {
    return [row[this.#index]];
  }
}

/** The rows of an executed statement: `R` is a row, `F` the value of its first column. */
export class Result<R, F = unknown> extends Rows<R> {
  readonly #parts: ResultParts;

  constructor(parts: ResultParts) {
    // Sound: the statement's type says what its rows are; the shape was made from the same columns.
    super(
      parts.rows === null ? null : new Cursor(parts.rows, parts.mustBeUnique ?? null),
      (row) => parts.shape.row(row) as R,
    );
    this.#parts = parts;
  }

  /** True where the statement returns rows. */
  get returnsRows(): boolean {
    return this.#parts.rows !== null;
  }

  /** The names of the columns, in order. */
  keys(): readonly string[] {
    return this.#parts.shape.keys;
  }

  /** Each row as a plain object by column name. */
  mappings(): Rows<Record<string, unknown>> {
    const { shape } = this.#parts;
    return this.view(new Rows(this.cursor, (row) => shape.mapping(row)));
  }

  /** Each row as an array of its values: the fastest way to read many. */
  tuples(): Rows<SqlRow> {
    return this.view(new Rows(this.cursor, (row) => row));
  }

  /** One column of each row: the first, or the one at this position or of this name. */
  scalars(): ScalarResult<F>;
  scalars(column: number | string): ScalarResult<unknown>;
  scalars(column: number | string = 0): ScalarResult<unknown> {
    return this.view(new ScalarResult(this.cursor, this.#indexOf(column)));
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

  /** Rows that an UPDATE or DELETE matched, or an INSERT wrote; for a query, rows returned. */
  get rowCount(): number {
    return this.#parts.rowCount;
  }

  /** The number that the database gave to the last row inserted, where it numbers rows. */
  get lastInsertId(): number | bigint | null {
    return this.#parts.lastInsertId;
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

  #indexOf(column: number | string): number {
    const { keys } = this.#parts.shape;
    const index = typeof column === "number" ? column : keys.indexOf(column);
    const inRange = Number.isInteger(index) && index >= 0 && index < keys.length;
    if (inRange || !this.returnsRows) return index;
    const known = keys.map((key) => `"${key}"`).join(", ");
    throw new ArgumentError(`this result has no column ${JSON.stringify(column)}; it has ${known}`);
  }
}
