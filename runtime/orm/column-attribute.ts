// A column as an attribute of a class or alias that has no table of its own to take it from.
import type { ColumnNode } from "../sql/ast/nodes.js";
import { Expression } from "../sql/build/expression.js";

export class ColumnAttribute extends Expression {
  readonly key: string;

  constructor(column: ColumnNode) {
    super(column);
    this.key = column.property;
  }
}
