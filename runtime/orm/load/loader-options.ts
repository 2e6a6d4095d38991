// Loader options: how a query loads relationships, written as paths from its classes on.
import { ArgumentError } from "../../errors/errors.js";
import type { MappedEntity } from "../../sql/ast/nodes.js";
import type { LoadOption, Rel } from "../../sql/typing.js";
import { describeValue } from "../../types/describe-value.js";
import type { Relationship } from "../mapper.js";
import { RelationshipAttribute } from "../relationships/attribute.js";
import type { LoadBranch, LoadStrategy, LoadTree } from "./load-tree.js";

interface PathStep {
  readonly attribute: RelationshipAttribute;
  readonly strategy: LoadStrategy | null;
}

/** A path of relationships, each with the way to load it. Its methods lead on from the last one's target. */
export interface LoaderOption extends LoadOption {
  /** A second SELECT with the keys of all objects: the way for collections. */
  selectinload(relationship: Rel): LoaderOption;
  /** A LEFT OUTER JOIN in the same SELECT: the way for to-one relationships. */
  joinedload(relationship: Rel): LoaderOption;
  /** At access, by a SELECT for each object. */
  lazyload(relationship: Rel): LoaderOption;
  /** At once, by a SELECT for each object. */
  immediateload(relationship: Rel): LoaderOption;
  /** Never: access is an error, so that no SELECT goes unnoticed. */
  raiseload(relationship: Rel): LoaderOption;
  /** As the mapping says; for naming what is further on. */
  defaultload(relationship: Rel): LoaderOption;
}

class LoaderPath implements LoaderOption {
  readonly kind = "option";
  readonly steps: readonly PathStep[];

  constructor(steps: readonly PathStep[]) {
    this.steps = steps;
  }

  selectinload(relationship: Rel): LoaderPath {
    return this.#then(relationship, "selectin", "selectinload()");
  }

  joinedload(relationship: Rel): LoaderPath {
    return this.#then(relationship, "joined", "joinedload()");
  }

  lazyload(relationship: Rel): LoaderPath {
    return this.#then(relationship, "select", "lazyload()");
  }

  immediateload(relationship: Rel): LoaderPath {
    return this.#then(relationship, "immediate", "immediateload()");
  }

  raiseload(relationship: Rel): LoaderPath {
    return this.#then(relationship, "raise", "raiseload()");
  }

  defaultload(relationship: Rel): LoaderPath {
    return this.#then(relationship, null, "defaultload()");
  }

  #then(relationship: unknown, strategy: LoadStrategy | null, where: string): LoaderPath {
    if (!(relationship instanceof RelationshipAttribute)) {
      throw new ArgumentError(
        `${where} takes a relationship such as User.addresses, got ${describeValue(relationship)}`,
      );
    }
    const last = this.steps.at(-1)?.attribute;
    if (last !== undefined && last.relationship.target !== relationship.relationship.owner) {
      throw new ArgumentError(
        `${where}: ${String(relationship)} does not lead on from ${String(last)}, whose target is ${last.target}`,
      );
    }
    return new LoaderPath([...this.steps, { attribute: relationship, strategy }]);
  }
}

const start = new LoaderPath([]);

/** Loads the relationship by a second SELECT with the keys of all objects. */
export function selectinload(relationship: Rel): LoaderOption {
  return start.selectinload(relationship);
}

/** Loads the relationship by a LEFT OUTER JOIN; results that join collections have to be read through `unique()`. */
export function joinedload(relationship: Rel): LoaderOption {
  return start.joinedload(relationship);
}

/** Loads the relationship at access, whatever the mapping says. */
export function lazyload(relationship: Rel): LoaderOption {
  return start.lazyload(relationship);
}

/** Loads the relationship of each object at once, by a SELECT of its own. */
export function immediateload(relationship: Rel): LoaderOption {
  return start.immediateload(relationship);
}

/** Makes access to the relationship an error, where it is not loaded otherwise. */
export function raiseload(relationship: Rel): LoaderOption {
  return start.raiseload(relationship);
}

/** Leaves the relationship as the mapping has it, for what follows: `defaultload(User.posts).joinedload(Post.tags)`. */
export function defaultload(relationship: Rel): LoaderOption {
  return start.defaultload(relationship);
}

interface GrowingBranch extends LoadBranch {
  strategy: LoadStrategy | null;
  readonly below: Map<Relationship, GrowingBranch>;
}

/** For each entity of a query, what its options ask for. Every option has to start from one of the entities. */
export function loadTrees(entities: readonly MappedEntity[], options: readonly object[]): readonly LoadTree[] {
  const trees = entities.map(() => new Map<Relationship, GrowingBranch>());
  for (const option of options) {
    if (!(option instanceof LoaderPath))
      throw new ArgumentError(`options() got ${describeValue(option)}, which is no loader option`);
    const owner = option.steps[0]?.attribute.owner;
    const at = entities.findIndex((entity) => entity.key === owner?.key);
    const tree = trees[at];
    if (tree === undefined) {
      throw new ArgumentError(
        `The option for ${String(option.steps[0]?.attribute)} starts from a class that the query does not select: ` +
          `it selects ${entities.map((entity) => entity.name).join(", ") || "no class"}`,
      );
    }
    grow(tree, option.steps);
  }
  return trees;
}

function grow(tree: Map<Relationship, GrowingBranch>, steps: readonly PathStep[]): void {
  let level = tree;
  for (const { attribute, strategy } of steps) {
    let branch = level.get(attribute.relationship);
    if (branch === undefined) level.set(attribute.relationship, (branch = { strategy: null, below: new Map() }));
    // The last word counts; a path that only passes through says nothing.
    branch.strategy = strategy ?? branch.strategy;
    level = branch.below;
  }
}
