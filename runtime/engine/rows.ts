// Reading a result: a cursor over its rows, which all views of one result share, and the reading methods that rows,
// scalars, mappings and tuples have in common. A cursor is read once; what is read is gone.
import {
  ArgumentError,
  InvalidRequestError,
  MultipleResultsFoundError,
  NoResultFoundError,
  ResourceClosedError,
} from "../errors/errors.js";
import type { SqlRow } from "./execution.js";

/** Where a cursor's rows come from: all of them at once, or one after the other as they are asked for. */
export type RowSource = readonly SqlRow[] | IterableIterator<SqlRow>;

/** The rows of one execution and how far they are read. */
export class Cursor {
  readonly #rows: readonly SqlRow[];
  readonly #later: IterableIterator<SqlRow> | null;
  /** Why the rows are to be read through `unique()` only; null where they may be read as they are. */
  readonly mustBeUnique: string | null;
  #position = 0;
  #closed = false;

  constructor(source: RowSource, mustBeUnique: string | null = null) {
    this.#rows = isArray(source) ? source : [];
    this.#later = isArray(source) ? null : source;
    this.mustBeUnique = mustBeUnique;
  }

  /** A cursor over values instead of rows, to be read without converting. */
  static ofValues(values: readonly unknown[], mustBeUnique: string | null): Cursor {
    // Sound: who does not convert does not look into what it reads.
    return new Cursor(values as readonly SqlRow[], mustBeUnique);
  }

  /** The next row, or undefined at the end. Throws `ResourceClosedError` once closed. */
  next(): SqlRow | undefined {
    this.check();
    if (this.#later !== null) {
      const { value, done } = this.#later.next();
      return done === true ? undefined : value;
    }
    return this.#rows[this.#position++];
  }

