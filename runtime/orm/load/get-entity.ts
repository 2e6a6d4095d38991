// Objects by key: from the identity map where they are there and known, else from the database; and loaded again.
import { ObjectDeletedError } from "../../errors/errors.js";
import type { LoadOption, LockOptions } from "../../sql/typing.js";
import { type Entity, type IdentityKey, keyOf } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { type Mapper, mapperOf } from "../mapper.js";
import type { SessionCore } from "../session-core.js";
import type { SessionFlow } from "../session-flow.js";
import { loadMissingColumns } from "../column-load.js";
import { loadRelationship } from "./lazy-load.js";
import { loadByKey } from "./session-load.js";

/** What `get` may be told besides the key. */
export interface GetOptions {
  /** Loader options such as `selectinload(User.addresses)`, where the object has to be loaded. */
  readonly options?: readonly LoadOption[] | undefined;
  /** Read the row even where the object is there, and overwrite what the object holds. */
  readonly populateExisting?: boolean | undefined;
  /** `SELECT … FOR UPDATE`, which always reads the row. */
  readonly withForUpdate?: boolean | LockOptions | undefined;
}

/** What `refresh` may be told besides the attributes. */
export interface RefreshOptions {
  /** `SELECT … FOR UPDATE`. */
  readonly withForUpdate?: boolean | LockOptions | undefined;
}

/** The object of a key, or null. */
export function* getEntity(
  core: SessionCore,
  mapper: Mapper,
  key: IdentityKey,
  { options = [], populateExisting = false, withForUpdate = false }: GetOptions,
): SessionFlow<Entity | null> {
  const lock = lockOf(withForUpdate);
  const overwrites = populateExisting || lock !== null;
  const known = core.identities(mapper).get(key);
  if (known !== undefined && !overwrites) {
    return mapperOf(known).isA(mapper) ? yield* stillThere(core, mapperOf(known), known) : null;
  }
  yield* core.autoflush();
  const parts = Array.isArray(key) ? key : [key];
  const load = loadByKey(core, mapper, parts, { options, lock, isTold: true });
  const found = yield* overwrites ? overwriting(core, load) : load;
  if (found === null && known !== undefined) core.rowIsGone(known);
  return found;
}

/** Runs a load that overwrites the objects it meets. */
export function* overwriting<T>(core: SessionCore, load: SessionFlow<T>): SessionFlow<T> {
  const around = core.overwritten;
  core.overwritten = new Set();
  try {
    return yield* load;
  } finally {
    core.overwritten = around;
  }
}

/** An expired object is read anew before it is given out: its row may be gone. */
function* stillThere(core: SessionCore, mapper: Mapper, entity: Entity): SessionFlow<Entity | null> {
  if (core.objects.deleting.has(entity) || !isExpired(mapper, entity)) return entity;
  yield* core.autoflush();
  try {
    yield* core.routed(mapper, loadMissingColumns(entity, core.dialectOf(mapper)));
    return entity;
  } catch (error) {
    if (!(error instanceof ObjectDeletedError)) throw error;
    core.rowIsGone(entity);
    return null;
  }
}

/** True where no column is loaded. */
export function isExpired(mapper: Mapper, entity: Entity): boolean {
  for (let word = 0; word < mapper.wordCount; word++) if (mapper.definition.present(entity, word) !== 0) return false;
  return true;
}

/**
 * Loads an object anew with what the mapping loads with it, or only the attributes named; its changes are lost.
 * @throws ObjectDeletedError where the row is gone
 */
export function* refreshEntity(
  core: SessionCore,
  entity: Entity,
  names: readonly string[] | undefined,
  { withForUpdate = false }: RefreshOptions,
): SessionFlow<void> {
  yield* core.autoflush();
  core.requirePersistent(entity, "refreshed");
  const lock = lockOf(withForUpdate);
  const mapper = mapperOf(entity);
  core.expire(entity, names);
  if (names === undefined || lock !== null) {
    const key = keyOf(entity);
    const found = yield* loadByKey(core, mapper, Array.isArray(key) ? key : [key], { lock, labelStyle: "bare" });
    if (found === null) throw rowGone(entity);
  } else yield* core.routed(mapper, loadMissingColumns(entity, core.dialectOf(mapper)));
  for (const relationship of mapper.relationships) {
    if (names?.includes(relationship.name) === true) yield* loadRelationship(entity, relationship);
  }
}

function rowGone(entity: Entity): ObjectDeletedError {
  return new ObjectDeletedError(
    `${nameEntity(entity)} cannot be loaded: its row is gone from table '${mapperOf(entity).from.name}'`,
  );
}

function lockOf(withForUpdate: boolean | LockOptions): LockOptions | null {
  if (typeof withForUpdate === "boolean") return withForUpdate ? {} : null;
  return withForUpdate;
}
