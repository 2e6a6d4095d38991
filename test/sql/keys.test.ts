// Structural keys: equal for statements that compile alike whatever their values, different for all others; and a
// compiled statement works with the values of any statement of its key.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import { collectBinds } from "../../runtime/sql/ast/collect-binds.js";
import { internString } from "../../runtime/sql/ast/intern.js";
import type { StatementNode } from "../../runtime/sql/ast/nodes.js";
import { literal, literalColumn, or, table, column } from "../../runtime/sql/build/constructs.js";
import { elementOf } from "../../runtime/sql/build/element.js";
import { func } from "../../runtime/sql/build/functions.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { select } from "../../runtime/sql/build/select.js";
import { text } from "../../runtime/sql/build/text.js";
import { deleteFrom, update } from "../../runtime/sql/build/update.js";
import { compileStatement } from "../../runtime/sql/compile/compile-statement.js";
import { withParameters } from "../../runtime/sql/compile/parameters.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import { Integer } from "../../runtime/types/types.js";
import { Address, OtherAddress, User, users } from "./support/models.js";

function nodeOf(statement: object): StatementNode {
  const node = elementOf(statement)?.node;
  switch (node?.kind) {
    case "select":
    case "insert":
    case "update":
    case "delete":
    case "text":
      return node;
    default:
      throw new TypeError("not a statement");
  }
}
const keyOf = (statement: object): number => nodeOf(statement).key;
const sqlOf = (statement: object): string => compileStatement(nodeOf(statement), sqliteSql).sql;

/** A statement described by small choices: the same choices make the same structure, values aside. */
interface Choices {
  readonly kind: "select" | "update" | "delete" | "insert";
  readonly conditions: readonly number[];
  readonly order: number;
  readonly limit: boolean;
  readonly label: string;
}
const choices: fc.Arbitrary<Choices> = fc.record({
  kind: fc.constantFrom("select", "update", "delete", "insert"),
  conditions: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
  order: fc.integer({ min: 0, max: 3 }),
  limit: fc.boolean(),
  label: fc.constantFrom("a", "b"),
});

function condition(choice: number, value: number): ReturnType<typeof User.id.eq> {
  const makers = [
    () => User.id.eq(value),
    () => User.id.gt(value),
    () => User.name.eq(String(value)),
    () => User.fullname.isNull(),
    () => User.id.in([value, value + 1].slice(0, value % 3)),
    () => or(User.id.eq(value), User.name.like(String(value))),
    () => User.id.between(value, value + 1),
  ];
  return (makers[choice] ?? (() => User.id.lt(value)))();
}

function build({ kind, conditions, order, limit, label }: Choices, value: number): object {
  const where = conditions.map((choice, index) => condition(choice, value + index));
  if (kind === "update")
    return update(User)
      .values({ fullname: String(value) })
      .where(...where);
  if (kind === "delete") return deleteFrom(User).where(...where);
  if (kind === "insert")
    return insert(users).values(limit ? { name: String(value) } : { name: String(value), score: value });
  let statement = select(User.id.label(label), func.count()).where(...where);
  if (order > 0)
    statement = statement.orderBy(order === 1 ? User.id : order === 2 ? User.id.desc() : User.id.asc().nullsLast());
  return limit ? statement.limit(value) : statement;
}

test("keys are equal exactly where the text is, whatever the values", () => {
  fc.assert(
    fc.property(choices, choices, fc.nat(99), fc.nat(99), (first, second, one, other) => {
      expect(keyOf(build(first, one))).toBe(keyOf(build(first, other)));
      const same = sqlOf(build(first, one)) === sqlOf(build(second, one));
      expect(keyOf(build(first, one)) === keyOf(build(second, other))).toBe(same);
    }),
    { numRuns: 500 },
  );
});

