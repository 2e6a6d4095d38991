// How a select of entities is carried out: the statement to send, with the joins that eager loading adds, and what
// becomes of each part of its rows.
import type { SelectNode } from "../../sql/ast/nodes.js";
import { mapperBehind } from "../mapped-class.js";
import { needsSubquery, selectFromSubquery } from "./counted-subquery.js";
import { EagerJoins } from "./eager-joins.js";
import type { EntityLoads } from "./entity-loads.js";
import { type EagerBranch, eagerBranches, emptyTree, type LoadTree } from "./load-tree.js";
import type { Mapper } from "../mapper.js";
import { loadTrees } from "./loader-options.js";

/** One value of a row: an object, or a column as it is. */
type PlannedItem =
  | { readonly kind: "entity"; readonly key: string; readonly loads: EntityLoads }
  | { readonly kind: "column"; readonly at: number };

export interface LoadPlan {
  readonly select: SelectNode;
  readonly items: readonly PlannedItem[];
  /** True where a joined collection repeats the rows of its owners. */
  readonly repeats: boolean;
}

/**
 * The plan of a select; the same statement where nothing is joined in.
 * @param first what options ask for at the first entity and the classes on the way to it; from the select's own
 * options where left out
 * @throws ArgumentError for options that do not fit the select, MappingError for a strategy that sessions do not know
 */
export function planLoad(
  select: SelectNode,
  first?: { readonly tree: LoadTree; readonly path: readonly Mapper[] },
): LoadPlan {
  const entities = select.items.flatMap((item) => (item.kind === "entity" ? [item.entity] : []));
  const trees = first === undefined ? loadTrees(entities, select.options) : [first.tree];
  const roots = entities.map((entity, index) => {
    const tree = trees[index] ?? emptyTree;
    const mapper = mapperBehind(entity);
    return { tree, mapper, branches: eagerBranches(mapper, tree, first?.path ?? [mapper]) };
  });
  const branches = roots.flatMap((root) => root.branches);
  if (!branches.some((branch) => branch.strategy === "joined")) {
    return { select, items: planItems(select, roots, () => []), repeats: false };
  }
  const base = needsSubquery(select, branches) ? selectFromSubquery(select) : select;
  const sources = base.items.flatMap((item) => (item.kind === "entity" ? [item.entity] : []));
  const joins = new EagerJoins(base);
  const items = planItems(select, roots, (root, index) => {
    const source = sources[index];
    return source === undefined ? [] : joins.attach(source, root.branches);
  });
  return { select: joins.select(), items, repeats: joins.repeats };
}

interface Root {
  readonly mapper: EntityLoads["mapper"];
  readonly tree: LoadTree;
  readonly branches: readonly EagerBranch[];
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
    at += item.kind === "entity" ? item.entity.columns.length : 1;
    const root = item.kind === "entity" ? roots[index] : undefined;
    if (item.kind !== "entity" || root === undefined) return { kind: "column", at: start };
    const { mapper, tree, branches } = root;
    const later = branches.filter((branch) => branch.strategy !== "joined");
    const loads = { mapper, at: start, joined: join(root, index++), later, tree };
    return { kind: "entity", key: item.entity.name, loads };
  });
}
