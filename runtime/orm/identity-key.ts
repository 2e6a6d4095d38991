// From what a caller gives as a key to what the identity map knows the row by: parts in primary key order, each in the
// form that values of its column have when they come from the database.
import { ArgumentError, InvalidValueError } from "../errors/errors.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import { describeValue } from "../types/describe-value.js";
import type { IdentityKey } from "./entity.js";
import type { Mapper, Slot } from "./mapper.js";

/**
 * The key of one row.
 * @param given the value; for a composite key an array in key order or an object by property
 * @throws ArgumentError where parts are missing or too many
 * @throws InvalidValueError where the column cannot hold a part
 */
export function identityKey(mapper: Mapper, given: unknown, dialect: SqlDialect): IdentityKey {
  const { primaryKey } = mapper;
  const [only] = primaryKey;
  if (primaryKey.length === 1 && only !== undefined)
    return normalPart(mapper, only, onlyPart(mapper, only, given), dialect);
  const parts = Array.isArray(given) ? given : partsByName(mapper, given);
  if (parts.length !== primaryKey.length) throw wrongKey(mapper, given);
  return primaryKey.map((slot, at) => {
    const part: unknown = parts[at];
    if (part === undefined || part === null) throw wrongKey(mapper, given);
    return normalPart(mapper, slot, part, dialect);
  });
}

function onlyPart(mapper: Mapper, only: Slot, given: unknown): unknown {
  if (typeof given === "number" || typeof given === "string") return given;
  if (given === undefined || given === null) throw wrongKey(mapper, given);
  if (Array.isArray(given)) {
    if (given.length === 1) return onlyPart(mapper, only, given[0]);
    throw wrongKey(mapper, given);
  }
  return isPlainObject(given) && Object.hasOwn(given, only.property) ? Reflect.get(given, only.property) : given;
}

function partsByName(mapper: Mapper, given: unknown): readonly unknown[] {
  if (!isPlainObject(given)) throw wrongKey(mapper, given);
  return mapper.primaryKey.map(({ property }): unknown => Reflect.get(given, property));
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function wrongKey(mapper: Mapper, given: unknown): ArgumentError {
  const names = mapper.primaryKey.map(({ property }) => property);
  const wanted = names.length === 1 ? `a value for '${names[0] ?? ""}'` : `[${names.join(", ")}] or an object of these`;
  return new ArgumentError(`The primary key of ${mapper.name} is ${wanted}, got ${describeValue(given)}`);
}

/** A key that an object's fields hold, as rows have it. */
export function normalKey(mapper: Mapper, key: IdentityKey | undefined, dialect: SqlDialect): IdentityKey | undefined {
  if (typeof key === "number" || key === undefined) return key;
  if (!Array.isArray(key)) {
    const [slot] = mapper.primaryKey;
    return slot === undefined ? key : normalPart(mapper, slot, key, dialect);
  }
  return key.map((part: unknown, at): unknown => {
    const slot = mapper.primaryKey[at];
    return slot === undefined ? part : normalPart(mapper, slot, part, dialect);
  });
}

/** One part of a key as rows have it: a UUID in lower case, a 64-bit number as bigint. */
function normalPart(mapper: Mapper, slot: Slot, value: unknown, dialect: SqlDialect): unknown {
  if (typeof value === "number" && slot.column.type.logical.kind !== "bigint") return value;
  const { encode, decode, decodeLate, canonical } = dialect.codecFor(slot.column.type);
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  const sent = encode === null ? value : encodedPart(encode, value, mapper, slot);
  const kept = decodeLate ? canonical : decode;
  return kept === null ? sent : kept(sent);
}

/**
 * One part of a key as it is sent.
 * @throws InvalidValueError naming class and attribute where the column cannot hold it
 */
export function encodedPart(
  encode: (value: unknown) => unknown,
  value: unknown,
  mapper: Mapper,
  slot: Slot | undefined,
): unknown {
  try {
    return encode(value);
  } catch (error) {
    if (!(error instanceof InvalidValueError) || slot === undefined) throw error;
    throw new InvalidValueError(`${mapper.name}.${slot.property}: ${error.message}`, { cause: error });
  }
}
