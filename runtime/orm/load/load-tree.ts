// Which relationships a query loads and how: what the query's options ask for, laid over the relationships' own ways.
import type { LoadStrategyName } from "../../../model/class-model.js";
import { MappingError } from "../../errors/errors.js";
import type { Mapper, Relationship } from "../mapper.js";

/** How a relationship is loaded: at access, by a join, by a second SELECT, one by one at once, or not at all. */
export type LoadStrategy = "select" | "joined" | "selectin" | "immediate" | "raise";

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
    if (strategy === "select" || strategy === "raise") continue;
    const { target } = relationship;
    if (asked === undefined && path.includes(target)) continue;
    branches.push({ relationship, strategy, below: asked?.below ?? emptyTree, path: [...path, target] });
  }
  return branches;
}

/** True where an option says something about later access: then the objects have to remember the tree. */
export function mattersLater(tree: LoadTree): boolean {
  for (const { strategy } of tree.values()) {
    if (strategy === "raise" || strategy === "select" || strategy === null) return true;
  }
  return false;
}

const strategies: Readonly<Record<LoadStrategyName, LoadStrategy | null>> = {
  select: "select",
  joined: "joined",
  selectin: "selectin",
  immediate: "immediate",
  raise: "raise",
  subquery: null,
  noload: null,
  write_only: null,
};

/** How the mapping says that a relationship is loaded. */
export function defaultStrategy(relationship: Relationship): LoadStrategy {
  const { lazy = "select" } = relationship.definition;
  const strategy = strategies[lazy];
  if (strategy !== null) return strategy;
  const known = Object.entries(strategies).flatMap(([name, each]) => (each === null ? [] : [name]));
  throw new MappingError(
    `${String(relationship)} says lazy ${lazy}, which sessions do not know: use one of ${known.join(", ")}`,
  );
}

function isLazy(mapper: Mapper): boolean {
  let lazy = lazyClasses.get(mapper);
  if (lazy === undefined) {
    lazy = mapper.relationships.every((each) => ["select", "raise"].includes(defaultStrategy(each)));
    lazyClasses.set(mapper, lazy);
  }
  return lazy;
}
