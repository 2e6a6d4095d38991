// Every statement of the SQL tests in the words of MySQL and MariaDB, against a golden file, and each run on a real
// server, through the asynchronous engine; what a session writes, and what the servers would compute otherwise.
import { fileURLToPath } from "node:url";
import { Decimal } from "decimal.js";
import { afterEach, describe, expect, it } from "vitest";
import * as models from "../../generated/index.js";
import { mariadb, mysql } from "../../runtime/dialects/mysql/dialect.js";
import { CompileError } from "../../runtime/errors/errors.js";
import * as athanor from "../../runtime/index.js";
import { setOfSlots } from "../../runtime/orm/flush/column-set.js";
import { rowStatementsFor } from "../../runtime/orm/flush/row-statements.js";
import { Mapper } from "../../runtime/orm/mapper.js";
import { func } from "../../runtime/sql/build/functions.js";
import { excluded, inserted } from "../../runtime/sql/build/insert.js";
import { createTables, dropTables } from "../support/create-tables.js";
import type { Compilable } from "../../runtime/sql/typing.js";
import { decodePlainDateTime } from "../../runtime/types/temporal.js";
import { Integer, Json, Numeric, Text, Timestamp } from "../../runtime/types/types.js";
import { addresses, orders, users } from "../sql/support/models.js";
import { SELECTS, WRITES } from "../sql/support/statements.js";
import { describeDatabase } from "../support/databases/databases.js";
import { expectGolden } from "../support/golden.js";
import { connections, mariadbUrl, run } from "./support/connection.js";

const { cast, extract, insert, literal, select, update } = athanor;
const GOLDEN = fileURLToPath(new URL("goldens/statements.sql", import.meta.url));

/** The text, or why there is none. */
function words(statement: Compilable): string {
  try {
    return `${statement.compile({ dialect: mariadb }).sql};`;
  } catch (error) {
    if (error instanceof CompileError) return `-- ${error.message}`;
    throw error;
  }
}

function sqlOf(statement: Compilable, dialect = mariadb): string {
  return statement.compile({ dialect }).sql.replaceAll(/\s+/g, " ");
}

/** The terms of ORDER BY. */
function by(term: Parameters<ReturnType<typeof select>["orderBy"]>[0]): string {
  return sqlOf(select(users.c.id).orderBy(term)).replace(/^.*ORDER BY /, "");
}

describe("statements in MariaDB's words", () => {
  it("are those of the golden file", () => {
    expectGolden(
      GOLDEN,
      [...SELECTS, ...WRITES].map((each) => `-- ${each.name}\n${words(each.statement)}\n`).join("\n"),
    );
  });

  it("order NULLs where they are asked for", () => {
    expect(by(users.c.score.asc().nullsFirst())).toBe("user_account.score ASC");
    expect(by(users.c.score.desc().nullsLast())).toBe("user_account.score DESC");
    expect(by(users.c.score.asc().nullsLast())).toBe("user_account.score IS NULL, user_account.score ASC");
    expect(by(users.c.score.desc().nullsFirst())).toBe("user_account.score IS NOT NULL, user_account.score DESC");
  });

  it("return rows only where the server does", () => {
    expect(sqlOf(insert(users).values({ id: 1, name: "x" }).returning(users.c.id))).toMatch(/RETURNING id$/);
    expect(() => sqlOf(insert(users).values({ id: 1, name: "x" }).returning(users.c.id), mysql)).toThrow(CompileError);
    expect(() => sqlOf(update(users).values({ name: "x" }).returning(users.c.id))).toThrow(CompileError);
  });

  it("have upserts of their own kind", () => {
    const values = { id: 1, name: "x" };
    const upsert = insert(users)
      .values(values)
      .onDuplicateKeyUpdate({ name: inserted(users.c.name) });
    expect(sqlOf(upsert, mysql)).toMatch(/ON DUPLICATE KEY UPDATE name = VALUES\(user_account\.name\)$/);
    const other = insert(users)
      .values(values)
      .onConflictDoUpdate({ target: ["id"], set: { name: excluded(users.c.name) } });
    expect(() => sqlOf(other)).toThrow(/onDuplicateKeyUpdate/);
  });

  it("quote what is reserved, with backticks, and escape backslashes", () => {
    const odd = athanor.table("rank", athanor.column("groups"), athanor.column("a`b"), athanor.column("name"));
    expect(sqlOf(select(odd.c.groups, odd.c["a`b"], odd.c.name))).toBe(
      "SELECT `rank`.`groups`, `rank`.`a``b`, `rank`.name FROM `rank`",
    );
    expect(sqlOf(select(users.c.id).where(users.c.name.like("50\\%", { escape: "\\" })))).toMatch(/ESCAPE '\\\\'$/);
  });
});

