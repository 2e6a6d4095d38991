// Every statement of the SQL tests in PostgreSQL's words, against a golden file, and each run on a real server.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { postgresql } from "../../runtime/dialects/postgresql/dialect.js";
import { InvalidValueError } from "../../runtime/errors/errors.js";
import { createTables } from "../support/create-tables.js";
import { caseWhen, cast, literal, table, column } from "../../runtime/sql/build/constructs.js";
import { func } from "../../runtime/sql/build/functions.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { select } from "../../runtime/sql/build/select.js";
import { deleteFrom } from "../../runtime/sql/build/update.js";
import type { Compilable } from "../../runtime/sql/typing.js";
import { Char, Varchar } from "../../runtime/types/types.js";
import { addresses, orders, users } from "../sql/support/models.js";
import { SELECTS, WRITES } from "../sql/support/statements.js";
import { describeDatabase } from "../support/databases/databases.js";
import { expectGolden } from "../support/golden.js";
import { connections, run, runOperation, runStatement } from "./support/connection.js";

const GOLDEN = fileURLToPath(new URL("goldens/statements.sql", import.meta.url));

function compiled(statement: Compilable): { readonly sql: string; readonly positional: readonly unknown[] } {
  return statement.compile({ dialect: postgresql });
}

describe("statements in PostgreSQL's words", () => {
  it("are those of the golden file", () => {
    const texts = [...SELECTS, ...WRITES].map(({ name, statement }) => `-- ${name}\n${compiled(statement).sql};\n`);
    expectGolden(GOLDEN, texts.join("\n"));
  });

  it("do not depend on the length of a list", () => {
    const one = compiled(select(users.c.id).where(users.c.id.in([1])));
    const three = compiled(select(users.c.id).where(users.c.id.in([1, 2, 3])));
    expect(one.sql).toBe("SELECT user_account.id \nFROM user_account \nWHERE user_account.id = ANY ($1::integer[])");
    expect(three.sql).toBe(one.sql);
    expect([one.positional, three.positional]).toEqual([["{1}"], ["{1,2,3}"]]);
    expect(() => compiled(select(users.c.name).where(users.c.name.in(["a\0"])))).toThrow(InvalidValueError);
  });
});

/** The users of whom the condition holds. */
function ids(condition: Parameters<ReturnType<typeof select>["where"]>[0]): Compilable {
  return select(users.c.id).where(condition).orderBy(users.c.id);
}

await describeDatabase("postgresql", "statements on PostgreSQL", (database) => {
  const open = connections();

  async function withTables(): Promise<Awaited<ReturnType<typeof open>>> {
    const connection = await open(database.url);
    await run(connection, "DROP SCHEMA IF EXISTS statements CASCADE");
    await run(connection, "CREATE SCHEMA statements");
    await run(connection, "SET search_path = statements");
    await runOperation(connection, createTables([users, addresses, orders], postgresql.ddl, false));
    const rows = [
      { id: 101, name: "spongebob", fullname: "Spongebob Squarepants", score: 5, active: true },
      { id: 102, name: "sandy", fullname: null, score: null, active: false },
    ];
    await runStatement(connection, insert(users).values(rows));
    return connection;
  }

  /** printf() is SQLite's alone, and no table here takes a row of defaults. */
  const elsewhere = /unusual functions|defaults alone/;
  const runnable = [...SELECTS, ...WRITES].filter((each) => each.runs !== false && !elsewhere.test(each.name));

  it.each(runnable)("run: $name", async ({ statement }) => {
    const connection = await withTables();
    await run(connection, "BEGIN");
    const reply = await runStatement(connection, statement);
    expect(reply.commandTag).not.toBeNull();
  });

  it.each([
    ["a list", () => ids(users.c.id.in([101, 7])), [[101]]],
    ["no list", () => ids(users.c.id.in([])), []],
    ["all but no list", () => ids(users.c.id.notIn([])), [[101], [102]]],
    ["all but a list", () => ids(users.c.id.notIn([101])), [[102]]],
    ["a list of texts that need quotes", () => ids(users.c.name.in(['a"b\\c,{}', "NULL", "sandy"])), [[102]]],
    ["a list of numbers that are no integers", () => ids(users.c.id.in([101, 1.5, 5_000_000_000])), [[101]]],
    ["a list of booleans", () => ids(users.c.active.in([true])), [[101]]],
    ["a number wider than the column", () => ids(users.c.id.lt(5_000_000_000)), [[101], [102]]],
    ["a fraction beside a whole number", () => ids(users.c.id.gt(101.5)), [[102]]],
    ["text without case", () => ids(users.c.name.ilike("SPONGE%")), [[101]]],
  ])("find %s", async (_name, statement, rows) => {
    const reply = await runStatement(await withTables(), statement());
    expect(reply.rows).toEqual(rows);
  });

  it.each<[string, () => Compilable]>([
    ["parameters of no column", () => select(literal(1), literal("x"), literal(true), literal(2n ** 40n))],
    ["functions of anything", () => select(func.call("concat", "a", 1, true), func.call("jsonb_build_object", "a", 1))],
    ["a case of values", () => select(caseWhen([[users.c.id.gt(0), 1]], 2))],
    ["casts without lengths", () => select(cast(literal("abcd"), Varchar(2)), cast(literal("abcd"), Char(2)))],
    [
      "functions of text",
      () => select(func.lower(literal("X")), func.length(literal("abc")), func.coalesce(users.c.fullname, "?")),
    ],
    ["the clock", () => select(func.now())],
  ])("take %s", async (_name, statement) => {
    const reply = await runStatement(await withTables(), statement());
    expect(reply.rows.length).toBeGreaterThan(0);
  });

  it("divide whole numbers with their fraction and cast without cutting", async () => {
    const connection = await withTables();
    const half = await runStatement(connection, select(users.c.score.dividedBy(2)).where(users.c.id.eq(101)));
    expect(Number(half.rows[0]?.[0])).toBe(2.5);
    const whole = await runStatement(connection, select(cast(literal("abcd"), Varchar(2))));
    expect(whole.rows).toEqual([["abcd"]]);
  });

  it("quote every name that needs it", async () => {
    const connection = await withTables();
    const words = await run(connection, "SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'");
    for (const [word] of words.rows) {
      const odd = table(String(word), column(String(word)));
      await run(connection, `DROP TABLE IF EXISTS "${String(word)}"`);
      await run(connection, `CREATE TABLE "${String(word)}" ("${String(word)}" integer)`);
      await runStatement(connection, select(odd.c[String(word)] ?? odd));
      await runStatement(connection, deleteFrom(odd));
    }
    expect(words.rows.length).toBeGreaterThan(100);
  });
});
