// Schema expressions as SQL: the words of each dialect, and parentheses that keep the meaning.
import Database from "better-sqlite3";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { ColumnType } from "../../model/column-type.js";
import type { Expression } from "../../model/expression.js";
import { expressionSql, type ExpressionContext } from "../../model/expression-sql.js";

const column = (name: string): Expression => ({ kind: "column", name });
const number = (digits: string): Expression => ({ kind: "number", digits });
const text = (value: string): Expression => ({ kind: "string", value });
const now: Expression = { kind: "call", name: "now", arguments: [] };

function printed(expression: Expression, context?: ExpressionContext) {
  const of = (dialect: string) => expressionSql(expression, dialect, context);
  return { sqlite: of("sqlite"), postgresql: of("postgresql"), mysql: of("mysql") };
}

function defaultOf(kind: "timestamptz" | "timestamp" | "date"): ExpressionContext {
  return { place: "default", type: { kind } };
}

const decimalOf = (): ColumnType => ({ kind: "numeric", precision: 8, scale: 2 });
const timeOf = (name: string): ColumnType => ({ kind: name === "d" ? "date" : "timestamp" });
const byHalf = (operator: "/" | "*"): Expression => ({
  kind: "arithmetic",
  operator,
  left: column("m"),
  right: number("0.5"),
});

describe("each dialect in its own words", () => {
  describe("decimals", () => {
    test("are not divided as the integers that SQLite may keep them as", () => {
      expect(printed(byHalf("/"), { columnType: decimalOf })).toEqual({
        sqlite: "cast(m as REAL) / 0.5",
        postgresql: "m / 0.5",
        mysql: "m / 0.5",
      });
    });

    test("are rounded back from binary fractions where that is wanted", () => {
      const context: ExpressionContext = { columnType: decimalOf, roundedDecimals: true };
      expect(printed(byHalf("*"), context)).toEqual({
        sqlite: "round(m * 0.5, 3)",
        postgresql: "m * 0.5",
        mysql: "m * 0.5",
      });
      const rounded: Expression = { kind: "call", name: "round", arguments: [byHalf("*"), number("2")] };
      expect(printed(rounded, context).sqlite).toBe("(round(round(round(m * 0.5, 3) * 100, 1)) / 100.0)");
      expect(printed(rounded, { columnType: decimalOf }).sqlite).toBe("round(m * 0.5, 2)");
    });

    test("become whole by rounding", () => {
      const whole: Expression = { kind: "cast", operand: column("m"), type: "integer" };
      expect(printed(whole, { columnType: decimalOf })).toEqual({
        sqlite: "cast(round(m) as integer)",
        postgresql: "cast(m as integer)",
        mysql: "cast(m as SIGNED)",
      });
    });
  });

  test("truths as text", () => {
    const shown: Expression = { kind: "cast", operand: { kind: "not", operand: column("x") }, type: "text" };
    expect(printed(shown)).toEqual({
      sqlite: "case when (not x) then 'true' when not (not x) then 'false' end",
      postgresql: "cast(not x as text)",
      mysql: "case when (not x) then 'true' when not (not x) then 'false' end",
    });
  });

  test("a date beside a time of day and date is its midnight", () => {
    const earlier: Expression = { kind: "comparison", operator: "<", left: column("d"), right: column("at") };
    expect(printed(earlier, { columnType: timeOf })).toEqual({
      sqlite: "(d || 'T00:00:00.000000') < at",
      postgresql: "d < at",
      mysql: "d < at",
    });
  });

  test("booleans", () => {
    expect(printed({ kind: "boolean", value: true })).toEqual({ sqlite: "1", postgresql: "true", mysql: "true" });
  });

  test("quoted names, where a plain word would not do", () => {
    expect(printed(column("user_id")).sqlite).toBe("user_id");
    expect(printed(column("order"))).toEqual({ sqlite: '"order"', postgresql: '"order"', mysql: "`order`" });
    expect(printed(column('a"b`c'))).toEqual({ sqlite: '"a""b`c"', postgresql: '"a""b`c"', mysql: '`a"b``c`' });
  });

  test("strings", () => {
    expect(printed(text("it's \\ here"))).toEqual({
      sqlite: "'it''s \\ here'",
      postgresql: "'it''s \\ here'",
      mysql: "'it''s \\\\ here'",
    });
  });

  test("concatenation", () => {
    const joined: Expression = {
      kind: "arithmetic",
      operator: "||",
      left: { kind: "arithmetic", operator: "||", left: column("a"), right: text("-") },
      right: { kind: "arithmetic", operator: "+", left: number("1"), right: number("2") },
    };
    expect(printed(joined)).toEqual({
      sqlite: "a || '-' || (1 + 2)",
      postgresql: "a || '-' || (1 + 2)",
      mysql: "concat(a, '-', 1 + 2)",
    });
  });

  test("division of whole numbers", () => {
    const half: Expression = { kind: "arithmetic", operator: "/", left: column("n"), right: number("2") };
    const integer: ColumnType = { kind: "integer" };
    expect(printed(half, { columnType: () => integer }).mysql).toBe("n DIV 2");
    expect(printed(half, { columnType: () => ({ kind: "double" }) }).mysql).toBe("n / 2");
  });

  test("like tells case apart", () => {
    const like: Expression = { kind: "like", negated: true, operand: column("a"), pattern: text("A\\_*%_") };
    expect(printed(like).sqlite).toBe("a not glob 'A_[*]*?'");
    expect(printed(like).postgresql).toBe("a not like 'A\\_*%_'");
  });

  test("the clock, by the type of the column", () => {
    expect(printed(now, defaultOf("timestamptz")).sqlite).toBe("(strftime('%Y-%m-%dT%H:%M:%f000Z','now'))");
    expect(printed(now, defaultOf("timestamp")).sqlite).toBe("(strftime('%Y-%m-%dT%H:%M:%f000','now'))");
    expect(printed(now, defaultOf("date")).sqlite).toBe("CURRENT_DATE");
    const later: Expression = { kind: "comparison", operator: ">", left: column("seen"), right: now };
    expect(printed(later, { columnType: () => ({ kind: "timestamp" }) }).sqlite).toBe(
      "seen > (strftime('%Y-%m-%dT%H:%M:%f000','now'))",
    );
  });

  test("computed defaults stand in parentheses where they must", () => {
    const two: Expression = { kind: "arithmetic", operator: "+", left: number("1"), right: number("1") };
    expect(printed(two, { place: "default" })).toEqual({ sqlite: "(1 + 1)", postgresql: "1 + 1", mysql: "(1 + 1)" });
    expect(printed(number("-1"), { place: "default" }).sqlite).toBe("-1");
  });

  test("raw SQL by dialect, with a fallback or without", () => {
    const variants = [{ dialect: "postgresql", sql: "a" }, { sql: "b" }];
    expect(printed({ kind: "raw", variants })).toEqual({ sqlite: "b", postgresql: "a", mysql: "b" });
    const only: Expression = { kind: "not", operand: { kind: "raw", variants: variants.slice(0, 1) } };
    expect(printed(only)).toEqual({ sqlite: undefined, postgresql: "not (a)", mysql: undefined });
  });
});

