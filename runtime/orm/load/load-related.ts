// Loading the relationships of objects that are there: one relationship of one object, or of many at once (select-in).
// Generators of requests, so that either runner can drive them.
import type { Operation } from "../../engine/execution.js";
import type { Entity, EntitySession } from "../entity.js";
import { storedValue } from "../flush/row-values.js";
import { IdentityMap } from "../identity-map.js";
import { mapperOf, readField, type Relationship, type Slot } from "../mapper.js";
import { identityByForeignKey } from "../relationships/foreign-key.js";
import { installLoaded } from "../relationships/install.js";
import { type PreparedLoad, prepareLoad, readLoad } from "./load-rows.js";
import type { BranchDetails, LoadTree } from "./load-tree.js";
import { criteriaOn } from "./loader-criteria.js";
import { type OwnerKey, type RelatedSelect, selectFromOwners, selectOfMany, selectOfOne } from "./related-select.js";
import type { GivenValues, WaitingLoad } from "./row-reader.js";

/** Keys in one statement: SQLAlchemy's number, below every database's limit of parameters. */
const keysPerStatement = 500;
/** Composite keys are written out as conditions, whose depth databases limit. */
const compositeKeysPerStatement = 100;

/** Owners that have one key. */
interface KeyGroup {
  readonly key: OwnerKey;
  readonly owners: Entity[];
  readonly related: Set<Entity>;
}

/** Loads what is left to load after a select, and what that leaves, until nothing is left. */
export function* loadWaiting(session: EntitySession, waiting: readonly WaitingLoad[]): Operation<void> {
  for (const load of waiting) {
    const { relationship, strategy, details, below } = load.branch;
    const owners = [...load.entities].filter(
      (entity) => mapperOf(entity).isA(relationship.owner) && readField(entity, relationship.field) === undefined,
    );
    if (strategy === "immediate") {
      for (const owner of owners) yield* loadOfOne(session, owner, relationship, details, below);
    } else yield* loadOfMany(session, owners, load);
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
  if (installKnown(owner, relationship, isRestricted(relationship, criteria, below))) return;
  const prepared = prepareLoad(
    session,
    session.loading(selectOfOne(relationship, ownerKey(owner, relationship), criteria), true),
    {
      tree: below,
      path: [relationship.target],
    },
  );
  const { objects, waiting } = readLoad(session, prepared, yield prepared.request);
  installLoaded(owner, relationship, [...new Set(found(objects ?? []))]);
  yield* loadWaiting(session, waiting);
}

function* loadOfMany(session: EntitySession, owners: readonly Entity[], load: WaitingLoad): Operation<void> {
  const { relationship, details, below } = load.branch;
  const restricted = isRestricted(relationship, details.criteria ?? [], below);
  const groups = groupByKey(
    owners.filter((owner) => !installKnown(owner, relationship, restricted)),
    relationship,
  );
  const all = [...groups.values()];
  const left: WaitingLoad[] = [];
  for (const { select, keyCount, given } of selectsFor(load, all)) {
    const needed = keyCount === 0 ? relationship.remoteColumns : [];
    const prepared = prepareLoad(
      session,
      session.loading(select, true),
      { tree: below, path: load.branch.path, needed },
      given,
    );
    const keyAt = keyCount === 0 ? placesOf(prepared, needed) : [...Array(keyCount).keys()];
    const { objects, rows, keys: rowKeys, waiting } = readLoad(session, prepared, yield prepared.request, keyAt);
    const place = prepared.plan.items.length - 1;
    found(objects ?? rows.map((row) => row[place])).forEach((object, index) =>
      groups.get(rowKeys[index])?.related.add(object),
    );
    left.push(...waiting);
  }
  for (const { owners: same, related } of all)
    for (const owner of same) installLoaded(owner, relationship, [...related]);
  yield* loadWaiting(session, left);
}

/** The statements that load one relationship of many owners: one for all of them, or one for so many keys each. */
function* selectsFor(
  { branch, origin, source }: WaitingLoad,
  groups: readonly KeyGroup[],
): Generator<RelatedSelect & { readonly given: GivenValues | undefined }> {
  const { relationship, strategy, details } = branch;
  if (groups.length === 0) return;
  // What depends on more of the owner than its key is found by the owner's own row.
  if (strategy === "subquery" && !relationship.dependsOnRow && (origin.select.extras?.set ?? null) === null) {
    const { given } = origin;
    yield { ...selectFromOwners(relationship, origin.select, source, details.criteria ?? []), given };
    return;
  }
  const size = relationship.definition.pairs.length === 1 ? keysPerStatement : compositeKeysPerStatement;
  for (let start = 0; start < groups.length; start += size) {
    const keys = groups.slice(start, start + size).map((group) => group.key);
    yield { ...selectOfMany(relationship, keys, details), given: undefined };
  }
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

/** Installs what needs no SQL: nothing where a column of the key is NULL, else what the identity map holds. */
function installKnown(owner: Entity, relationship: Relationship, restricted: boolean): boolean {
  if (ownerKey(owner, relationship).some((value) => value === null)) {
    installLoaded(owner, relationship, []);
    return true;
  }
  const known = restricted ? undefined : identityByForeignKey(owner, relationship);
  if (known === undefined || known === null) return false;
  installLoaded(owner, relationship, [known]);
  return true;
}

function groupByKey(owners: readonly Entity[], relationship: Relationship): IdentityMap<KeyGroup> {
  const groups = new IdentityMap<KeyGroup>();
  for (const owner of owners) {
    const key = ownerKey(owner, relationship);
    const group = groups.get(mapKey(key));
    if (group === undefined) groups.set(mapKey(key), { key, owners: [owner], related: new Set() });
    else group.owners.push(owner);
  }
  return groups;
}

/** What a relationship starts from. Rows that refer to the owner do so by the key that its row has in the database. */
function ownerKey(owner: Entity, { direction, dependsOnRow, startColumns }: Relationship): OwnerKey {
  if (direction === "many-to-one" && !dependsOnRow) return startColumns.map(({ field }) => readField(owner, field));
  return startColumns.map((slot) => storedValue(owner, slot) ?? readField(owner, slot.field));
}

function mapKey(key: OwnerKey): unknown {
  return key.length === 1 ? key[0] : key;
}

function found(objects: readonly unknown[]): readonly Entity[] {
  // Sound: the plan puts objects of the related class there, whose keys are not NULL in the rows of an inner select.
  return objects as readonly Entity[];
}
