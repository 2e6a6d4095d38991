// Catalogue text to typed expressions: what is understood, and what stays text because writing it would change it.
import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { ColumnType } from "../../model/column-type.js";
import { expressionSql } from "../../model/expression-sql.js";
import { readExpression } from "../../model/sql-text/read-expression.js";

const types: Readonly<Record<string, ColumnType>> = {
  name: { kind: "varchar", length: 30 },
  body: { kind: "text" },
  price: { kind: "numeric", precision: 10, scale: 2 },
  amount: { kind: "integer" },
  ratio: { kind: "double" },
  open: { kind: "boolean" },
  day: { kind: "date" },
  status: { kind: "enum", name: "post_status" },
  Odd: { kind: "text" },
};
const columns = Object.keys(types);
const columnType = (name: string): ColumnType | undefined => types[name];

/** What the neutral printer says of the typed form; undefined where the text stays. */
function read(sql: string, dialect: string): string | undefined {
  const expression = readExpression(sql, dialect, { columnType, columns });
  return expression === undefined ? undefined : expressionSql(expression, "postgresql");
}

function readDefault(sql: string, dialect: string, type: ColumnType): unknown {
  return readExpression(sql, dialect, { columnType, columns, place: "default", type });
}

describe("conditions as PostgreSQL gives them", () => {
  test.each([
    ["(amount > 0)", "amount > 0"],
    ["((amount >= 0) AND (amount <= 5))", "amount >= 0 and amount <= 5"],
    ["(price > (0)::numeric)", "price > 0"],
    ["(ratio < (1)::double precision)", "ratio < 1"],
    ["(amount > '-1'::integer)", "amount > -1"],
    ["((name)::text <> ''::text)", "name <> ''"],
    [
      "((name)::text = ANY ((ARRAY['free'::character varying, 'pro'::character varying])::text[]))",
      "name in ('free', 'pro')",
    ],
    ["(body = ANY (ARRAY['a'::text, 'b'::text]))", "body in ('a', 'b')"],
    ["(body <> ALL (ARRAY['a'::text, 'b'::text]))", "body not in ('a', 'b')"],
    ["(status = 'draft'::post_status)", "status = 'draft'"],
    ["(day IS NOT NULL)", "day is not null"],
    ["(day > '2020-01-01'::date)", "day > '2020-01-01'"],
    ["((day IS NULL) OR (NOT open))", "day is null or not open"],
    ["lower((name)::text)", "lower(name)"],
    ["lower(body)", "lower(body)"],
    ["(length((name)::text) > 3)", "length(name) > 3"],
    ["((name)::text ~~ 'a%'::text)", "name like 'a%'"],
    ["(\"Odd\" = 'x''y'::text)", "\"Odd\" = 'x''y'"],
  ])("%s", (sql, typed) => {
    expect(read(sql, "postgresql")).toBe(typed);
  });

  test.each([
    "((name)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
    "(name ~ '^[a-z]+$'::text)",
    "(body = ANY (ARRAY['a'::text]))",
    "my_function(name)",
    "(other > 0)",
    "(name = 'x'::bpchar)",
    "(amount > (0)::bigint)",
    "(amount > 0",
    "'open",
    "",
    "(SELECT 1)",
    "(amount > 0) -- and more\n AND evil()",
  ])("%s stays", (sql) => {
    expect(read(sql, "postgresql")).toBeUndefined();
  });
});

describe("conditions as SQLite and MariaDB give them", () => {
  test.each([
    ["sqlite", "length(body)>=40 AND amount>0", "length(body) >= 40 and amount > 0"],
    ["sqlite", "Amount > 0", "amount > 0"],
    ["sqlite", "[amount] BETWEEN 1 AND 5", "amount between 1 and 5"],
    ["sqlite", "`name` IN ('a', 'b')", "name in ('a', 'b')"],
    ["mariadb", "`amount` > 0 and `price` < 5.50", "amount > 0 and price < 5.50"],
  ])("%s: %s", (dialect, sql, typed) => {
    expect(read(sql, dialect)).toBe(typed);
  });

  test.each([
    ["sqlite", "typeof(name)='text'"],
    ["sqlite", 'name = "x"'],
    ["sqlite", "a == b"],
    ["sqlite", "amount > 0 AND (amount < 5)"],
    ["sqlite", "body LIKE 'a%'"],
    ["mariadb", "json_valid(`body`)"],
    ["mariadb", "`name` regexp '^a'"],
  ])("%s: %s stays", (dialect, sql) => {
    expect(read(sql, dialect)).toBeUndefined();
  });
});

