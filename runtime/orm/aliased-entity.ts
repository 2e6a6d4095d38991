// A mapped class under another name in a statement: the same columns, read from an alias of its table.
import { ENTITY } from "../sql/ast/brand.js";
import { internPair, internString } from "../sql/ast/intern.js";
import type { AliasNode, ColumnNode, MappedEntity } from "../sql/ast/nodes.js";
import { aliasNode } from "../sql/ast/tables.js";
import type { Mapper } from "./mapper.js";

export class AliasedEntity implements MappedEntity {
  readonly [ENTITY] = true;
  readonly mapper: Mapper;
  readonly name: string;
  readonly key: number;
  readonly from: AliasNode;
  readonly columns: readonly ColumnNode[];
  readonly properties: readonly string[];

  /**
   * @param from where the class's columns stand: from `at` on, in slot order. An alias of the class's table, or of a
   * select that lists them
   */
  constructor(mapper: Mapper, name: string, from: AliasNode = aliasNode(mapper.from, name), at = 0) {
    this.mapper = mapper;
    this.name = name;
    this.from = from;
    this.columns = from.columns.slice(at, at + mapper.columns.length);
    this.properties = mapper.properties;
    this.key = internPair(internPair(internPair(mapper.key, from.key), internString(name)), at);
  }
}
