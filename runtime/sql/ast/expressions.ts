// Factories of expression nodes. Each interns its key from its parts; nothing here looks at values.
import { ArgumentError } from "../../errors/errors.js";
import { unknownType } from "../../types/declared-type.js";
import type { ClientValue } from "../../types/client-value.js";
import type { RawSql } from "../../types/raw-sql.js";
import type { SqlType } from "../../types/sql-type.js";
import { BINARY_OPERATORS, type BinaryOperator, type UnaryOperator } from "../operators.js";
import { BOOLEAN_TYPE, typeOfExpression } from "./expression-type.js";
import { freshBindKey, freshKey, internList, internPair, internString } from "./intern.js";
import type {
  BetweenNode,
  BinaryNode,
  BindNode,
  CaseNode,
  CastNode,
  ColumnNode,
  ConstantNode,
  ExistsNode,
  ExpressionNode,
  FunctionNode,
  JunctionNode,
  LabelNode,
  NullsOrder,
  OrderDirection,
  OrderNode,
  RawNode,
  SelectNode,
  SubqueryNode,
  TextNode,
  TupleNode,
  UnaryNode,
} from "./nodes.js";

const BIND = freshBindKey();
const COLUMN_BIND = freshBindKey();
const NAMED_BIND = freshBindKey();
const LIST_BIND = freshBindKey();
const RAW = freshKey();
const BETWEEN = freshKey();
const NOT_BETWEEN = freshKey();
const FUNCTION = freshKey();
const DISTINCT_FUNCTION = freshKey();
const CAST = freshKey();
const CASE = freshKey();
const TUPLE = freshKey();
const EXISTS = freshKey();
const SUBQUERY = freshKey();
const LABEL = freshKey();
const ORDER = freshKey();
const TEXT = freshKey();
const JUNCTIONS = { and: freshKey(), or: freshKey() };
const UNARY: Readonly<Record<UnaryOperator, number>> = {
  not: freshKey(),
  negative: freshKey(),
  bitNot: freshKey(),
  distinct: freshKey(),
};
const BINARY: ReadonlyMap<string, number> = new Map(Object.keys(BINARY_OPERATORS).map((name) => [name, freshKey()]));
const ESCAPED = freshKey();

/** The value of a bind that gets its value at execution. */
export const UNSET: unique symbol = Symbol("athanor.unset");

/** A value whose placeholder is named after `name` and a counter. */
export function bindNode(name: string, type: SqlType, value: unknown): BindNode {
  const key = internPair(internPair(BIND, internString(name)), internString(type.key));
  return { kind: "bind", key, name, unique: true, type, expanding: false, value };
}

/** A value for a column: named and typed after it. */
export function columnBindNode(column: ColumnNode, value: unknown): BindNode {
  const key = internPair(COLUMN_BIND, column.key);
  return { kind: "bind", key, name: column.property, unique: true, type: column.type, expanding: false, value };
}

/** A value under exactly this name; without a value, the execution must give one. */
export function namedBindNode(name: string, type: SqlType, value: unknown = UNSET): BindNode {
  const key = internPair(internPair(NAMED_BIND, internString(name)), internString(type.key));
  return { kind: "bind", key, name, unique: false, type, expanding: false, value };
}

/** The list of an IN: the number of elements is not part of the key. */
export function listBindNode(name: string, type: SqlType, values: unknown, unique = true): BindNode {
  const key = internPair(internPair(LIST_BIND, internString(name)), internString(type.key));
  return { kind: "bind", key: internPair(key, unique ? 2 : 0), name, unique, type, expanding: true, value: values };
}

const TUPLE_BIND = freshBindKey();

/** The list of an IN over rows. */
export function tupleListBindNode(types: readonly SqlType[], rows: unknown): BindNode {
  let key = internPair(TUPLE_BIND, types.length);
  for (const type of types) key = internPair(key, internString(type.key));
  return {
    kind: "bind",
    key,
    name: "param",
    unique: true,
    type: unknownType,
    expanding: true,
    tuple: types,
    value: rows,
  };
}

/** The LIMIT and the OFFSET of a select that has only the other, for dialects that must write both. */
export const NO_LIMIT: BindNode = bindNode("param", unknownType, -1);
export const NO_OFFSET: BindNode = bindNode("param", unknownType, 0);

/** The value of a LIMIT or an OFFSET. */
export function countBindNode(count: number): BindNode {
  return { ...NO_LIMIT, value: count };
}

function constant(value: ConstantNode["value"]): ConstantNode {
  return { kind: "constant", key: freshKey(), value };
}

export const NULL = constant("null");
/** The `*` of `count(*)`. */
export const STAR = constant("star");
export const TRUE = constant("true");
export const FALSE = constant("false");
/** `DEFAULT`, as a value that is inserted or set. */
export const DEFAULT = constant("default");

export function rawNode(text: string, type: SqlType): RawNode {
  return { kind: "raw", key: internPair(internPair(RAW, internString(text)), internString(type.key)), text, type };
}

/** SQL with a text for each dialect. */
function variantsNode(variants: RawSql, type: SqlType): RawNode {
  const node = rawNode(JSON.stringify(variants.model.variants), type);
  return { ...node, text: variants.for("default") ?? "", variants };
}

