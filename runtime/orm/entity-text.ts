// How instances look to people (`User(id=1, name='spongebob')`, without any I/O) and to JSON (columns and loaded
// relationships, each object's relationships once, so that cycles end).
import { DetachedInstanceError, InvalidRequestError } from "../errors/errors.js";
import { Entity, type EntityMapping, keyOf, mappingOf, sessionOf, statusOf } from "./entity.js";

const longestString = 60;
/** Types whose values print in quotes. */
const quotedKinds: ReadonlySet<string> = new Set(["char", "varchar", "text", "enum", "uuid"]);

/** One line that names the class and its columns; `<expired>` where a value would have to be loaded. */
export function describeEntity(entity: Entity, shape: EntityMapping): string {
  const status = statusOf(entity);
  const missing = status === "transient" || status === "pending" ? "undefined" : "<expired>";
  const fields = shape.slots.map(({ property, field, column }) => {
    const value = fieldOf(entity, field);
    if (value === undefined) return `${property}=${missing}`;
    // Times and decimals are kept as text until they are read: they print alike before and after.
    const isText = typeof value === "string" && quotedKinds.has(column.type.logical.kind);
    return `${property}=${typeof value === "string" && !isText ? value : describeFieldValue(value)}`;
  });
  return `${shape.name}(${fields.join(", ")})`;
}

/** Names an instance in an error: its class and primary key. */
export function nameEntity(entity: Entity): string {
  const key = keyOf(entity);
  if (key === undefined) return mappingOf(entity).describe(entity);
  const parts = Array.isArray(key) ? key : [key];
  return `${mappingOf(entity).name}(${parts.map(describeFieldValue).join(", ")})`;
}

function describeFieldValue(value: unknown): string {
  if (typeof value === "string") {
    const text = value.length > longestString ? `${value.slice(0, longestString)}…` : value;
    return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
  }
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if (isPlainData(value)) return JSON.stringify(value);
  return String(value);
}

/** @throws DetachedInstanceError where an expired column cannot be loaded. */
export function entityToJson(entity: Entity, shape: EntityMapping): object {
  return toPlainEntity(entity, shape, new Set(), new Set());
}

/** `above` holds the objects around this one, `done` those whose relationships are in the result already. */
function toPlainEntity(entity: Entity, shape: EntityMapping, above: Set<Entity>, done: Set<Entity>): object {
  const result: Record<string, unknown> = {};
  const isStored = loadExpiredColumns(entity, shape);
  for (const { property, field } of shape.slots) {
    // What the mapping or the object's query left for later stays out.
    if (isStored && fieldOf(entity, field) === undefined) continue;
    // Through the property, which decodes what was kept as text until it is read.
    result[property] = toPlainValue(Reflect.get(entity, property));
  }
  if (done.has(entity)) return result;
  done.add(entity);
  above.add(entity);
  for (const { name, field } of shape.relationships) {
    const related = fieldOf(entity, field);
    if (related === undefined) continue;
    if (related === null) result[name] = null;
    else if (Array.isArray(related) || related instanceof Set) result[name] = relatedListToPlain(related, above, done);
    else if (related instanceof Map) result[name] = relatedListToPlain(related.values(), above, done);
    else if (related instanceof Entity && !above.has(related)) result[name] = relatedToPlain(related, above, done);
  }
  above.delete(entity);
  return result;
}

function relatedListToPlain(related: Iterable<unknown>, above: Set<Entity>, done: Set<Entity>): object[] {
  const result: object[] = [];
  for (const each of related) {
    if (each instanceof Entity && !above.has(each)) result.push(relatedToPlain(each, above, done));
  }
  return result;
}

function relatedToPlain(entity: Entity, above: Set<Entity>, done: Set<Entity>): object {
  return toPlainEntity(entity, mappingOf(entity), above, done);
}

/**
 * Loads what is not loaded and not deferred, of an object that has a row: false for one that has none.
 * @throws DetachedInstanceError where nothing of a detached object is loaded
 */
function loadExpiredColumns(entity: Entity, shape: EntityMapping): boolean {
  const status = statusOf(entity);
  if (status === "transient" || status === "pending") return false;
  const missing = shape.slots.filter(({ field }) => fieldOf(entity, field) === undefined);
  const [first] = missing;
  if (first === undefined) return true;
  const session = sessionOf(entity);
  if (session !== null) session.loadColumns(entity, null);
  else if (missing.length === shape.slots.length) throw notLoadedWhileDetached(entity, first.property);
  return true;
}

/** The error for reading an unloaded attribute of an object that belongs to no session. */
export function notLoadedWhileDetached(entity: Entity, attribute: string): InvalidRequestError {
  return new DetachedInstanceError(
    `Cannot load '${attribute}' of ${nameEntity(entity)}: it belongs to no session. ` +
      `Add it to one with session.add(), or read the attribute before the session is closed`,
  );
}

function toPlainValue(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value !== "object" || value === null || isPlainData(value) || "toJSON" in value) return value;
  return String(value);
}

function isPlainData(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

function fieldOf(entity: Entity, field: string): unknown {
  // Fields are private to TypeScript only; the shape knows their names.
  return (entity as unknown as Readonly<Record<string, unknown>>)[field];
}
