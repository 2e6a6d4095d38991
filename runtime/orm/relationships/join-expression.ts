// What a custom join (`primaryjoin`, `secondaryjoin`) demands beside the columns that it equates: an expression of the
// schema over columns of this class, of the other one and of the link table, as a condition of a statement.
import { dialects } from "../../../model/capabilities.js";
import type { Expression } from "../../../model/expression.js";
import { subexpressions } from "../../../model/expression-parts.js";
import { expressionSql } from "../../../model/expression-sql.js";
import { MappingError } from "../../errors/errors.js";
import {
  betweenNode,
  binaryNode,
  clientValueNode,
  functionNode,
  junctionNode,
  NULL,
  unaryNode,
} from "../../sql/ast/expressions.js";
import type { ExpressionNode } from "../../sql/ast/nodes.js";
import type { BinaryOperator } from "../../sql/operators.js";
import { unknownType } from "../../types/declared-type.js";
import { sql } from "../../types/raw-sql.js";

export type JoinSide = "this" | "other" | "link";

/** What stands for a side's column in the statement. */
type ColumnOf = (side: JoinSide, name: string) => ExpressionNode;

const operators: Readonly<Record<string, BinaryOperator>> = {
  "=": "eq",
  "<>": "ne",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "+": "plus",
  "-": "minus",
  "*": "times",
  "/": "divide",
  "%": "modulo",
  "||": "concat",
};

/** True where the expression reads a column of this side. */
export function mentionsSide(expression: Expression, side: JoinSide): boolean {
  if (expression.kind === "sideColumn") return expression.side === side;
  return subexpressions(expression).some((each) => mentionsSide(each, side));
}

/** @throws MappingError for what cannot stand in a join's condition */
export function joinCondition(expression: Expression, columnOf: ColumnOf): ExpressionNode {
  const go = (each: Expression): ExpressionNode => joinCondition(each, columnOf);
  if (!readsColumns(expression)) return constant(expression);
  switch (expression.kind) {
    case "sideColumn":
      return columnOf(expression.side, expression.name);
    case "and":
    case "or":
      return junctionNode(expression.kind, expression.operands.map(go));
    case "not":
      return unaryNode("not", go(expression.operand));
    case "negate":
      return unaryNode("negative", go(expression.operand));
    case "comparison":
    case "arithmetic":
      return binaryNode(operators[expression.operator] ?? "eq", go(expression.left), go(expression.right));
    case "in":
      return negated(
        expression.negated,
        junctionNode(
          "or",
          expression.values.map((value) => binaryNode("eq", go(expression.operand), go(value))),
        ),
      );
    case "between":
      return betweenNode(go(expression.operand), go(expression.low), go(expression.high), expression.negated);
    case "like":
      return binaryNode(expression.negated ? "notLike" : "like", go(expression.operand), go(expression.pattern));
    case "isNull":
      return binaryNode(expression.negated ? "isNot" : "is", go(expression.operand), NULL);
    case "call":
      return functionNode(expression.name, expression.arguments.map(go), unknownType);
    default:
      throw new MappingError(
        `A relationship's join cannot hold '${expression.kind}' over its columns: make a view or a generated column ` +
          `of it and join by that`,
      );
  }
}

function negated(isNegated: boolean, node: ExpressionNode): ExpressionNode {
  return isNegated ? unaryNode("not", node) : node;
}

function readsColumns(expression: Expression): boolean {
  return expression.kind === "sideColumn" || subexpressions(expression).some(readsColumns);
}

/** What reads no column stands as each database spells it. */
function constant(expression: Expression): ExpressionNode {
  const spelled = dialects.flatMap(({ name }) => {
    const text = expressionSql(expression, name);
    return text === undefined ? [] : [[name, text] as const];
  });
  const [first] = spelled;
  const variants = { ...(first === undefined ? {} : { default: first[1] }), ...Object.fromEntries(spelled) };
  return clientValueNode({ kind: "sql", sql: sql(variants) }, "value", unknownType);
}
