// SQL expressions and conditions with their operators: thin objects over nodes. The public types of all of them are in
// `typing.ts`.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { Text } from "../../types/types.js";
import {
  betweenNode,
  binaryNode,
  FALSE,
  junctionNode,
  labelNode,
  NULL,
  orderNode,
  rawNode,
  TRUE,
  unaryNode,
} from "../ast/expressions.js";
import { BOOLEAN_TYPE, typeOfExpression } from "../ast/expression-type.js";
import type { ExpressionNode, JsonNode, NullsOrder, OrderDirection, OrderNode } from "../ast/nodes.js";
import { BINARY_OPERATORS, type BinaryOperator } from "../operators.js";
import type { Condition, Labeled } from "../typing.js";
import { calculatedType, conditionNode, describeElement, listNode, operandNode } from "./coerce.js";
import { comparison, hasComparison, rangeComparison } from "./comparison.js";
import { elementOf, OperandElement, SqlElement, typed } from "./element.js";
import {
  collated,
  customOperation,
  escapeLike,
  jsonReading,
  jsonValue,
  LIKE_ESCAPE,
  regexpReplaced,
  shiftedDate,
} from "./operators.js";

const TEXT_TYPE: SqlType = Text().type;

/** A condition: `and`, `or` and `not` make others from it. */
export class ConditionElement extends OperandElement implements Condition {
  declare readonly node: ExpressionNode;

  constructor(node: ExpressionNode) {
    super();
    this.node = node;
  }

  get role(): "condition" {
    return "condition";
  }

  get kind(): "condition" {
    return "condition";
  }

  /** `this AND …`. */
  and(...conditions: Condition[]): ConditionElement {
    return joinConditions("and", [this, ...conditions]);
  }

  /** `this OR …`. */
  or(...conditions: Condition[]): ConditionElement {
    return joinConditions("or", [this, ...conditions]);
  }

  /** The opposite: by the operator's own opposite where it has one, else `NOT …`. */
  not(): ConditionElement {
    return new ConditionElement(negated(this.node));
  }

  /** The truth value `AS name` in the result. */
  label<const N extends string>(name: N): Labeled<N, boolean> {
    return typed(new Expression(this.node).label(name));
  }
}

/** `a AND b` or `a OR b`; one condition stays as it is. */
export function joinConditions(operator: "and" | "or", conditions: readonly unknown[]): ConditionElement {
  const nodes = conditions.map((condition) => conditionNode(condition, `${operator}()`));
  const [first] = nodes;
  if (first === undefined) throw new ArgumentError(`${operator}() needs at least one condition`);
  return new ConditionElement(nodes.length === 1 ? first : junctionNode(operator, nodes));
}

export function negated(node: ExpressionNode): ExpressionNode {
  if (node.kind === "binary") {
    const { negation } = BINARY_OPERATORS[node.operator];
    if (negation !== null) return binaryNode(negation, node.left, node.right, node.type, node.escape);
  }
  if (node.kind === "between") return betweenNode(node.operand, node.low, node.high, !node.negated);
  if (node.kind === "unary" && node.operator === "not") return node.operand;
  return unaryNode("not", node);
}

/** An ORDER BY element. */
class OrderElement extends SqlElement {
  declare readonly node: OrderNode;

  constructor(node: OrderNode) {
    super();
    this.node = node;
  }

  get role(): "order" {
    return "order";
  }

  get kind(): "order" {
    return "order";
  }

  nullsFirst(): OrderElement {
    return this.#nulls("first");
  }

  nullsLast(): OrderElement {
    return this.#nulls("last");
  }

  #nulls(nulls: NullsOrder): OrderElement {
    return new OrderElement(orderNode(this.node.element, this.node.direction, nulls));
  }
}

/** An expression with its operators; a table's columns are subclasses of it. */
export class Expression<Node extends ExpressionNode = ExpressionNode> extends OperandElement {
  declare readonly node: Node;

  constructor(node: Node) {
    super();
    this.node = node;
  }

  get role(): "expression" {
    return "expression";
  }

  /** `=`; with null `IS NULL`. */
  eq(value: unknown): ConditionElement {
    return this.#compare("eq", value);
  }

