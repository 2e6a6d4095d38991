// Values on their way from objects to the database: keys, encoded parameters, and errors that name the attribute.
import { InternalError, InvalidValueError } from "../../errors/errors.js";
import type { ParameterSlot } from "../../sql/compile/compiled.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import {
  changedColumns,
  columnsPerWord,
  committedValue,
  type Entity,
  type IdentityKey,
  isTouched,
  keyOf,
  notLoaded,
} from "../entity.js";
import { mapperOf, readField, type Slot } from "../mapper.js";
import type { ChangeSet } from "./change-set.js";
import type { RowStatement } from "./row-statements.js";
import type { RowTable } from "./row-table.js";

/** One part of an object's key: the row's key in the database, whatever was assigned since. */
export function keyPart(mapper: RowTable, key: IdentityKey, position: number): unknown {
  return mapper.primaryKey.length === 1 ? key : Array.isArray(key) ? key[position] : undefined;
}

/** A column's value now; for an expired primary key, the known key. Undefined where it is not loaded. */
export function currentValue(entity: Entity, slot: Slot): unknown {
  const value = readField(entity, slot.field);
  if (value !== undefined) return value;
  return partOfKnownKey(entity, slot);
}

/** The same at this point of a flush, which may have changed the key of an object that is not loaded. */
export function valueNow(changes: ChangeSet, entity: Entity, slot: Slot): unknown {
  const value = readField(entity, slot.field);
  if (value !== undefined || !slot.column.primaryKey) return value;
  const mapper = mapperOf(entity);
  const key = changes.rowKey(entity);
  return key === undefined ? undefined : keyPart(mapper, key, mapper.primaryKey.indexOf(slot));
}

/** A column's value as the database has it. Undefined where it is not loaded. */
export function storedValue(entity: Entity, slot: Slot): unknown {
  const known = partOfKnownKey(entity, slot);
  if (known !== undefined) return known;
  const committed = committedValue(entity, slot.index);
  if (committed === notLoaded) return undefined;
  return committed === undefined ? readField(entity, slot.field) : committed;
}

function partOfKnownKey(entity: Entity, slot: Slot): unknown {
  if (!slot.column.primaryKey) return undefined;
  const key = keyOf(entity);
  if (key === undefined) return undefined;
  const mapper = mapperOf(entity);
  return keyPart(mapper, key, mapper.primaryKey.indexOf(slot));
}

/** True where none of these columns was assigned since the object was last in step with its row. */
export function isUnchangedKey(entity: Entity, slots: readonly Slot[]): boolean {
  if (!isTouched(entity)) return true;
  for (let at = 0; at < slots.length; at++) {
    const index = slots[at]?.index ?? 0;
    const bits = changedColumns(entity, Math.floor(index / columnsPerWord));
    if ((bits & (1 << (index % columnsPerWord))) !== 0) return false;
  }
  return true;
}

/** The key that the object's fields hold; undefined where a part is missing. */
export function keyFromFields(mapper: RowTable, entity: Entity): IdentityKey | undefined {
  const slots = mapper.primaryKey;
  const [only] = slots;
  if (slots.length === 1 && only !== undefined) return readField(entity, only.field) ?? undefined;
  const key: unknown[] = [];
  for (const slot of slots) {
    const value = readField(entity, slot.field);
    if (value === undefined || value === null) return undefined;
    key.push(value);
  }
  return key;
}

/** Appends a row's key. */
export function pushKey(mapper: RowTable, key: IdentityKey, into: unknown[]): void {
  if (mapper.primaryKey.length === 1) into.push(key);
  else if (Array.isArray(key)) into.push(...key);
  else throw new InternalError(`A composite key of ${mapper.name} is no array`);
}

/**
 * Encodes the rows' parameters in place, column by column.
 * @param entities the rows' objects, for errors: row n is that of the object at `first + n`
 * @throws InvalidValueError naming class, attribute, what is expected and what was given
 */
export function encodeRows(
  statement: RowStatement,
  parameters: unknown[],
  entities: readonly Entity[],
  first = 0,
): void {
  const { encoders } = statement;
  const width = encoders.length;
  for (let column = 0; column < width; column++) {
    const encode = encoders[column] ?? null;
    if (encode === null) continue;
    let at = column;
    try {
      for (; at < parameters.length; at += width) {
        const value = parameters[at];
        if (value !== null) parameters[at] = encode(value);
      }
    } catch (error) {
      throw namedValueError(error, entities[first + Math.floor(at / width)], statement.parameters[column]);
    }
  }
}

/** Encodes one value. */
export function encodeValue(encode: ParameterSlot["encode"], value: unknown, entity: Entity, slot: Slot): unknown {
  if (encode === null || value === null) return value;
  try {
    return encode(value);
  } catch (error) {
    throw namedValueError(error, entity, slot);
  }
}

function namedValueError(error: unknown, entity: Entity | undefined, slot: Slot | undefined): unknown {
  if (!(error instanceof InvalidValueError) || entity === undefined || slot === undefined) return error;
  const mapper = mapperOf(entity);
  return new InvalidValueError(`${mapper.name}.${slot.property}: ${error.message} (in ${mapper.describe(entity)})`, {
    cause: error,
  });
}

/** True where two values of a column are stored alike: objects are compared by what would be sent. */
export function isSameValue(a: unknown, b: unknown, slot: Slot, dialect: SqlDialect): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof b === "symbol") return false;
  if (typeof a !== "object" && typeof b !== "object") return Number.isNaN(a) && Number.isNaN(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  const { encode } = dialect.codecFor(slot.column.type);
  if (encode === null) return false;
  try {
    return encode(a) === encode(b);
  } catch {
    // A wrong value is reported when it is sent.
    return false;
  }
}
