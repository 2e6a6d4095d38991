// Types that are made of others or named by one database: arrays, domains, native types, and types written as SQL.
import type { ColumnType, NativeType } from "../../model/column-type.js";
import { nativeValues } from "../../model/native-types.js";
import { ArgumentError } from "../errors/errors.js";
import { ColumnBuilder } from "./column-builder.js";
import { DeclaredType, unknownType } from "./declared-type.js";
import { describeValue } from "./describe-value.js";
import type { DomainDefinition } from "./domain-definition.js";
import { RawSql } from "./raw-sql.js";

/** What a database keeps where nothing says what the type is. */
export type StoredValue = string | number | bigint | boolean | Uint8Array;

/**
 * A list of values: an array where the database has them, JSON text elsewhere. Elements may be NULL where the
 * element's description says so: `ArrayOf(Text().nullable())`. Arrays of arrays are `ArrayOf(ArrayOf(…))`.
 * Lists are read-only: a changed one is a new value.
 */
export function ArrayOf<T>(element: ColumnBuilder<T>): ColumnBuilder<readonly T[]> {
  requireType(element, "ArrayOf");
  const { type, options } = element;
  if (type.logical.kind === "null") throw new ArgumentError("ArrayOf takes a type that is known.");
  if (type.logical.kind === "array" && options.nullable) {
    throw new ArgumentError("ArrayOf: an array inside an array cannot be NULL; take nullable() away from it.");
  }
  const nullable = options.nullable ? ".nullable()" : "";
  return new ColumnBuilder(
    new DeclaredType({ kind: "array", element: type.logical }, `ArrayOf(${String(type)}${nullable})`, {
      inner: type,
      nullableElements: options.nullable,
    }),
  );
}

/**
 * A domain, `schema.name` where it has a schema: `Domain("age", Integer(), { checks: [{ condition: "VALUE > 0" }] })`.
 * A type of its own where the database has domains; elsewhere its base, with its checks beside the column.
 */
export function Domain<T>(name: string, base: ColumnBuilder<T>, definition: DomainDefinition = {}): ColumnBuilder<T> {
  requireName(name, "Domain");
  requireType(base, "Domain");
  return new ColumnBuilder<T>(
    new DeclaredType({ kind: "domain", name }, `Domain(${JSON.stringify(name)}, ${String(base.type)})`, {
      inner: base.type,
      domain: definition,
    }),
  );
}

interface NativeOptions<T> {
  readonly arguments?: readonly (number | string)[];
  readonly unsigned?: boolean;
  /** The type whose values it has, where it has others than the ones known for its name. */
  readonly as?: ColumnBuilder<T>;
}

/**
 * A type of one dialect by its own name, `Native(dialect, "set", { arguments: ["a", "b"] })`. Its values are those of
 * `as`; where that is left out, those known for the name, and text for names that are not known.
 */
export function Native<T = StoredValue>(
  dialect: string,
  name: string,
  options: NativeOptions<T> = {},
): ColumnBuilder<T> {
  requireName(dialect, "Native");
  requireName(name, "Native");
  const logical: NativeType = {
    kind: "native",
    dialect,
    name,
    ...(options.arguments === undefined ? {} : { arguments: options.arguments }),
    ...(options.unsigned === true ? { unsigned: true } : {}),
  };
  const list = [dialect, name, ...(options.arguments ?? []), ...(options.unsigned === true ? ["unsigned"] : [])];
  const display = `Native(${list.map((each) => JSON.stringify(each)).join(", ")})`;
  return new ColumnBuilder<T>(
    new DeclaredType(logical, display, { inner: valuesOf(options.as, nativeValues(logical)) }),
  );
}

/**
 * A type written as SQL, one text or one a dialect: `RawType(sql("geometry(Point, 4326)"))`. Its values are
 * those of `as`, else whatever the driver gives.
 */
export function RawType<T = StoredValue>(
  text: RawSql,
  options: { readonly as?: ColumnBuilder<T> } = {},
): ColumnBuilder<T> {
  if (!RawSql.is(text)) throw new ArgumentError(`RawType takes sql("…"), got ${describeValue(text)}.`);
  const raw = text.model;
  const display = `RawType(${JSON.stringify(raw.variants)})`;
  return new ColumnBuilder<T>(
    new DeclaredType({ kind: "raw", sql: raw }, display, { inner: valuesOf(options.as, undefined) }),
  );
}

function valuesOf(given: ColumnBuilder<unknown> | undefined, known: ColumnType | undefined): DeclaredType {
  if (given === undefined) return known === undefined ? unknownType : new DeclaredType(known, JSON.stringify(known));
  requireType(given, "as");
  return given.type;
}

function requireType(value: unknown, where: string): void {
  if (value instanceof ColumnBuilder) return;
  throw new ArgumentError(`${where} takes a column type such as Text(), got ${describeValue(value)}.`);
}

function requireName(name: unknown, where: string): void {
  if (typeof name === "string" && name !== "") return;
  throw new ArgumentError(`${where} takes a name, got ${describeValue(name)}.`);
}
