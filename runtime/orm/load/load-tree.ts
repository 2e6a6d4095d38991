// Which relationships a query loads and how: what the query's options ask for, laid over the relationships' own ways.
import type { LoadStrategyName } from "../../../model/class-model.js";
import type { Mapper, Relationship } from "../mapper.js";

/**
 * How a relationship is loaded: at access, by a join, by a second SELECT, one by one at once, by access as an error, or
 * never (it reads as empty).
 */
export type LoadStrategy = "select" | "joined" | "selectin" | "immediate" | "raise" | "noload";

/** What a query's options ask for at one relationship. */
export interface LoadBranch {
  /** Null where only something below it was asked for. */
  readonly strategy: LoadStrategy | null;
  readonly below: LoadTree;
}

/** What a query's options ask for at one class. */
export type LoadTree = ReadonlyMap<Relationship, LoadBranch>;

/** A relationship that is loaded together with its owner. */
export interface EagerBranch {
  readonly relationship: Relationship;
  readonly strategy: "joined" | "selectin" | "immediate";
  readonly below: LoadTree;
  /** The classes on the way here, this branch's target last: defaults do not go round in circles. */
  readonly path: readonly Mapper[];
}

export const emptyTree: LoadTree = new Map();
const noBranches: readonly EagerBranch[] = [];

/** The classes whose relationships are all loaded at access, unless an option says otherwise. */
const lazyClasses = new WeakMap<Mapper, boolean>();

/** The relationships of a class that are loaded with it. */
export function eagerBranches(mapper: Mapper, tree: LoadTree, path: readonly Mapper[]): readonly EagerBranch[] {
  if (tree.size === 0 && isLazy(mapper)) return noBranches;
  const branches: EagerBranch[] = [];
  for (const relationship of mapper.relationships) {
    const asked = tree.get(relationship);
    const strategy = asked?.strategy ?? defaultStrategy(relationship);
    if (strategy === "select" || strategy === "raise" || strategy === "noload") continue;
    const { target } = relationship;
    if (asked === undefined && path.includes(target)) continue;
    branches.push({ relationship, strategy, below: asked?.below ?? emptyTree, path: [...path, target] });
  }
  return branches;
}

/** True where an option says something about later access: then the objects have to remember the tree. */
export function mattersLater(tree: LoadTree): boolean {
  for (const { strategy } of tree.values()) {
    if (strategy === "raise" || strategy === "noload" || strategy === "select" || strategy === null) return true;
  }
  return false;
}

const strategies: Readonly<Record<LoadStrategyName, LoadStrategy>> = {
  select: "select",
  joined: "joined",
  selectin: "selectin",
  // A second SELECT either way: by the keys that the first one brought, not by the first one over again.
  subquery: "selectin",
  immediate: "immediate",
  raise: "raise",
  noload: "noload",
  // Whoever reads the property gets the collection that is never loaded.
  write_only: "noload",
};

/** How the mapping says that a relationship is loaded. */
export function defaultStrategy({ definition }: Relationship): LoadStrategy {
  return strategies[definition.lazy ?? "select"];
}

function isLazy(mapper: Mapper): boolean {
  let lazy = lazyClasses.get(mapper);
  if (lazy === undefined) {
    lazy = mapper.relationships.every((each) => ["select", "raise", "noload"].includes(defaultStrategy(each)));
    lazyClasses.set(mapper, lazy);
  }
  return lazy;
}
