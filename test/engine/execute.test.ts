// Executing statements: parameters, values and their types, what writes say about themselves, and the low-level path.
import { describe, expect, it } from "vitest";
import type { Connection } from "../../runtime/engine/connection.js";
import { createEngine } from "../../runtime/engine/engine.js";
import type { ExecutionReply, Operation } from "../../runtime/engine/execution.js";
import { runSync } from "../../runtime/engine/run-operation.js";
import {
  ArgumentError,
  DatabaseError,
  InvalidRequestError,
  InvalidValueError,
  ObjectNotExecutableError,
  ResourceClosedError,
  UniqueViolationError,
} from "../../runtime/errors/errors.js";
import { CreateTable } from "../../runtime/schema/ddl-elements.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { select } from "../../runtime/sql/build/select.js";
import { text } from "../../runtime/sql/build/text.js";
import { deleteFrom, update } from "../../runtime/sql/build/update.js";
import type { Compiled } from "../../runtime/sql/compile/compiled.js";
import { BigInteger, Bool, Bytes, Integer, Text, Varchar } from "../../runtime/types/types.js";

const metadata = new MetaData();
const user = new Table("user_account", metadata, {
  id: Integer().primaryKey().identity(),
  name: Varchar(30),
  fullname: Text().nullable(),
});
const thing = new Table("thing", metadata, {
  code: Text().primaryKey(),
  size: BigInteger().nullable(),
  good: Bool().nullable(),
  data: Bytes().nullable(),
});
const member = new Table("member", metadata, {
  userId: Integer().named("user_id").primaryKey(),
  groupId: Integer().named("group_id").primaryKey(),
});
const big = new Table("big", metadata, { id: BigInteger().primaryKey().identity(), x: Integer().nullable() });

function connect(): Connection {
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  return engine.connect();
}

describe("what may be executed", () => {
  it("is not a plain string: text() is", () => {
    using connection = connect();
    const execute = (statement: unknown): unknown => connection.execute(statement as never);
    expect(() => execute("SELECT 1")).toThrow(ObjectNotExecutableError);
    expect(() => execute("SELECT 1")).toThrow('write text("SELECT 1")');
    for (const other of [null, undefined, 42, {}, user, user.c.id, { node: { kind: "select" } }, () => 1]) {
      expect(() => execute(other)).toThrow(ObjectNotExecutableError);
    }
  });

  it("is DDL, too", () => {
    const engine = createEngine("sqlite://");
    using connection = engine.connect();
    const result = connection.execute(new CreateTable(user));
    expect(result.returnsRows).toBe(false);
    expect(connection.execute(select(user)).all()).toEqual([]);
    expect(() => connection.execute(new CreateTable(thing), { x: 1 })).toThrow(ArgumentError);
  });
});

describe("parameters", () => {
  it("come by name, one set or many", () => {
    using connection = connect();
    const result = connection.execute(insert(user), [
      { name: "sandy", fullname: "Sandy Cheeks" },
      { name: "patrick", fullname: null },
    ]);
    expect(result.rowCount).toBe(2);
    const found = connection.execute(text("SELECT name FROM user_account WHERE id = :id OR name = :name"), {
      id: 1,
      name: "patrick",
    });
    expect(found.scalars().all()).toEqual(["sandy", "patrick"]);
  });

  it("name the columns of an INSERT, and of an UPDATE beside its condition", () => {
    using connection = connect();
    connection.execute(insert(user), { name: "a" });
    expect(connection.execute(select(user.c.name, user.c.fullname)).tuples().all()).toEqual([["a", null]]);
    connection.execute(update(user).where(user.c.name.eq("a")), { fullname: "A" });
    expect(connection.scalar(select(user.c.fullname))).toBe("A");
  });

  it("of an executemany all have the first set's names; others are left aside", () => {
    using connection = connect();
    expect(() => connection.execute(insert(user), [{ name: "a", fullname: "A" }, { name: "b" }])).toThrow(
      'the statement needs a value for the parameter "fullname" of parameter set 2; given were name',
    );
    connection.execute(insert(user), [{ name: "a" }, { name: "b", fullname: "B" }]);
    expect(connection.execute(select(user.c.fullname)).scalars().all()).toEqual([null, null]);
  });

  it("that are missing, wrong or without a place are an error before anything is sent", () => {
    using connection = connect();
    const one = text("SELECT :x");
    expect(() => connection.execute(one)).toThrow('needs a value for the parameter "x"; none were given');
    expect(() => connection.execute(one, { y: 1 })).toThrow("given were y");
    expect(() => connection.execute(one, { x: undefined })).toThrow(InvalidValueError);
    expect(() => connection.execute(one, [])).toThrow("empty list of parameter sets");
    expect(() => connection.execute(one, [[1]] as never)).toThrow("an object of values by name");
    expect(() => connection.execute(one, 1 as never)).toThrow(ArgumentError);
    expect(() => connection.execute(insert(user), { nome: "a" })).toThrow(ArgumentError);
    const several = insert(user).values([{ name: "a" }, { name: "b" }]);
    expect(() => connection.execute(several, { fullname: "A" })).toThrow(
      'parameter "fullname" has no place in this insert',
    );
    expect(() => connection.execute(insert(user), [{ name: "a" }, { name: 1 }])).toThrow(
      /^parameter "name" of parameter set 2: /,
    );
    expect(() => connection.execute(insert(user), { name: 1 })).toThrow(InvalidValueError);
    expect(connection.execute(select(user)).all()).toEqual([]);
    expect(() => connection.execute(one, JSON.parse('{"__proto__": 1}'))).toThrow("needs a value");
  });

  it("may be lists for IN, of any length", () => {
    using connection = connect();
    connection.execute(
      insert(user),
      ["a", "b", "c"].map((name) => ({ name })),
    );
    const named = (names: string[]): unknown =>
      connection
        .execute(select(user.c.id).where(user.c.name.in(names)))
        .scalars()
        .all();
    expect([named(["a", "c"]), named([]), named(["b"]), named(["x", "a", "b"])]).toEqual([[1, 3], [], [2], [1, 2]]);
  });
});