test("what differs in text differs in key", () => {
  const statements = [
    select(User),
    select(User.id, User.name, User.fullname, users.c.score, users.c.active),
    select(User).distinct(),
    select(Address),
    select(OtherAddress),
    select(User.id),
    select(User.id.label("x")),
    select(User.id.label("y")),
    select(User.id, User.name),
    select(literalColumn("1")),
    select(literalColumn("2")),
    select(func.count(User.id)),
    select(func.countDistinct(User.id)),
    select(func.call("f", User.id)),
    select(func.call("g", User.id)),
    select(User).where(User.name.like("x")),
    select(User).where(User.name.like("x", { escape: "/" })),
    select(User).where(User.name.like("x", { escape: "!" })),
    select(User).where(User.name.eq("x")),
    select(User).having(User.name.eq("x")),
    select(User).groupBy(User.name),
    select(User).orderBy(User.name),
    select(User).limit(1),
    select(User).offset(1),
    select(User).join(User.addresses),
    select(User).outerJoin(User.addresses),
    select(table("t", column("a"), column("b"))),
    select(table("t", column("a"))),
    select(table("t", column("b"))),
    text("select :a"),
    text("select :b"),
    text("select : a"),
    insert(users).values({ name: "x" }),
    insert(users).values([{ name: "x" }, { name: "y" }]),
    insert(users).values({ name: "x" }).returning(User.id),
    insert(users).values({}),
    insert(users),
    update(users).values({ name: "x" }),
    deleteFrom(users),
  ];
  expect(new Set(statements.map(keyOf)).size).toBe(statements.length);
});

test("tables without metadata made alike share a key, tables with metadata do not", () => {
  expect(keyOf(select(table("t", column("a")).c.a))).toBe(keyOf(select(table("t", column("a")).c.a)));
  const [one, other] = [new MetaData(), new MetaData()].map((each) => new Table("t", each, { a: Integer() }));
  expect(one?.node.key).not.toBe(other?.node.key);
});

test("loader options are not part of the key", () => {
  expect(keyOf(select(User).options({ kind: "option" }))).toBe(keyOf(select(User)));
});

test("parameters named at execution give an INSERT its key", () => {
  const node = nodeOf(insert(users));
  const named = withParameters(node, ["name", "score"]);
  expect(named.key).toBe(withParameters(node, ["name", "score"]).key);
  expect(named.key).not.toBe(withParameters(node, ["score", "name"]).key);
  expect(compileStatement(node, sqliteSql, ["name", "score"]).sql).toBe(compileStatement(named, sqliteSql).sql);
  expect(compileStatement(node, sqliteSql, []).sql).toBe("INSERT INTO user_account DEFAULT VALUES");
});

test("a compiled statement finds the values of another of its key, also where one used a value twice", () => {
  const shared = literal(5);
  const twice = select(User.id).where(User.id.eq(shared), User.id.gt(shared));
  const apart = select(User.id).where(User.id.eq(literal(6)), User.id.gt(literal(7)));
  expect(keyOf(twice)).toBe(keyOf(apart));
  const compiled = compileStatement(nodeOf(twice), sqliteSql);
  const binds = collectBinds(nodeOf(apart));
  expect(compiled.parameters.map((slot) => binds[slot.bind]?.value)).toEqual([6, 7]);
});

/** A label in the select list, by its name in GROUP BY and ORDER BY, and as its expression in HAVING. */
function labelled(add: number, least: number): StatementNode {
  const label = User.id.plus(add).label("more");
  return nodeOf(select(label).groupBy(label).having(func.max(label).gt(least)).orderBy(label.desc()).limit(3));
}

test("a label written by its name does not shift the values that follow", () => {
  const compiled = compileStatement(labelled(1, 2), sqliteSql);
  expect(compiled.sql).toContain("GROUP BY more \nHAVING max(user_account.id + ?) > ? ORDER BY more DESC");
  const binds = collectBinds(labelled(10, 20));
  expect(compiled.parameters.map((slot) => binds[slot.bind]?.value)).toEqual([10, 10, 20, 3, 0]);
});

test("keys stay apart when the tables they come from are dropped", () => {
  const before = keyOf(select(User.id).where(User.id.eq(1)));
  for (let index = 0; index < 60_000; index += 1) internString(`filler ${index}`);
  const after = keyOf(select(User.id).where(User.id.eq(2)));
  expect(after).toBeGreaterThan(before);
  expect(keyOf(select(User.id).where(User.id.eq(3)))).toBe(after);
});
