// What can be asked of objects and done to them beside their session: whose they are, what they are known by, making
// them transient or detached.
import { InvalidRequestError } from "../errors/errors.js";
import { type Entity, forgetChanges, keyOf, place, sessionOf, statusOf } from "./entity.js";
import { nameEntity } from "./entity-text.js";
import { keyFromFields } from "./flush/row-values.js";
import { forgetRow } from "./instance-states.js";
import { mapperOf } from "./mapper.js";
import { SessionCore } from "./session-core.js";
import { checkEntity } from "./session-objects.js";

export { wasDeleted } from "./entity.js";

/** The session that holds an object; null where there is none. */
export function objectSession(entity: Entity): object | null {
  const session = sessionOf(entity);
  return session instanceof SessionCore ? session.face : null;
}

/** What an object's row is known by: its class's name and its primary key, in key order; null where it has none. */
export function identityKey(entity: Entity): readonly [className: string, key: readonly unknown[]] | null {
  const key = keyOf(entity);
  if (key === undefined) return null;
  return [mapperOf(entity).name, Array.isArray(key) ? [...key] : [key]];
}

/**
 * Makes an object one that never had a row, so that it can be inserted anew: it leaves its session, its values stay.
 * Set its primary key to another one first, or leave it to the database.
 */
export function makeTransient(entity: Entity): void {
  checkEntity(entity, "makeTransient");
  const session = sessionOf(entity);
  if (session instanceof SessionCore) session.objects.expunge(entity);
  forgetChanges(entity);
  forgetRow(entity);
}

/**
 * Makes a transient object that has a primary key stand for the row of that key, as if it had been loaded and detached;
 * its other attributes are loaded when it is in a session and they are asked for.
 * @throws InvalidRequestError for an object that is not transient, or has no whole primary key
 */
export function makeTransientToDetached(entity: Entity): void {
  checkEntity(entity, "makeTransientToDetached");
  if (statusOf(entity) !== "transient") {
    throw new InvalidRequestError(
      `${nameEntity(entity)} is ${statusOf(entity)}: only transient objects can be made detached`,
    );
  }
  const mapper = mapperOf(entity);
  const key = keyFromFields(mapper, entity);
  if (key === undefined) {
    const names = mapper.primaryKey.map(({ property }) => property).join(", ");
    throw new InvalidRequestError(`${nameEntity(entity)} stands for no row: set its primary key (${names}) first`);
  }
  forgetChanges(entity);
  place(entity, null, "detached", key);
}
