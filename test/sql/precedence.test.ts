// Parentheses: SQLite gives an expression the same value as compiled and with every operand in parentheses, and the
// compiler leaves out those that change nothing.
import Database from "better-sqlite3";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import { bareSelect } from "../../runtime/sql/ast/statements.js";
import { labelNode } from "../../runtime/sql/ast/expressions.js";
import type { ExpressionNode } from "../../runtime/sql/ast/nodes.js";
import { aliasNode, lightTableNode } from "../../runtime/sql/ast/tables.js";
import { literal } from "../../runtime/sql/build/constructs.js";
import { ConditionElement, Expression, joinConditions } from "../../runtime/sql/build/expression.js";
import { compileText } from "../../runtime/sql/compile/compile-text.js";
import { BINARY_OPERATORS } from "../../runtime/sql/operators.js";
import { Integer } from "../../runtime/types/types.js";

const type = Integer();
const numbers = lightTableNode({
  name: "numbers",
  columns: [
    { name: "a", type },
    { name: "b", type },
    { name: "n", type },
  ],
});
const columns = aliasNode(numbers, "t").columns.map((column) => new Expression(column));

const calculations = ["plus", "minus", "times", "dividedBy", "modulo", "concat"] as const;
const comparisons = ["eq", "ne", "lt", "le", "gt", "ge"] as const;

/** Random expressions; a condition may stand where a value does, as in SQL. */
const { value } = fc.letrec<{ value: Expression; condition: ConditionElement; operand: Expression | ConditionElement }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthIdentifier: "sql" },
      fc.constantFrom(...columns),
      fc
        .tuple(tie("value"), fc.constantFrom(...calculations), tie("operand"))
        .map(([left, method, right]) => left[method](right)),
      fc
        .tuple(tie("value"), fc.constantFrom(...calculations), fc.integer({ min: -3, max: 9 }))
        .map(([left, method, right]) => left[method](literal(right))),
    ),
    condition: fc.oneof(
      { maxDepth: 4, depthIdentifier: "sql" },
      tie("value").map((each) => each.isNull()),
      fc
        .tuple(tie("value"), fc.constantFrom(...comparisons), tie("operand"))
        .map(([left, method, right]) => left[method](right)),
      fc.tuple(tie("value"), tie("operand"), tie("operand")).map(([each, low, high]) => each.between(low, high)),
      fc
        .tuple(fc.constantFrom(...columns), fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }))
        .map(([each, list]) => each.in(list)),
      fc.tuple(tie("condition"), tie("condition")).map((both) => joinConditions("and", both)),
      fc.tuple(tie("condition"), tie("condition")).map((both) => joinConditions("or", both)),
      tie("condition").map((each) => each.not()),
    ),
    operand: fc.oneof(tie("value"), tie("condition")),
  }),
);
const anything = fc.oneof(
  value,
  fc.tuple(value, value).map(([left, right]) => left.eq(right)),
);

/** The expression with parentheses around every operand, and values in the text. */
function spelledOut(node: ExpressionNode): string {
  switch (node.kind) {
    case "column":
      return node.name;
    case "constant":
      return node.value;
    case "bind":
      return Array.isArray(node.value) ? node.value.join(", ") || "SELECT 1 WHERE 0" : String(node.value);
    case "unary":
      return `NOT (${spelledOut(node.operand)})`;
    case "binary": {
      const left = `(${spelledOut(node.left)})`;
      const right = `(${spelledOut(node.right)})`;
      if (node.operator === "divide") return `${left} / (${right} + 0.0)`;
      return `${left} ${BINARY_OPERATORS[node.operator].symbol} ${right}`;
    }
    case "between": {
      const [operand, low, high] = [node.operand, node.low, node.high].map((part) => `(${spelledOut(part)})`);
      return `${operand} ${node.negated ? "NOT " : ""}BETWEEN ${low} AND ${high}`;
    }
    case "junction":
      return node.operands.map((part) => `(${spelledOut(part)})`).join(` ${node.operator} `);
    default:
      throw new TypeError(`not generated here: ${node.kind}`);
  }
}

test("as compiled, an expression has the value that it has with every parenthesis", () => {
  const database = new Database(":memory:");
  database.exec(
    "create table numbers (a integer, b integer, n integer); insert into numbers values (2, 7, null), (0, -3, 1)",
  );
  fc.assert(
    fc.property(anything, ({ node }) => {
      const { sql, positional } = compileText(bareSelect([labelNode("v", node)]), sqliteSql);
      const compiled = database.prepare(sql).all(positional);
      const expected = database.prepare(`SELECT ${spelledOut(node)} AS v FROM numbers AS t`).all();
      expect(compiled).toEqual(expected);
    }),
    { numRuns: 500 },
  );
  database.close();
});

const [a, b] = columns;

/** The expression's text, its columns' table left out. */
function text(element: Expression | ConditionElement): string {
  const { sql } = compileText(bareSelect([labelNode("v", element.node)]));
  return sql.slice("SELECT ".length, sql.indexOf(" AS v")).replaceAll("t.", "");
}

test("no parentheses where precedence says the same", () => {
  if (a === undefined || b === undefined) throw new TypeError("two columns");
  expect(text(a.plus(b).plus(a.times(b)))).toBe("a + b + a * b");
  expect(text(a.minus(b.minus(a)))).toBe("a - (b - a)");
  expect(text(a.plus(b).times(a))).toBe("(a + b) * a");
  expect(text(a.concat(b).concat(a.concat(b)))).toBe("a || b || a || b");
  expect(text(a.plus(b).concat(a))).toBe("(a + b) || a");
  expect(text(a.eq(b).and(b.eq(a)).or(a.gt(b)))).toBe("a = b AND b = a OR a > b");
  expect(text(a.eq(b).and(b.eq(a).or(a.gt(b))))).toBe("a = b AND (b = a OR a > b)");
  expect(text(a.eq(b).and(b.eq(a)).not())).toBe("NOT (a = b AND b = a)");
  expect(text(a.eq(b.eq(a)))).toBe("a = (b = a)");
  expect(text(a.between(a.plus(b), b))).toBe("a BETWEEN a + b AND b");
});
