// Many sets of an insert().returning() as few statements, each form as text and each reply in the order of the sets.
import { describe, expect, it } from "vitest";
import { mariadb, mysql } from "../../runtime/dialects/mysql/dialect.js";
import { CompileError } from "../../runtime/errors/errors.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { Integer, Text } from "../../runtime/types/types.js";
import { StubServer } from "./stub-connection.js";

const users = new Table("users", new MetaData(), {
  id: Integer().primaryKey(),
  name: Text(),
  age: Integer().nullable(),
});
const sets = ["c", "a", "b"].map((name, age) => ({ name, age }));
const statement = insert(users).returning(users.c.id);

describe("insert().returning() with many sets", () => {
  it("on PostgreSQL fixes the order of its rows, page by page", async () => {
    const server = new StubServer((sql) => ({ rows: rowsFor(sql, /, \d+\)/g) }));
    const connection = await server.connect({ insertManyPageSize: 2 });
    await connection.execute(statement, sets);
    expect(server.sent[0]?.map((sql) => sql.replaceAll(/\s+/g, " "))).toEqual(["BEGIN", FIRST_PAGE, LAST_PAGE]);
  });

  it("on MariaDB is one INSERT of many rows", async () => {
    const server = new StubServer(() => ({ rows: [[1], [2], [3]] }), { dialect: mariadb });
    const connection = await server.connect();
    const rows = (await connection.execute(statement, sets)).tuples().all();
    expect(rows).toEqual([[1], [2], [3]]);
    expect(server.sent[0]?.at(-1)).toBe("INSERT INTO users (name, age) VALUES (?, ?), (?, ?), (?, ?) RETURNING id");
  });

  it("on MySQL is refused", async () => {
    const connection = await new StubServer(() => null, { dialect: mysql }).connect();
    await expect(connection.execute(statement, sets)).rejects.toThrow(CompileError);
  });

  it("with a conflict clause executes each set by itself", async () => {
    const server = new StubServer(() => ({ rows: [[1]] }));
    const connection = await server.connect();
    await connection.execute(statement.onConflictDoNothing(), sets);
    expect(server.sent[0]).toHaveLength(4);
  });

  it("refuses rows that nobody could tell apart", async () => {
    const connection = await new StubServer(() => ({ rows: [[1]] }), { dialect: mariadb }).connect();
    await expect(connection.execute(statement, sets)).rejects.toThrow(
      "the database returned 1 rows for 3 that were inserted",
    );
  });

  it("keeps to the database's limit of parameters", async () => {
    const server = new StubServer((sql) => ({ rows: rowsFor(sql, /\(\?/g) }), {
      dialect: { ...mariadb, maxParameters: 4 },
    });
    const connection = await server.connect();
    await connection.execute(statement, [...sets, ...sets]);
    expect(server.sent[0]?.slice(1)).toHaveLength(3);
  });
});

/** One row for each set of the statement. */
function rowsFor(sql: string, set: RegExp): number[][] {
  return Array.from(sql.matchAll(set), (_, index) => [index]);
}

const LAST_PAGE =
  "INSERT INTO users (name, age) SELECT parameter_sets.p0, parameter_sets.p1 FROM " +
  "(VALUES (CAST($1 AS TEXT), CAST($2::integer AS INTEGER), 0)) AS parameter_sets (p0, p1, set_number) " +
  "ORDER BY parameter_sets.set_number RETURNING id";
const FIRST_PAGE = LAST_PAGE.replace(", 0))", ", 0), ($3, $4::integer, 1))");
