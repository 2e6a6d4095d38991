// Every statement against its text on each dialect, and run on a real database where it can.
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import { CREATE_TABLES } from "./support/models.js";
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

  test.runIf(each.runs !== false)("runs on sqlite", () => {
    runOnSqlite(each);
  });
});
