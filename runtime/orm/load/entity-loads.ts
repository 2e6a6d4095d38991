// How objects are read from the rows of one statement, as a tree that follows the joins: types only.
import type { Mapper, Relationship } from "../mapper.js";
import type { EagerBranch, LoadTree } from "./load-tree.js";

/** How the objects of one class are read from rows, and what is loaded with them. */
export interface EntityLoads {
  readonly mapper: Mapper;
  /** The number of columns in a row before the class's own. */
  readonly at: number;
  /** Related objects in the same rows. */
  readonly joined: readonly JoinedLoads[];
  /** Relationships to load when all rows are read. */
  readonly later: readonly EagerBranch[];
  /** What the options ask for at this class. */
  readonly tree: LoadTree;
}

export interface JoinedLoads {
  readonly relationship: Relationship;
  readonly loads: EntityLoads;
}
