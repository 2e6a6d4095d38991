// A SQL type as a value: the logical type of the schema model, its cache key and how it prints.
import type { ColumnType } from "../../model/column-type.js";
import type { DomainDefinition } from "./domain-definition.js";
import type { SqlType } from "./sql-type.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** What some types have beside their logical type. */
interface TypeParts extends Partial<Pick<SqlType, "enumValues" | "nullableElements">> {
  readonly inner?: DeclaredType | undefined;
  readonly domain?: DomainDefinition | undefined;
}

/** A logical type; `display` is the builder call that makes it, such as `Varchar(30)`. */
export class DeclaredType<T = unknown> implements SqlType<T> {
  declare readonly value?: T;
  readonly logical: ColumnType | { readonly kind: "null" };
  readonly key: string;
  readonly enumValues: readonly string[] | undefined;
  readonly inner: DeclaredType | undefined;
  readonly nullableElements: boolean | undefined;
  /** What else a domain says, where it is one. */
  readonly domain: DomainDefinition | undefined;
  readonly #display: string;

  constructor(logical: DeclaredType["logical"], display: string, parts: TypeParts = {}) {
    this.logical = logical;
    this.#display = display;
    this.enumValues = parts.enumValues;
    this.inner = parts.inner;
    this.nullableElements = parts.nullableElements;
    this.domain = parts.domain;
    const values = parts.enumValues === undefined ? "" : ` ${JSON.stringify(parts.enumValues)}`;
    this.key = `${display}${values}${parts.inner === undefined ? "" : ` of ${parts.inner.key}`}`;
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
