// What the generated properties call when a column is not simply there: loading one that is not, assigning one.
// They return `never`, which fits every property: the generated code states each type itself, and a generic signature
// here would be instantiated for every column of every class that is type-checked.
import { InvalidValueError } from "../errors/errors.js";
import { isSqlExpression } from "../sql/build/expression.js";
import {
  type Entity,
  expressionsOf,
  keyOf,
  mappingOf,
  noteColumnChange,
  sessionOf,
  setExpression,
  statusOf,
} from "./entity.js";
import { notLoadedWhileDetached } from "./entity-text.js";
import { listenedValue } from "./events/tell-rows.js";
import { type Mapper, mapperOf, readField } from "./mapper.js";

/**
 * The value of a column that has none in memory. A transient or pending object answers `undefined`; any other loads
 * all that is missing, in one SELECT by primary key.
 * @throws DetachedInstanceError where the object belongs to no session
 * @throws ObjectDeletedError where its row is gone
 */
export function loadColumn(entity: Entity, index: number): never {
  const slot = mapperOf(entity).slots[index];
  if (slot !== undefined && needsLoading(entity)) {
    const session = sessionOf(entity);
    if (session === null) throw notLoadedWhileDetached(entity, slot.property);
    session.loadColumns(entity, slot.property);
  }
  // The generated getter knows its column's type; `undefined` is what "not set yet" reads as.
  return (slot === undefined ? undefined : readField(entity, slot.field)) as never;
}

/**
 * Hands out a value that may change in place: a document, an array, a value of a converter. The session keeps a copy of
 * what it was, by which a flush finds the change.
 */
export function showColumn(entity: Entity, index: number, value: unknown): never {
  if (typeof value === "object" && value !== null) sessionOf(entity)?.handOut(entity, index, value);
  // The generated getter knows its column's type.
  return value as never;
}

function needsLoading(entity: Entity): boolean {
  const status = statusOf(entity);
  return status !== "transient" && (status !== "pending" || expressionsOf(entity) !== null);
}

/**
 * Notes the assignment of a column and returns what its field is to hold: `undefined` for a SQL expression, which goes
 * into the next INSERT or UPDATE and is read back from there.
 * @throws InvalidValueError for `undefined`: NULL is `null`, and "leave it" is not to assign
 */
export function assignColumn(entity: Entity, index: number, old: unknown, value: unknown): never {
  // The generated setter lets in what its column holds, and a SQL expression of it.
  return assigned(entity, index, old, value) as never;
}

function assigned(entity: Entity, index: number, old: unknown, value: unknown): unknown {
  if (value === undefined) throw undefinedAssigned(entity, index);
  if (value === old) return old;
  if (typeof value === "object" && value !== null && isSqlExpression(value)) {
    noteColumnChange(entity, index, old);
    setExpression(entity, index, value);
    return undefined;
  }
  const mapper = mapperOf(entity);
  const taken = mapper.hasAttributeEvents ? listened(mapper, entity, index, old, value) : value;
  if (taken === old) return old;
  if (expressionsOf(entity) !== null) setExpression(entity, index, null);
  noteColumnChange(entity, index, old);
  return taken;
}

function listened(mapper: Mapper, entity: Entity, index: number, old: unknown, value: unknown): unknown {
  const property = mapper.slots[index]?.property;
  const taken = property === undefined ? value : listenedValue(entity, property, value, old);
  if (taken === undefined) throw undefinedAssigned(entity, index);
  return taken;
}

function undefinedAssigned(entity: Entity, index: number): InvalidValueError {
  const mapper = mapperOf(entity);
  const property = mapper.slots[index]?.property ?? String(index);
  const known = keyOf(entity) === undefined ? "" : `, of ${mappingOf(entity).describe(entity)}`;
  return new InvalidValueError(
    `Cannot assign undefined to ${mapper.name}.${property}${known}: undefined means "not set". ` +
      `Assign null for SQL NULL`,
  );
}
