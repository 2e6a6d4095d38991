// A column as an attribute of a class or alias that has no table of its own to take it from.
import type { ColumnNode, ExpressionNode, MappedEntity } from "../sql/ast/nodes.js";
import { Expression } from "../sql/build/expression.js";

export class ColumnAttribute extends Expression {
  readonly key: string;

  readonly #owner: MappedEntity | null;

  /** @param owner whose rows are selected with it, where they are not all of the column's table */
  constructor(column: ColumnNode, owner: MappedEntity | null = null) {
    super(column);
    this.key = column.property;
    this.#owner = owner;
  }

  override get criteria(): readonly ExpressionNode[] {
    return this.#owner?.criteria ?? super.criteria;
  }
}