/** The value of a column that nobody gave: a parameter of this name, or the SQL itself. */
export function clientValueNode(value: ClientValue, name: string, type: SqlType): ExpressionNode {
  switch (value.kind) {
    case "value":
      return namedBindNode(name, type, value.value);
    case "made":
      return { ...namedBindNode(name, type), make: value.make };
    case "sql":
      return variantsNode(value.sql, type);
  }
}

/** An operator before its operand; of the operand's type, but for NOT. */
export function unaryNode(operator: UnaryOperator, operand: ExpressionNode): UnaryNode {
  const type = operator === "not" ? BOOLEAN_TYPE : typeOfExpression(operand);
  return { kind: "unary", key: internPair(UNARY[operator], operand.key), operator, operand, type };
}

/** `left operator right`, a truth value unless a type is given. */
export function binaryNode(
  operator: BinaryOperator,
  left: ExpressionNode,
  right: ExpressionNode,
  type: SqlType = BOOLEAN_TYPE,
  escape: string | null = null,
): BinaryNode {
  const head = BINARY.get(operator);
  if (head === undefined) throw new ArgumentError(`no such operator: ${operator}`);
  let key = internPair(internPair(head, left.key), right.key);
  if (escape !== null) key = internPair(internPair(ESCAPED, key), internString(escape));
  return { kind: "binary", key, operator, left, right, escape, type };
}

export function betweenNode(
  operand: ExpressionNode,
  low: ExpressionNode,
  high: ExpressionNode,
  negated = false,
): BetweenNode {
  const key = internPair(internPair(internPair(negated ? NOT_BETWEEN : BETWEEN, operand.key), low.key), high.key);
  return { kind: "between", key, operand, low, high, negated };
}

/** AND or OR over two conditions or more; those of the same operator are merged into it. */
export function junctionNode(operator: "and" | "or", operands: readonly ExpressionNode[]): JunctionNode {
  const flat = operands.some((operand) => operand.kind === "junction" && operand.operator === operator)
    ? operands.flatMap((operand) =>
        operand.kind === "junction" && operand.operator === operator ? operand.operands : [operand],
      )
    : operands;
  return { kind: "junction", key: internList(JUNCTIONS[operator], flat), operator, operands: flat };
}

export function functionNode(
  name: string,
  operands: readonly ExpressionNode[],
  type: SqlType,
  distinct = false,
): FunctionNode {
  const head = internPair(distinct ? DISTINCT_FUNCTION : FUNCTION, internString(name));
  const key = internList(internPair(head, internString(type.key)), operands);
  return { kind: "function", key, name, operands, distinct, type };
}

export function castNode(operand: ExpressionNode, type: SqlType): CastNode {
  return { kind: "cast", key: internPair(internPair(CAST, operand.key), internString(type.key)), operand, type };
}

export function caseNode(
  whens: CaseNode["whens"],
  otherwise: ExpressionNode | null,
  type: SqlType,
  subject: ExpressionNode | null = null,
): CaseNode {
  let key = internPair(internPair(CASE, internString(type.key)), whens.length * 2);
  for (const when of whens) key = internPair(internPair(key, when.condition.key), when.result.key);
  key = internPair(internPair(key, otherwise === null ? 0 : otherwise.key), subject === null ? 0 : subject.key);
  return { kind: "case", key, subject, whens, otherwise, type };
}

export function tupleNode(elements: readonly ExpressionNode[]): TupleNode {
  return { kind: "tuple", key: internList(TUPLE, elements), elements };
}

export function existsNode(select: SelectNode): ExistsNode {
  return { kind: "exists", key: internPair(EXISTS, select.key), select };
}

export function subqueryNode(select: SelectNode, type: SqlType): SubqueryNode {
  return { kind: "subquery", key: internPair(internPair(SUBQUERY, select.key), internString(type.key)), select, type };
}

export function labelNode(name: string, element: ExpressionNode): LabelNode {
  return { kind: "label", key: internPair(internPair(LABEL, internString(name)), element.key), name, element };
}

/** Directions may come from outside in plain JavaScript: what is not in the list is refused here. */
const ORDER_VARIANTS: ReadonlyMap<string, number> = new Map(
  [
    "null null",
    "asc null",
    "desc null",
    "null first",
    "asc first",
    "desc first",
    "null last",
    "asc last",
    "desc last",
  ].map((variant, index) => [variant, index * 2]),
);

/** Throws `ArgumentError` for a direction that does not exist. */
export function orderNode(
  element: ExpressionNode,
  direction: OrderDirection | null,
  nulls: NullsOrder | null = null,
): OrderNode {
  const variant = ORDER_VARIANTS.get(`${direction} ${nulls}`);
  if (variant === undefined) throw new ArgumentError(`no such order: ${direction}, nulls ${nulls}`);
  return { kind: "order", key: internPair(internPair(ORDER, variant), element.key), element, direction, nulls };
}

export function textNode(
  segments: readonly string[],
  binds: readonly BindNode[],
  columns: TextNode["columns"] = null,
  execution: TextNode["execution"] = null,
): TextNode {
  let key = internPair(TEXT, segments.length * 2);
  for (const segment of segments) key = internPair(key, internString(segment));
  key = internList(key, binds);
  for (const column of columns ?? []) {
    key = internPair(internPair(key, internString(column.property)), internString(column.type.key));
  }
  return { kind: "text", key, segments, binds, columns, execution };
}
