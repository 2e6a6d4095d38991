// The errors for attributes that are not loaded where access may not load them: each names the attribute, the call that
// loads it and the option that would have loaded it with its object.
import { NotLoadedError } from "../../errors/errors.js";
import type { Entity } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { rememberedLoads } from "../relationships/state.js";
import { isLoadedWith } from "./column-choice.js";
import { mapperOf, readField, type Relationship } from "../mapper.js";

const asynchronous = "an asynchronous session loads nothing by itself";

/** A relationship on the asynchronous face. */
export function relationshipNotLoaded(entity: Entity, relationship: Relationship): NotLoadedError {
  const name = String(relationship);
  return new NotLoadedError(
    `${name} of ${nameEntity(entity)} is not loaded, and ${asynchronous}: await session.load(object, ${name}), ` +
      `or load it with the object, by options(${optionFor(relationship)}(${name}))`,
  );
}

/** A relationship that would have to be known before it is assigned, on the asynchronous face. */
export function formerNotLoaded(entity: Entity, relationship: Relationship): NotLoadedError {
  const name = String(relationship);
  return new NotLoadedError(
    `${name} of ${nameEntity(entity)} cannot be assigned before it is loaded, because who it was has to be told, and ` +
      `${asynchronous}: await session.load(object, ${name}), or load it with the object, ` +
      `by options(${optionFor(relationship)}(${name}))`,
  );
}

/** A column on the asynchronous face. */
export function columnNotLoaded(entity: Entity, wanted: string | null): NotLoadedError {
  const mapper = mapperOf(entity);
  const missing = mapper.slots.find(({ property, field }) =>
    wanted === null ? readField(entity, field) === undefined : property === wanted,
  );
  const name = `${mapper.name}.${missing?.property ?? ""}`;
  const isDeferred = missing !== undefined && !isLoadedWith(mapper, missing, rememberedLoads(entity)?.columns ?? null);
  return new NotLoadedError(
    `${name} of ${nameEntity(entity)} is not loaded, and ${asynchronous}: await session.load(object, ${name}), ` +
      (isDeferred
        ? `or load it with the object, by options(undefer(${name}))`
        : `or all of it with session.refresh(object); a commit leaves objects loaded with expireOnCommit: false`),
  );
}

/** A relationship that was told to raise. */
export function relationshipRaises(entity: Entity, relationship: Relationship): NotLoadedError {
  const name = String(relationship);
  return new NotLoadedError(
    `${name} of ${nameEntity(entity)} is not loaded and was said to raise: ` +
      `load it with the object, by options(${optionFor(relationship)}(${name}))`,
  );
}

/** The option that would load a relationship with its object. */
export function optionFor(relationship: Relationship): string {
  return relationship.collection ? "selectinload" : "joinedload";
}