describe("values", () => {
  it("keep their kind through text(), whose columns nobody declared", () => {
    using connection = connect();
    connection.execute(text("CREATE TABLE anything (v)"));
    const kinds = (value: unknown): unknown => {
      connection.execute(text("DELETE FROM anything"));
      connection.execute(text("INSERT INTO anything VALUES (:v)"), { v: value });
      return [...connection.execute(text("SELECT typeof(v), v FROM anything")).tuples().one()];
    };
    expect(kinds(1)).toEqual(["integer", 1]);
    expect(kinds(1.5)).toEqual(["real", 1.5]);
    expect(kinds(-0)).toEqual(["real", -0]);
    expect(kinds(true)).toEqual(["integer", 1]);
    expect(kinds("1")).toEqual(["text", "1"]);
    expect(kinds(null)).toEqual(["null", null]);
    expect(kinds(9007199254740993n)).toEqual(["integer", 9007199254740993n]);
    expect(kinds(5n)).toEqual(["integer", 5]);
    expect(kinds(new Uint8Array([1, 2]))).toEqual(["blob", Buffer.from([1, 2])]);
  });

  it.each([[Number.NaN], [2n ** 63n], ["\ud800"], [{}], [[]], [() => 1], [Symbol("s")]])(
    "that SQLite cannot hold exactly are refused: %s",
    (value) => {
      using connection = connect();
      expect(() => connection.execute(text("SELECT :v"), { v: value })).toThrow(InvalidValueError);
      expect(() => connection.execute(text("SELECT :v"), { v: value })).toThrow(/parameter "v": /);
    },
  );

  it("are decoded by their columns' types", () => {
    using connection = connect();
    connection.execute(insert(thing), { code: "a", size: 2n ** 53n + 1n, good: true, data: new Uint8Array([1]) });
    connection.execute(insert(thing), { code: "b", size: 1n, good: null, data: null });
    expect(connection.execute(select(thing)).tuples().all()).toEqual([
      ["a", 9007199254740993n, true, new Uint8Array([1])],
      ["b", 1n, null, null],
    ]);
  });

  it("of text see columns added later", () => {
    using connection = connect();
    const all = text("SELECT * FROM anything");
    connection.execute(text("CREATE TABLE anything (x)"));
    connection.execute(text("INSERT INTO anything VALUES (1)"));
    expect(connection.execute(all).mappings().one()).toEqual({ x: 1 });
    connection.execute(text("ALTER TABLE anything ADD COLUMN y DEFAULT 2"));
    expect(connection.execute(all).mappings().one()).toEqual({ x: 1, y: 2 });
  });
});

describe("what a write says", () => {
  it("counts rows", () => {
    using connection = connect();
    connection.execute(insert(user), [{ name: "a" }, { name: "b" }, { name: "b" }]);
    const updated = connection.execute(update(user).where(user.c.name.eq("b")).values({ fullname: "B" }));
    expect(updated.rowCount).toBe(2);
    expect(connection.execute(deleteFrom(user)).rowCount).toBe(3);
    expect(connection.execute(select(user)).rowCount).toBe(0);
    expect(() => updated.all()).toThrow(ResourceClosedError);
    expect(() => updated.insertedPrimaryKey).toThrow(InvalidRequestError);
  });

  it("tells the key that the database made, or the one that was given", () => {
    using connection = connect();
    const first = connection.execute(insert(user).values({ name: "a" }));
    expect([...first.insertedPrimaryKey]).toEqual([1]);
    expect(first.insertedPrimaryKey[0]).toBe(1);
    expect(first.insertedPrimaryKey["id"]).toBe(1);
    expect(first.lastInsertId).toBe(1);
    expect([...connection.execute(insert(user), { id: 40, name: "b" }).insertedPrimaryKey]).toEqual([40]);
    expect([...connection.execute(insert(thing), { code: "x" }).insertedPrimaryKey]).toEqual(["x"]);
    expect([...connection.execute(insert(member).values({ userId: 1, groupId: 2 })).insertedPrimaryKey]).toEqual([
      1, 2,
    ]);
    expect([...connection.execute(insert(big)).insertedPrimaryKey]).toEqual([1n]);
  });

  it("tells the keys of an executemany", () => {
    using connection = connect();
    const result = connection.execute(insert(user), [{ name: "a" }, { name: "b" }]);
    expect(result.insertedPrimaryKeyRows.map((row) => [...row])).toEqual([[1], [2]]);
    expect(() => result.insertedPrimaryKey).toThrow("2 rows were inserted; read insertedPrimaryKeyRows");
    expect(() => result.all()).toThrow(ResourceClosedError);
  });

  it("does not guess keys", () => {
    using connection = connect();
    const several = connection.execute(insert(user).values([{ name: "a" }, { name: "b" }]));
    expect(() => several.insertedPrimaryKeyRows).toThrow(/returning\(\)/);
    const returning = connection.execute(insert(user).values({ name: "c" }).returning(user.c.id));
    expect(() => returning.insertedPrimaryKey).toThrow(/returning\(\)/);
    expect(returning.scalarOne()).toBe(3);
    const ignored = connection.execute(insert(user).values({ name: "d" }).onConflictDoNothing());
    expect([...ignored.insertedPrimaryKey]).toEqual([null]);
  });
});

