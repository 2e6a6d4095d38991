// Expressions and types of the schema model as the schema language writes them: what lowering reads back as the same.
import type { ColumnType } from "../../model/column-type.js";
import type { Expression, RawSql } from "../../model/expression.js";
import { type QualifiedName, qualifiedNameOf } from "../../model/qualified-name.js";
import { describeType } from "../check/type-text.js";
import { printExpression } from "../print/print-expression.js";
import type * as syntax from "../syntax/ast.js";
import { writeFence, writeString } from "../syntax/literals.js";
import { writeName } from "../syntax/words.js";

/** Trees made here come from no source. */
const nowhere = { file: "", start: 0, end: 0 } as const;

/** `name` or `schema.name`. */
export function writePath({ schema, name }: QualifiedName): string {
  return schema === undefined ? writeName(name) : `${writeName(schema)}.${writeName(name)}`;
}

export function writeNames(names: readonly string[]): string {
  return names.map((name) => writeName(name)).join(", ");
}

export function writeRaw({ variants }: RawSql): string {
  return variants.map((variant) => writeFence(variant)).join(" ");
}

/** An expression where any may stand: inside the parentheses of a check or an index's condition. */
export function writeExpression(expression: Expression): string {
  return printExpression(toSyntax(expression));
}

/** A value after `default` or `onupdate`: anything that is more than one piece stands in parentheses. */
export function writeValue(expression: Expression): string {
  const text = writeExpression(expression);
  const bare = ["string", "number", "boolean", "null", "raw", "call", "current", "array"].includes(expression.kind);
  return bare ? text : `(${text})`;
}

/** An index key: a column, a call or raw SQL as it is, all else in parentheses. */
export function writeKey(expression: Expression): string {
  const text = writeExpression(expression);
  return ["column", "raw", "call"].includes(expression.kind) ? text : `(${text})`;
}

/** A type without `?`. */
export function writeType(type: ColumnType): string {
  switch (type.kind) {
    case "enum":
    case "domain":
      return writePath(qualifiedNameOf(type.name));
    case "array":
      return `${writeType(type.element)}[]`;
    case "raw":
      return writeRaw(type.sql);
    case "native": {
      const list = (type.arguments ?? []).map((one) => (typeof one === "number" ? String(one) : writeString(one)));
      const unsigned = type.unsigned === true ? " unsigned" : "";
      const path = qualifiedNameOf(type.name);
      return `${type.dialect}.${writePath(path)}${list.length === 0 ? "" : `(${list.join(", ")})`}${unsigned}`;
    }
    default:
      return describeType(type);
  }
}

function identifier(text: string): syntax.Identifier {
  return { text, span: nowhere };
}

function nameExpression(...path: readonly string[]): syntax.Expression {
  return { kind: "name", path: path.map(identifier), span: nowhere };
}

function toSyntax(expression: Expression): syntax.Expression {
  const span = nowhere;
  switch (expression.kind) {
    case "string":
      return { kind: "string", value: expression.value, span };
    case "number":
      return { kind: "number", digits: expression.digits, span };
    case "boolean":
      return { kind: "boolean", value: expression.value, span };
    case "null":
      return { kind: "null", span };
    case "raw":
      return { kind: "raw", variants: expression.variants.map((variant) => ({ ...variant, span })), span };
    case "column":
    case "current":
      return nameExpression(expression.name);
    case "array":
      return { kind: "array", elements: expression.elements.map(toSyntax), span };
    case "path":
      return nameExpression(...expression.relationships, expression.name);
    case "sideColumn":
      return nameExpression(expression.side, expression.name);
    case "aggregate": {
      const path = expression.name === undefined ? [] : [expression.name];
      return callExpression(expression.function, [nameExpression(...expression.relationships, ...path)]);
    }
    case "call":
      return callExpression(expression.name, expression.arguments.map(toSyntax));
    case "negate":
      return { kind: "unary", operator: "-", operand: toSyntax(expression.operand), span };
    case "not":
      return { kind: "unary", operator: "not", operand: toSyntax(expression.operand), span };
    case "arithmetic":
    case "comparison":
      return binary(expression.operator, toSyntax(expression.left), toSyntax(expression.right));
    case "and":
    case "or":
      return expression.operands.map(toSyntax).reduce((left, right) => binary(expression.kind, left, right));
    case "case":
      return {
        kind: "case",
        // oxlint-disable-next-line unicorn/no-thenable -- the model's own word; nobody awaits a branch
        branches: expression.branches.map(({ when, then }) => ({ when: toSyntax(when), then: toSyntax(then), span })),
        ...(expression.otherwise === undefined ? {} : { otherwise: toSyntax(expression.otherwise) }),
        span,
      };
    case "cast":
      return { kind: "cast", operand: toSyntax(expression.operand), type: castType(expression.type), span };
    default:
      return testSyntax(expression);
  }
}

function testSyntax(
  expression: Extract<Expression, { kind: "in" | "between" | "like" | "isNull" }>,
): syntax.Expression {
  const span = nowhere;
  const { negated } = expression;
  const operand = toSyntax(expression.operand);
  switch (expression.kind) {
    case "in":
      return { kind: "in", negated, operand, values: expression.values.map(toSyntax), span };
    case "between":
      return {
        kind: "between",
        negated,
        operand,
        low: toSyntax(expression.low),
        high: toSyntax(expression.high),
        span,
      };
    case "like":
      return { kind: "like", negated, operand, pattern: toSyntax(expression.pattern), span };
    case "isNull":
      return { kind: "isNull", negated, operand, span };
  }
}

function callExpression(name: string, operands: readonly syntax.Expression[]): syntax.Expression {
  const path: syntax.NamePath = { name: identifier(name), span: nowhere };
  return { kind: "call", name: path, arguments: operands, span: nowhere };
}

function binary(operator: syntax.BinaryOperator, left: syntax.Expression, right: syntax.Expression): syntax.Expression {
  return { kind: "binary", operator, left, right, span: nowhere };
}

/** The model keeps the type of a cast as the schema's text: `varchar(30)`. */
function castType(text: string): syntax.TypeReference {
  const [, name = text, list] = /^(\w+)(?:\(([\d,]*)\))?$/.exec(text) ?? [];
  const digits = list === undefined ? [] : list.split(",");
  return {
    kind: "type",
    name: { name: identifier(name), span: nowhere },
    arguments: digits.map((one): syntax.TypeArgument => ({ kind: "number", digits: one, span: nowhere })),
    unsigned: false,
    dimensions: 0,
    nullable: false,
    span: nowhere,
  };
}
