// What a compiled statement tells about its rows: columns by position, entities by their range, conversions, and how
// its lists widen.
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import type { StatementNode } from "../../runtime/sql/ast/nodes.js";
import { binaryNode, namedBindNode } from "../../runtime/sql/ast/expressions.js";
import { updateNode } from "../../runtime/sql/ast/statements.js";
import { valuesNode } from "../../runtime/sql/ast/tables.js";
import { elementOf } from "../../runtime/sql/build/element.js";
import { func } from "../../runtime/sql/build/functions.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { select } from "../../runtime/sql/build/select.js";
import { text, TextStatement } from "../../runtime/sql/build/text.js";
import { deleteFrom, update } from "../../runtime/sql/build/update.js";
import { compileStatement, widenLists } from "../../runtime/sql/compile/compile-statement.js";
import { defaultDialect } from "../../runtime/sql/compile/default-dialect.js";
import type { Compiled } from "../../runtime/sql/compile/compiled.js";
import { BigInteger, Bool, Integer, Text } from "../../runtime/types/types.js";
import { Address, CREATE_TABLES, User, users } from "./support/models.js";

function compile(statement: object): Compiled {
  const node = elementOf(statement)?.node;
  const statements = ["select", "insert", "update", "delete", "text"];
  if (node === undefined || !statements.includes(node.kind)) throw new TypeError("not a statement");
  return compileStatement(node as StatementNode, sqliteSql); // just checked
}

test("entities and columns, with where they lie", () => {
  const { items, columns } = compile(
    select(User.id, Address, User.name.label("nm"), func.count(), func.count(User.id)),
  );
  expect(items).toMatchObject([
    { kind: "column", key: "id", at: 0 },
    { kind: "entity", key: "Address", at: 1, count: 3, entity: { name: "Address" } },
    { kind: "column", key: "nm", at: 4 },
    { kind: "column", key: "count_1", at: 5 },
    { kind: "column", key: "count_2", at: 6 },
  ]);
  expect(columns?.map((column) => column.key)).toEqual([
    "id",
    "id",
    "emailAddress",
    "userId",
    "nm",
    "count_1",
    "count_2",
  ]);
});

test("statements without rows have none", () => {
  expect(compile(insert(users).values({ name: "x" })).columns).toBeNull();
  expect(compile(deleteFrom(users)).items).toBeNull();
  expect(compile(text("select 1")).columns).toBeNull();
});

test("RETURNING has rows, and writing is writing", () => {
  const compiled = compile(insert(users).values({ name: "x" }).returning(User, User.id.label("n")));
  expect(compiled.effect).toBe("write");
  expect(compiled.items?.map((item) => item.at)).toEqual([0, 5]);
  expect(compile(select(User)).effect).toBe("read");
  expect(compile(text("select 1")).effect).toBe("other");
});

test("one 64-bit column makes the row's integers bigint, and each column's conversion knows", () => {
  const wide = new Table("wide", new MetaData(), { id: BigInteger().primaryKey(), n: Integer(), ok: Bool() });
  const compiled = compile(select(wide.c.id, wide.c.n, wide.c.ok));
  expect(compiled.bigintRows).toBe(true);
  const decoded = compiled.columns?.map(({ decode }, index) => {
    const value = [2n ** 60n, 5n, 1n][index];
    return decode === null ? value : decode(value);
  });
  expect(decoded).toEqual([2n ** 60n, 5, true]);
  expect(compile(select(wide.c.n)).bigintRows).toBe(false);
});

test("text with declared columns has them", () => {
  const statement = text("select 1 as a, 'x' as b");
  if (!(statement instanceof TextStatement)) throw new TypeError("text() makes a text statement");
  expect(compile(statement.columns({ a: Integer(), b: Text() })).columns?.map((column) => column.key)).toEqual([
    "a",
    "b",
  ]);
});

test("lists widen after the cache, in their place among the other parameters", () => {
  const compiled = compile(
    select(User.id)
      .where(User.name.eq("a"), User.id.in([1]), User.name.ne("b"))
      .limit(1),
  );
  expect(compiled.parameters.map((slot) => [slot.name, slot.expanding])).toEqual([
    ["name_1", false],
    ["id_1", true],
    ["name_2", false],
    ["param_1", false],
    ["param_2", false],
  ]);
  const wide = widenLists(compiled, ["a", [1, 2, 3], "b", 9, 0], sqliteSql);
  expect(wide.sql).toContain("name = ? AND user_account.id IN (?, ?, ?) AND user_account.name != ?");
  expect(wide.values).toEqual(["a", 1, 2, 3, "b", 9, 0]);
  const empty = widenLists(compiled, ["a", [], "b", 9, 0], sqliteSql);
  expect(empty.sql).toContain("IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)");
  expect(empty.values).toEqual(["a", "b", 9, 0]);
});

test("a statement without lists is sent as it was compiled", () => {
  const compiled = compile(select(User.id).where(User.name.eq("a")));
  expect(compiled.segments).toBeNull();
  expect(widenLists(compiled, ["a"], sqliteSql)).toEqual({ sql: compiled.sql, values: ["a"] });
});

test("the database's clock comes back as a point in time", () => {
  const compiled = compile(select(func.now()));
  const database = new Database(":memory:");
  const [value] = database.prepare<[], [string]>(compiled.sql).raw().get() ?? [];
  database.close();
  const decode = compiled.columns?.[0]?.decode;
  const instant: unknown = decode?.(value);
  expect(Object.prototype.toString.call(instant)).toBe("[object Temporal.Instant]");
});

test("an UPDATE reads from the tables that its values name", () => {
  const statement = update(users).values({ score: Address.id }).where(User.id.eq(Address.userId));
  expect(compile(statement).sql).toBe(
    "UPDATE user_account SET score=address.id FROM address WHERE user_account.id = address.user_id",
  );
});

test("an UPDATE of many rows takes them as rows of parameters", () => {
  const { node } = users;
  const [id, name] = node.columns;
  if (id === undefined || name === undefined) throw new TypeError("the table has columns");
  const rows = [1, 2].map((each) => [namedBindNode(`id_${each}`, id.type), namedBindNode(`name_${each}`, name.type)]);
  const values = valuesNode("v", [id, name], rows);
  const [key, value] = values.columns;
  if (key === undefined || value === undefined) throw new TypeError("the rows have columns");
  const statement = updateNode({
    table: node,
    assignments: [{ column: name, value }],
    values,
    where: [binaryNode("eq", id, key)],
    returning: [],
  });
  const compiled = compileStatement(statement, sqliteSql);
  expect(compiled.sql).toBe(
    "WITH v (id, name) AS (VALUES (?, ?), (?, ?)) " +
      "UPDATE user_account SET name=v.name FROM v WHERE user_account.id = v.id",
  );
  expect(compiled.parameters.map((slot) => slot.name)).toEqual(["id_1", "name_1", "id_2", "name_2"]);
  expect(compileStatement(statement, defaultDialect).sql).toBe(
    "UPDATE user_account SET name=v.name FROM (VALUES (:id_1, :name_1), (:id_2, :name_2)) AS v (id, name) " +
      "WHERE user_account.id = v.id",
  );
  const database = new Database(":memory:");
  database.exec(CREATE_TABLES);
  database.prepare(compiled.sql).run([1n, "one", 2n, "two"]);
  expect(database.prepare("select name from user_account order by id").pluck().all()).toEqual(["one", "two"]);
  database.close();
});
