// Loading the relationships of objects that are there: one relationship of one object, or of many at once (select-in).
// Generators of requests, so that either runner can drive them.
import type { Operation } from "../../engine/execution.js";
import type { Entity, EntitySession } from "../entity.js";
import { storedValue } from "../flush/row-values.js";
import { IdentityMap } from "../identity-map.js";
import { mapperOf, readField, type Relationship, type Slot } from "../mapper.js";
import { identityByForeignKey, leadsToPrimaryKey } from "../relationships/foreign-key.js";
import { installLoaded } from "../relationships/install.js";
import { type PreparedLoad, prepareLoad, readLoad } from "./load-rows.js";
import type { BranchDetails, LoadTree } from "./load-tree.js";
import { criteriaOn } from "./loader-criteria.js";
import { prepareRelated } from "./prepare-related.js";
import { type OwnerKey, selectOfOne } from "./related-select.js";
import type { WaitingLoad } from "./row-reader.js";

/** Owners that have one key, and what was found for them; most often it is one owner. */
interface KeyGroup {
  readonly key: unknown;
  readonly owner: Entity;
  others: Entity[] | null;
  readonly related: Entity[];
}

/** Loads what is left to load after a select, and what that leaves, until nothing is left. */
export function* loadWaiting(session: EntitySession, waiting: readonly WaitingLoad[]): Operation<void> {
  for (const load of waiting) {
    const { relationship, strategy, details, below } = load.branch;
    if (strategy === "immediate") {
      for (const owner of load.entities) {
        if (isWithout(owner, relationship)) yield* loadOfOne(session, owner, relationship, details, below);
      }
    } else yield* loadOfMany(session, load);
  }
}

/** Loads one relationship of one object. The columns that it starts from have to be loaded. */
export function* loadOfOne(
  session: EntitySession,
  owner: Entity,
  relationship: Relationship,
  { criteria = [] }: BranchDetails,
  below: LoadTree,
): Operation<void> {
  const key = startKey(owner, relationship);
  if (isNullKey(relationship, key)) {
    installLoaded(owner, relationship, []);
    return;
  }
  if (!isRestricted(relationship, criteria, below) && installIdentity(owner, relationship)) return;
  const prepared = prepareLoad(
    session,
    session.loading(selectOfOne(relationship, asOwnerKey(relationship, key), criteria), true),
    {
      tree: below,
      path: [relationship.target],
    },
  );
  const { objects, waiting } = readLoad(session, prepared, yield prepared.request);
  installLoaded(owner, relationship, [...new Set(found(objects ?? []))]);
  yield* loadWaiting(session, waiting);
}

/** True for an object that has this relationship and has not loaded it. */
function isWithout(entity: Entity, relationship: Relationship): boolean {
  return readField(entity, relationship.field) === undefined && mapperOf(entity).isA(relationship.owner);
}

function* loadOfMany(session: EntitySession, load: WaitingLoad): Operation<void> {
  const { relationship, details, below } = load.branch;
  const groups = new IdentityMap<KeyGroup>();
  const all = groupByKey(groups, load, isRestricted(relationship, details.criteria ?? [], below));
  const left: WaitingLoad[] = [];
  let repeats = relationship.hasConditions || (details.criteria ?? []).length > 0;
  const ownerKeys = all.map(({ key }) => asOwnerKey(relationship, key));
  for (const { prepared, keyCount } of prepareRelated(session, load, ownerKeys)) {
    const keyAt = keyCount === 0 ? placesOf(prepared, relationship.remoteColumns) : [...Array(keyCount).keys()];
    const { objects, rows, keys, waiting } = readLoad(session, prepared, yield prepared.request, keyAt);
    const place = prepared.plan.items.length - 1;
    const related = found(objects ?? rows.map((row) => row[place]));
    for (let index = 0; index < related.length; index++) {
      const object = related[index];
      if (object !== undefined) groups.get(keys[index])?.related.push(object);
    }
    repeats ||= keyCount > 0 || prepared.plan.repeats;
    left.push(...waiting);
  }
  for (const { owner, others, related } of all) {
    const items = repeats ? [...new Set(related)] : related;
    installLoaded(owner, relationship, items);
    // The same object is among them where several rows were about it.
    for (const other of others ?? []) if (isWithout(other, relationship)) installLoaded(other, relationship, items);
  }
  yield* loadWaiting(session, left);
}

/** Where in the rows of a select the columns of its one class stand. */
function placesOf({ plan }: PreparedLoad, slots: readonly Slot[]): number[] {
  const [item] = plan.items;
  return item?.kind === "entity" ? slots.map((slot) => item.loads.at + item.loads.slots.indexOf(slot)) : [];
}

/** True where not every object that the foreign key refers to counts: then the identity map cannot answer. */
export function isRestricted(relationship: Relationship, criteria: readonly unknown[], below: LoadTree): boolean {
  return criteria.length > 0 || criteriaOn(relationship.target, below.criteria).length > 0;
}

/** Installs what the identity map holds, if it does. */
function installIdentity(owner: Entity, relationship: Relationship): boolean {
  const known = identityByForeignKey(owner, relationship);
  if (known === undefined || known === null) return false;
  installLoaded(owner, relationship, [known]);
  return true;
}

/** The owners that wait, by key, in their order; what needs no SQL is installed instead. */
function groupByKey(
  groups: IdentityMap<KeyGroup>,
  { entities, branch: { relationship } }: WaitingLoad,
  restricted: boolean,
): readonly KeyGroup[] {
  const all: KeyGroup[] = [];
  const [any] = entities;
  if (any !== undefined && isWithout(any, relationship)) groups.expect(entities.length, startKey(any, relationship));
  const mayBeKnown = !restricted && leadsToPrimaryKey(relationship);
  for (const owner of entities) {
    if (!isWithout(owner, relationship)) continue;
    const key = startKey(owner, relationship);
    if (isNullKey(relationship, key)) installLoaded(owner, relationship, []);
    else if (!mayBeKnown || !installIdentity(owner, relationship)) {
      const group = groups.get(key);
      if (group === undefined) {
        const first = { key, owner, others: null, related: [] };
        groups.set(key, first);
        all.push(first);
      } else (group.others ??= []).push(owner);
    }
  }
  return all;
}

/** What a relationship starts from: the column's value, or an array of several columns' values. */
function startKey(owner: Entity, relationship: Relationship): unknown {
  const { startColumns } = relationship;
  const [only] = startColumns;
  if (only !== undefined && startColumns.length === 1) return startValue(owner, relationship, only);
  return startColumns.map((slot) => startValue(owner, relationship, slot));
}

/** Rows that refer to the owner do so by the key that its row has in the database. */
function startValue(owner: Entity, { direction, dependsOnRow }: Relationship, slot: Slot): unknown {
  if (direction === "many-to-one" && !dependsOnRow) return readField(owner, slot.field);
  return storedValue(owner, slot) ?? readField(owner, slot.field);
}

function isNullKey(relationship: Relationship, key: unknown): boolean {
  return key === null || (relationship.startColumns.length > 1 && asOwnerKey(relationship, key).includes(null));
}

function asOwnerKey({ startColumns }: Relationship, key: unknown): OwnerKey {
  // Sound: `startKey` made it.
  return startColumns.length === 1 ? [key] : (key as OwnerKey);
}

function found(objects: readonly unknown[]): readonly Entity[] {
  // Sound: the plan puts objects of the related class there, whose keys are not NULL in the rows of an inner select.
  return objects as readonly Entity[];
}
