// Expressions from syntax to model: names become columns or the clock's words, parentheses go, chains of `and` and
// `or` are flat, and texts held against a date or time take their type's canonical form.
import type { ColumnType } from "../../model/column-type.js";
import type { Expression } from "../../model/expression.js";
import { canonicalText } from "../../model/temporal-text.js";
import { rawSql } from "../bind/raw-sql.js";
import type { ColumnSymbol } from "../bind/symbols.js";
import { currentValueName } from "../check/current-values.js";
import type * as syntax from "../syntax/ast.js";
import { typeText } from "../check/type-text.js";

type Columns = ReadonlyMap<string, ColumnSymbol>;
type Binary = Extract<syntax.Expression, { kind: "binary" }>;
type Path = readonly syntax.Identifier[];

/** What names mean where an expression stands. */
export interface LowerScope {
  /** The type of what a path names, where it has one. */
  readonly typeOf: (path: Path) => ColumnType | undefined;
  readonly lowerName: (path: Path) => Expression;
  /** Calls that mean something else here; undefined for those that do not. */
  readonly lowerCall?: (call: Extract<syntax.Expression, { kind: "call" }>) => Expression | undefined;
}

/** Lowers a checked expression on a table's own columns; `expected` is the type of the place it stands in. */
export function lowerExpression(source: syntax.Expression, columns: Columns, expected?: ColumnType): Expression {
  return lowerIn(source, tableScope(columns), expected);
}

function tableScope(columns: Columns): LowerScope {
  return {
    typeOf: (path) => (path.length === 1 ? columns.get(path[0]?.text ?? "")?.storage : undefined),
    lowerName: (path) => {
      const name = path.at(-1)?.text ?? "";
      const current = columns.has(name) ? undefined : currentValueName(name);
      return current === undefined ? { kind: "column", name } : { kind: "current", name: current };
    },
  };
}

/** Lowers a checked expression; `expected` is the type of the place it stands in, where that has one. */
export function lowerIn(source: syntax.Expression, scope: LowerScope, expected?: ColumnType): Expression {
  const lower = (part: syntax.Expression, type?: ColumnType): Expression => lowerIn(part, scope, type);
  switch (source.kind) {
    case "string":
      return { kind: "string", value: expected === undefined ? source.value : canonicalText(expected, source.value) };
    case "number":
      return { kind: "number", digits: source.digits.replace(/^\+/, "") };
    case "boolean":
      return { kind: "boolean", value: source.value };
    case "null":
      return { kind: "null" };
    case "name":
      return scope.lowerName(source.path);
    case "raw":
      return rawSql(source);
    case "array": {
      const element = expected?.kind === "array" ? expected.element : undefined;
      return { kind: "array", elements: source.elements.map((part) => lower(part, element)) };
    }
    case "parenthesized":
      return lower(source.expression, expected);
    case "call": {
      const name = source.name.name.text.toLowerCase();
      return (
        scope.lowerCall?.(source) ?? { kind: "call", name, arguments: source.arguments.map((part) => lower(part)) }
      );
    }
    case "unary":
      return source.operator === "not"
        ? { kind: "not", operand: lower(source.operand) }
        : negate(lower(source.operand));
    case "binary":
      return lowerBinary(source, scope);
    case "case":
      return {
        kind: "case",
        // oxlint-disable-next-line unicorn/no-thenable -- the model's own word; nobody awaits a branch
        branches: source.branches.map((branch) => ({ when: lower(branch.when), then: lower(branch.then, expected) })),
        ...(source.otherwise === undefined ? {} : { otherwise: lower(source.otherwise, expected) }),
      };
    case "cast":
      return { kind: "cast", operand: lower(source.operand), type: typeText(source.type) };
    default:
      return lowerTest(source, scope);
  }
}

type Test = Extract<syntax.Expression, { kind: "in" | "between" | "like" | "isNull" }>;

function lowerTest(source: Test, scope: LowerScope): Expression {
  const { negated } = source;
  const operand = lowerIn(source.operand, scope);
  const type = typeOf(source.operand, scope);
  switch (source.kind) {
    case "in":
      return {
        kind: "in",
        negated,
        operand,
        values: source.values.map((value) => lowerIn(value, scope, type)),
      };
    case "between": {
      const low = lowerIn(source.low, scope, type);
      return { kind: "between", negated, operand, low, high: lowerIn(source.high, scope, type) };
    }
    case "like":
      return { kind: "like", negated, operand, pattern: lowerIn(source.pattern, scope) };
    case "isNull":
      return { kind: "isNull", negated, operand };
  }
}

function lowerBinary(source: Binary, scope: LowerScope): Expression {
  const { operator } = source;
  switch (operator) {
    case "and":
    case "or": {
      const operands = [source.left, source.right]
        .map((side) => lowerIn(side, scope))
        .flatMap((side) => (side.kind === operator ? side.operands : side));
      return { kind: operator, operands };
    }
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "||": {
      const left = lowerIn(source.left, scope);
      return { kind: "arithmetic", operator, left, right: lowerIn(source.right, scope) };
    }
    default: {
      const left = lowerIn(source.left, scope, typeOf(source.right, scope));
      const right = lowerIn(source.right, scope, typeOf(source.left, scope));
      return { kind: "comparison", operator, left, right };
    }
  }
}

function negate(operand: Expression): Expression {
  if (operand.kind === "number" && !operand.digits.startsWith("-"))
    return { kind: "number", digits: `-${operand.digits}` };
  return { kind: "negate", operand };
}

function typeOf(source: syntax.Expression, scope: LowerScope): ColumnType | undefined {
  if (source.kind === "parenthesized") return typeOf(source.expression, scope);
  return source.kind === "name" ? scope.typeOf(source.path) : undefined;
}