describe("rows", () => {
  it("are read by name and position, typed by the select list", () => {
    using connection = connect();
    connection.execute(insert(user), { name: "sandy", fullname: "Sandy Cheeks" });
    const row = connection.execute(select(user.c.id, user.c.name.label("nm"))).one();
    const id: number = row[0];
    const nm: string = row.nm;
    expect([id, nm, row[1], row.id]).toEqual([1, "sandy", "sandy", 1]);
    const scalars: string[] = connection.scalars(select(user.c.name)).all();
    expect(scalars).toEqual(["sandy"]);
    const typed = connection.execute(text<{ x: number }>("SELECT 5 AS x")).one();
    const x: number = typed.x;
    expect(x).toBe(5);
  });
});

const compiled = (sql: string, parts: Partial<Compiled> = {}): Compiled => ({
  sql,
  segments: null,
  items: null,
  effect: "write",
  parameters: [],
  columns: null,
  bigintRows: false,
  compiledAt: 0,
  compileTime: 0,
  ...parts,
});

describe("the low-level path", () => {
  it("run() and runMany() take the driver's values and give its rows", () => {
    using connection = connect();
    const write = compiled("INSERT INTO user_account (name) VALUES (?)");
    expect(connection.run(write, ["a"])).toEqual({ rows: [], rowCount: 1, lastInsertId: 1 });
    expect(connection.runMany(write, [["b"], ["c"]])).toEqual({ rows: [], rowCount: 2, lastInsertId: 3 });
    const returning = compiled("INSERT INTO user_account (name) VALUES (?) RETURNING id", { bigintRows: true });
    expect(connection.runMany(returning, [["d"], ["e"]])).toEqual({
      rows: [[4n], [5n]],
      rowCount: 2,
      lastInsertId: null,
    });
    expect(() => connection.runMany(write, [["f"], [{}]])).toThrow(InvalidValueError);
  });

  it("an error of an executemany shows the set that failed", () => {
    using connection = connect();
    const run = (): unknown =>
      connection.execute(
        insert(thing),
        ["a", "b", "a"].map((code, size) => ({ code, size: BigInt(size) })),
      );
    expect(run).toThrow(UniqueViolationError);
    connection.rollback();
    expect(run).toThrow(/\[parameters: \['a', 2\]\]$/);
  });

  it("runs operations, and throws errors into them", () => {
    using connection = connect();
    const write = compiled("INSERT INTO thing (code) VALUES (?)");
    const read = compiled("SELECT code FROM thing", { effect: "read" });
    function* twice(): Operation<readonly unknown[]> {
      yield { compiled: write, parameters: [["a"]] };
      yield { compiled: write, parameters: [["b"], ["c"]] };
      let failure: unknown;
      try {
        yield { compiled: write, parameters: [["a"]] };
      } catch (error) {
        failure = error;
      }
      const { rows }: ExecutionReply = yield { compiled: read, parameters: [[]] };
      return [failure instanceof UniqueViolationError, ...rows.flat()];
    }
    expect(runSync(twice(), connection)).toEqual([true, "a", "b", "c"]);
    expect(connection.inTransaction).toBe(true);
  });

  it("an engine runs an operation in a transaction of its own", () => {
    const engine = createEngine("sqlite://");
    metadata.createAll(engine);
    const write = compiled("INSERT INTO thing (code) VALUES ('a')");
    function* once(fail: boolean): Operation<string> {
      yield { compiled: write, parameters: [[]] };
      if (fail) yield { compiled: compiled("nonsense"), parameters: [[]] };
      return "done";
    }
    expect(() => engine.runOperation(once(true))).toThrow(DatabaseError);
    expect(engine.runOperation(once(false))).toBe("done");
    expect(engine.connect((connection) => connection.scalar(text("SELECT count(*) FROM thing")))).toBe(1);
  });
});