describe("parentheses", () => {
  const database = new Database(":memory:");
  const evaluate = (sql: string): unknown => database.prepare(`select ${sql}`).pluck().get();
  afterAll(() => database.close());

  const leaf: fc.Arbitrary<Expression> = fc.oneof(
    fc.integer({ min: -9, max: 9 }).map((value) => number(String(value))),
    fc.constant<Expression>({ kind: "null" }),
  );
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      tie("expression").map((operand): Expression => ({ kind: "negate", operand })),
      tie("expression").map((operand): Expression => ({ kind: "not", operand })),
      fc
        .tuple(fc.constantFrom("+", "-", "*", "/", "%", "||"), tie("expression"), tie("expression"))
        .map(([operator, left, right]): Expression => ({ kind: "arithmetic", operator, left, right })),
      fc
        .tuple(fc.constantFrom("=", "<>", "<", ">="), tie("expression"), tie("expression"))
        .map(([operator, left, right]): Expression => ({ kind: "comparison", operator, left, right })),
      fc
        .tuple(fc.constantFrom("and", "or"), fc.array(tie("expression"), { minLength: 2, maxLength: 3 }))
        .map(([kind, operands]): Expression => ({ kind, operands })),
      fc
        .tuple(fc.boolean(), tie("expression"), fc.array(tie("expression"), { minLength: 1, maxLength: 3 }))
        .map(([negated, operand, values]): Expression => ({ kind: "in", negated, operand, values })),
      fc
        .tuple(fc.boolean(), tie("expression"), tie("expression"), tie("expression"))
        .map(([negated, operand, low, high]): Expression => ({ kind: "between", negated, operand, low, high })),
      fc
        .tuple(fc.boolean(), tie("expression"))
        .map(([negated, operand]): Expression => ({ kind: "isNull", negated, operand })),
      fc
        .tuple(tie("expression"), tie("expression"), tie("expression"))
        // oxlint-disable-next-line unicorn/no-thenable -- the model's own word; nobody awaits a branch
        .map(([when, then, otherwise]): Expression => ({ kind: "case", branches: [{ when, then }], otherwise })),
    ),
  }));

  test("the database reads what was meant", () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(evaluate(expressionSql(tree, "sqlite") ?? "")).toEqual(evaluate(fullyParenthesized(tree)));
      }),
      { numRuns: 1000 },
    );
  });

  test("none where none is needed", () => {
    const sum: Expression = { kind: "arithmetic", operator: "+", left: column("a"), right: column("b") };
    const small: Expression = { kind: "comparison", operator: "<", left: sum, right: number("3") };
    expect(
      printed({
        kind: "or",
        operands: [
          { kind: "and", operands: [small, small] },
          { kind: "not", operand: small },
        ],
      }).sqlite,
    ).toBe("a + b < 3 and a + b < 3 or not a + b < 3");
  });
});

/** Every part in parentheses: nothing is left to precedence. */
function fullyParenthesized(tree: Expression): string {
  const inner = fullyParenthesized;
  const not = "negated" in tree && tree.negated ? "not " : "";
  switch (tree.kind) {
    case "number":
      return `(${tree.digits})`;
    case "negate":
      return `(- ${inner(tree.operand)})`;
    case "not":
      return `(not ${inner(tree.operand)})`;
    case "arithmetic":
    case "comparison":
      return `(${inner(tree.left)} ${tree.operator} ${inner(tree.right)})`;
    case "and":
    case "or":
      return `(${tree.operands.map(inner).join(` ${tree.kind} `)})`;
    case "in":
      return `(${inner(tree.operand)} ${not}in (${tree.values.map(inner).join(", ")}))`;
    case "between":
      return `(${inner(tree.operand)} ${not}between ${inner(tree.low)} and ${inner(tree.high)})`;
    case "isNull":
      return `(${inner(tree.operand)} is ${not}null)`;
    case "case":
      return `(case ${tree.branches.map(branchText).join(" ")} else ${inner(tree.otherwise ?? { kind: "null" })} end)`;
    default:
      return "null";
  }
}

function branchText(branch: { readonly when: Expression; readonly then: Expression }): string {
  return `when ${fullyParenthesized(branch.when)} then ${fullyParenthesized(branch.then)}`;
}