  /** All rows not read yet. Throws `ResourceClosedError` once closed. */
  rest(): readonly SqlRow[] {
    this.check();
    if (this.#later !== null) return [...this.#later];
    const rows = this.#position === 0 ? this.#rows : this.#rows.slice(this.#position);
    this.#position = this.#rows.length;
    return rows;
  }

  check(): void {
    if (this.#closed) throw new ResourceClosedError("this result is closed: first(), one() and scalar() close it");
  }

  close(): void {
    this.#closed = true;
    this.#later?.return?.();
  }
}

function isArray(source: RowSource): source is readonly SqlRow[] {
  return Array.isArray(source);
}

/** Values of type `T`, one a row. Iterating reads them; a second iteration yields nothing. */
export class Rows<T> implements Iterable<T> {
  readonly #cursor: Cursor | null;
  readonly #convert: ((row: SqlRow) => T) | null;
  #isNew: ((row: SqlRow) => boolean) | null = null;

  /**
   * `cursor` is null for a statement that returns no rows: reading is then an error. `convert` is null where the
   * cursor has the values themselves.
   */
  constructor(cursor: Cursor | null, convert: ((row: SqlRow) => T) | null) {
    this.#cursor = cursor;
    this.#convert = convert;
  }

  /**
   * Leaves out rows equal to one that came before. Objects are equal to themselves only. With `by`, values for which it
   * gives the same are equal.
   */
  unique(by?: (value: T) => unknown): this {
    const distinguish = by === undefined ? this.distinguish.bind(this) : (row: SqlRow) => [by(this.#value(row))];
    this.#isNew = uniqueFilter(distinguish);
    return this;
  }

  /** All rows not read yet. */
  all(): T[] {
    const cursor = this.#open();
    if (this.#isNew === null) {
      const rest = cursor.rest();
      // Sound: the values are `T`s, and nobody else keeps their array.
      return this.#convert === null ? (rest as unknown as T[]) : rest.map(this.#convert);
    }
    const values: T[] = [];
    for (let row = this.#take(cursor); row !== undefined; row = this.#take(cursor)) values.push(this.#value(row));
    return values;
  }

  /** The next row, or null where there is none any more. */
  fetchOne(): T | null {
    const row = this.#take(this.#open());
    return row === undefined ? null : this.#value(row);
  }

  /** The next rows, `size` of them at most. */
  fetchMany(size: number): T[] {
    if (!Number.isInteger(size) || size < 0) {
      throw new ArgumentError(`fetchMany() takes a whole number, 0 or more, not ${String(size)}`);
    }
    const cursor = this.#open();
    const values: T[] = [];
    while (values.length < size) {
      const row = this.#take(cursor);
      if (row === undefined) break;
      values.push(this.#value(row));
    }
    return values;
  }

  /** The rows not read yet in arrays of `size` (1000); the last one may be shorter. */
  *partitions(size = 1000): IterableIterator<T[]> {
    if (!Number.isInteger(size) || size < 1) {
      throw new ArgumentError(`partitions() takes a whole number, 1 or more, not ${String(size)}`);
    }
    for (let part = this.fetchMany(size); part.length > 0; part = this.fetchMany(size)) yield part;
  }

  /** The first row, or null; then closes the result. */
  first(): T | null {
    const cursor = this.#open();
    const row = this.#take(cursor);
    cursor.close();
    return row === undefined ? null : this.#value(row);
  }

  /** The only row. Throws `NoResultFoundError` or `MultipleResultsFoundError` where there is not exactly one. */
  one(): T {
    const row = this.#only("one()");
    if (row === undefined) throw new NoResultFoundError("one() found no row; oneOrNull() gives null then");
    return this.#value(row);
  }

  /** The only row, or null where there is none. Throws `MultipleResultsFoundError` where there are more. */
  oneOrNull(): T | null {
    const row = this.#only("oneOrNull()");
    return row === undefined ? null : this.#value(row);
  }

  *[Symbol.iterator](): IterableIterator<T> {
    const cursor = this.#open();
    for (let row = this.#take(cursor); row !== undefined; row = this.#take(cursor)) yield this.#value(row);
  }

  /** Closes the result: what is left of it cannot be read any more. */
  close(): void {
    this.#cursor?.close();
  }

  /** A view that leaves out repeated values where this one does. */
  protected view<V extends Rows<unknown>>(view: V): V {
    return this.#isNew === null ? view : view.unique();
  }

  /** The values by which `unique()` tells rows apart. */
  protected distinguish(row: SqlRow): SqlRow {
    return row;
  }

  protected get cursor(): Cursor | null {
    return this.#cursor;
  }

  #value(row: SqlRow): T {
    // Sound: as in `all`.
    return this.#convert === null ? (row as unknown as T) : this.#convert(row);
  }

  #open(): Cursor {
    if (this.#cursor === null) {
      throw new ResourceClosedError(
        "this statement returns no rows; an INSERT, UPDATE or DELETE has some with returning()",
      );
    }
    this.#cursor.check();
    const { mustBeUnique } = this.#cursor;
    if (mustBeUnique !== null && this.#isNew === null) throw new InvalidRequestError(mustBeUnique);
    return this.#cursor;
  }

  #take(cursor: Cursor): SqlRow | undefined {
    let row = cursor.next();
    const isNew = this.#isNew;
    if (isNew !== null) while (row !== undefined && !isNew(row)) row = cursor.next();
    return row;
  }

  #only(method: string): SqlRow | undefined {
    const cursor = this.#open();
    const row = this.#take(cursor);
    const second = row === undefined ? undefined : this.#take(cursor);
    cursor.close();
    if (second !== undefined) {
      throw new MultipleResultsFoundError(`${method} found more than one row; first() takes the first of many`);
    }
    return row;
  }
}

/** Rows as a tree of their values, so that no key has to be made of them. */
function uniqueFilter(distinguish: (row: SqlRow) => SqlRow): (row: SqlRow) => boolean {
  interface Branch {
    readonly branches: Map<unknown, Branch>;
  }
  const root: Branch = { branches: new Map() };
  return (row) => {
    let branch = root;
    let isNew = false;
    for (const value of distinguish(row)) {
      let next = branch.branches.get(value);
      if (next === undefined) {
        next = { branches: new Map() };
        branch.branches.set(value, next);
        isNew = true;
      }
      branch = next;
    }
    return isNew;
  };
}
