// Loading the relationships of objects that are there: one relationship of one object, or of many at once (select-in).
// Generators of requests, so that either runner can drive them.
import type { Operation } from "../../engine/execution.js";
import type { Entity, EntitySession } from "../entity.js";
import { IdentityMap } from "../identity-map.js";
import { readField, type Relationship } from "../mapper.js";
import { identityByForeignKey } from "../relationships/foreign-key.js";
import { installLoaded } from "../relationships/install.js";
import { prepareLoad, readLoad } from "./load-rows.js";
import type { EagerBranch, LoadTree } from "./load-tree.js";
import { type OwnerKey, selectOfMany, selectOfOne } from "./related-select.js";
import type { WaitingLoad } from "./row-reader.js";

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
  for (const { entities, branch } of waiting) {
    const { relationship } = branch;
    const owners = [...entities].filter((entity) => readField(entity, relationship.field) === undefined);
    if (branch.strategy === "selectin") yield* loadOfMany(session, owners, branch);
    else for (const owner of owners) yield* loadOfOne(session, owner, relationship, branch.below);
  }
}

/** Loads one relationship of one object. The columns that it starts from have to be loaded. */
export function* loadOfOne(
  session: EntitySession,
  owner: Entity,
  relationship: Relationship,
  below: LoadTree,
): Operation<void> {
  if (installKnown(owner, relationship)) return;
  const prepared = prepareLoad(session, selectOfOne(relationship, ownerKey(owner, relationship)), {
    tree: below,
    path: [relationship.target],
  });
  const { rows, waiting } = readLoad(session, prepared, yield prepared.request);
  installLoaded(owner, relationship, [...new Set(rows.map((row) => entityAt(row, 0)))]);
  yield* loadWaiting(session, waiting);
}

function* loadOfMany(session: EntitySession, owners: readonly Entity[], branch: EagerBranch): Operation<void> {
  const { relationship, below, path } = branch;
  const groups = groupByKey(
    owners.filter((owner) => !installKnown(owner, relationship)),
    relationship,
  );
  const all = [...groups.values()];
  const size = relationship.definition.pairs.length === 1 ? keysPerStatement : compositeKeysPerStatement;
  const left: WaitingLoad[] = [];
  for (let start = 0; start < all.length; start += size) {
    const keys = all.slice(start, start + size).map((group) => group.key);
    const { select, keyAt } = selectOfMany(relationship, keys);
    const prepared = prepareLoad(session, select, { tree: below, path });
    const { rows, keys: rowKeys, waiting } = readLoad(session, prepared, yield prepared.request, keyAt);
    const place = prepared.plan.items.length - 1;
    rows.forEach((row, index) => groups.get(mapKey(rowKeys[index] ?? []))?.related.add(entityAt(row, place)));
    left.push(...waiting);
  }
  for (const { owners: same, related } of all)
    for (const owner of same) installLoaded(owner, relationship, [...related]);
  yield* loadWaiting(session, left);
}

/** Installs what needs no SQL: nothing where a column of the key is NULL, else what the identity map holds. */
function installKnown(owner: Entity, relationship: Relationship): boolean {
  if (ownerKey(owner, relationship).some((value) => value === null)) {
    installLoaded(owner, relationship, []);
    return true;
  }
  const known = identityByForeignKey(owner, relationship);
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

/** What a relationship starts from. */
function ownerKey(owner: Entity, relationship: Relationship): OwnerKey {
  return relationship.localColumns.map(({ field }) => readField(owner, field));
}

function mapKey(key: OwnerKey): unknown {
  return key.length === 1 ? key[0] : key;
}

function entityAt(row: readonly unknown[], place: number): Entity {
  // The plan put the related class there, and its key is not NULL: the rows are those of an inner select.
  return row[place] as Entity;
}
