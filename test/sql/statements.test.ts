// Every statement against its text on each dialect, and run on a real database where it can.
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { select } from "../../runtime/sql/build/select.js";
import { Address, addresses, CREATE_TABLES } from "./support/models.js";
import { SELECTS, type StatementCase, WRITES } from "./support/statements.js";

const sqlite = { sql: sqliteSql };

function runOnSqlite({ statement }: StatementCase): void {
  const database = new Database(":memory:");
  try {
    database.exec(CREATE_TABLES);
    const { sql, positional } = statement.compile({ dialect: sqlite });
    const prepared = database.prepare(sql);
    if (prepared.reader) prepared.all(positional);
    else prepared.run(positional);
  } finally {
    database.close();
  }
}

test("the columns of an INSERT are named by property or given as columns and attributes", () => {
  const query = select(Address.emailAddress, Address.userId);
  const named = insert(addresses).fromSelect(["emailAddress", "userId"], query);
  const given = insert(addresses).fromSelect([addresses.c.emailAddress, Address.userId], query);
  const set = { userId: 1 };
  expect(String(given.onConflictDoUpdate({ target: [Address.id], set }))).toBe(
    String(named.onConflictDoUpdate({ target: ["id"], set })),
  );
});

describe.each([...SELECTS, ...WRITES])("$name", (each) => {
  test("default dialect", () => {
    expect(String(each.statement)).toBe(each.sql.default);
    if (each.params !== undefined) expect(each.statement.compile().params).toEqual(each.params);
  });

  test("sqlite", () => {
    const compiled = each.statement.compile({ dialect: sqlite });
    expect(compiled.sql).toBe(each.sql.sqlite);
    if (each.positional !== undefined) expect(compiled.positional).toEqual(each.positional);
  });

  if (each.runs !== false)
    test("runs on sqlite", () => {
      runOnSqlite(each);
    });
});
