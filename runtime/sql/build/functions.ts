// `func`: SQL functions, the usual ones with their types, and `call` for any other.
import { ArgumentError } from "../../errors/errors.js";
import { DeclaredType, unknownType } from "../../types/declared-type.js";
import type { SqlType } from "../../types/sql-type.js";
import type { Instant, PlainDate, PlainTime } from "../../types/temporal.js";
import { Double, Integer, SqlDate, SqlTime, Text, TimestampTz } from "../../types/types.js";
import { typeOfExpression } from "../ast/expression-type.js";
import { functionNode, rawNode, STAR } from "../ast/expressions.js";
import type { ExpressionNode } from "../ast/nodes.js";
import { quoteLiteral } from "../compile/identifiers.js";
import type { Argument, FunctionExpr, Sql } from "../typing.js";
import { argumentNode, operandNode } from "./coerce.js";
import { typed } from "./element.js";
import { FunctionExpression } from "./function-expression.js";

const INTEGER: SqlType = Integer().type;
const DOUBLE: SqlType = Double().type;
const TEXT: SqlType = Text().type;
const TIMESTAMP: SqlType = TimestampTz().type;
const DATE: SqlType = SqlDate().type;
const TIME: SqlType = SqlTime().type;

function call<T, O extends string = never>(
  name: string,
  operands: readonly ExpressionNode[],
  type: SqlType,
  distinct = false,
): FunctionExpr<T, O> {
  return typed(new FunctionExpression(functionNode(name, operands, type, distinct)));
}

/** A function of one argument whose result has the argument's type. */
function likeArgument<T, O extends string = never>(name: string, expression: Sql<unknown>): FunctionExpr<T, O> {
  const node = argumentNode(expression);
  return call(name, [node], typeOfExpression(node));
}

/** An array of values of this type, NULL among them. */
function arrayOfType(type: SqlType): SqlType {
  if (!(type instanceof DeclaredType) || type.logical.kind === "null") return unknownType;
  return new DeclaredType({ kind: "array", element: type.logical }, `ArrayOf(${String(type)}.nullable())`, {
    inner: type,
    nullableElements: true,
  });
}

function neighbour<T>(name: string, expression: Sql<T>, rows: number): FunctionExpr<T | null> {
  const node = argumentNode(expression);
  const distance = rows === 1 ? [] : [argumentNode(rows)];
  return call(name, [node, ...distance], typeOfExpression(node));
}