describe("defaults", () => {
  const varchar: ColumnType = { kind: "varchar", length: 20 };
  test.each<[string, string, ColumnType, unknown]>([
    ["postgresql", "'free'::character varying", varchar, { kind: "string", value: "free" }],
    ["postgresql", "'-1'::integer", { kind: "integer" }, { kind: "number", digits: "-1" }],
    ["postgresql", "0", { kind: "numeric" }, { kind: "number", digits: "0" }],
    ["postgresql", "false", { kind: "boolean" }, { kind: "boolean", value: false }],
    ["postgresql", "now()", { kind: "timestamptz" }, { kind: "call", name: "now", arguments: [] }],
    ["postgresql", "CURRENT_TIMESTAMP", { kind: "timestamptz" }, { kind: "current", name: "current_timestamp" }],
    ["postgresql", "'{}'::jsonb", { kind: "jsonb" }, { kind: "string", value: "{}" }],
    ["postgresql", "'a\\b'::text", { kind: "text" }, { kind: "string", value: "a\\b" }],
    ["postgresql", "'x'::text", varchar, undefined],
    ["postgresql", "gen_random_uuid()", { kind: "uuid" }, undefined],
    ["postgresql", "nextval('t_id_seq'::regclass)", { kind: "integer" }, undefined],
    ["sqlite", "'1970-01-01 00:00:01'", { kind: "timestamp" }, undefined],
    [
      "sqlite",
      "'1970-01-01T00:00:01.000000'",
      { kind: "timestamp" },
      { kind: "string", value: "1970-01-01T00:00:01.000000" },
    ],
    ["sqlite", "'it''s'", { kind: "text" }, { kind: "string", value: "it's" }],
    ["sqlite", "-1", { kind: "integer" }, { kind: "number", digits: "-1" }],
    ["sqlite", "CURRENT_TIMESTAMP", { kind: "timestamp" }, undefined],
    ["mariadb", "'a\\\\b'", { kind: "text" }, { kind: "string", value: "a\\b" }],
    ["mariadb", "current_timestamp(6)", { kind: "timestamptz" }, { kind: "call", name: "now", arguments: [] }],
    [
      "mariadb",
      "current_timestamp()",
      { kind: "timestamp", precision: 0 },
      { kind: "call", name: "now", arguments: [] },
    ],
    ["mariadb", "current_timestamp()", { kind: "timestamp", precision: 3 }, undefined],
  ])("%s: %s", (dialect, sql, type, expected) => {
    expect(readDefault(sql, dialect, type)).toEqual(expected);
  });
});

test("any text at all is read or left, never an error", () => {
  const pieces = [
    "(",
    ")",
    "'",
    '"',
    "`",
    "[",
    "]",
    "\\",
    "::",
    "--",
    "/*",
    "and",
    "in",
    "case",
    "cast",
    "a",
    "1",
    " ",
  ];
  const text = array(oneof(constantFrom(...pieces), string({ unit: "binary", maxLength: 3 }))).map((parts) =>
    parts.join(""),
  );
  assert(
    property(text, constantFrom("sqlite", "postgresql", "mysql", "mariadb"), (sql, dialect) => {
      readExpression(sql, dialect, { columnType, columns });
    }),
    { numRuns: 500 },
  );
  expect(readExpression("(".repeat(50_000), "postgresql", { columnType, columns })).toBeUndefined();
});

describe("truth that a catalogue gives as numbers", () => {
  test.each(["sqlite", "mysql", "mariadb"])("is a boolean's default on %s", (dialect) => {
    expect(readDefault("1", dialect, { kind: "boolean" })).toEqual({ kind: "boolean", value: true });
    expect(readDefault("0", dialect, { kind: "boolean" })).toEqual({ kind: "boolean", value: false });
    expect(readDefault("1", dialect, { kind: "integer" })).toEqual({ kind: "number", digits: "1" });
  });

  test("is held against boolean columns where it is written so", () => {
    expect(read("open = 1 AND amount = 1", "sqlite")).toBe("open = true and amount = 1");
    expect(read("0 <> open", "sqlite")).toBe("false <> open");
    expect(read("`open` = 1", "mysql")).toBeUndefined();
  });

  test("is no number elsewhere", () => {
    expect(readDefault("1", "postgresql", { kind: "boolean" })).toEqual({ kind: "number", digits: "1" });
  });
});
