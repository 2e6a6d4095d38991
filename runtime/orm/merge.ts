// `session.merge`: copies the state of an object from elsewhere onto the session's own object for the same row.
import { InvalidRequestError } from "../errors/errors.js";
import type { LoadOption } from "../sql/typing.js";
import { type Entity, expressionsOf, forgetChanges, type IdentityKey, isTouched, keyOf, sessionOf } from "./entity.js";
import { nameEntity } from "./entity-text.js";
import { keyFromFields } from "./flush/row-values.js";
import { identityKey } from "./identity-key.js";
import { moveInstance } from "./instance-states.js";
import { getEntity } from "./load/get-entity.js";
import { loadRelationship } from "./load/lazy-load.js";
import { type Mapper, mapperOf, readField, type Relationship, writeField } from "./mapper.js";
import { mustKnowPartner } from "./relationships/attributes.js";
import { relatedInMemory } from "./relationships/cascade.js";
import { installLoaded } from "./relationships/install.js";
import type { SessionCore } from "./session-core.js";
import type { SessionFlow } from "./session-flow.js";

/** What `merge` may be told. */
export interface MergeOptions {
  /** False takes the given state for what the database holds, without asking it; true where not given. */
  readonly load?: boolean | undefined;
  /** Loader options for the objects that have to be loaded. */
  readonly options?: readonly LoadOption[] | undefined;
}

/** The session's object that has the state of `given`, and of what the merge cascade reaches from it. */
export function* mergeEntity(core: SessionCore, given: Entity, options: MergeOptions): SessionFlow<Entity> {
  const { load = true } = options;
  if (load) yield* core.autoflush();
  const release = core.holdAutoflush();
  try {
    return yield* new Merge(core, options).one(given);
  } finally {
    release();
  }
}

class Merge {
  readonly #core: SessionCore;
  readonly #options: readonly LoadOption[];
  readonly #load: boolean;
  readonly #merged = new Map<Entity, Entity>();

  constructor(core: SessionCore, { load = true, options = [] }: MergeOptions) {
    this.#core = core;
    this.#load = load;
    this.#options = options;
  }

  *one(given: Entity): SessionFlow<Entity> {
    const known = this.#merged.get(given) ?? (sessionOf(given) === this.#core ? given : undefined);
    if (known !== undefined) return known;
    const mapper = mapperOf(given);
    const own = yield* this.#load ? this.#found(mapper, given) : this.#taken(mapper, given);
    this.#merged.set(given, own);
    for (const relationship of mapper.relationships) {
      if (relationship.cascade.has("merge")) yield* this.#related(given, own, relationship);
    }
    return own;
  }

  /** The object for the same row, which is loaded or made where it has to be. */
  *#found(mapper: Mapper, given: Entity): SessionFlow<Entity> {
    const key = this.#keyOf(mapper, given);
    const found = key === undefined ? null : yield* getEntity(this.#core, mapper, key, { options: this.#options });
    if (found !== null) {
      copyColumns(given, found);
      return found;
    }
    const fresh = mapper.definition.create();
    copyColumns(given, fresh);
    this.#core.add(fresh);
    return fresh;
  }

  /** The object for the same row, as the given one says it is. */
  // oxlint-disable-next-line require-yield -- takes turns with `#found`, which asks the database.
  *#taken(mapper: Mapper, given: Entity): SessionFlow<Entity> {
    const key = this.#keyOf(mapper, given);
    if (key === undefined || keyOf(given) === undefined) {
      throw new InvalidRequestError(`${nameEntity(given)} has no row yet: merge it with load, which is the default`);
    }
    if (isTouched(given)) {
      throw new InvalidRequestError(
        `${nameEntity(given)} has changes that were not flushed, which load: false would take for the row's: ` +
          `merge it with load, which is the default`,
      );
    }
    const core = this.#core;
    let own = core.identities(mapper).get(key);
    if (own === undefined) {
      own = mapper.definition.create();
      moveInstance(own, "load", core, key);
      core.identities(mapper).set(key, own);
    }
    for (const { field } of mapper.slots) {
      const value = readField(given, field);
      if (value !== undefined) writeField(own, field, value);
    }
    forgetChanges(own);
    return own;
  }

  #keyOf(mapper: Mapper, given: Entity): IdentityKey | undefined {
    const key = keyOf(given) ?? keyFromFields(mapper, given);
    return key === undefined ? undefined : identityKey(mapper, key, this.#core.dialectOf(mapper));
  }

  *#related(given: Entity, own: Entity, relationship: Relationship): SessionFlow<void> {
    const value = readField(given, relationship.field);
    if (value === undefined) return;
    const copies: Entity[] = [];
    for (const each of relatedInMemory(given, relationship)) copies.push(yield* this.one(each));
    if (!this.#load) {
      installLoaded(own, relationship, copies);
      return;
    }
    const [copy = null] = copies;
    const assigned = relationship.collection ? copies : copy;
    yield* this.#learnPartners(own, relationship, copy);
    Reflect.set(own, relationship.name, assigned);
  }

  /** Loads what the assignment compares with or tells of it. */
  *#learnPartners(own: Entity, relationship: Relationship, copy: Entity | null): SessionFlow<void> {
    if (relationship.collection || mustKnowPartner(relationship)) yield* loadRelationship(own, relationship);
    const { reverse } = relationship;
    if (relationship.collection || copy === null || reverse === null || reverse.collection) return;
    if (mustKnowPartner(reverse)) yield* loadRelationship(copy, reverse);
  }
}

/** Through the properties, so that the changes are noted. */
function copyColumns(from: Entity, to: Entity): void {
  const expressions = expressionsOf(from);
  for (const { property, field, index } of mapperOf(from).slots) {
    const value = expressions?.get(index) ?? readField(from, field);
    if (value !== undefined && value !== readField(to, field)) Reflect.set(to, property, value);
  }
}
