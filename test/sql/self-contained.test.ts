// Which statements touch nothing but rows: what a connection that ran only such may be given back for without waiting.
import { describe, expect, it } from "vitest";
import {
  deleteFrom,
  func,
  insert,
  Integer,
  literalColumn,
  MetaData,
  select,
  sql,
  Table,
  text,
  Text,
  update,
} from "../../runtime/index.js";
import { elementOf } from "../../runtime/sql/build/element.js";
import { isSelfContained } from "../../runtime/sql/compile/self-contained.js";
import type { Compilable } from "../../runtime/sql/typing.js";

const t = new Table("t", new MetaData(), { id: Integer().primaryKey(), name: Text() });

function isSelf(statement: Compilable): boolean {
  const node = elementOf(statement)?.node;
  return node !== undefined && isSelfContained(node);
}

describe("a statement that touches nothing but rows", () => {
  it.each<[string, Compilable]>([
    ["a query", select(t.c.id).where(t.c.name.like("a%")).orderBy(t.c.name).limit(3)],
    ["functions that compute", select(func.count(), func.lower(func.max(t.c.name))).groupBy(t.c.id)],
    ["subqueries", select(t.c.id).where(t.c.id.in(select(func.max(t.c.id))))],
    ["changes of rows", insert(t).values({ id: 1, name: "a" })],
    ["changes with values from rows", update(t).values({ name: func.upper(t.c.name) })],
    ["deletions", deleteFrom(t).where(t.c.id.eq(1))],
  ])("is one of %s", (_, statement) => {
    expect(isSelf(statement)).toBe(true);
  });

  it.each<[string, Compilable]>([
    ["text", text("SELECT 1")],
    ["text in a query", select(literalColumn("pg_advisory_lock(1)"))],
    ["a fragment", select(t.c.id).where(sql`pg_try_advisory_lock(${t.c.id})`)],
    ["a function that nobody knows", select(func.call("pg_advisory_lock", 1))],
    ["one deep in it", deleteFrom(t).where(t.c.id.in(select(func.call<number>("nextval", "s"))))],
    ["locks", select(t.c.id).forUpdate()],
    ["locks in a subquery", select(select(t.c.id).forUpdate().subquery("s").c.id)],
  ])("is none with %s", (_, statement) => {
    expect(isSelf(statement)).toBe(false);
  });
});
