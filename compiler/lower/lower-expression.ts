// Expressions from syntax to model: names become columns or the clock's words, parentheses go, chains of `and` and
// `or` are flat, and texts held against a date or time take their type's canonical form.
import type { ColumnType } from "../../model/column-type.js";
import type { Expression, RawSql } from "../../model/expression.js";
import { canonicalText } from "../../model/temporal-text.js";
import type { ColumnSymbol } from "../bind/symbols.js";
import { currentValueName } from "../check/current-values.js";
import type * as syntax from "../syntax/ast.js";
import { typeText } from "../check/type-text.js";

type Columns = ReadonlyMap<string, ColumnSymbol>;
type Binary = Extract<syntax.Expression, { kind: "binary" }>;

/** Lowers a checked expression; `expected` is the type of the place it stands in, where that has one. */
export function lowerExpression(source: syntax.Expression, columns: Columns, expected?: ColumnType): Expression {
  const lower = (part: syntax.Expression, type?: ColumnType): Expression => lowerExpression(part, columns, type);
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
      return lowerName(source.path, columns);
    case "raw":
      return lowerRaw(source);
    case "parenthesized":
      return lower(source.expression, expected);
    case "call":
      return {
        kind: "call",
        name: source.name.name.text.toLowerCase(),
        arguments: source.arguments.map((part) => lower(part)),
      };
    case "unary":
      return source.operator === "not"
        ? { kind: "not", operand: lower(source.operand) }
        : negate(lower(source.operand));
    case "binary":
      return lowerBinary(source, columns);
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
      return lowerTest(source, columns);
  }
}

type Test = Extract<syntax.Expression, { kind: "in" | "between" | "like" | "isNull" }>;

function lowerTest(source: Test, columns: Columns): Expression {
  const { negated } = source;
  const operand = lowerExpression(source.operand, columns);
  const type = typeOf(source.operand, columns);
  switch (source.kind) {
    case "in":
      return {
        kind: "in",
        negated,
        operand,
        values: source.values.map((value) => lowerExpression(value, columns, type)),
      };
    case "between": {
      const low = lowerExpression(source.low, columns, type);
      return { kind: "between", negated, operand, low, high: lowerExpression(source.high, columns, type) };
    }
    case "like":
      return { kind: "like", negated, operand, pattern: lowerExpression(source.pattern, columns) };
    case "isNull":
      return { kind: "isNull", negated, operand };
  }
}

function lowerBinary(source: Binary, columns: Columns): Expression {
  const { operator } = source;
  switch (operator) {
    case "and":
    case "or": {
      const operands = [source.left, source.right]
        .map((side) => lowerExpression(side, columns))
        .flatMap((side) => (side.kind === operator ? side.operands : side));
      return { kind: operator, operands };
    }
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "||": {
      const left = lowerExpression(source.left, columns);
      return { kind: "arithmetic", operator, left, right: lowerExpression(source.right, columns) };
    }
    default: {
      const left = lowerExpression(source.left, columns, typeOf(source.right, columns));
      const right = lowerExpression(source.right, columns, typeOf(source.left, columns));
      return { kind: "comparison", operator, left, right };
    }
  }
}

function lowerName(path: readonly syntax.Identifier[], columns: Columns): Expression {
  const name = path.at(-1)?.text ?? "";
  const current = columns.has(name) ? undefined : currentValueName(name);
  return current === undefined ? { kind: "column", name } : { kind: "current", name: current };
}

function lowerRaw(source: Extract<syntax.Expression, { kind: "raw" }>): RawSql {
  const variants = source.variants.map(({ dialect, sql }) => (dialect === undefined ? { sql } : { dialect, sql }));
  return { kind: "raw", variants };
}

function negate(operand: Expression): Expression {
  if (operand.kind === "number" && !operand.digits.startsWith("-"))
    return { kind: "number", digits: `-${operand.digits}` };
  return { kind: "negate", operand };
}

function typeOf(source: syntax.Expression, columns: Columns): ColumnType | undefined {
  if (source.kind === "parenthesized") return typeOf(source.expression, columns);
  return source.kind === "name" && source.path.length === 1 ? columns.get(source.path[0]?.text ?? "")?.type : undefined;
}
