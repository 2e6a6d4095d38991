// How objects are read from the rows of one statement, as a tree that follows the joins: types only.
import type { MappedEntity } from "../../sql/ast/nodes.js";
import type { Mapper, Relationship } from "../mapper.js";
import type { RowColumns } from "./entity-reader.js";
import type { EagerBranch, LoadTree } from "./load-tree.js";

/** How the objects of one class are read from rows, and what is loaded with them. */
export interface EntityLoads extends RowColumns {
  readonly mapper: Mapper;
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
