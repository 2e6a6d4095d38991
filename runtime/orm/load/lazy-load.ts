// Lazy loading: a relationship that is read before it is loaded is loaded there and then, which takes a synchronous
// session.
import type { Operation } from "../../engine/execution.js";
import { NotLoadedError } from "../../errors/errors.js";
import { loadMissingColumns } from "../column-load.js";
import { type Entity, type EntitySession, keyOf, sessionOf } from "../entity.js";
import { nameEntity, notLoadedWhileDetached } from "../entity-text.js";
import { readField, type Relationship, type Slot } from "../mapper.js";
import { identityByForeignKey } from "../relationships/foreign-key.js";
import { installLoaded } from "../relationships/install.js";
import { rememberedLoads } from "../relationships/state.js";
import { isRestricted, loadOfOne } from "./load-related.js";
import { belowUnnamed, emptyTree, type LoadBranch, type LoadStrategy, noDetails, strategyAt } from "./load-tree.js";

/**
 * Loads one relationship of an object that has a row: by key from the identity map where it is there, else in one
 * SELECT, before which pending changes are flushed.
 * @throws DetachedInstanceError where the object belongs to no session
 * @throws NotLoadedError where the mapping or the query that loaded the object says that access does not load
 */
export function lazyLoad(entity: Entity, relationship: Relationship): void {
  const { strategy, details, below } = laterLoad(entity, relationship);
  if (strategy === "noload") {
    installLoaded(entity, relationship, []);
    return;
  }
  const session = requireSession(entity, relationship);
  if (strategy === "raise") throw refused(entity, relationship);
  const expired = expiredColumn(entity, relationship);
  if (expired !== undefined) session.loadColumns(entity, expired.property);
  const restricted = isRestricted(relationship, details.criteria ?? [], below);
  const known = restricted ? undefined : identityByForeignKey(entity, relationship);
  if (known !== undefined) {
    installLoaded(entity, relationship, known === null ? [] : [known]);
    return;
  }
  if (strategy === "raiseOnSql") throw refused(entity, relationship);
  session.autoflush();
  // The flush may have found the value, on an object that lost or got its related one.
  if (readField(entity, relationship.field) !== undefined) return;
  session.connection().runOperation(loadOfOne(session, entity, relationship, details, below));
}

/** What the query that loaded an object says of loading one of its relationships now. */
function laterLoad(entity: Entity, relationship: Relationship): LoadBranch & { readonly strategy: LoadStrategy } {
  const tree = rememberedLoads(entity) ?? emptyTree;
  const branch = tree.branches.get(relationship);
  return {
    strategy: strategyAt(tree, relationship),
    details: branch?.details ?? noDetails,
    below: branch?.below ?? belowUnnamed(tree),
  };
}

/**
 * Loads a relationship that is about to be assigned, so that the former partner can be told. Nothing is flushed, as
 * the assignment may be a part of making an object; that access is to raise does not matter.
 * @throws DetachedInstanceError where the object belongs to no session
 */
export function loadBeforeAssignment(entity: Entity, relationship: Relationship): void {
  requireSession(entity, relationship).connection().runOperation(loadRelationship(entity, relationship));
}

/** Loads a relationship of an object that has a row, where it is not in memory: what a flush has to know. */
export function* loadRelationship(entity: Entity, relationship: Relationship): Operation<void> {
  const session = sessionOf(entity);
  if (session === null || keyOf(entity) === undefined || readField(entity, relationship.field) !== undefined) return;
  const { dialect } = session.connection();
  const expired = expiredColumn(entity, relationship);
  if (expired !== undefined) yield* loadMissingColumns(entity, dialect.sql, expired);
  yield* loadOfOne(session, entity, relationship, noDetails, emptyTree);
}

function requireSession(entity: Entity, relationship: Relationship): EntitySession {
  const session = sessionOf(entity);
  if (session === null) throw notLoadedWhileDetached(entity, relationship.name);
  return session;
}

/** A column that the relationship starts from and that is not loaded. */
function expiredColumn(entity: Entity, relationship: Relationship): Slot | undefined {
  return relationship.localColumns.find(({ field }) => readField(entity, field) === undefined);
}

function refused(entity: Entity, relationship: Relationship): NotLoadedError {
  const name = String(relationship);
  const option = relationship.collection ? "selectinload" : "joinedload";
  return new NotLoadedError(
    `${name} of ${nameEntity(entity)} is not loaded and was said to raise: ` +
      `load it with the object, by options(${option}(${name}))`,
  );
}