  /** `!=`; with null `IS NOT NULL`. */
  ne(value: unknown): ConditionElement {
    return this.#compare("ne", value);
  }

  lt(value: unknown): ConditionElement {
    return this.#compare("lt", value);
  }

  le(value: unknown): ConditionElement {
    return this.#compare("le", value);
  }

  gt(value: unknown): ConditionElement {
    return this.#compare("gt", value);
  }

  ge(value: unknown): ConditionElement {
    return this.#compare("ge", value);
  }

  /** `BETWEEN low AND high`, both included. */
  between(low: unknown, high: unknown): ConditionElement {
    return new ConditionElement(rangeComparison(this.node, this.#bound(low, "between"), this.#bound(high, "between")));
  }

  notBetween(low: unknown, high: unknown): ConditionElement {
    return this.between(low, high).not();
  }

  /** Like `eq`, but NULL counts as a value: equal to itself and to nothing else. */
  isNotDistinctFrom(value: unknown): ConditionElement {
    return new ConditionElement(comparison("isNotDistinct", this.node, operandNode(value, this.node)));
  }

  /** Like `ne`, but NULL counts as a value: different from every other and not from itself. */
  isDistinctFrom(value: unknown): ConditionElement {
    return new ConditionElement(comparison("isDistinct", this.node, operandNode(value, this.node)));
  }

  /** `IN (…)`, over values or a subquery; an empty list is never met. */
  in(values: unknown): ConditionElement {
    return this.#member("in", values);
  }

  /** `NOT IN (…)`; an empty list is always met. */
  notIn(values: unknown): ConditionElement {
    return this.#member("notIn", values);
  }

  /** `IS TRUE`, `IS FALSE`, `IS NULL`: never NULL itself. */
  is(value: boolean | null): ConditionElement {
    return new ConditionElement(binaryNode("is", this.node, truthNode(value)));
  }

  isNot(value: boolean | null): ConditionElement {
    return new ConditionElement(binaryNode("isNot", this.node, truthNode(value)));
  }

  isNull(): ConditionElement {
    return this.#compare("eq", null);
  }

  isNotNull(): ConditionElement {
    return this.#compare("ne", null);
  }

  /** `LIKE`, with `%` and `_` as wildcards; `escape` is one character that takes their meaning away. */
  like(pattern: string, options?: { readonly escape?: string }): ConditionElement {
    return this.#like("like", pattern, options?.escape);
  }

  /** `LIKE` regardless of case. */
  ilike(pattern: string, options?: { readonly escape?: string }): ConditionElement {
    return this.#like("ilike", pattern, options?.escape);
  }

  /** True where the text begins with `prefix`, wildcards in it taken literally. */
  startsWith(prefix: string): ConditionElement {
    return this.#like("like", `${escapeLike(prefix)}%`, LIKE_ESCAPE);
  }

  /** True where the text ends with `suffix`, wildcards in it taken literally. */
  endsWith(suffix: string): ConditionElement {
    return this.#like("like", `%${escapeLike(suffix)}`, LIKE_ESCAPE);
  }

  /** True where `part` occurs in the text, wildcards in it taken literally. */
  contains(part: string): ConditionElement {
    return this.#like("like", `%${escapeLike(part)}%`, LIKE_ESCAPE);
  }

  notLike(pattern: string, options?: { readonly escape?: string }): ConditionElement {
    return this.#like("notLike", pattern, options?.escape);
  }

  notIlike(pattern: string, options?: { readonly escape?: string }): ConditionElement {
    return this.#like("notIlike", pattern, options?.escape);
  }

  /** `startsWith` regardless of case. */
  istartsWith(prefix: string): ConditionElement {
    return this.#like("ilike", `${escapeLike(prefix)}%`, LIKE_ESCAPE);
  }

  /** `endsWith` regardless of case. */
  iendsWith(suffix: string): ConditionElement {
    return this.#like("ilike", `%${escapeLike(suffix)}`, LIKE_ESCAPE);
  }

  /** `contains` regardless of case. */
  icontains(part: string): ConditionElement {
    return this.#like("ilike", `%${escapeLike(part)}%`, LIKE_ESCAPE);
  }

  /** True where the text matches the regular expression, in the database's own dialect of them. */
  regexpMatch(pattern: unknown): ConditionElement {
    return new ConditionElement(binaryNode("regexpMatch", this.node, this.#bound(pattern, "regexpMatch")));
  }

  /** The text with what matches the regular expression replaced. */
  regexpReplace(pattern: unknown, replacement: unknown): Expression {
    return new Expression(regexpReplaced(this.node, pattern, replacement));
  }

  /** Full text search, by the database's own `MATCH`. */
  match(query: unknown): ConditionElement {
    return new ConditionElement(binaryNode("match", this.node, this.#bound(query, "match")));
  }

  /** `COLLATE`: compared and ordered by this collation. */
  collate(collation: string): Expression {
    return new Expression(collated(this.node, collation));
  }

  /** An operator that only the database knows, such as `"->>"`; the value is bound. The symbol never from input. */
  op(symbol: string, value: unknown, type: SqlType = typeOfExpression(this.node)): Expression {
    return new Expression(customOperation(symbol, this.node, value, type));
  }

  /** An operator of the database's own that makes a condition. */
  boolOp(symbol: string, value: unknown): ConditionElement {
    return new ConditionElement(customOperation(symbol, this.node, value, BOOLEAN_TYPE));
  }

  /** `-x`. */
  neg(): Expression {
    return new Expression(unaryNode("negative", this.node));
  }

  bitAnd(value: unknown): Expression {
    return this.#calculate("bitAnd", value);
  }

  bitOr(value: unknown): Expression {
    return this.#calculate("bitOr", value);
  }

  bitXor(value: unknown): Expression {
    return this.#calculate("bitXor", value);
  }

  bitNot(): Expression {
    return new Expression(unaryNode("bitNot", this.node));
  }

  shiftLeft(value: unknown): Expression {
    return this.#calculate("shiftLeft", value);
  }

  shiftRight(value: unknown): Expression {
    return this.#calculate("shiftRight", value);
  }

  /** The quotient rounded down: `-7` by `2` is `-4`. */
  floorDividedBy(value: unknown): Expression {
    return this.#calculate("floorDivide", value);
  }

  /** The value at a path inside a JSON document: `Order.data.json("items", 0, "price").asInteger()`. */
  json(...path: unknown[]): JsonExpression {
    return new JsonExpression(jsonValue(this.node, path));
  }

  /** Later by the interval: `Order.placedAt.plusInterval({ days: 1 })`. */
  plusInterval(interval: unknown): Expression {
    return new Expression(shiftedDate(this.node, interval, 1));
  }

  /** Earlier by the interval. */
  minusInterval(interval: unknown): Expression {
    return new Expression(shiftedDate(this.node, interval, -1));
  }

  /** True where the array holds all of these elements; PostgreSQL. */
  arrayContains(elements: unknown): ConditionElement {
    return this.#array("arrayContains", elements);
  }

  /** True where all of the array's elements are among these; PostgreSQL. */
  arrayContainedBy(elements: unknown): ConditionElement {
    return this.#array("arrayContainedBy", elements);
  }

  /** True where the array and these have an element in common; PostgreSQL. */
  arrayOverlap(elements: unknown): ConditionElement {
    return this.#array("arrayOverlap", elements);
  }

  plus(value: unknown): Expression {
    return this.#calculate("plus", value);
  }

  minus(value: unknown): Expression {
    return this.#calculate("minus", value);
  }

  times(value: unknown): Expression {
    return this.#calculate("times", value);
  }

  /** The quotient, fraction included, also of whole numbers. */
  dividedBy(value: unknown): Expression {
    return this.#calculate("divide", value);
  }

  modulo(value: unknown): Expression {
    return this.#calculate("modulo", value);
  }

  /** `||`. */
  concat(value: unknown): Expression {
    return new Expression(binaryNode("concat", this.node, this.#bound(value, "concat"), TEXT_TYPE));
  }

  asc(): OrderElement {
    return this.#order("asc");
  }

  desc(): OrderElement {
    return this.#order("desc");
  }

  /** `AS name`: the expression's name in the result. */
  label(name: string): Expression {
    if (typeof name !== "string" || name === "") throw new ArgumentError("label() needs a name");
    return new Expression(labelNode(name, this.node.kind === "label" ? this.node.element : this.node));
  }

  #compare(operator: BinaryOperator, value: unknown): ConditionElement {
    const right = operandNode(value, this.node);
    if (value !== null) return new ConditionElement(comparison(operator, this.node, right));
    if (operator === "eq") return new ConditionElement(binaryNode("is", this.node, right));
    if (operator === "ne") return new ConditionElement(binaryNode("isNot", this.node, right));
    throw nullOperand(operator, this.node);
  }

  #calculate(operator: BinaryOperator, value: unknown): Expression {
    const right = this.#bound(value, operator);
    return new Expression(binaryNode(operator, this.node, right, calculatedType(operator, this.node, right)));
  }

  /** An operand that may not be null. */
  #bound(value: unknown, operation: string): ExpressionNode {
    if (value === null) throw nullOperand(operation, this.node);
    return operandNode(value, this.node);
  }

  #member(operator: "in" | "notIn", values: unknown): ConditionElement {
    const { node } = this;
    if (elementOf(values) !== null) return new ConditionElement(binaryNode(operator, node, operandNode(values, node)));
    if (!Array.isArray(values)) {
      throw new ArgumentError(`${operator}() takes an array or a subquery, got ${describeValue(values)}`);
    }
    const missing = values.findIndex((value) => value === null || value === undefined);
    if (missing >= 0) {
      throw new ArgumentError(
        `${operator}() was given ${describeValue(values[missing])} at position ${missing}: ` +
          "NULL is in no list; ask isNull()",
      );
    }
    if (values.length > 0 && hasComparison(node)) {
      const any = joinConditions(
        "or",
        values.map((value) => this.eq(value)),
      );
      return operator === "in" ? any : any.not();
    }
    return new ConditionElement(binaryNode(operator, node, listNode(values, node)));
  }

  #array(operator: BinaryOperator, elements: unknown): ConditionElement {
    return new ConditionElement(binaryNode(operator, this.node, this.#bound(elements, operator)));
  }

  #like(
    operator: "like" | "ilike" | "notLike" | "notIlike",
    pattern: unknown,
    escape: string | undefined,
  ): ConditionElement {
    if (typeof pattern !== "string" && elementOf(pattern) === null) {
      throw new ArgumentError(`${operator}() takes a string, got ${describeValue(pattern)}`);
    }
    if (escape !== undefined && [...escape].length !== 1) {
      throw new ArgumentError(`the escape of ${operator}() is one character, got ${describeValue(escape)}`);
    }
    const right = operandNode(pattern, this.node);
    return new ConditionElement(binaryNode(operator, this.node, right, undefined, escape ?? null));
  }

  #order(direction: OrderDirection): OrderElement {
    return new OrderElement(orderNode(this.node, direction));
  }
}

/** A value inside a JSON document: as JSON, or read as what it is. */
class JsonExpression extends Expression<JsonNode> {
  asText(): Expression {
    return new Expression(jsonReading(this.node, "text"));
  }

  asInteger(): Expression {
    return new Expression(jsonReading(this.node, "integer"));
  }

  /** As a floating point number. */
  asNumber(): Expression {
    return new Expression(jsonReading(this.node, "double"));
  }

  asBoolean(): Expression {
    return new Expression(jsonReading(this.node, "boolean"));
  }
}

function truthNode(value: unknown): ExpressionNode {
  if (value === null) return NULL;
  if (typeof value === "boolean") return value ? TRUE : FALSE;
  throw new ArgumentError(`is() takes true, false or null, got ${describeValue(value)}`);
}

function nullOperand(operation: string, node: ExpressionNode): ArgumentError {
  return new ArgumentError(
    `${operation}() was given null for ${describeElement(node)}: the answer would always be NULL; ask isNull()`,
  );
}

/** True for what may stand as a value in SQL: expressions, conditions, subqueries. */
export function isSqlExpression(value: unknown): boolean {
  return value instanceof OperandElement;
}

/** SQL text that the programmer vouches for, as an expression. */
export function rawExpression(text: string, type: SqlType): Expression {
  if (typeof text !== "string" || text.trim() === "") throw new ArgumentError("raw SQL needs text");
  return new Expression(rawNode(text, type));
}
