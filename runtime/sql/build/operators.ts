// The rarer operators of an expression, as functions of its node: patterns, JSON paths, dates, the database's own.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { Bool, Double, Integer, Json, Text } from "../../types/types.js";
import { collateNode, dateShiftNode, INTERVAL_UNITS, jsonNode, operationNode } from "../ast/advanced-expressions.js";
import { typeOfExpression } from "../ast/expression-type.js";
import { bindNode, functionNode } from "../ast/expressions.js";
import type {
  BindNode,
  CollateNode,
  ExpressionNode,
  FunctionNode,
  IntervalUnit,
  JsonNode,
  JsonReading,
  OperationNode,
} from "../ast/nodes.js";
import { describeElement, operandNode } from "./coerce.js";
import { elementOf } from "./element.js";

export const LIKE_ESCAPE = "\\";
const TEXT: SqlType = Text().type;
const INTEGER: SqlType = Integer().type;
const BOOLEAN: SqlType = Bool().type;

/** What a JSON value is read as, and its type. */
const READING_TYPES: Readonly<Record<JsonReading, SqlType>> = {
  json: Json().type,
  text: TEXT,
  integer: INTEGER,
  double: Double().type,
  boolean: BOOLEAN,
};

/** A text as a LIKE pattern that means nothing but itself. */
export function escapeLike(text: unknown): string {
  if (typeof text !== "string") throw new ArgumentError(`expected a string, got ${describeValue(text)}`);
  return text.replace(/[%_\\]/g, (character) => LIKE_ESCAPE + character);
}

/** Operators are text in the statement: signs and words, no quotes, no comments, no end of statement. */
const OPERATOR = /^(?:[-+*/<>=~!@#%^&|?:.]+|[A-Za-z_]+(?: [A-Za-z_]+)*)$/;

/** `left symbol right` with an operator that only the database knows. Throws `ArgumentError` for what is none. */
export function customOperation(symbol: unknown, left: ExpressionNode, value: unknown, type: SqlType): OperationNode {
  if (typeof symbol !== "string" || !OPERATOR.test(symbol) || /--|\/\*|\*\//.test(symbol)) {
    throw new ArgumentError(`op() takes an operator such as "@>" or "SIMILAR TO", got ${describeValue(symbol)}`);
  }
  return operationNode(symbol, left, operandNode(value, left), type);
}

export function collated(node: ExpressionNode, collation: unknown): CollateNode {
  if (typeof collation !== "string" || collation === "") throw new ArgumentError("collate() takes a collation's name");
  return collateNode(node, collation);
}

/** `regexp_replace(text, pattern, replacement)`. */
export function regexpReplaced(node: ExpressionNode, pattern: unknown, replacement: unknown): FunctionNode {
  return functionNode("regexp_replace", [node, operandNode(pattern, node), operandNode(replacement, node)], TEXT);
}

/** The value at the path inside a document. Throws `ArgumentError` for what is no JSON and for what is no path. */
export function jsonValue(node: ExpressionNode, path: readonly unknown[]): JsonNode {
  const { kind } = typeOfExpression(node).logical;
  if (kind !== "json" && kind !== "jsonb" && kind !== "null") {
    throw new ArgumentError(`json() reads JSON documents; ${describeElement(node)} is of type ${kind}`);
  }
  if (path.length === 0) throw new ArgumentError('json() takes a path, as in json("items", 0)');
  const legs = path.map((leg): BindNode | number => {
    if (typeof leg === "string") return bindNode("key", TEXT, leg);
    if (typeof leg === "number" && Number.isSafeInteger(leg) && leg >= 0) return leg;
    throw new ArgumentError(`json() takes property names and positions from 0, got ${describeValue(leg)}`);
  });
  return jsonNode(node, legs, bindNode("path", TEXT, jsonPath(path)), "json", READING_TYPES.json);
}

/** The same value read as another type. */
export function jsonReading(node: JsonNode, reading: JsonReading): JsonNode {
  return jsonNode(node.operand, node.legs, node.path, reading, READING_TYPES[reading]);
}

/** `$."items"[0]`: names are quoted as JSON strings are. */
function jsonPath(path: readonly unknown[]): string {
  return path.reduce(
    (text: string, leg) => text + (typeof leg === "number" ? `[${leg}]` : `.${JSON.stringify(leg)}`),
    "$",
  );
}

const TEMPORAL: ReadonlySet<string> = new Set(["date", "time", "timestamp", "timestamptz", "null"]);

/** A point in time moved by the interval, part by part, the longest first. Throws `ArgumentError` for what is none. */
export function shiftedDate(node: ExpressionNode, interval: unknown, sign: 1 | -1): ExpressionNode {
  const type = typeOfExpression(node);
  if (!TEMPORAL.has(type.logical.kind)) {
    throw new ArgumentError(`an interval is added to dates and times; ${describeElement(node)} is neither`);
  }
  if (typeof interval !== "object" || interval === null || elementOf(interval) !== null) {
    throw new ArgumentError(`an interval is an object such as { days: 1 }, got ${describeValue(interval)}`);
  }
  const parts = Object.entries(interval);
  const wrong = parts.find(([unit]) => !(INTERVAL_UNITS as readonly string[]).includes(unit)); // as plain names
  if (wrong !== undefined || parts.length === 0) {
    throw new ArgumentError(
      `an interval has ${INTERVAL_UNITS.join(", ")}, got ${describeValue(wrong?.[0] ?? interval)}`,
    );
  }
  let shifted = node;
  for (const unit of INTERVAL_UNITS) {
    const amount: unknown = Reflect.get(interval, unit);
    if (amount !== undefined) shifted = dateShiftNode(shifted, unit, amountNode(unit, amount, sign), type);
  }
  return shifted;
}

function amountNode(unit: IntervalUnit, amount: unknown, sign: 1 | -1): ExpressionNode {
  if (typeof amount === "number" && Number.isSafeInteger(amount)) return bindNode("param", INTEGER, sign * amount);
  throw new ArgumentError(`an interval's ${unit} are a whole number, got ${describeValue(amount)}`);
}
