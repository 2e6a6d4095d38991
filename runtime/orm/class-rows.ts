// Which rows of its source are a class's: in a hierarchy over one table, those whose discriminator names the class or
// one that extends it.
import { binaryNode, columnBindNode, junctionNode, listBindNode } from "../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode } from "../sql/ast/nodes.js";
import type { Standing } from "./adapt-columns.js";
import type { Mapper } from "./mapper.js";

/** The condition `employee.type IN ('manager', …)` on whatever stands for the class; none where every row is its. */
export function classCriterion(mapper: Mapper, standing: Standing): ExpressionNode[] {
  const column = tellingColumn(mapper, standing);
  return column === null ? [] : [binaryNode("in", column, listBindNode(column.property, column.type, kindsOf(mapper)))];
}

/** The same for UPDATE and DELETE, which go out with many sets of values, too: `type = 'manager' OR type = …`. */
export function writeCriterion(mapper: Mapper): ExpressionNode[] {
  const column = tellingColumn(mapper, mapper);
  if (column === null) return [];
  const [first, ...others] = kindsOf(mapper).map((kind) => binaryNode("eq", column, columnBindNode(column, kind)));
  if (first === undefined) return [];
  return [others.length === 0 ? first : junctionNode("or", [first, ...others])];
}

function tellingColumn({ discriminator, definition }: Mapper, standing: Standing): ColumnNode | null {
  if (discriminator === null || definition.inherits?.kind !== "single") return null;
  return standing.columns[discriminator.index] ?? null;
}

function kindsOf(mapper: Mapper): (string | number)[] {
  return mapper.family.flatMap(({ definition: { polymorphicIdentity } }) => polymorphicIdentity ?? []);
}
