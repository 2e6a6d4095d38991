// From the options of a query to a tree for each of its classes.
import { ArgumentError } from "../../errors/errors.js";
import type { ColumnNode, MappedEntity } from "../../sql/ast/nodes.js";
import { describeValue } from "../../types/describe-value.js";
import { mapperBehind } from "../mapped-class.js";
import { Mapper, type Relationship } from "../mapper.js";
import {
  type BranchDetails,
  type ColumnChoice,
  emptyTree,
  type LoadBranch,
  type LoadStrategy,
  type LoadTree,
  noDetails,
} from "./load-tree.js";
import type { LoaderCriterion } from "./criteria-writer.js";
import { LoaderCriteriaOption } from "./loader-criteria.js";
import { LoaderPath, type PathEnd } from "./loader-path.js";

/**
 * For each entity of a query, what its options ask for.
 * @throws ArgumentError for an option that starts from none of the entities, or is none
 */
export function loadTrees(entities: readonly MappedEntity[], options: readonly object[]): readonly LoadTree[] {
  if (options.length === 0) return entities.map(() => emptyTree);
  const criteria: LoaderCriterion[] = [];
  const roots = entities.map((entity) => new GrowingTree(mapperBehind(entity)));
  for (const option of options) {
    if (option instanceof LoaderCriteriaOption) criteria.push(option);
    else if (option instanceof LoaderPath) plant(option, entities, roots);
    else throw new ArgumentError(`options() got ${describeValue(option)}, which is no loader option`);
  }
  return roots.map((root) => root.grown(null, criteria));
}

/** What is asked of a related load, with the criteria that a listener gave its statement. */
export function withHeardCriteria(tree: LoadTree, options: readonly object[]): LoadTree {
  const criteria = options.filter((option) => option instanceof LoaderCriteriaOption);
  return criteria.length === 0 ? tree : { ...tree, criteria: [...tree.criteria, ...criteria] };
}

function plant(option: LoaderPath, entities: readonly MappedEntity[], roots: readonly GrowingTree[]): void {
  const owner = option.root ?? option.steps[0]?.attribute.owner ?? null;
  const column = firstColumn(option);
  if (owner === null && column === undefined) {
    for (const root of roots) root.grow(option);
    return;
  }
  const at = entities.findIndex((entity) =>
    owner === null ? entity.columns.some((each) => each === column) : isAbout(owner, entity),
  );
  const root = roots[at];
  if (root !== undefined) {
    root.grow(option);
    return;
  }
  throw new ArgumentError(
    `The option for ${String(option)} starts from a class that the query does not select: ` +
      `it selects ${entities.map((entity) => entity.name).join(", ") || "no class"}`,
  );
}

/** True where an option of `owner` is about what the query selects: the same, or a class that extends it. */
function isAbout(owner: MappedEntity, entity: MappedEntity): boolean {
  if (entity.key === owner.key) return true;
  return owner instanceof Mapper && entity.from.kind !== "alias" && owner.isA(mapperBehind(entity));
}

/** The first column that an option names of the class it starts from. */
function firstColumn({ ends }: LoaderPath): ColumnNode | undefined {
  for (const { end, depth } of ends) if (depth === 0 && "columns" in end) return end.columns[0];
  return undefined;
}

interface GrowingBranch {
  strategy: LoadStrategy | null;
  details: BranchDetails;
  readonly below: GrowingTree;
}

/** A tree that options are laid into, one after the other: the last word counts. */
class GrowingTree {
  readonly #mapper: Mapper;
  readonly #branches = new Map<Relationship, GrowingBranch>();
  #rest: LoadStrategy | null = null;
  #restBelow: LoadStrategy | null = null;
  #columns: GrowingChoice | null = null;

  constructor(mapper: Mapper) {
    this.#mapper = mapper;
  }

  /** Lays a path into the tree, from one of its steps on. */
  grow(path: LoaderPath, depth = 0): void {
    this.#end(path.ends, depth, path.root === null);
    const step = path.steps[depth];
    if (step === undefined) return;
    const branch = this.#branch(step.attribute.relationship);
    // A path that only passes through says nothing.
    branch.strategy = step.strategy ?? branch.strategy;
    if (step.strategy !== null) branch.details = step.details;
    branch.below.grow(path, depth + 1);
  }

  /** The finished tree; `rest` is what was said everywhere, further up. */
  grown(rest: LoadStrategy | null, criteria: readonly LoaderCriterion[]): LoadTree {
    const restBelow = this.#restBelow ?? rest;
    const branches = new Map<Relationship, LoadBranch>();
    for (const [relationship, { strategy, details, below }] of this.#branches) {
      branches.set(relationship, { strategy, details, below: below.grown(restBelow, criteria) });
    }
    const columns = this.#columns === null ? null : this.#columns.choice;
    return { branches, rest: this.#rest ?? rest, restBelow, columns, criteria };
  }

  #branch(relationship: Relationship): GrowingBranch {
    let branch = this.#branches.get(relationship);
    if (branch === undefined) {
      branch = { strategy: null, details: noDetails, below: new GrowingTree(relationship.target) };
      this.#branches.set(relationship, branch);
    }
    return branch;
  }

  #end(ends: LoaderPath["ends"], depth: number, everywhere: boolean): void {
    for (const each of ends) {
      if (each.depth !== depth) continue;
      const { end } = each;
      if (end.kind !== "rest") (this.#columns ??= new GrowingChoice(this.#mapper)).add(end);
      else {
        this.#rest = end.strategy;
        if (everywhere && depth === 0) this.#restBelow = end.strategy;
      }
    }
  }
}

/** What options say of one class's columns, one after the other. */
class GrowingChoice {
  readonly #mapper: Mapper;
  readonly #deferred = new Set<number>();
  readonly #undeferred = new Set<number>();
  readonly #raising = new Set<number>();
  #only: Set<number> | null = null;
  #undeferAll = false;

  constructor(mapper: Mapper) {
    this.#mapper = mapper;
  }

  get choice(): ColumnChoice {
    const only = this.#only;
    return {
      only,
      deferred: this.#deferred,
      undeferred: this.#undeferred,
      raising: this.#raising,
      undeferAll: this.#undeferAll,
    };
  }

  add(end: Exclude<PathEnd, { readonly kind: "rest" }>): void {
    switch (end.kind) {
      case "undeferAll":
        this.#undeferAll = true;
        return;
      case "only":
        for (const index of this.#slots(end.columns)) (this.#only ??= new Set()).add(index);
        return;
      case "defer":
        for (const index of this.#slots(end.columns)) {
          this.#deferred.add(index);
          this.#undeferred.delete(index);
          if (end.raise) this.#raising.add(index);
        }
        return;
      case "undefer":
        for (const index of this.#slots(end.columns)) {
          this.#undeferred.add(index);
          this.#deferred.delete(index);
          this.#raising.delete(index);
        }
    }
  }

  #slots(columns: readonly ColumnNode[]): number[] {
    return columns.map((column) => {
      const slot = this.#mapper.slots.find((each) => each.column === column || isAliasOf(column, each.column));
      if (slot !== undefined) return slot.index;
      const name = `${column.table?.name ?? ""}.${column.property}`;
      throw new ArgumentError(`${name} is no column of ${this.#mapper.name}, where the option names it`);
    });
  }
}

/** True for a column of an alias of the other one's table. */
function isAliasOf(column: ColumnNode, original: ColumnNode): boolean {
  const { table } = column;
  return table?.kind === "alias" && table.element === original.table && column.index === original.index;
}