export const func = {
  /** `count(expression)`, or `count(*)`. */
  count(expression?: Sql<unknown>): FunctionExpr<number> {
    return call("count", [expression === undefined ? STAR : argumentNode(expression)], INTEGER);
  },
  /** `count(DISTINCT expression)`. */
  countDistinct(expression: Sql<unknown>): FunctionExpr<number> {
    return call("count", [argumentNode(expression)], INTEGER, true);
  },
  /** Null where there are no rows. */
  sum<T>(expression: Sql<T>): FunctionExpr<T | null> {
    return likeArgument("sum", expression);
  },
  /** As a floating point number; null where there are no rows. */
  avg(expression: Sql<unknown>): FunctionExpr<number | null> {
    return call("avg", [argumentNode(expression)], DOUBLE);
  },
  /** Null where there are no rows. */
  min<T>(expression: Sql<T>): FunctionExpr<T | null> {
    return likeArgument("min", expression);
  },
  /** Null where there are no rows. */
  max<T>(expression: Sql<T>): FunctionExpr<T | null> {
    return likeArgument("max", expression);
  },
  lower<T extends string | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return likeArgument("lower", expression);
  },
  upper<T extends string | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return likeArgument("upper", expression);
  },
  trim<T extends string | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return likeArgument("trim", expression);
  },
  /** The texts of a group in one, with `separator` between them; null where there are no rows. */
  aggregateStrings(expression: Sql<string | null>, separator: string): FunctionExpr<string | null> {
    // Some databases take a literal there and nothing else.
    return call("aggregate_strings", [argumentNode(expression), rawNode(quoteLiteral(separator), TEXT)], TEXT);
  },
  /** One text of all the arguments. */
  concat(...parts: [string | Sql<unknown>, ...(string | Sql<unknown>)[]]): FunctionExpr<string> {
    return call("concat", parts.map(argumentNode), TEXT);
  },
  /** The number of characters. */
  length<O extends string>(expression: Sql<string | null, O>): FunctionExpr<number, O> {
    return call("length", [argumentNode(expression)], INTEGER);
  },
  /** The part of `count` characters from `start`, counted from 1; to the end without `count`. */
  substr<T extends string | null, O extends string>(
    expression: Sql<T, O>,
    start: number,
    count?: number,
  ): FunctionExpr<T, O> {
    const node = argumentNode(expression);
    const rest = count === undefined ? [start] : [start, count];
    return call("substr", [node, ...rest.map(argumentNode)], TEXT);
  },
  replace<T extends string | null, O extends string>(
    expression: Sql<T, O>,
    from: string,
    to: string,
  ): FunctionExpr<T, O> {
    const node = argumentNode(expression);
    return call("replace", [node, argumentNode(from), argumentNode(to)], TEXT);
  },
  /** The first that is not NULL. */
  coalesce<T>(first: Sql<T | null>, ...others: (NonNullable<T> | Sql<T | null>)[]): FunctionExpr<NonNullable<T>> {
    const node = argumentNode(first);
    return call("coalesce", [node, ...others.map((other) => operandNode(other, node))], typeOfExpression(node));
  },
  /** NULL where the two are equal, else the first. */
  nullif<T>(first: Sql<T>, second: NonNullable<T> | Sql<T>): FunctionExpr<T | null> {
    const node = argumentNode(first);
    return call("nullif", [node, operandNode(second, node)], typeOfExpression(node));
  },
  abs<T extends number | bigint | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return likeArgument("abs", expression);
  },
  /** Rounded to so many digits after the point, none when left out. */
  round<O extends string>(expression: Sql<number | null, O>, digits?: number): FunctionExpr<number, O> {
    const node = argumentNode(expression);
    return call("round", digits === undefined ? [node] : [node, argumentNode(digits)], DOUBLE);
  },
  /** The next whole number from here up. */
  ceil<T extends number | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return call("ceil", [argumentNode(expression)], DOUBLE);
  },
  /** The next whole number from here down. */
  floor<T extends number | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return call("floor", [argumentNode(expression)], DOUBLE);
  },
  sqrt<T extends number | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return call("sqrt", [argumentNode(expression)], DOUBLE);
  },
  exp<T extends number | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return call("exp", [argumentNode(expression)], DOUBLE);
  },
  /** The natural logarithm. */
  ln<T extends number | null, O extends string>(expression: Sql<T, O>): FunctionExpr<T, O> {
    return call("ln", [argumentNode(expression)], DOUBLE);
  },
  power<O extends string>(base: Sql<number | null, O>, exponent: number | Sql<number>): FunctionExpr<number | null, O> {
    return call("power", [argumentNode(base), argumentNode(exponent)], DOUBLE);
  },
  /** -1, 0 or 1. */
  sign<O extends string>(expression: Sql<number | bigint | null, O>): FunctionExpr<number | null, O> {
    return call("sign", [argumentNode(expression)], DOUBLE);
  },
  /** The largest of the arguments; what NULL among them makes of it is the database's affair. */
  greatest<T>(first: Sql<T>, ...others: [NonNullable<T> | Sql<T>, ...(NonNullable<T> | Sql<T>)[]]): FunctionExpr<T> {
    const node = argumentNode(first);
    return call("greatest", [node, ...others.map((other) => operandNode(other, node))], typeOfExpression(node));
  },
  /** The smallest of the arguments. */
  least<T>(first: Sql<T>, ...others: [NonNullable<T> | Sql<T>, ...(NonNullable<T> | Sql<T>)[]]): FunctionExpr<T> {
    const node = argumentNode(first);
    return call("least", [node, ...others.map((other) => operandNode(other, node))], typeOfExpression(node));
  },
  /** The values of a group in an array; null where there are no rows. PostgreSQL. */
  arrayAgg<T>(expression: Sql<T>): FunctionExpr<readonly T[] | null> {
    const node = argumentNode(expression);
    return call("array_agg", [node], arrayOfType(typeOfExpression(node)));
  },
  /** With `withinGroup`: the value at this part of the ordered group, between two values where need be. */
  percentileCont(fraction: number): FunctionExpr<number | null> {
    return call("percentile_cont", [argumentNode(fraction)], DOUBLE);
  },
  /** With `withinGroup`: the first value at or after this part of the ordered group. */
  percentileDisc<T = number>(fraction: number): FunctionExpr<T | null> {
    return call("percentile_disc", [argumentNode(fraction)], unknownType);
  },
  /** With `withinGroup`: the value that occurs most often. */
  mode<T = unknown>(): FunctionExpr<T | null> {
    return call("mode", [], unknownType);
  },
  /** The database's clock. */
  now(): FunctionExpr<Instant> {
    return call("now", [], TIMESTAMP);
  },
  /** The database's date. */
  currentDate(): FunctionExpr<PlainDate> {
    return call("current_date", [], DATE);
  },
  /** The database's time of day. */
  currentTime(): FunctionExpr<PlainTime> {
    return call("current_time", [], TIME);
  },
  /** As a window function: the row's number within its partition. */
  rowNumber(): FunctionExpr<number> {
    return call("row_number", [], INTEGER);
  },
  /** As a window function: the row's place, equal rows on the same one, with gaps after them. */
  rank(): FunctionExpr<number> {
    return call("rank", [], INTEGER);
  },
  /** As a window function: the row's place, equal rows on the same one, without gaps. */
  denseRank(): FunctionExpr<number> {
    return call("dense_rank", [], INTEGER);
  },
  /** As a window function: the rank from 0 to 1. */
  percentRank(): FunctionExpr<number> {
    return call("percent_rank", [], DOUBLE);
  },
  /** As a window function: the part of the rows that come no later, from 0 to 1. */
  cumeDist(): FunctionExpr<number> {
    return call("cume_dist", [], DOUBLE);
  },
  /** As a window function: which of so many parts of equal size the row is in. */
  ntile(parts: number): FunctionExpr<number> {
    return call("ntile", [argumentNode(parts)], INTEGER);
  },
  /** As a window function: the value so many rows before, null before the first. */
  lag<T>(expression: Sql<T>, rows = 1): FunctionExpr<T | null> {
    return neighbour("lag", expression, rows);
  },
  /** As a window function: the value so many rows after, null after the last. */
  lead<T>(expression: Sql<T>, rows = 1): FunctionExpr<T | null> {
    return neighbour("lead", expression, rows);
  },
  /** As a window function: the value in the frame's first row. */
  firstValue<T>(expression: Sql<T>): FunctionExpr<T> {
    return likeArgument("first_value", expression);
  },
  /** As a window function: the value in the frame's last row. */
  lastValue<T>(expression: Sql<T>): FunctionExpr<T> {
    return likeArgument("last_value", expression);
  },
  /** A random number, in the database's own range. */
  random(): FunctionExpr<number> {
    return call("random", [], unknownType);
  },
  /**
   * Any function by its name: `func.call<string>("json_extract", User.data, "$.name")`. A name that is more than
   * letters, digits and underscores is quoted. Values are bound; `T` says what comes back, unconverted.
   */
  call<T = unknown>(name: string, ...operands: Argument[]): FunctionExpr<T> {
    if (typeof name !== "string" || name === "") throw new ArgumentError("func.call() takes the function's name first");
    return call(name, operands.map(argumentNode), unknownType);
  },
} as const;
