// Every database's errors as the same classes, with the statement, masked where asked for, and the driver's own as cause.
import { check, createAsyncEngine, foreignKey, insert, Integer, MetaData, select, Table, text, Varchar } from "athanor";
import { inspect } from "node:util";
import { beforeAll, expect, it } from "vitest";
import {
  CannotOpenDatabaseError,
  CheckViolationError,
  DatabaseError,
  DataError,
  ForeignKeyViolationError,
  IntegrityError,
  NotNullViolationError,
  ProgrammingError,
  UniqueViolationError,
} from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, say, useEngines } from "../support/faults/lab.js";

const metadata = new MetaData();
const parent = new Table("parent", metadata, { id: Integer().primaryKey(), name: Varchar(5).unique() });
new Table(
  "child",
  metadata,
  { id: Integer().primaryKey(), parentId: Integer().named("parent_id"), amount: Integer().nullable() },
  [foreignKey(["parent_id"], "parent", ["id"]), check("amount > 0")],
);

await describeEachDatabase("errors", {}, (database) => {
  const open = useEngines(database);
  beforeAll(async () => {
    const engine = open();
    await metadata.createAll(engine);
    await engine.begin((connection) => connection.execute(insert(parent).values({ id: 1, name: "one" })));
    await engine.dispose();
  });

  const violations: readonly (readonly [name: string, sql: string, type: new (message: string) => DatabaseError])[] = [
    ["unique", "INSERT INTO parent (id, name) VALUES (2, 'one')", UniqueViolationError],
    ["primary key", "INSERT INTO parent (id, name) VALUES (1, 'x')", UniqueViolationError],
    ["foreign key", "INSERT INTO child (id, parent_id) VALUES (1, 99)", ForeignKeyViolationError],
    ["check", "INSERT INTO child (id, parent_id, amount) VALUES (1, 1, -1)", CheckViolationError],
    ["not null", "INSERT INTO parent (id, name) VALUES (3, NULL)", NotNullViolationError],
  ];
  for (const [name, sql, type] of violations) {
    it(`of a ${name} constraint are ${type.name}, and not worth another run`, async () => {
      await open().connect(async (connection) => {
        const error = await errorOf(say(connection, sql));
        expect(error).toBeInstanceOf(type);
        expect(error).toBeInstanceOf(IntegrityError);
        expect(error).toMatchObject({ sql, retryable: "never", cause: expect.any(Error) as unknown });
        await connection.rollback();
        expect(await say(connection, "SELECT 1")).toBe(1);
      });
    });
  }

  it("of a statement that is wrong are ProgrammingError", async () => {
    await open().connect(async (connection) => {
      for (const sql of ["SELEC 1", "SELECT * FROM no_such_table", "SELECT no_such_column FROM parent"]) {
        expect(await errorOf(say(connection, sql))).toBeInstanceOf(ProgrammingError);
        await connection.rollback();
      }
    });
  });

  database.itWith("length-checks", "of a value that is too long are DataError", async () => {
    await open().connect(async (connection) => {
      const error = await errorOf(connection.execute(insert(parent).values({ id: 9, name: "much too long" })));
      expect(error).toBeInstanceOf(DataError);
    });
  });

  it("keep values out where parameters are hidden, the server's words and the cause included", async () => {
    await open({ hideParameters: true }).connect(async (connection) => {
      await connection.execute(insert(parent).values({ id: 50, name: "tiger" }));
      const error = await errorOf(connection.execute(insert(parent).values({ id: 51, name: "tiger" })));
      expect(error).toBeInstanceOf(UniqueViolationError);
      expect(inspect(error, { depth: 8 })).not.toContain("tiger");
    });
    await open().connect(async (connection) => {
      await connection.execute(insert(parent).values({ id: 50, name: "tiger" }));
      const error = await errorOf(connection.execute(insert(parent).values({ id: 51, name: "tiger" })));
      expect(String(error)).toContain("tiger");
    });
  });

  it("name the caller in their stack", async () => {
    const wrong = select(parent.c.id).where(text("no_such_column = 1"));
    const error = await errorOf(open().connect((connection) => connection.execute(wrong)));
    expect(error instanceof Error ? error.stack : "").toContain("errors.test.ts");
  });

  it("of a database that is not there are CannotOpenDatabaseError, without the password", async () => {
    const url = new URL(database.url);
    const missing =
      url.hostname === "" ? "sqlite:////no/such/folder/x.db" : database.url.replace(/\/[^/]*$/, "/no_such_database");
    const engine = createAsyncEngine(missing);
    const error = await errorOf(engine.connect((connection) => say(connection, "SELECT 1")));
    expect(error).toBeInstanceOf(CannotOpenDatabaseError);
    if (url.password !== "") expect(inspect([error, engine], { depth: 8 })).not.toContain(url.password);
    await engine.dispose();
  });
});
