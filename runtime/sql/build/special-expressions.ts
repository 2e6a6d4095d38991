// Building blocks of expressions that are used now and then: constants, tuples, quantifiers, parts of dates, grouping
// sets, and expressions that count as another type.
import { ArgumentError } from "../../errors/errors.js";
import type { ColumnBuilder } from "../../types/column-builder.js";
import { CustomType } from "../../types/custom-type.js";
import { unknownType } from "../../types/declared-type.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { extractNode, groupingNode, quantifiedNode, typedNode } from "../ast/advanced-expressions.js";
import { typeOfExpression } from "../ast/expression-type.js";
import {
  binaryNode,
  bindNode,
  DEFAULT,
  FALSE,
  NULL,
  subqueryNode,
  TRUE,
  tupleListBindNode,
  tupleNode,
  unaryNode,
} from "../ast/expressions.js";
import type { ExpressionNode, GroupingNode, TemporalField, TupleNode } from "../ast/nodes.js";
import type { Condition, Expr, OneColumn, Sql, Tuple } from "../typing.js";
import { partNode, requireExpression, selectType } from "./coerce.js";
import { setComparison } from "./comparison.js";
import { elementOf, typed } from "./element.js";
import { ConditionElement, Expression } from "./expression.js";
import { selectOf } from "./query.js";

/** `true`, as a condition: `1` on SQLite. */
export function trueCondition(): Condition {
  return new ConditionElement(TRUE);
}

/** `false`, as a condition. */
export function falseCondition(): Condition {
  return new ConditionElement(FALSE);
}

/** `NULL`, as an expression. */
export function nullValue<T = never>(): Expr<T | null> {
  return typed(new Expression(NULL));
}

/** `DEFAULT`, as a value in `insert` and `update`; not on SQLite. */
export function defaultValue<T>(): Expr<T> {
  return typed(new Expression(DEFAULT));
}

/** `DISTINCT expression`, as an aggregate's argument: `func.count(distinct(User.name))`. */
export function distinct<T, O extends string>(expression: Sql<T, O>): Sql<T, O> {
  return typed(new Expression(unaryNode("distinct", requireExpression(expression, "distinct()"))));
}

/**
 * The expression as one of another type: its values are sent and read as that type's, without a conversion in the
 * database (for one, see `cast`). A plain value is bound as that type.
 */
export function typeCoerce<T>(value: unknown, type: SqlType<T>): Expr<T> {
  if (elementOf(value) === null) {
    if (value === undefined) throw new ArgumentError("typeCoerce() was given undefined; pass null for NULL");
    return typed(new Expression(bindNode("param", type, value)));
  }
  return typed(new Expression(typedNode(requireExpression(value, "typeCoerce()"), type)));
}

/**
 * A custom type whose values are compared by what `side` makes of both sides, where SQLAlchemy has a comparator:
 * `comparedAs(nickname, (text) => func.lower(text))`. `S` is what the type's values are to SQL. Returns the type.
 */
export function comparedAs<T, S = string | null>(
  type: ColumnBuilder<T>,
  side: (operand: Expr<S>) => Sql<unknown>,
): ColumnBuilder<T> {
  const custom = CustomType.of(type);
  if (custom === null) throw new ArgumentError("comparedAs() takes what customType() makes");
  setComparison(custom, (node) => requireExpression(side(typed(new Expression(node))), "comparedAs()"));
  return type;
}

/** A part of a date or time, such as its year: `extract("year", Order.placedAt)`. */
export function extract(field: TemporalField, expression: Sql<unknown>): Expr<number> {
  return typed(new Expression(extractNode(field, requireExpression(expression, "extract()"))));
}

class TupleElement extends Expression<TupleNode> {
  override in(rows: unknown): ConditionElement {
    return this.#member("in", rows);
  }

  override notIn(rows: unknown): ConditionElement {
    return this.#member("notIn", rows);
  }

  #member(operator: "in" | "notIn", rows: unknown): ConditionElement {
    const { node } = this;
    if (elementOf(rows) !== null) {
      const select = selectOf(rows, `${operator}()`);
      if (select.items.length !== node.elements.length) {
        throw new ArgumentError(
          `${operator}(): the select has ${select.items.length} columns, the tuple ${node.elements.length}`,
        );
      }
      return new ConditionElement(binaryNode(operator, node, subqueryNode(partNode(select), unknownType)));
    }
    if (!Array.isArray(rows))
      throw new ArgumentError(`${operator}() takes an array of rows or a select, got ${describeValue(rows)}`);
    rows.forEach((row: unknown, at) => checkRow(row, at, node, operator));
    const types = node.elements.map(typeOfExpression);
    return new ConditionElement(binaryNode(operator, node, tupleListBindNode(types, rows.slice())));
  }
}

function checkRow(row: unknown, at: number, { elements }: TupleNode, operator: string): void {
  const whole = Array.isArray(row) && row.length === elements.length;
  if (whole && !row.some((value: unknown) => value === null || value === undefined)) return;
  throw new ArgumentError(
    `${operator}(): row ${at} is ${describeValue(row)}; a row has ${elements.length} values, none of them null`,
  );
}

/** Several expressions as one: `tuple(User.name, User.age).in([["x", 1], ["y", 2]])`. */
export function tuple<const L extends readonly [Sql<unknown>, Sql<unknown>, ...Sql<unknown>[]]>(
  ...expressions: L
): Tuple<L> {
  if (expressions.length < 2) throw new ArgumentError("tuple() takes two expressions or more");
  return typed(new TupleElement(tupleNode(expressions.map((each) => requireExpression(each, "tuple()")))));
}

/** Compared with any of these: `User.id.gt(anyOf(select(…)))`; an array expression on PostgreSQL. */
export function anyOf<T>(values: OneColumn<T> | Sql<readonly T[]>): Sql<T> {
  return quantified("any", values);
}

/** Compared with all of these. */
export function allOf<T>(values: OneColumn<T> | Sql<readonly T[]>): Sql<T> {
  return quantified("all", values);
}

function quantified<T>(quantifier: "any" | "all", values: unknown): Sql<T> {
  const node = elementOf(values)?.node;
  const operand =
    node !== undefined && node.kind === "select"
      ? subqueryNode(partNode(node), selectType(node))
      : requireExpression(values, `${quantifier}Of()`);
  return typed(new Expression(quantifiedNode(quantifier, operand)));
}

/** `GROUPING SETS ((a, b), (a), ())`. */
export function groupingSets(...sets: readonly (readonly Sql<unknown>[])[]): Sql<unknown> {
  return grouping("sets", sets);
}

/** `CUBE (a, b)`: every subset of these. */
export function cube(...expressions: [Sql<unknown>, ...Sql<unknown>[]]): Sql<unknown> {
  return grouping(
    "cube",
    expressions.map((each) => [each]),
  );
}

/** `ROLLUP (a, b)`: these, without the last, and so on to none. */
export function rollup(...expressions: [Sql<unknown>, ...Sql<unknown>[]]): Sql<unknown> {
  return grouping(
    "rollup",
    expressions.map((each) => [each]),
  );
}

function grouping(form: GroupingNode["form"], sets: readonly (readonly unknown[])[]): Sql<unknown> {
  if (sets.length === 0) throw new ArgumentError("a grouping needs at least one expression");
  const nodes = sets.map((set) => set.map((each): ExpressionNode => requireExpression(each, "a grouping")));
  return typed(new Expression(groupingNode(form, nodes)));
}
