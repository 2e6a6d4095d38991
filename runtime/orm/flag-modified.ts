// Telling a session of a change that it cannot see.
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import { Entity, noteColumnChange } from "./entity.js";
import { nameEntity } from "./entity-text.js";
import { mapperOf, readField } from "./mapper.js";

/**
 * Has the next flush write a column whatever it holds (SQLAlchemy's `flag_modified`): for bytes and other values that
 * changed in place unseen. Does nothing for objects that have no row yet, which are written whole.
 * @throws InvalidRequestError where the column is not loaded
 * @throws ArgumentError for what is no column's property
 */
export function flagModified<E extends Entity>(object: E, property: keyof E & string): void {
  if (!(object instanceof Entity)) throw new ArgumentError("flagModified() takes an object of a mapped class.");
  const mapper = mapperOf(object);
  const slot = mapper.slots.find((each) => each.property === property);
  if (slot === undefined) throw new ArgumentError(`Class ${mapper.name} has no column '${property}'.`);
  if (readField(object, slot.field) === undefined) {
    throw new InvalidRequestError(`${nameEntity(object)} has no '${property}' in memory that could be written`);
  }
  noteColumnChange(object, slot.index, undefined);
}
