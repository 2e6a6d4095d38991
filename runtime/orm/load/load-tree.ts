// Which relationships and columns a query loads and how: what the query's options ask for, laid over what the mapping
// says by itself.
import type { LoadStrategyName } from "../../../model/class-model.js";
import type { ExpressionNode, MappedEntity } from "../../sql/ast/nodes.js";
import type { Mapper, Relationship } from "../mapper.js";
import type { LoaderCriterion } from "./criteria-writer.js";

/**
 * How a relationship is loaded: at access (`select`); with its owner by a join, from a join that the statement has
 * already (`contained`), by a second SELECT over keys or over the first one as a subquery, one by one at once; or not
 * at all, where access is an error (`raise`; `raiseOnSql` unless the identity map can answer) or finds nothing
 * (`noload`).
 */
export type LoadStrategy =
  "select" | "joined" | "contained" | "selectin" | "subquery" | "immediate" | "raise" | "raiseOnSql" | "noload";

/** The strategies that load together with the owner. */
type EagerStrategy = Exclude<LoadStrategy, "select" | "raise" | "raiseOnSql" | "noload">;

function isNotEager(strategy: LoadStrategy): strategy is Exclude<LoadStrategy, EagerStrategy> {
  return strategy === "select" || strategy === "raise" || strategy === "raiseOnSql" || strategy === "noload";
}

/** What an option says beside the strategy. */
export interface BranchDetails {
  /** Joined by an inner join: every owner is known to have a related object. */
  readonly innerJoin?: boolean;
  /** Contained: what stands for the target in the statement; its own table where left out. */
  readonly source?: MappedEntity | undefined;
  /** Conditions on the related rows, written over the target's own table. */
  readonly criteria?: readonly ExpressionNode[];
  /** How many levels of a relationship that leads back to its own class are loaded, this one included. */
  readonly recursionDepth?: number;
  /** At most so many related objects for each owner, the first in the relationship's order. */
  readonly limitPerParent?: number;
}

/** What the options say of one class's columns, by slot. */
export interface ColumnChoice {
  /** The only ones to load, where `loadOnly` named some. */
  readonly only: ReadonlySet<number> | null;
  /** Later words win over earlier ones, so a slot is in at most one of these. */
  readonly deferred: ReadonlySet<number>;
  readonly undeferred: ReadonlySet<number>;
  /** Access to them is an error. */
  readonly raising: ReadonlySet<number>;
  /** Load what the mapping defers. */
  readonly undeferAll: boolean;
}

/** What a query's options ask for at one relationship. */
export interface LoadBranch {
  /** Null where only something below it was asked for. */
  readonly strategy: LoadStrategy | null;
  readonly details: BranchDetails;
  readonly below: LoadTree;
}

/** What a query's options ask for at one class. */
export interface LoadTree {
  readonly branches: ReadonlyMap<Relationship, LoadBranch>;
  /** For the relationships that no branch names: here, and in what is loaded from here on. */
  readonly rest: LoadStrategy | null;
  readonly restBelow: LoadStrategy | null;
  readonly columns: ColumnChoice | null;
  /** Conditions on every occurrence of a class, here and in all that is loaded from here on. */
  readonly criteria: readonly LoaderCriterion[];
}

/** A relationship that is loaded together with its owner. */
export interface EagerBranch {
  readonly relationship: Relationship;
  readonly strategy: EagerStrategy;
  readonly details: BranchDetails;
  readonly below: LoadTree;
  /** The classes on the way here, this branch's target last: defaults do not go round in circles. */
  readonly path: readonly Mapper[];
  /** How its related objects are selected, kept for the next time; `prepare-related.ts` alone looks into it. */
  readonly kept: { plan: object | null };
}

export const noDetails: BranchDetails = {};
export const emptyTree: LoadTree = { branches: new Map(), rest: null, restBelow: null, columns: null, criteria: [] };
const noBranches: readonly EagerBranch[] = [];

/** The classes whose relationships are all loaded at access, unless an option says otherwise. */
const lazyClasses = new WeakMap<Mapper, boolean>();

/** The relationships of a class that are loaded with it. */
export function eagerBranches(mapper: Mapper, tree: LoadTree, path: readonly Mapper[]): readonly EagerBranch[] {
  if (tree.branches.size === 0 && tree.rest === null && isLazy(mapper)) return noBranches;
  const branches: EagerBranch[] = [];
  for (const relationship of relationshipsUnder(mapper, tree)) {
    const asked = tree.branches.get(relationship);
    const strategy = strategyAt(tree, relationship);
    if (isNotEager(strategy)) continue;
    const { target } = relationship;
    if (asked === undefined && path.includes(target)) continue;
    branches.push({
      relationship,
      strategy,
      details: asked?.details ?? noDetails,
      below: asked === undefined ? belowUnnamed(tree) : belowOf(relationship, asked),
      path: [...path, target],
      kept: { plan: null },
    });
  }
  return branches;
}

/** A class's relationships, and those of classes that extend it which the options name. */
function relationshipsUnder(mapper: Mapper, { branches }: LoadTree): readonly Relationship[] {
  const further = [...branches.keys()].filter(({ owner }) => owner !== mapper && owner.isA(mapper));
  return further.length === 0 ? mapper.relationships : [...mapper.relationships, ...further];
}

/** How a relationship is loaded under these options. */
export function strategyAt(tree: LoadTree, relationship: Relationship): LoadStrategy {
  return tree.branches.get(relationship)?.strategy ?? tree.rest ?? defaultStrategy(relationship);
}

/** What goes on below a relationship that no option names. */
export function belowUnnamed({ criteria, restBelow }: LoadTree): LoadTree {
  return criteria.length === 0 && restBelow === null
    ? emptyTree
    : { ...emptyTree, rest: restBelow, restBelow, criteria };
}

/** What is asked for below a branch; one that is followed round in a circle stands there again, a level less deep. */
function belowOf(relationship: Relationship, branch: LoadBranch): LoadTree {
  const { recursionDepth = 1 } = branch.details;
  if (recursionDepth <= 1) return branch.below;
  const again = { ...branch, details: { ...branch.details, recursionDepth: recursionDepth - 1 } };
  return { ...branch.below, branches: new Map([...branch.below.branches, [relationship, again]]) };
}

/** True where an option says something about later access: then the objects have to remember the tree. */
export function mattersLater(tree: LoadTree): boolean {
  if (tree === emptyTree) return false;
  if (tree.rest !== null || tree.columns !== null || tree.criteria.length > 0) return true;
  for (const { strategy } of tree.branches.values()) {
    if (strategy === null || isNotEager(strategy)) return true;
  }
  return false;
}

const strategies: Readonly<Record<LoadStrategyName, LoadStrategy>> = {
  select: "select",
  joined: "joined",
  selectin: "selectin",
  immediate: "immediate",
  subquery: "subquery",
  raise: "raise",
  noload: "noload",
  // Whoever reads the property gets the collection that is never loaded.
  write_only: "noload",
};

/** How the mapping says that a relationship is loaded. */
function defaultStrategy({ definition }: Relationship): LoadStrategy {
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
