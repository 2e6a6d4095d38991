// An expression made anew of other parts: the one place that knows how each kind is put together again.
import {
  dateShiftNode,
  extractNode,
  filterNode,
  fragmentNode,
  collateNode,
  groupingNode,
  jsonNode,
  operationNode,
  quantifiedNode,
  typedNode,
  windowNode,
  withinGroupNode,
} from "./advanced-expressions.js";
import {
  betweenNode,
  binaryNode,
  caseNode,
  castNode,
  existsNode,
  functionNode,
  junctionNode,
  labelNode,
  orderNode,
  subqueryNode,
  tupleNode,
  unaryNode,
} from "./expressions.js";
import type { ExpressionNode, FragmentNode, FunctionNode, SelectNode } from "./nodes.js";

/** What each part becomes. */
interface Rewriting {
  readonly expression: (node: ExpressionNode) => ExpressionNode;
  readonly select: (node: SelectNode) => SelectNode;
}

/** The expression with its parts replaced; one without parts stays as it is. */
export function rewriteParts(node: ExpressionNode, { expression: go, select }: Rewriting): ExpressionNode {
  switch (node.kind) {
    case "unary":
      return unaryNode(node.operator, go(node.operand));
    case "binary":
      return binaryNode(node.operator, go(node.left), go(node.right), node.type, node.escape);
    case "between":
      return betweenNode(go(node.operand), go(node.low), go(node.high), node.negated);
    case "junction":
      return junctionNode(node.operator, node.operands.map(go));
    case "function":
      return rewriteFunction(node, go);
    case "cast":
      return castNode(go(node.operand), node.type);
    case "case":
      return caseNode(
        node.whens.map((when) => ({ condition: go(when.condition), result: go(when.result) })),
        node.otherwise === null ? null : go(node.otherwise),
        node.type,
        node.subject === null ? null : go(node.subject),
      );
    case "tuple":
      return tupleNode(node.elements.map(go));
    case "exists":
      return existsNode(select(node.select));
    case "subquery":
      return subqueryNode(select(node.select), node.type);
    case "label":
      return labelNode(node.name, go(node.element));
    case "order":
      return orderNode(go(node.element), node.direction, node.nulls);
    default:
      return rewriteAdvanced(node, go);
  }
}

type AdvancedNode = Exclude<
  ExpressionNode,
  {
    readonly kind:
      | "unary"
      | "binary"
      | "between"
      | "junction"
      | "function"
      | "cast"
      | "case"
      | "tuple"
      | "exists"
      | "subquery"
      | "label"
      | "order";
  }
>;

function rewriteAdvanced(node: AdvancedNode, go: Rewriting["expression"]): ExpressionNode {
  switch (node.kind) {
    case "window":
      return windowNode(go(node.operand), node.partitionBy.map(go), node.orderBy.map(go), node.frame);
    case "filter":
      return filterNode(rewriteFunction(node.operand, go), node.conditions.map(go));
    case "withinGroup":
      return withinGroupNode(go(node.operand), node.orderBy.map(go));
    case "collate":
      return collateNode(go(node.operand), node.collation);
    case "extract":
      return extractNode(node.field, go(node.operand));
    case "quantified":
      return quantifiedNode(node.quantifier, go(node.operand));
    case "json":
      return jsonNode(go(node.operand), node.legs, node.path, node.reading, node.type);
    case "operation":
      return operationNode(node.symbol, go(node.left), go(node.right), node.type, node.precedence);
    case "grouping":
      return groupingNode(
        node.form,
        node.sets.map((set) => set.map(go)),
      );
    case "dateShift":
      return dateShiftNode(go(node.operand), node.unit, go(node.amount), node.type);
    case "typed":
      return typedNode(go(node.operand), node.type);
    case "fragment":
      return fragmentNode(
        node.segments,
        node.parts.map((part) => (isExpression(part) ? go(part) : part)),
        node.type,
        node.forms,
      );
    case "column":
    case "bind":
    case "constant":
    case "raw":
    case "text":
      return node;
  }
}

function rewriteFunction(node: FunctionNode, go: Rewriting["expression"]): FunctionNode {
  return functionNode(node.name, node.operands.map(go), node.type, node.distinct);
}

function isExpression(part: FragmentNode["parts"][number]): part is ExpressionNode {
  switch (part.kind) {
    case "identifier":
    case "table":
    case "alias":
    case "values":
    case "cte":
    case "tableFunction":
    case "combined":
      return false;
    default:
      return true;
  }
}
