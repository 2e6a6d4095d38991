// Which rows of its source are a class's: in a hierarchy over one table, those whose discriminator names the class or
// one that extends it.
import { binaryNode, listBindNode } from "../sql/ast/expressions.js";
import type { ExpressionNode } from "../sql/ast/nodes.js";
import type { Standing } from "./adapt-columns.js";
import type { Mapper } from "./mapper.js";

/** The condition `employee.type IN ('manager', …)` on whatever stands for the class; none where every row is its. */
export function classCriterion(mapper: Mapper, standing: Standing): ExpressionNode[] {
  const { discriminator, definition } = mapper;
  if (discriminator === null || definition.inherits?.kind !== "single") return [];
  const column = standing.columns[discriminator.index];
  if (column === undefined) return [];
  const identities = mapper.family.flatMap(({ definition: { polymorphicIdentity } }) => polymorphicIdentity ?? []);
  return [binaryNode("in", column, listBindNode(column.property, column.type, identities))];
}
