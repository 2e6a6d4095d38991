// Rows as they come: portions of a server-side cursor behind `for await`. A stream is read once; leaving the loop early
// closes the cursor.
import { ResourceClosedError } from "../errors/errors.js";
import type { AsyncLink } from "./async-link.js";
import type { EngineContext } from "./context.js";
import { type PreparedStatement, shapeRows } from "./execute-statement.js";
import type { SqlRow } from "./execution.js";
import type { RowShape } from "./row.js";

/** A driver's portions. */
type Portions = AsyncIterableIterator<SqlRow[]> & { readonly columnNames: readonly string[] };

/** How a stream reaches the database. */
export interface StreamSource {
  open(): Promise<Portions>;
  next(portions: Portions): Promise<IteratorResult<SqlRow[]>>;
  /** After the end, however it came. */
  close(portions: Portions): Promise<void>;
}

/** Where the rows of a stream come from: read once. */
export interface StreamReader {
  portions(): AsyncIterableIterator<{ readonly rows: readonly SqlRow[]; readonly shape: RowShape }>;
}

type Convert<T> = (row: SqlRow, shape: RowShape) => T;

/** Values of type `T`, one a row. */
export class AsyncRows<T> implements AsyncIterable<T> {
  protected readonly reader: StreamReader;
  readonly #convert: Convert<T>;

  constructor(reader: StreamReader, convert: Convert<T>) {
    this.reader = reader;
    this.#convert = convert;
  }

  async *[Symbol.asyncIterator](): AsyncIterableIterator<T> {
    for await (const { rows, shape } of this.reader.portions()) {
      for (const row of rows) yield this.#convert(row, shape);
    }
  }

  /** The rows in arrays of `size`; the last one may be shorter. Where not given, as the database hands them over. */
  async *partitions(size?: number): AsyncIterableIterator<T[]> {
    let partition: T[] = [];
    for await (const { rows, shape } of this.reader.portions()) {
      for (const row of rows) {
        partition.push(this.#convert(row, shape));
        if (partition.length === size) {
          yield partition;
          partition = [];
        }
      }
      if (size === undefined && partition.length > 0) {
        yield partition;
        partition = [];
      }
    }
    if (partition.length > 0) yield partition;
  }

  /** All rows that are left. */
  async all(): Promise<T[]> {
    const values: T[] = [];
    for await (const value of this) values.push(value);
    return values;
  }
}

/** The rows of a streamed statement: `R` is a row, `F` the value of its first column. */
export class AsyncStream<R, F = unknown> extends AsyncRows<R> {
  constructor(reader: StreamReader) {
    // Sound: the statement's type says what its rows are; the shape was made from the same columns.
    super(reader, (row, shape) => shape.row(row) as R);
  }

  /** The first column of each row. */
  scalars(): AsyncRows<F> {
    // Sound: the statement's type says what its first column holds.
    return new AsyncRows(this.reader, (row, shape) => shape.readAt(row, 0) as F);
  }

  /** Each row as a plain object by column name. */
  mappings(): AsyncRows<Record<string, unknown>> {
    return new AsyncRows(this.reader, (row, shape) => shape.mapping(shape.read(row)));
  }

  /** Each row as an array of its values. */
  tuples(): AsyncRows<SqlRow> {
    return new AsyncRows(this.reader, (row, shape) => shape.read(row));
  }
}

/** Reads the rows of a statement; all views of one stream share it. */
export class StatementReader implements StreamReader {
  readonly #context: EngineContext;
  readonly #link: AsyncLink;
  readonly #prepared: PreparedStatement;
  readonly #source: StreamSource;
  #begun = false;

  constructor(context: EngineContext, link: AsyncLink, prepared: PreparedStatement, source: StreamSource) {
    this.#context = context;
    this.#link = link;
    this.#prepared = prepared;
    this.#source = source;
  }

  async *portions(): AsyncIterableIterator<{ readonly rows: readonly SqlRow[]; readonly shape: RowShape }> {
    if (this.#begun) throw streamWasRead();
    this.#begun = true;
    for await (const { rows, columnNames } of readPortions(this.#link, this.#source)) {
      yield shapeRows(this.#context, this.#prepared, rows, columnNames);
    }
  }
}

/** The rows of one stream as the driver gives them; the connection is at work until the last one is read. */
export async function* readPortions(
  link: AsyncLink,
  source: StreamSource,
): AsyncIterableIterator<{ readonly rows: SqlRow[]; readonly columnNames: readonly string[] }> {
  link.occupy("stream()");
  try {
    const portions = await source.open();
    try {
      for (;;) {
        const { value, done } = await source.next(portions);
        if (done === true) return;
        yield { rows: value, columnNames: portions.columnNames };
      }
    } finally {
      await source.close(portions);
    }
  } finally {
    link.leave();
  }
}

/** The error for reading a stream twice. */
export function streamWasRead(): ResourceClosedError {
  return new ResourceClosedError("this stream was read already; execute the statement again");
}