await describeDatabase("mysql", "statements on the server", (database) => {
  const engines: athanor.AsyncEngine[] = [];
  const connect = connections();
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  });
  const open = (): athanor.AsyncEngine => {
    const engine = athanor.createAsyncEngine(mariadbUrl(database.url));
    engines.push(engine);
    return engine;
  };

  /** An engine, and tables with two rows. */
  async function withTables(): Promise<athanor.AsyncEngine> {
    const engine = open();
    const tables = [orders, addresses, users];
    await engine.runOperation(dropTables(tables, mariadb.ddl, true));
    await engine.runOperation(createTables(tables, mariadb.ddl, true));
    const rows = [
      { id: 101, name: "spongebob", fullname: "Spongebob Squarepants", score: 5, active: true },
      { id: 102, name: "sandy", fullname: null, score: null, active: false },
    ];
    await engine.begin((connection) => connection.execute(insert(users).values(rows)));
    return engine;
  }

  it("are all understood", async () => {
    await withTables();
    const connection = await connect(mariadbUrl(database.url));
    // What SQLite does by itself, and a function of SQLite's.
    await run(connection, "SET foreign_key_checks = 0");
    await run(connection, "ALTER TABLE user_account MODIFY id integer AUTO_INCREMENT, MODIFY name varchar(30)");
    await run(connection, "CREATE FUNCTION printf(format text, n integer) RETURNS text DETERMINISTIC RETURN format");
    const failed: string[] = [];
    for (const { name, statement, runs } of [...SELECTS, ...WRITES]) {
      if (runs === false || words(statement).startsWith("--")) continue;
      const { sql, positional } = statement.compile({ dialect: mariadb });
      await run(connection, "START TRANSACTION");
      await run(connection, sql, positional).catch((error: unknown) =>
        failed.push(`${name}: ${String(error)}\n${sql}`),
      );
      await run(connection, "ROLLBACK");
    }
    expect(failed).toEqual([]);
  });

  it("give the answers that other databases give", async () => {
    const one = literal("1.10");
    const statement = select(
      literal(7).dividedBy(2).label("quotient"),
      literal(7).dividedBy(3).label("third"),
      func.length(literal("é😀")).label("characters"),
      one.concat("b").concat("c").label("joined"),
      cast(one, Numeric(10, 2)).label("decimal"),
      cast(literal("12"), Integer()).label("whole"),
      cast(literal(2.5), Text()).label("text"),
      literal("a").isNotDistinctFrom("a").label("same"),
      literal(9_007_199_254_740_993n).plus(1n).label("wide"),
      literal(new Decimal("12345678901234567890.12")).plus(new Decimal("0.01")).label("exact"),
    );
    const row = await open().connect(async (connection) => (await connection.execute(statement)).one());
    expect([...row].map((value) => (typeof value === "object" ? String(value) : value))).toEqual([
      3.5,
      7 / 3,
      2,
      "1.10bc",
      "1.1",
      12,
      "2.5",
      true,
      9_007_199_254_740_994n,
      "12345678901234567890.13",
    ]);
  });

  it("read inside documents, and inside and around dates", async () => {
    const document = literal({ items: [{ price: 1.5, name: 'é"x', sold: true, none: null, n: 7 }] }, Json());
    const at = decodePlainDateTime("2024-03-10T23:59:58.500000");
    const moment = literal(at);
    const rest = select(
      document.json("items", 0, "price").asNumber().label("price"),
      document.json("items", 0, "name").asText().label("name"),
      document.json("items", 0, "sold").asBoolean().label("sold"),
      document.json("items", 0, "none").asText().label("none"),
      document.json("items", 0, "n").asInteger().label("n"),
      document.json("items", 0, "gone").asText().label("gone"),
      document.json("items", 0, "price").label("part"),
    );
    const dates = select(
      extract("year", moment).label("year"),
      extract("dow", moment).label("dow"),
      extract("doy", moment).label("doy"),
      extract("week", moment).label("week"),
      cast(moment, Timestamp()).plusInterval({ months: 1, days: -9, seconds: 2 }).label("later"),
    );
    const [inside, around] = await open().connect(async (connection) => [
      (await connection.execute(rest)).one(),
      (await connection.execute(dates)).one(),
    ]);
    expect(Array.from(inside ?? [])).toEqual([1.5, 'é"x', true, null, 7, null, 1.5]);
    expect(Array.from(around ?? [], (value) => (typeof value === "object" ? String(value) : value))).toEqual([
      2024,
      0,
      70,
      10,
      "2024-04-02T00:00:00.5",
    ]);
  });

  it("exchange two columns' values in one UPDATE", async () => {
    const engine = await withTables();
    const found = await engine.begin(async (connection) => {
      const exchanged = { name: func.coalesce(users.c.fullname, ""), fullname: users.c.name };
      await connection.execute(update(users).values(exchanged).where(users.c.id.eq(101)));
      return (await connection.execute(select(users.c.name, users.c.fullname).where(users.c.id.eq(101)))).one();
    });
    expect([...found]).toEqual(["Spongebob Squarepants", "spongebob"]);
  });

  it("insert several rows whose keys come back in their order", async () => {
    const engine = open();
    const metadata = new athanor.MetaData();
    const numbered = new athanor.Table("numbered", metadata, { id: Integer().primaryKey().identity(), n: Integer() });
    await metadata.createAll(engine);
    const rows = Array.from({ length: 2500 }, (_, n) => ({ n }));
    const found = await engine.begin(async (connection) =>
      (await connection.execute(insert(numbered).returning(numbered), rows)).all(),
    );
    expect(found.map((row) => Array.from(row))).toEqual(rows.map(({ n }) => [n + 1, n]));
    await metadata.dropAll(engine);
  });
});

