// The free-standing building blocks of expressions: conditions joined, values, casts, CASE, hand-written fragments, and
// tables and columns without metadata.
import { ArgumentError } from "../../errors/errors.js";
import { unknownType } from "../../types/declared-type.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { typeForValue } from "../../types/value-type.js";
import { typeOfExpression } from "../ast/expression-type.js";
import { bindNode, caseNode, castNode, listBindNode, namedBindNode, UNSET } from "../ast/expressions.js";
import type { ExpressionNode } from "../ast/nodes.js";
import { freeColumnNode, lightTableNode } from "../ast/tables.js";
import type { AnySelect, Attr, Condition, Expr, PlainValue, Sql, TableLike, WhereClause, Widened } from "../typing.js";
import { argumentNode, conditionNode, operandNode, requireExpression } from "./coerce.js";
import { elementOf, typed } from "./element.js";
import { ConditionElement, Expression, joinConditions, negated, rawExpression } from "./expression.js";
import { SourceElement } from "./sources.js";

/** All of them. Precedence is looked after: an `or` inside comes in parentheses. */
export function and(...conditions: WhereClause[]): Condition {
  return joinConditions("and", conditions);
}

/** Any of them. */
export function or(...conditions: WhereClause[]): Condition {
  return joinConditions("or", conditions);
}

export function not(condition: WhereClause): Condition {
  return new ConditionElement(negated(conditionNode(condition, "not()")));
}

/** `EXISTS (…)`. */
export function exists(select: AnySelect): Condition {
  return select.exists();
}

/** A value as an expression, bound like any other. Its type is the value's unless one is given. */
export function literal<T extends PlainValue>(value: T): Expr<Widened<T>>;
export function literal<T>(value: T, type: SqlType<T>): Expr<T>;
export function literal(value: unknown, type?: SqlType): Expr<unknown> {
  if (elementOf(value) !== null) throw new ArgumentError("literal() takes a value, got SQL");
  if (value === undefined) throw new ArgumentError("literal() was given undefined; pass null for NULL");
  return typed(new Expression(bindNode("param", type ?? typeForValue(value), value)));
}

/** SQL text as an expression: never from input. */
export function literalColumn<T = unknown>(text: string, type: SqlType<T> = unknownType as SqlType<T>): Expr<T> {
  return typed(rawExpression(text, type)); // above: a type that says nothing stands for any T
}

/** A parameter by name, whose value comes with the execution unless it is given here. */
export function bindparam<T>(
  name: string,
  options: {
    readonly type?: SqlType<T>;
    readonly value?: T | null;
    /** Called for the value at each execution that gives none. */
    readonly callable?: () => T | null;
    readonly expanding?: boolean;
  } = {},
): Expr<T> {
  if (typeof name !== "string" || !/^[A-Za-z_]\w*$/.test(name)) {
    throw new ArgumentError(`bindparam() takes a name of letters, digits and _, got ${describeValue(name)}`);
  }
  const type = options.type ?? unknownType;
  const value = "value" in options ? options.value : UNSET;
  const node = options.expanding === true ? listBindNode(name, type, value, false) : namedBindNode(name, type, value);
  if (options.callable === undefined) return typed(new Expression(node));
  if ("value" in options) throw new ArgumentError("bindparam() takes a value or a callable, not both");
  return typed(new Expression(Object.defineProperty({ ...node }, "value", { get: options.callable })));
}

/** `CAST(expression AS type)`. */
export function cast<T>(expression: Sql<unknown>, type: SqlType<T>): Expr<T> {
  return typed(new Expression(castNode(argumentNode(expression), type)));
}

/**
 * `CASE WHEN … THEN … ELSE … END`: the result of the first condition that holds, else `otherwise`, else NULL.
 * `caseWhen([[User.age.lt(18), "minor"]], "adult")`.
 */
export function caseWhen<T>(
  whens: readonly (readonly [condition: WhereClause, result: T | Sql<T>])[],
  otherwise?: T | Sql<T>,
): Expr<T> {
  if (!Array.isArray(whens) || whens.length === 0) throw new ArgumentError("caseWhen() needs at least one condition");
  let type: SqlType = unknownType;
  const result = (value: unknown): ExpressionNode => {
    const node = argumentNode(value);
    if (type.logical.kind === "null") type = typeOfExpression(node);
    return node;
  };
  const nodes = whens.map(([condition, value]) => ({
    condition: conditionNode(condition, "caseWhen()"),
    result: result(value),
  }));
  const rest = otherwise === undefined ? null : result(otherwise);
  return typed(new Expression(caseNode(nodes, rest, type)));
}

/**
 * `CASE subject WHEN value THEN … ELSE … END`: the result beside the first value that the subject equals.
 * `caseOf(User.role, [["a", "administrator"], ["g", "guest"]], "member")`.
 */
export function caseOf<V, T>(
  subject: Sql<V | null>,
  whens: readonly (readonly [value: NonNullable<V> | Sql<V | null>, result: T | Sql<T>])[],
  otherwise?: T | Sql<T>,
): Expr<T> {
  if (!Array.isArray(whens) || whens.length === 0) throw new ArgumentError("caseOf() needs at least one value");
  const node = requireExpression(subject, "caseOf()");
  const nodes = whens.map(([value, result]: readonly [unknown, unknown]) => ({
    condition: operandNode(value, node),
    result: argumentNode(result),
  }));
  const rest = otherwise === undefined ? null : argumentNode(otherwise);
  const [first] = nodes;
  const type = first === undefined ? unknownType : typeOfExpression(first.result);
  return typed(new Expression(caseNode(nodes, rest, type, node)));
}

/** A column without a table, or for `table()`; its type is unknown unless given. */
export function column<T = unknown, const N extends string = string>(name: N, type?: SqlType<T>): Attr<never, N, T> {
  if (typeof name !== "string" || name === "") throw new ArgumentError("column() needs a name");
  return typed(new LightColumn(freeColumnNode({ name, type: type ?? unknownType })));
}

/** What `column()` makes, whatever its type. */
type AnyColumn = Sql<unknown, never> & { readonly key: string };

/** The columns of a light table by name. */
type ColumnsOf<N extends string, A extends readonly AnyColumn[]> = {
  readonly [C in A[number] as C["key"]]: C extends Attr<never, infer K, infer T> ? Attr<N, K, T> : never;
};

/** A table that is only a name and columns, for SQL without metadata: `table("users", column("id"))`. */
export function table<const N extends string, A extends readonly AnyColumn[]>(
  name: N,
  ...columns: A
): TableLike<N, ColumnsOf<N, A>> {
  if (typeof name !== "string" || name === "") throw new ArgumentError("table() needs a name");
  const specs = columns.map((each) => {
    const node = elementOf(each)?.node;
    if (node === undefined || node.kind !== "column") throw new ArgumentError("table() takes column() after its name");
    return node;
  });
  return typed(new LightTable(name, specs));
}

class LightColumn extends Expression<ReturnType<typeof freeColumnNode>> {
  get key(): string {
    return this.node.property;
  }
}

class LightTable extends SourceElement {
  get kind(): "table" {
    return "table";
  }

  readonly name: string;
  readonly c: Readonly<Record<string, LightColumn>>;

  constructor(name: string, columns: readonly ReturnType<typeof freeColumnNode>[]) {
    const node = lightTableNode({ name, columns });
    super(node);
    this.name = name;
    this.c = Object.fromEntries(node.columns.map((each) => [each.property, new LightColumn(each)]));
  }
}
