// Lazy loading: a relationship that is read before it is loaded is loaded there and then, where the session's face can
// do that. What the identity map knows needs no SQL and works on either face.
import { loadMissingColumns } from "../column-load.js";
import { type Entity, type EntitySession, keyOf, sessionOf } from "../entity.js";
import { notLoadedWhileDetached } from "../entity-text.js";
import { mapperOf, readField, type Relationship } from "../mapper.js";
import { identityByForeignKey } from "../relationships/foreign-key.js";
import { installLoaded } from "../relationships/install.js";
import { rememberedLoads } from "../relationships/state.js";
import type { SessionFlow } from "../session-flow.js";
import { isRestricted, loadOfOne } from "./load-related.js";
import { belowUnnamed, emptyTree, type LoadBranch, type LoadStrategy, noDetails, strategyAt } from "./load-tree.js";
import { formerNotLoaded, optionFor, relationshipNotLoaded, relationshipRaises } from "./not-loaded.js";

/** What the query that loaded an object says of loading one of its relationships now. */
interface LaterLoad extends LoadBranch {
  readonly strategy: LoadStrategy;
  /** True where the identity map cannot answer. */
  readonly restricted: boolean;
}

/**
 * Loads one relationship of an object that has a row: by key from the identity map where it is there, else in one
 * SELECT, before which pending changes are flushed.
 * @throws DetachedInstanceError where the object belongs to no session
 * @throws NotLoadedError where the session is asynchronous, or the mapping or the query that loaded the object says
 * that access does not load
 */
export function lazyLoad(entity: Entity, relationship: Relationship): void {
  const later = laterLoad(entity, relationship);
  if (later.strategy === "noload") {
    installLoaded(entity, relationship, []);
    return;
  }
  const session = requireSession(entity, relationship);
  if (later.strategy === "raise") throw relationshipRaises(entity, relationship);
  if (installKnown(entity, relationship, later)) return;
  session.atAccess(loadAtAccess(session, entity, relationship, later), () =>
    relationshipNotLoaded(entity, relationship),
  );
}

function* loadAtAccess(
  session: EntitySession,
  entity: Entity,
  relationship: Relationship,
  later: LaterLoad,
): SessionFlow<void> {
  if (later.strategy !== "raiseOnSql") yield* session.autoflush();
  // The flush may have found the value, on an object that lost or got its related one.
  if (readField(entity, relationship.field) !== undefined) return;
  yield* loadOwnColumns(session, entity, relationship);
  if (installKnown(entity, relationship, later)) return;
  if (later.strategy === "raiseOnSql") throw relationshipRaises(entity, relationship);
  session.tellLazyLoad(entity, String(relationship), `${optionFor(relationship)}(${String(relationship)})`);
  yield* loadOfOne(session, entity, relationship, later.details, later.below);
}

function laterLoad(entity: Entity, relationship: Relationship): LaterLoad {
  const tree = rememberedLoads(entity) ?? emptyTree;
  const { details = noDetails, below = belowUnnamed(tree) } = tree.branches.get(relationship) ?? {};
  const restricted = isRestricted(relationship, details.criteria ?? [], below);
  return { strategy: strategyAt(tree, relationship), details, below, restricted };
}

/**
 * Loads a relationship that is about to be assigned, so that the former partner can be told. Nothing is flushed, as
 * the assignment may be a part of making an object; that access is to raise does not matter.
 * @throws DetachedInstanceError where the object belongs to no session
 * @throws NotLoadedError where the session is asynchronous
 */
export function loadBeforeAssignment(entity: Entity, relationship: Relationship): void {
  requireSession(entity, relationship).atAccess(loadRelationship(entity, relationship), () =>
    formerNotLoaded(entity, relationship),
  );
}

/** Loads a relationship of an object that has a row, where it is not in memory: what a flush has to know. */
export function* loadRelationship(entity: Entity, relationship: Relationship): SessionFlow<void> {
  const session = sessionOf(entity);
  if (session === null || keyOf(entity) === undefined || readField(entity, relationship.field) !== undefined) return;
  yield* loadOwnColumns(session, entity, relationship);
  yield* loadOfOne(session, entity, relationship, noDetails, emptyTree);
}

function requireSession(entity: Entity, relationship: Relationship): EntitySession {
  const session = sessionOf(entity);
  if (session === null) throw notLoadedWhileDetached(entity, relationship.name);
  return session;
}

/** Puts in place what needs no SQL: what the identity map holds, or null for a foreign key that is NULL. */
function installKnown(entity: Entity, relationship: Relationship, { restricted }: LaterLoad): boolean {
  const known = restricted ? undefined : identityByForeignKey(entity, relationship);
  if (known === undefined) return false;
  installLoaded(entity, relationship, known === null ? [] : [known]);
  return true;
}

/** Loads the columns that the relationship starts from, where one of them is not loaded. */
function* loadOwnColumns(session: EntitySession, entity: Entity, relationship: Relationship): SessionFlow<void> {
  const expired = relationship.localColumns.find(({ field }) => readField(entity, field) === undefined);
  if (expired === undefined) return;
  const mapper = mapperOf(entity);
  yield* session.routed(mapper, loadMissingColumns(entity, session.dialectOf(mapper), expired));
}
