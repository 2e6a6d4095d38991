// Every construct in every dialect, side by side in a golden file, and run on every database that is there.
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { mariadbSql, mysqlSql } from "../../runtime/dialects/mysql/sql.js";
import { postgresqlSql } from "../../runtime/dialects/postgresql/sql.js";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import type { AsyncConnection } from "../../runtime/engine/async-connection.js";
import { createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { CompileError } from "../../runtime/errors/errors.js";
import { decodePlainDate, decodePlainDateTime } from "../../runtime/index.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { defaultDialect } from "../../runtime/sql/compile/default-dialect.js";
import type { SqlDialect } from "../../runtime/sql/compile/sql-dialect.js";
import type { Compilable, Executable } from "../../runtime/sql/typing.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { expectGolden } from "../support/golden.js";
import { ANSWERS } from "./support/answers.js";
import { type Construct, CONSTRUCTS } from "./support/constructs.js";
import { people, person, post, tagged } from "./support/people.js";

const DIALECTS: readonly SqlDialect[] = [defaultDialect, sqliteSql, postgresqlSql, mysqlSql, mariadbSql];

function textOf(statement: Compilable, sql: SqlDialect): string {
  try {
    return statement.compile({ dialect: { sql } }).sql;
  } catch (error) {
    if (error instanceof CompileError) return `CompileError: ${error.message}`;
    throw error;
  }
}

/** The dialects with the same text together. */
function section({ name, statement }: Construct): string {
  const texts = new Map<string, string[]>();
  for (const dialect of DIALECTS) {
    const text = textOf(statement, dialect);
    texts.set(text, [...(texts.get(text) ?? []), dialect.name]);
  }
  const blocks = [...texts].map(([text, names]) => `[${names.join(", ")}]\n${text.replaceAll(/ $/gm, " \\")}\n`);
  return `# ${name}\n${blocks.join("")}`;
}

it("reads as expected in every dialect", () => {
  const path = fileURLToPath(new URL("./goldens/constructs.txt", import.meta.url));
  expectGolden(path, CONSTRUCTS.map(section).join("\n"));
});

it("has names that say which is meant", () => {
  expect(new Set(CONSTRUCTS.map(({ name }) => name)).size).toBe(CONSTRUCTS.length);
});

const AT = decodePlainDateTime("2024-01-31T10:20:30.123456");
const DOCUMENT = { tags: ["x", "y"], size: 3, ratio: 1.5, on: true, 'a "b" $.c': "odd" };
const PEOPLE = [
  {
    id: 1,
    name: "ann",
    nick: "a",
    score: 5,
    rate: 1.5,
    active: true,
    bossId: null,
    born: decodePlainDate("2024-01-31"),
    seen: AT,
    data: DOCUMENT,
  },
  {
    id: 2,
    name: "bob",
    nick: null,
    score: null,
    rate: null,
    active: false,
    bossId: 1,
    born: null,
    seen: null,
    data: null,
  },
  { id: 3, name: "cy", nick: "c", score: -7, rate: -2, active: true, bossId: 2, born: null, seen: null, data: null },
];
const POSTS = [
  { id: 1, personId: 1, title: "t" },
  { id: 2, personId: 3, title: "u" },
];

const TAGGED = [
  { id: 1, tags: ["x", "y"], scores: [1, null, 3] },
  { id: 2, tags: [], scores: null },
];

await describeEachDatabase("the constructs", {}, (database) => {
  async function inDatabase(work: (connection: AsyncConnection) => Promise<void>): Promise<void> {
    await using engine = createAsyncEngine(database.url);
    await people.createAll(engine);
    await engine.begin(async (connection) => {
      await connection.execute(insert(person), PEOPLE);
      await connection.execute(insert(post), POSTS);
      await connection.execute(insert(tagged), TAGGED);
      await work(connection);
    });
    await people.dropAll(engine);
  }

  it.each(CONSTRUCTS.map((each) => [each.name, each] as const))("%s", async (_name, { statement, notRunOn = {} }) => {
    const { sql } = createAsyncEngine(database.url).dialect;
    if (sql.name in notRunOn || textOf(statement, sql).startsWith("CompileError")) return;
    await inDatabase(async (connection) => {
      // Each of them is a statement; what its rows hold does not matter here.
      const result = await connection.execute(statement as Compilable & Executable<unknown, unknown>);
      if (result.returnsRows) result.all();
    });
  });

  it.each(ANSWERS.map((each) => [each.name, each] as const))("%s: the same rows everywhere", async (_name, each) => {
    await inDatabase(async (connection) => {
      const result = await connection.execute(each.statement as Compilable & Executable<object, unknown>); // a select
      expect(
        result
          .tuples()
          .all()
          .map((row) => row.map(plain)),
      ).toEqual(each.rows);
    });
  });
});

/** Dates by their text. */
function plain(value: unknown): unknown {
  return typeof value === "object" &&
    value !== null &&
    Object.prototype.toString.call(value).startsWith("[object Temporal")
    ? String(value)
    : value;
}
