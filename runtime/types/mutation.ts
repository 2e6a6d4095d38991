// Values that can change in place: JSON documents, arrays, and those of custom types that say how. A session keeps a
// copy of what it handed out, and a flush compares.
import { CustomType } from "./custom-type.js";
import { ColumnBuilder } from "./column-builder.js";
import { nodeUtil } from "./node-util.js";
import type { Mutation, SqlType } from "./sql-type.js";

/** Copies arrays and plain objects; whatever else stands in them is a value of its own and does not change. */
function copyStructure(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyStructure);
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyStructure(part)]));
}

const structural: Mutation = {
  copy: copyStructure,
  equals: (one, other) => nodeUtil().isDeepStrictEqual(one, other),
};

/** How values of a type change in place; null where they do not. */
export function mutationOf(type: SqlType): Mutation | null {
  const declared = type instanceof ColumnBuilder ? type.type : type;
  if (declared instanceof CustomType && declared.mutation !== null) return declared.mutation;
  switch (declared.logical.kind) {
    case "json":
    case "jsonb":
    case "array":
      return structural;
    default:
      return declared.inner === undefined ? null : mutationOf(declared.inner);
  }
}

/** What a schema names to convert a column's values: `copy` and `equals` are there where values change in place. */
interface Converter<T> {
  readonly encode: (value: T) => unknown;
  readonly copy?: (value: T) => T;
  readonly equals?: (one: T, other: T) => boolean;
}

/** What a converter says of changes in place; undefined where it lacks `copy` or `equals`. */
export function converterMutation<T>(converter: Converter<T>): Mutation<T> | undefined {
  const { copy, equals } = converter;
  if (copy === undefined || equals === undefined) return undefined;
  return { copy: (value) => copy.call(converter, value), equals: (one, other) => equals.call(converter, one, other) };
}
