// How objects are read from the rows of one statement, as a tree that follows the joins: types only.
import type { MappedEntity } from "../../sql/ast/nodes.js";
import type { Mapper, Relationship, Slot } from "../mapper.js";
import type { EagerBranch, LoadTree } from "./load-tree.js";

/** How the objects of one class are read from rows, and what is loaded with them. */
export interface EntityLoads {
  readonly mapper: Mapper;
  /** The number of columns in a row before the class's own. */
  readonly at: number;
  /** The class's columns in a row, in this order; `mapper.defaultSlots` where `fill` reads them. */
  readonly slots: readonly Slot[];
  /** Related objects in the same rows. */
  readonly joined: readonly JoinedLoads[];
  /** Relationships to load when all rows are read. */
  readonly later: readonly EagerBranch[];
  /** What the options ask for at this class. */
  readonly tree: LoadTree;
  /** What stands for the class in the statement, with all its columns. */
  readonly source: MappedEntity;
}

export interface JoinedLoads {
  readonly relationship: Relationship;
  readonly loads: EntityLoads;
}
