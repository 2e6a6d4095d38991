// The SQL type of any expression.
import { unknownType } from "../../types/declared-type.js";
import type { SqlType } from "../../types/sql-type.js";
import { Bool, Integer } from "../../types/types.js";
import type { ExpressionNode } from "./nodes.js";

export const BOOLEAN_TYPE: SqlType = Bool().type;
const INTEGER_TYPE: SqlType = Integer().type;

export function typeOfExpression(node: ExpressionNode): SqlType {
  switch (node.kind) {
    case "column":
    case "bind":
    case "raw":
    case "unary":
    case "binary":
    case "function":
    case "cast":
    case "case":
    case "subquery":
    case "json":
    case "operation":
    case "dateShift":
    case "typed":
    case "fragment":
      return node.type;
    case "between":
    case "junction":
    case "exists":
      return BOOLEAN_TYPE;
    case "label":
    case "order":
      return typeOfExpression(node.element);
    case "window":
    case "filter":
    case "withinGroup":
    case "collate":
    case "quantified":
      return typeOfExpression(node.operand);
    case "extract":
      return INTEGER_TYPE;
    case "constant":
      return node.value === "true" || node.value === "false" ? BOOLEAN_TYPE : unknownType;
    case "tuple":
    case "text":
    case "grouping":
      return unknownType;
  }
}
