// A SQL type as a value: the logical type of the schema model, its cache key and how it prints.
import type { ColumnType } from "../../model/column-type.js";
import type { SqlType } from "./sql-type.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A logical type; `display` is the builder call that makes it, such as `Varchar(30)`. */
export class DeclaredType<T = unknown> implements SqlType<T> {
  declare readonly value?: T;
  readonly logical: ColumnType | { readonly kind: "null" };
  readonly key: string;
  readonly enumValues: readonly string[] | undefined;
  readonly #display: string;

  constructor(logical: DeclaredType["logical"], display: string, enumValues?: readonly string[]) {
    this.logical = logical;
    this.#display = display;
    this.enumValues = enumValues;
    this.key = enumValues === undefined ? display : `${display} ${JSON.stringify(enumValues)}`;
    Object.freeze(this);
  }

  toString(): string {
    return this.#display;
  }

  [INSPECT](): string {
    return this.#display;
  }
}

/** The type of an expression of which nothing is known: values pass by what they are in JavaScript. */
export const unknownType: DeclaredType = new DeclaredType({ kind: "null" }, "null");