const mappers = Object.values(models).flatMap((each): Mapper[] => {
  const mapper: unknown = typeof each === "function" ? Reflect.get(each, "$mapper") : null;
  return mapper instanceof Mapper ? [mapper] : [];
});

await describeDatabase("mysql", "what a session writes", (database) => {
  const connect = connections();

  it("is understood, for every class of the example schemas", async () => {
    const engine = athanor.createAsyncEngine(mariadbUrl(database.url));
    await models.metadata.createAll(engine);
    const connection = await connect(mariadbUrl(database.url));
    await run(connection, "SET foreign_key_checks = 0, check_constraint_checks = 0, sql_mode = ''");
    const write = (compiled: { readonly sql: string; readonly parameters: readonly unknown[] }): Promise<unknown> =>
      run(
        connection,
        `EXPLAIN ${compiled.sql.replace(/ RETURNING .*$/, "")}`,
        Array<null>(compiled.parameters.length).fill(null),
      );
    for (const mapper of mappers) {
      const statements = rowStatementsFor(mapper, mariadb.sql);
      const all = setOfSlots(mapper, mapper.slots);
      const values = setOfSlots(
        mapper,
        mapper.slots.filter((slot) => !slot.column.primaryKey),
      );
      for (const count of [1, 3]) {
        await write(statements.insert(all, count).compiled);
        await write(statements.insert(values, count).compiled);
      }
      await write(statements.delete(1).compiled);
      if (values === 0) continue;
      for (const count of [1, 6]) await write(statements.update(values, count).compiled);
    }
    expect(mappers.length).toBeGreaterThan(8);
    await models.metadata.dropAll(engine);
    await engine.dispose();
  });
});
