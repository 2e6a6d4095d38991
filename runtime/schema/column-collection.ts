// `table.c`: a table's columns by property, beside a few ways to list them. A column named like one of those hides it.
import { type Column, describeColumn } from "./column.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

export class ColumnCollection {
  readonly #columns: readonly Column[];

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    for (const column of columns) {
      Object.defineProperty(this, column.key, { value: column, enumerable: true });
    }
  }

  /** The properties, in column order. */
  keys(): string[] {
    return this.#columns.map((column) => column.key);
  }

  /** The columns, in order. */
  values(): Column[] {
    return [...this.#columns];
  }

  /** The column of this property, or undefined. */
  get(property: string): Column | undefined {
    return this.#columns.find((column) => column.key === property);
  }

  has(property: string): boolean {
    return this.get(property) !== undefined;
  }

  [Symbol.iterator](): IterableIterator<Column> {
    return this.#columns[Symbol.iterator]();
  }

  [INSPECT](): string {
    return `ColumnCollection(${this.#columns.map(describeColumn).join(", ")})`;
  }
}
