// `session.load(objects, User.addresses, User.name)`: attributes that are not loaded yet, of one object or of many, in
// as few statements as there are attributes to load.
import { ArgumentError, ObjectDeletedError } from "../../errors/errors.js";
import type { ColumnNode } from "../../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { entityNode } from "../../sql/ast/tables.js";
import { elementOf } from "../../sql/build/element.js";
import type { LoadOption, Rel, Sql } from "../../sql/typing.js";
import { describeValue } from "../../types/describe-value.js";
import { partsOf } from "../adapt-columns.js";
import { loadMissingColumns } from "../column-load.js";
import { Entity, keyOf } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { keyPart } from "../flush/row-values.js";
import { mapperBehind } from "../mapped-class.js";
import { type Mapper, mapperOf, readField, type Slot } from "../mapper.js";
import { RelationshipAttribute } from "../relationships/attribute.js";
import type { SessionCore } from "../session-core.js";
import type { SessionFlow } from "../session-flow.js";
import { checkEntity } from "../session-objects.js";
import { loadWaiting } from "./load-related.js";
import { type EagerBranch, eagerBranches, emptyTree, noDetails } from "./load-tree.js";
import { loadTrees } from "./load-trees.js";
import { LoaderPath } from "./loader-path.js";
import { isAmong } from "./related-select.js";
import { load } from "./session-load.js";

/** What `session.load` loads: relationships, columns, and paths of relationships. */
export type LoadableAttribute = Rel | Sql<unknown> | LoadOption;

const keysPerStatement = 500;

/**
 * Loads the attributes of the objects that lack them.
 * @throws ArgumentError for an attribute of none of the objects' classes
 * @throws InvalidRequestError for an object that is not persistent in this session
 */
export function* loadAttributes(
  core: SessionCore,
  objects: Entity | Iterable<Entity>,
  attributes: readonly unknown[],
): SessionFlow<void> {
  const entities = objects instanceof Entity ? [objects] : [...objects];
  for (const entity of entities) checkEntity(entity, "load");
  yield* core.autoflush();
  for (const entity of entities) core.requirePersistent(entity, "loaded");
  const groups = byClass(entities);
  for (const attribute of attributes) {
    let fits = false;
    for (const [mapper, group] of groups) {
      const load = loadOne(core, mapper, group, attribute);
      if (load === null) continue;
      fits = true;
      yield* load;
    }
    if (!fits && groups.size > 0) throw misfit(attribute, groups.keys());
  }
}

function byClass(entities: readonly Entity[]): ReadonlyMap<Mapper, readonly Entity[]> {
  const groups = new Map<Mapper, Entity[]>();
  for (const entity of entities) {
    const group = groups.get(mapperOf(entity));
    if (group === undefined) groups.set(mapperOf(entity), [entity]);
    else group.push(entity);
  }
  return groups;
}

/** The load of one attribute of objects of one class; null where it is an attribute of others. */
function loadOne(
  core: SessionCore,
  mapper: Mapper,
  entities: readonly Entity[],
  attribute: unknown,
): SessionFlow<void> | null {
  const node = elementOf(attribute)?.node;
  if (node?.kind === "column") {
    const slot = slotOf(mapper, node);
    return slot === null ? null : loadColumns(core, mapper, entities, [slot]);
  }
  const branches = branchesOf(mapper, attribute);
  return branches.length === 0 ? null : loadBranches(core, mapper, entities, branches);
}

/** A class's slot of a column attribute of its own or of a class that it inherits from. */
function slotOf(mapper: Mapper, node: ColumnNode): Slot | null {
  for (let each: Mapper | null = mapper; each !== null; each = each.base) {
    const stated = each.slots.find(({ column }) => column === node);
    if (stated !== undefined) return mapper.slots.find(({ property }) => property === stated.property) ?? null;
  }
  return null;
}

function branchesOf(mapper: Mapper, attribute: unknown): readonly EagerBranch[] {
  if (attribute instanceof RelationshipAttribute) {
    const { relationship } = attribute;
    if (!mapper.relationships.includes(relationship)) return [];
    const path = [mapper, relationship.target];
    return [{ relationship, strategy: "selectin", details: noDetails, below: emptyTree, path, kept: { plan: null } }];
  }
  if (!(attribute instanceof LoaderPath)) return [];
  const start = attribute.root ?? attribute.steps[0]?.attribute.owner;
  if (start === undefined || !mapper.isA(mapperBehind(start))) return [];
  const [tree = emptyTree] = loadTrees([start], [attribute]);
  return eagerBranches(mapper, tree, [mapper])
    .filter(({ relationship }) => tree.branches.has(relationship))
    .map(({ relationship, details, below, path, kept }) => {
      return { relationship, details, below, path, kept, strategy: "selectin" };
    });
}

function* loadBranches(
  core: SessionCore,
  mapper: Mapper,
  entities: readonly Entity[],
  branches: readonly EagerBranch[],
): SessionFlow<void> {
  const starts = branches.flatMap(({ relationship }) => relationship.localColumns);
  yield* loadColumns(core, mapper, entities, starts);
  const origin = { select: bareSelect([entityNode(mapper)]), given: undefined };
  yield* loadWaiting(
    core,
    branches.map((branch) => ({ entities, branch, origin, source: mapper })),
  );
}

/** One SELECT by primary key for one object, one for every 500 of many. What is loaded stays as it is. */
function* loadColumns(
  core: SessionCore,
  mapper: Mapper,
  entities: readonly Entity[],
  slots: readonly Slot[],
): SessionFlow<void> {
  const isMissing = (entity: Entity): boolean => slots.some(({ field }) => readField(entity, field) === undefined);
  const lacking = entities.filter(isMissing);
  const [only] = lacking;
  if (only === undefined) return;
  if (lacking.length === 1) {
    for (const slot of slots) {
      if (readField(only, slot.field) !== undefined) continue;
      yield* core.routed(mapper, loadMissingColumns(only, core.dialectOf(mapper), slot));
    }
    return;
  }
  const columns = mapper.primaryKey.map(({ column }) => column);
  for (let start = 0; start < lacking.length; start += keysPerStatement) {
    const keys = lacking
      .slice(start, start + keysPerStatement)
      .map((entity) => columns.map((_, at) => keyPart(mapper, keyOf(entity), at)));
    const where = [isAmong(columns, keys)];
    const select = { ...partsOf(bareSelect([entityNode(mapper)])), where, labelStyle: "table-column" } as const;
    yield* load(core, selectNode(select), undefined, { tree: emptyTree, path: [mapper], needed: slots });
  }
  const gone = lacking.find(isMissing);
  if (gone === undefined) return;
  throw new ObjectDeletedError(
    `${nameEntity(gone)} cannot be loaded: its row is gone from table '${mapper.from.name}'`,
  );
}

function misfit(attribute: unknown, mappers: Iterable<Mapper>): ArgumentError {
  const names = [...mappers].map(({ name }) => name).join(", ");
  return new ArgumentError(
    `session.load() takes attributes of the objects' classes (${names}), such as a relationship or a column, ` +
      `got ${attribute instanceof RelationshipAttribute ? String(attribute) : describeValue(attribute)}`,
  );
}
