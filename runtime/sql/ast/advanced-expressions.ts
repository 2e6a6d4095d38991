// Factories of the rarer expression nodes: windows and aggregates, JSON, dates, the database's own operators and text.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { PRECEDENCE } from "../operators.js";
import { freshBindKey, freshKey, internList, internPair, internString } from "./intern.js";
import type {
  BindNode,
  CollateNode,
  DateShiftNode,
  ExpressionNode,
  ExtractNode,
  FilterNode,
  FragmentNode,
  FunctionNode,
  GroupingNode,
  IdentifierNode,
  IntervalUnit,
  JsonNode,
  JsonReading,
  OperationNode,
  QuantifiedNode,
  TemporalField,
  TypedNode,
  WindowFrame,
  WindowNode,
  WithinGroupNode,
} from "./nodes.js";

const WINDOW = freshKey();
const FILTER = freshKey();
const WITHIN_GROUP = freshKey();
const COLLATE = freshKey();
const JSON_VALUE = freshBindKey();
const OPERATION = freshKey();
const TYPED = freshKey();
const FRAGMENT = freshKey();
const IDENTIFIER = freshKey();
const EXTRACT = freshKey();
const DATE_SHIFT = freshKey();
const UNBOUNDED = freshKey();
const QUANTIFIERS = { any: freshKey(), all: freshKey() };
const GROUPINGS = { sets: freshKey(), cube: freshKey(), rollup: freshKey() };
const READINGS: Readonly<Record<JsonReading, number>> = { json: 0, text: 1, integer: 2, double: 3, boolean: 4 };

/** What may stand in a statement's text, by the name that says it; anything else is refused. */
const FRAME_UNITS: ReadonlySet<string> = new Set(["rows", "range", "groups"]);
const FIELDS: readonly string[] = [
  "year",
  "quarter",
  "month",
  "week",
  "day",
  "dow",
  "doy",
  "hour",
  "minute",
  "second",
  "epoch",
];
export const INTERVAL_UNITS: readonly IntervalUnit[] = [
  "years",
  "months",
  "weeks",
  "days",
  "hours",
  "minutes",
  "seconds",
];

/** `operand OVER (…)`. Throws `ArgumentError` for a frame that does not exist. */
export function windowNode(
  operand: ExpressionNode,
  partitionBy: readonly ExpressionNode[],
  orderBy: readonly ExpressionNode[],
  frame: WindowFrame | null,
): WindowNode {
  let key = internList(internList(internPair(WINDOW, operand.key), partitionBy), orderBy);
  if (frame !== null) {
    if (!FRAME_UNITS.has(frame.unit)) throw new ArgumentError(`no such window frame: ${frame.unit}`);
    key = internPair(internPair(key, internString(frame.unit)), boundKey(frame.start));
    key = internPair(key, boundKey(frame.end));
  }
  return { kind: "window", key, operand, partitionBy, orderBy, frame };
}

function boundKey(bound: number | null): number {
  if (bound === null) return UNBOUNDED;
  if (Number.isSafeInteger(bound)) return internString(String(bound));
  throw new ArgumentError(`a window frame's bound is a whole number or null, got ${describeValue(bound)}`);
}

export function filterNode(operand: FunctionNode, conditions: readonly ExpressionNode[]): FilterNode {
  return { kind: "filter", key: internList(internPair(FILTER, operand.key), conditions), operand, conditions };
}

export function withinGroupNode(operand: ExpressionNode, orderBy: readonly ExpressionNode[]): WithinGroupNode {
  return { kind: "withinGroup", key: internList(internPair(WITHIN_GROUP, operand.key), orderBy), operand, orderBy };
}

export function collateNode(operand: ExpressionNode, collation: string): CollateNode {
  const key = internPair(internPair(COLLATE, operand.key), internString(collation));
  return { kind: "collate", key, operand, collation };
}

/** Throws `ArgumentError` for a field that does not exist. */
export function extractNode(field: TemporalField, operand: ExpressionNode): ExtractNode {
  if (!FIELDS.includes(field)) {
    throw new ArgumentError(`extract() knows ${FIELDS.join(", ")}, got ${describeValue(field)}`);
  }
  return { kind: "extract", key: internPair(internPair(EXTRACT, internString(field)), operand.key), field, operand };
}

export function quantifiedNode(quantifier: "any" | "all", operand: ExpressionNode): QuantifiedNode {
  return { kind: "quantified", key: internPair(QUANTIFIERS[quantifier], operand.key), quantifier, operand };
}

/** A value inside a document; positions are part of the key, names are not. */
export function jsonNode(
  operand: ExpressionNode,
  legs: readonly (BindNode | number)[],
  path: BindNode,
  reading: JsonReading,
  type: SqlType,
): JsonNode {
  let key = internPair(internPair(internPair(JSON_VALUE, READINGS[reading]), operand.key), internString(type.key));
  key = internPair(key, legs.length);
  for (const leg of legs) key = internPair(key, typeof leg === "number" ? internString(String(leg)) : leg.key);
  return { kind: "json", key, operand, legs, path, reading, type };
}

export function operationNode(
  symbol: string,
  left: ExpressionNode,
  right: ExpressionNode,
  type: SqlType,
  precedence: number = PRECEDENCE.other,
): OperationNode {
  let key = internPair(internPair(internPair(OPERATION, internString(symbol)), left.key), right.key);
  key = internPair(internPair(key, internString(type.key)), precedence * 2);
  return { kind: "operation", key, symbol, left, right, precedence, type };
}

export function groupingNode(form: GroupingNode["form"], sets: GroupingNode["sets"]): GroupingNode {
  let key = internPair(GROUPINGS[form], sets.length * 2);
  for (const set of sets) key = internList(key, set);
  return { kind: "grouping", key, form, sets };
}

/** Throws `ArgumentError` for a unit that does not exist. */
export function dateShiftNode(
  operand: ExpressionNode,
  unit: IntervalUnit,
  amount: ExpressionNode,
  type: SqlType,
): DateShiftNode {
  if (!INTERVAL_UNITS.includes(unit)) throw new ArgumentError(`no such unit of time: ${describeValue(unit)}`);
  const key = internPair(internPair(internPair(DATE_SHIFT, internString(unit)), operand.key), amount.key);
  return { kind: "dateShift", key: internPair(key, internString(type.key)), operand, unit, amount, type };
}

export function typedNode(operand: ExpressionNode, type: SqlType): TypedNode {
  return { kind: "typed", key: internPair(internPair(TYPED, operand.key), internString(type.key)), operand, type };
}

export function fragmentNode(
  segments: readonly string[],
  parts: FragmentNode["parts"],
  type: SqlType,
  forms?: FragmentNode["forms"],
): FragmentNode {
  let key = internPair(FRAGMENT, internString(type.key));
  for (const segment of segments) key = internPair(key, internString(segment));
  if (forms !== undefined) key = internPair(key, internString(JSON.stringify(forms)));
  return {
    kind: "fragment",
    key: internList(key, parts),
    segments,
    parts,
    type,
    ...(forms === undefined ? {} : { forms }),
  };
}

export function identifierNode(path: readonly string[]): IdentifierNode {
  let key = internPair(IDENTIFIER, path.length * 2);
  for (const name of path) key = internPair(key, internString(name));
  return { kind: "identifier", key, path };
}
