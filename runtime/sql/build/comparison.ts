// Comparisons, as a custom type may have them its own way: both sides are then put into an expression first.
import { CustomType } from "../../types/custom-type.js";
import { betweenNode, binaryNode } from "../ast/expressions.js";
import { typeOfExpression } from "../ast/expression-type.js";
import type { BetweenNode, BinaryNode, ExpressionNode } from "../ast/nodes.js";
import type { BinaryOperator } from "../operators.js";

type Side = (node: ExpressionNode) => ExpressionNode;

const sides = new WeakMap<CustomType, Side>();

/** What both sides of a comparison of this type's values become. */
export function setComparison(type: CustomType, side: Side): void {
  sides.set(type, side);
}

/** True where the values of the expression are compared in a way of their own. */
export function hasComparison(node: ExpressionNode): boolean {
  return sideOf(node) !== undefined;
}

/** `left operator right`. */
export function comparison(operator: BinaryOperator, left: ExpressionNode, right: ExpressionNode): BinaryNode {
  const side = sideOf(left) ?? sideOf(right);
  return side === undefined ? binaryNode(operator, left, right) : binaryNode(operator, side(left), side(right));
}

/** `operand BETWEEN low AND high`. */
export function rangeComparison(operand: ExpressionNode, low: ExpressionNode, high: ExpressionNode): BetweenNode {
  const side = sideOf(operand);
  return side === undefined ? betweenNode(operand, low, high) : betweenNode(side(operand), side(low), side(high));
}

function sideOf(node: ExpressionNode): Side | undefined {
  const type = CustomType.of(typeOfExpression(node));
  return type === null ? undefined : sides.get(type);
}
