// How a select of entities is carried out: the statement to send, with the joins that eager loading adds and without
// the columns that are left for later, and what becomes of each part of its rows.
import type { MappedEntity, SelectNode } from "../../sql/ast/nodes.js";
import { selectNode } from "../../sql/ast/statements.js";
import { withConditions } from "../../sql/build/coerce.js";
import { entityNode } from "../../sql/ast/tables.js";
import { partsOf } from "../adapt-columns.js";
import { Bundle } from "../bundle.js";
import { classCriterion } from "../class-rows.js";
import { mapperBehind, subclassColumns } from "../mapped-class.js";
import type { Mapper, Slot } from "../mapper.js";
import { partOf } from "../entity-view.js";
import { slotsToLoad } from "./column-choice.js";
import { applyCriteria } from "./criteria-writer.js";
import { needsSubquery, selectFromSubquery } from "./counted-subquery.js";
import { EagerJoins } from "./eager-joins.js";
import type { EntityLoads } from "./entity-loads.js";
import { type EagerBranch, eagerBranches, emptyTree, type LoadTree } from "./load-tree.js";
import { loadTrees, withHeardCriteria } from "./load-trees.js";

/** One value of a row: an object, or a column as it is. */
type PlannedItem =
  | { readonly kind: "entity"; readonly key: string; readonly loads: EntityLoads }
  | { readonly kind: "bundle"; readonly at: number; readonly bundle: Bundle }
  | { readonly kind: "column"; readonly at: number };

export interface LoadPlan {
  readonly select: SelectNode;
  readonly items: readonly PlannedItem[];
  /** True where a joined collection repeats the rows of its owners. */
  readonly repeats: boolean;
}

/** What is known of a select that loads for another one: what options ask for at its entity, and the way to it. */
export interface LoadContext {
  readonly tree: LoadTree;
  readonly path: readonly Mapper[];
  /** Columns of the first class that the caller reads from the rows, whatever the options say. */
  readonly needed?: readonly Slot[];
}

/**
 * The plan of a select; the same statement where nothing is added or left out.
 * @param context for a select that loads related objects; a statement's own options say it where left out
 * @throws ArgumentError for options that do not fit the select
 */
export function planLoad(given: SelectNode, context?: LoadContext): LoadPlan {
  const entities = classesOf(given);
  const trees =
    context === undefined ? loadTrees(entities, given.options) : [withHeardCriteria(context.tree, given.options)];
  const criteria = trees[0]?.criteria ?? emptyTree.criteria;
  const select = applyCriteria(ofTheirClasses(given, entities), criteria);
  // Criteria may have put other subqueries in the place of those that aliases stand for.
  const placed = criteria.length === 0 ? entities : classesOf(select);
  const roots = placed.map((entity, index) => planRoot(entity, trees[index] ?? emptyTree, context));
  const branches = roots.flatMap((root) => root.branches);
  if (branches.some(isJoined)) return planJoins(select, roots, branches);
  const planned = withoutColumns(select, roots);
  return { select: planned, items: planItems(planned, roots, () => []), repeats: false };
}

/** The select with a condition for each entity that shares its table with other classes. */
function ofTheirClasses(select: SelectNode, entities: readonly MappedEntity[]): SelectNode {
  const conditions = entities.flatMap((entity) => classCriterion(mapperBehind(entity), entity));
  const where = withConditions(select, conditions);
  return where === select.where ? select : selectNode({ ...partsOf(select), where });
}

/** The classes and aliases among a select's items. */
function classesOf({ items }: SelectNode): MappedEntity[] {
  return items.flatMap((item) => (item.kind === "entity" && !(item.entity instanceof Bundle) ? [item.entity] : []));
}

interface Root {
  readonly mapper: Mapper;
  readonly tree: LoadTree;
  readonly branches: readonly EagerBranch[];
  readonly slots: EntityLoads["slots"];
  /** The class or alias as it stands in the statement, and the part of it that is loaded. */
  readonly whole: MappedEntity;
  readonly selected: MappedEntity;
}

function planRoot(entity: MappedEntity, tree: LoadTree, context: LoadContext | undefined): Root {
  const mapper = mapperBehind(entity);
  const branches = eagerBranches(mapper, tree, context?.path ?? [mapper]);
  const slots = slotsToLoad(mapper, tree, branches, context?.needed);
  return { tree, mapper, branches, slots, whole: entity, selected: partOf(entity, mapper, slots) };
}

function isJoined({ strategy }: EagerBranch): boolean {
  return strategy === "joined" || strategy === "contained";
}

/** The plan of a select that eager loading adds to: joins, or the columns of joins that it has. */
function planJoins(select: SelectNode, roots: readonly Root[], branches: readonly EagerBranch[]): LoadPlan {
  const base = needsSubquery(select, branches) ? selectFromSubquery(select) : select;
  const sources = classesOf(base);
  const placed = roots.map((root, index) => {
    const entity = sources[index];
    if (entity === undefined) return root;
    return { ...root, whole: entity, selected: partOf(entity, root.mapper, root.slots) };
  });
  const joins = new EagerJoins(withoutColumns(base, placed));
  const items = planItems(base, placed, (root, index) => {
    const source = sources[index];
    return source === undefined ? [] : joins.attach(source, root.branches);
  });
  return { select: joins.select(), items, repeats: joins.repeats };
}

/** The select with as much of each entity as its root says. */
function withoutColumns(select: SelectNode, roots: readonly Root[]): SelectNode {
  if (roots.every((root) => root.slots.length === root.mapper.slots.length)) return select;
  let index = 0;
  const items = select.items.map((item) => {
    if (item.kind !== "entity" || item.entity instanceof Bundle) return item;
    const root = roots[index++];
    return root === undefined ? item : entityNode(root.selected);
  });
  return selectNode({ ...partsOf(select), items });
}

/** Columns that eager joins add come after all others, so the items keep their places. */
function planItems(
  select: SelectNode,
  roots: readonly Root[],
  join: (root: Root, index: number) => EntityLoads["joined"],
): PlannedItem[] {
  let at = 0;
  let index = 0;
  return select.items.map((item): PlannedItem => {
    const start = at;
    if (item.kind === "entity" && item.entity instanceof Bundle) {
      at += item.entity.columns.length;
      return { kind: "bundle", at: start, bundle: item.entity };
    }
    const root = item.kind === "entity" ? roots[index] : undefined;
    if (item.kind !== "entity" || root === undefined) {
      at += 1;
      return { kind: "column", at: start };
    }
    at += root.selected.columns.length;
    const { mapper, tree, branches, slots, whole } = root;
    const later = branches.filter((branch) => !isJoined(branch));
    const joined = join(root, index++);
    const columns = { at: start, slots, ...subclassColumns(whole, slots.length) };
    const loads = { mapper, ...columns, joined, later, tree, source: whole };
    return { kind: "entity", key: item.entity.name, loads };
  });
}
