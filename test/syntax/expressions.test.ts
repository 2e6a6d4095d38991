// Printing an expression tree and reading it again gives the same tree, for any tree: precedence and parentheses.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { printExpression } from "../../compiler/print/print-expression.js";
import type { BinaryOperator, Expression } from "../../compiler/syntax/ast.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { withoutSpans } from "./without-spans.js";

const span = { file: "", start: 0, end: 0 };
const name = (text: string) => ({ text, span });

const operators: BinaryOperator[] = ["or", "and", "=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "||"];

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const any = tie("expression");
  const leaf: fc.Arbitrary<Expression> = fc.oneof(
    fc
      .constantFrom("a", "select", "in", "weird name", 'q"q')
      .map((text): Expression => ({ kind: "name", path: [name(text)], span })),
    fc.constant<Expression>({ kind: "name", path: [name("this"), name("in")], span }),
    fc.constantFrom("1", "2.50", "1e3").map((digits): Expression => ({ kind: "number", digits, span })),
    fc.constantFrom("", "it's", "--").map((value): Expression => ({ kind: "string", value, span })),
    fc.boolean().map((value): Expression => ({ kind: "boolean", value, span })),
    fc.constant<Expression>({ kind: "null", span }),
    fc.constant<Expression>({
      kind: "raw",
      variants: [
        { sql: "x", span },
        { dialect: "sqlite", sql: "a\nb", fence: "", span },
      ],
      span,
    }),
  );
  const negated = fc.boolean();
  const compound: fc.Arbitrary<Expression> = fc.oneof(
    fc.record({
      kind: fc.constant("binary" as const),
      operator: fc.constantFrom(...operators),
      left: any,
      right: any,
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("unary" as const),
      operator: fc.constantFrom("-" as const, "not" as const),
      operand: any,
      span: fc.constant(span),
    }),
    fc.record({ kind: fc.constant("isNull" as const), negated, operand: any, span: fc.constant(span) }),
    fc.record({
      kind: fc.constant("between" as const),
      negated,
      operand: any,
      low: any,
      high: any,
      span: fc.constant(span),
    }),
    fc.record({ kind: fc.constant("like" as const), negated, operand: any, pattern: any, span: fc.constant(span) }),
    fc.record({
      kind: fc.constant("in" as const),
      negated,
      operand: any,
      values: fc.array(any, { minLength: 1, maxLength: 3 }),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("case" as const),
      // oxlint-disable-next-line unicorn/no-thenable -- a branch of `case` has a `then`, and nothing awaits it
      branches: fc.array(fc.record({ when: any, then: any, span: fc.constant(span) }), { minLength: 1, maxLength: 2 }),
      otherwise: any,
      span: fc.constant(span),
    }),
    fc.array(any, { maxLength: 3 }).map((list): Expression => ({
      kind: "call",
      name: { schema: name("s"), name: name("f"), span },
      arguments: list,
      span,
    })),
  );
  return { expression: fc.oneof({ maxDepth: 5, depthIdentifier: "expression" }, leaf, compound) };
});

/** Parentheses that only group are no part of the meaning. */
function withoutParentheses(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutParentheses);
  if (typeof tree !== "object" || tree === null) return tree;
  const node = tree as Record<string, unknown>;
  if (node["kind"] === "parenthesized") return withoutParentheses(node["expression"]);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withoutParentheses(value)]));
}

function readCheck(text: string): { readonly tree: unknown; readonly messages: readonly string[] } {
  const { value, diagnostics } = parse(createSourceFile("x.schema", `table t {\n  check (${text})\n}\n`));
  const [table] = value.unit.declarations;
  const member = table?.kind === "table" ? table.members[0] : undefined;
  const tree = member?.kind === "checkConstraint" ? member.expression : undefined;
  return { tree: withoutParentheses(withoutSpans(tree)), messages: diagnostics.map((problem) => problem.message) };
}

test("print, then parse, gives the same tree", () => {
  fc.assert(
    fc.property(expression, (tree) => {
      const text = printExpression(tree);
      expect(readCheck(text)).toEqual({ tree: withoutSpans(tree), messages: [] });
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ["a or b and c", "a or (b and c)"],
  ["not a = b", "not (a = b)"],
  ["a || b + c * d", "a || (b + (c * d))"],
  ["a - b - c", "(a - b) - c"],
  ["a + b = c", "(a + b) = c"],
  ["a = b is null", "(a = b) is null"],
  ["a < b in (c)", "a < (b in (c))"],
  ["- a * b", "(-a) * b"],
  ["a between b and c and d", "(a between b and c) and d"],
  ["not a and b", "(not a) and b"],
])("%s means %s", (written, meant) => {
  expect(readCheck(written)).toEqual(readCheck(meant));
  expect(readCheck(written).messages).toEqual([]);
});

test("nesting is capped with a diagnostic, at any depth", () => {
  for (const [depth, expected] of [
    [150, []],
    [250, ["this expression has more than 200 levels of nesting"]],
    [5000, ["more than 500 brackets are open here, so nothing from here on was read"]],
    [100_000, ["more than 500 brackets are open here, so nothing from here on was read"]],
  ] as const) {
    expect(readCheck(`${"(".repeat(depth)}a${")".repeat(depth)}`).messages).toEqual(expected);
  }
  expect(readCheck(`${"case when ".repeat(5000)}a`).messages).toHaveLength(1);
  expect(readCheck(`${"f(".repeat(5000)}a${")".repeat(5000)}`).messages).toHaveLength(1);
  expect(readCheck(`${"not ".repeat(5000)}a`).messages).toHaveLength(1);
  expect(readCheck(`a${" or a".repeat(5000)}`).messages).toEqual(["this expression has more than 1000 operators"]);
  expect(readCheck(`a${" or a".repeat(900)}`).messages).toEqual([]);
});
