// Rows and results: the laws of reading, names and positions, and names that JavaScript already uses.
import assert from "node:assert/strict";
import { inspect, isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Result } from "../../runtime/engine/result.js";
import {
  createAsyncEngine,
  createEngine,
  type Engine,
  insert,
  Integer,
  MetaData,
  select,
  SqlDate,
  Table,
  TimestampTz,
} from "athanor";
import { type AnyRow, rowKeys, rowMapping, RowShape, rowValue } from "../../runtime/engine/row.js";
import {
  ArgumentError,
  DataError,
  InvalidRequestError,
  MultipleResultsFoundError,
  NoResultFoundError,
  ResourceClosedError,
} from "../../runtime/errors/errors.js";

function resultOf(keys: readonly string[], rows: readonly (readonly unknown[])[] | null): Result<AnyRow> {
  const shape = new RowShape(keys);
  return new Result({ rows, shape, rowCount: rows?.length ?? 7, lastInsertId: null, insertedKeys: null });
}

const pair = (): Result<AnyRow> =>
  resultOf(
    ["x", "y"],
    [
      [1, "a"],
      [2, "b"],
    ],
  );

const some = (): Result<AnyRow> => resultOf(["x", "y", "z"], [[1, "a", true]]).columns("z", 0);

const rowOf = (keys: readonly string[], values: readonly unknown[]): AnyRow => resultOf(keys, [values]).one();

describe("a row", () => {
  it("is read by name, by position and by iteration", () => {
    const given = rowOf(["x", "y"], [1, "a"]);
    const [x, y] = given;
    expect([given["x"], given["y"], given[0], given[1], x, y]).toEqual([1, "a", 1, "a", 1, "a"]);
    expect(given[2]).toBeUndefined();
    expect(Array.isArray(given)).toBe(false);
  });

  it("takes any column name", () => {
    const names = ["__proto__", "constructor", "length", "toString", "hasOwnProperty", "a b", "", "7"];
    const given = rowOf(
      names,
      names.map((_, index) => index),
    );
    expect(names.map((name) => given[name])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    const mapping = resultOf(names, [names.map((_, index) => index)])
      .mappings()
      .one();
    expect(Object.entries(mapping)).toHaveLength(names.length);
    expect(Object.getOwnPropertyDescriptor(mapping, "__proto__")?.value).toBe(0);
  });

  it("gives positions precedence over columns that are called like numbers", () => {
    const given = rowOf(["1", "0"], ["first", "second"]);
    expect([given[0], given[1]]).toEqual(["first", "second"]);
  });

  it("refuses a name that two columns have, and says label()", () => {
    const given = rowOf(["id", "id"], [1, 2]);
    expect([given[0], given[1], ...given]).toEqual([1, 2, 1, 2]);
    expect(() => given["id"]).toThrow(InvalidRequestError);
    expect(() => given["id"]).toThrow(/\.label\(\)/);
    expect(() =>
      resultOf(["id", "id"], [[1, 2]])
        .mappings()
        .all(),
    ).toThrow(/\.label\(\)/);
    expect(inspect(given)).toBe("Row { id: 1, id: 2 }");
  });

  it("prints and turns into JSON", () => {
    const given = rowOf(["x", "n", "b", "toJSON"], [null, 2n ** 60n, new Uint8Array([1, 2, 3]), "j"]);
    expect(JSON.stringify(given)).toBe('{"x":null,"n":"1152921504606846976","b":"AQID","toJSON":"j"}');
    expect(inspect(rowOf(["x", "y"], [1, "a"]))).toBe("Row { x: 1, y: 'a' }");
  });

  it("is equal to a row of the same values only", () => {
    const shape = new RowShape(["x"]);
    expect(shape.row([1])).toEqual(shape.row([1]));
    expect(shape.row([1])).not.toEqual(shape.row([2]));
  });

  it("has its names, its values by name, and those of a column however that is called", () => {
    const row = rowOf(["x", "__proto__", "toJSON"], [1, 2, 3]);
    expect(rowKeys(row)).toEqual(["x", "__proto__", "toJSON"]);
    expect(Object.entries(rowMapping(row))).toEqual([
      ["x", 1],
      ["__proto__", 2],
      ["toJSON", 3],
    ]);
    expect(() => rowMapping(rowOf(["x", "x"], [1, 2]))).toThrow(InvalidRequestError);
    expect(() => rowKeys({ x: 1 })).toThrow(ArgumentError);
    const metadata = new MetaData();
    const first = new Table("first", metadata, { id: Integer().primaryKey() });
    const second = new Table("second", metadata, { id: Integer().primaryKey() });
    using engine = createEngine("sqlite://");
    metadata.createAll(engine);
    engine.connect((connection) => {
      connection.execute(insert(first).values({ id: 1 }));
      connection.execute(insert(second).values({ id: 2 }));
      const query = select(second.c.id, first.c.id.label("other")).selectFrom(first, second);
      const found = connection.execute(query).one();
      expect([rowValue(found, first.c.id), rowValue(found, second.c.id), rowKeys(found)]).toEqual([
        1,
        2,
        ["id", "other"],
      ]);
      expect(() => rowValue(connection.execute(select(first.c.id)).one(), second.c.id)).toThrow(ArgumentError);
    });
  });

  describe("with dates", () => {
    const metadata = new MetaData();
    const events = new Table("event", metadata, {
      id: Integer().primaryKey(),
      at: TimestampTz().nullable(),
      day: SqlDate().nullable(),
    });
    const { id, at, day } = events.c;

    /** A database that holds these as `at` and `day`. */
    function holding(...rows: readonly (readonly [string | null, string | null])[]): Engine {
      const engine = createEngine("sqlite://");
      metadata.createAll(engine);
      engine.begin((connection) => {
        for (const row of rows) connection.execDriverSql("INSERT INTO event (at, day) VALUES (?, ?)", [...row]);
      });
      return engine;
    }

    const INSTANT = "2024-05-01T10:00:00Z";
    const DAY = "2024-05-01";

    it("gives the same values in every form, and the same objects each time", () => {
      using engine = holding([INSTANT, DAY], [null, null]);
      const rows = engine.connect((connection) => connection.execute(select(events)).all());
      const [first, second] = rows;
      assert(first !== undefined && second !== undefined);
      expect([String(first.at), String(first.day), second.at, second.day]).toEqual([INSTANT, DAY, null, null]);
      expect([first.at, first.day]).toEqual([...first].slice(1));
      expect([...first][1]).toBe(first.at);
      expect(rowValue(first, at)).toBe(first.at);
      expect(rowMapping(first)["day"]).toBe(first.day);
      expect(JSON.stringify(first)).toBe(`{"id":1,"at":"${INSTANT}","day":"${DAY}"}`);
      const views = engine.connect((connection) => {
        const all = () => connection.execute(select(events));
        return [
          all().tuples().all()[0]?.[1],
          all().mappings().all()[0]?.["at"],
          all().scalars("at").first(),
          all().columns("day", "at").first()?.[1],
          all().columns("day", "at").scalars(1).first(),
          all().columns("day", "at").tuples().first()?.[1],
          all().freeze().result().first()?.at,
          all().merge(all()).first()?.at,
          [...connection.execute(select(at)).partitions(1)][0]?.[0]?.at,
        ];
      });
      expect(views.map(String)).toEqual(views.map(() => INSTANT));
    });

    it("gives the same values where rows are streamed", async () => {
      using engine = holding([INSTANT, DAY]);
      const streamed = engine.connect((connection) => {
        const all = () => connection.stream(select(at, day));
        return [all().one().at, all().scalars().one(), all().tuples().one()[0], all().mappings().one()["at"]];
      });
      expect(streamed.map(String)).toEqual(streamed.map(() => INSTANT));
      await using later = createAsyncEngine("sqlite://");
      await using connection = await later.connect();
      await metadata.createAll(connection);
      await connection.execDriverSql("INSERT INTO event (at, day) VALUES (?, ?)", [INSTANT, DAY]);
      const all = () => connection.stream(select(at, day));
      const [row] = await all().all();
      const values = [row?.at, (await all().scalars().all())[0], (await all().tuples().all())[0]?.[0]];
      expect([...values, (await all().mappings().all())[0]?.["at"]].map(String)).toEqual(Array(4).fill(INSTANT));
    });

    it("is equal to a row that was not read, and to a frozen one", () => {
      using engine = holding([INSTANT, DAY]);
      const [read, unread, frozen, later] = engine.connect((connection) => {
        const one = () => connection.execute(select(at, day));
        const kept = one().freeze();
        return [one().one(), one().one(), kept.result().one(), kept.result().one()];
      });
      expect(String(read?.at)).toBe(INSTANT);
      expect(String(frozen?.at)).toBe(INSTANT);
      expect(read).toEqual(unread);
      expect(isDeepStrictEqual(read, unread)).toBe(true);
      expect(isDeepStrictEqual(read, frozen)).toBe(true);
      expect(String(later?.at)).toBe(INSTANT);
    });

    it("prints, and so does a copy of its properties, as test frameworks make them", () => {
      using engine = holding([INSTANT, DAY]);
      const row = engine.connect((connection) => connection.execute(select(day)).one());
      const copy: unknown = Object.create(Object.getPrototypeOf(row), Object.getOwnPropertyDescriptors(row));
      expect(inspect(row)).toMatch(/^Row \{ day: .*PlainDate/);
      expect([inspect(copy), JSON.stringify(copy)]).toEqual([inspect(row), JSON.stringify(row)]);
    });

    it("differs from a row of another date", () => {
      using engine = holding([INSTANT, DAY], ["2024-05-01T11:00:00Z", DAY]);
      const rows = engine.connect((connection) => connection.execute(select(at)).all());
      expect(isDeepStrictEqual(rows[0], rows[1])).toBe(false);
    });

    it("is not equal to another for unique(), which tells objects apart by what they are", () => {
      using engine = holding([INSTANT, DAY], [INSTANT, DAY]);
      engine.connect((connection) => {
        const all = () => connection.execute(select(at));
        const counts = [all().unique().all(), all().tuples().unique().all(), all().scalars().unique().all()];
        expect(counts.map(({ length }) => length)).toEqual([2, 2, 2]);
        expect(all().scalars().unique(String).all()).toHaveLength(1);
      });
    });

    it("tells of a date that is none when it is read", () => {
      using engine = holding(["soon", DAY]);
      const [bad] = engine.connect((connection) => connection.execute(select(id, at)).all());
      expect(bad?.id).toBe(1);
      expect(() => bad?.at).toThrow(DataError);
      expect(() => [...(bad ?? [])]).toThrow(/"soon"/);
      expect(() => engine.connect((connection) => connection.execute(select(at)).scalars().all())).toThrow(DataError);
    });
  });

  it("cannot be written to", () => {
    const given = rowOf(["x"], [1]);
    expect(() => Object.assign(given, { x: 2 })).toThrow(TypeError);
  });
});

describe("a result", () => {
  it("is spent after one reading", () => {
    const result = pair();
    expect([...result].map((row) => row["x"])).toEqual([1, 2]);
    expect([...result]).toEqual([]);
    expect([...result.mappings()]).toEqual([]);
    expect(result.all()).toEqual([]);
  });

  it("goes on where another view stopped", () => {
    const result = pair();
    for (const row of result) {
      expect(row["x"]).toBe(1);
      break;
    }
    expect(result.tuples().all()).toEqual([[2, "b"]]);
  });

  it("has views", () => {
    expect(pair().mappings().all()).toEqual([
      { x: 1, y: "a" },
      { x: 2, y: "b" },
    ]);
    expect(pair().scalars().all()).toEqual([1, 2]);
    expect(pair().scalars("y").all()).toEqual(["a", "b"]);
    expect(pair().scalars(1).all()).toEqual(["a", "b"]);
    expect(pair().scalar()).toBe(1);
    expect(pair().first()?.["y"]).toBe("a");
    expect(pair().keys()).toEqual(["x", "y"]);
    expect(() => pair().scalars("z")).toThrow(ArgumentError);
    expect(() => pair().scalars(2)).toThrow('this result has no column 2; it has "x", "y"');
  });

  it("counts rows for one()", () => {
    expect(() => pair().one()).toThrow(MultipleResultsFoundError);
    expect(() => pair().oneOrNull()).toThrow(MultipleResultsFoundError);
    expect(() => pair().scalarOne()).toThrow(MultipleResultsFoundError);
    expect(() => resultOf(["x"], []).one()).toThrow(NoResultFoundError);
    expect(resultOf(["x"], []).oneOrNull()).toBeNull();
    expect(resultOf(["x"], []).scalarOneOrNull()).toBeNull();
    expect(resultOf(["x"], []).scalar()).toBeNull();
    expect(resultOf(["x"], []).first()).toBeNull();
    expect(resultOf(["x"], [[3]]).one()["x"]).toBe(3);
    expect(resultOf(["x"], [[3]]).scalarOne()).toBe(3);
  });

  it("is closed by first(), one() and scalar()", () => {
    for (const read of ["first", "scalar"] as const) {
      const result = pair();
      result[read]();
      expect(() => result.all()).toThrow(ResourceClosedError);
      expect(() => [...result]).toThrow(ResourceClosedError);
    }
  });

  it("has no rows where the statement returns none", () => {
    const result = resultOf([], null);
    expect(result.returnsRows).toBe(false);
    expect(result.rowCount).toBe(7);
    for (const read of ["all", "first", "one", "scalar"] as const)
      expect(() => result[read]()).toThrow(ResourceClosedError);
    expect(() => [...result]).toThrow(/returning\(\)/);
    expect(() => result.scalars().all()).toThrow(ResourceClosedError);
    expect(() => result.insertedPrimaryKey).toThrow(InvalidRequestError);
  });

  it("leaves out repeated rows with unique(), and hands that on to its views", () => {
    const rows = [
      [1, "a"],
      [1, "b"],
      [1, "a"],
      [null, null],
      [null, null],
    ] as const;
    const repeated = (): Result<AnyRow> => resultOf(["x", "y"], rows);
    expect(repeated().unique().tuples().all()).toEqual([rows[0], rows[1], rows[3]]);
    expect(repeated().unique().all()).toHaveLength(3);
    expect(repeated().scalars().unique().all()).toEqual([1, null]);
    expect(repeated().unique().scalars().all()).toEqual([1, null]);
    expect(
      resultOf(["x"], [[1], [1]])
        .unique()
        .one()["x"],
    ).toBe(1);
  });

  it("that repeats its objects is read through unique() only", () => {
    const parts = { rowCount: 2, lastInsertId: null, insertedKeys: null, mustBeUnique: "read it through unique()" };
    const repeating = (): Result<AnyRow> => new Result({ ...parts, rows: [[1], [1]], shape: new RowShape(["x"]) });
    expect(() => repeating().all()).toThrow("read it through unique()");
    expect(() => repeating().scalars().first()).toThrow("read it through unique()");
    expect(() => [...repeating()]).toThrow("read it through unique()");
    expect(repeating().unique().scalars().all()).toEqual([1]);
    expect(repeating().scalars().unique().all()).toEqual([1]);
  });

  it("gives rows one by one, some at a time, and in parts", () => {
    const result = resultOf(["x"], [[1], [2], [3], [4], [5]]);
    expect(result.scalars().fetchOne()).toBe(1);
    expect(result.fetchMany(2).map((row) => row["x"])).toEqual([2, 3]);
    expect(result.scalars().fetchMany(9)).toEqual([4, 5]);
    expect([result.fetchOne(), result.fetchMany(1), result.all()]).toEqual([null, [], []]);
    expect([
      ...resultOf(["x"], [[1], [1], [2], [3]])
        .scalars()
        .unique()
        .partitions(2),
    ]).toEqual([[1, 2], [3]]);
    expect(() => result.fetchMany(-1)).toThrow(ArgumentError);
    expect(() => [...result.partitions(0)]).toThrow(ArgumentError);
  });

  it("has some of its columns, in another order, and views of these", () => {
    expect(some().keys()).toEqual(["z", "x"]);
    expect(some().one()["z"]).toBe(true);
    expect(some().mappings().all()).toEqual([{ z: true, x: 1 }]);
    expect(some().tuples().all()).toEqual([[true, 1]]);
    expect(some().scalars("x").all()).toEqual([1]);
    expect(some().columns("x").tuples().all()).toEqual([[1]]);
    expect(() => some().columns("y")).toThrow('this result has no column "y"; it has "z", "x"');
  });

  it("tells rows apart by what it is told", () => {
    const rows = [["Ann"], ["ann"], ["Bob"]];
    const names = resultOf(["name"], rows)
      .scalars()
      .unique((name) => String(name).toLowerCase());
    expect(names.all()).toEqual(["Ann", "Bob"]);
    expect(
      resultOf(["name"], rows)
        .unique((row) => String(row["name"]).length)
        .all(),
    ).toHaveLength(1);
  });

  it("can be frozen and read again and again, and merged with others of the same columns", () => {
    const frozen = pair().freeze();
    expect(frozen.result().scalars().all()).toEqual([1, 2]);
    expect(frozen.result().scalars().all()).toEqual([1, 2]);
    const merged = frozen.result().merge(resultOf(["x", "y"], [[3, "c"]]), frozen.result());
    expect(merged.scalars().all()).toEqual([1, 2, 3, 1, 2]);
    expect(frozen.result().merge(pair()).rowCount).toBe(4);
    expect(pair().columns("y").freeze().result().keys()).toEqual(["y"]);
    expect(() => pair().merge(resultOf(["x"], []))).toThrow("merge() takes results of the same columns");
    const parts = { rowCount: 2, lastInsertId: null, insertedKeys: null, mustBeUnique: "read it through unique()" };
    const repeating = new Result<AnyRow>({ ...parts, rows: [[1], [1]], shape: new RowShape(["x"]) });
    expect(repeating.unique().freeze().result().scalars().all()).toEqual([1]);
  });

  it("unique() keeps the first of each, in order", () => {
    const rows = fc.array(fc.tuple(fc.nat(3), fc.constantFrom("a", "b", null)));
    fc.assert(
      fc.property(rows, (given) => {
        const seen = new Set<string>();
        const expected = given.filter((row) => {
          const text = JSON.stringify(row);
          return !seen.has(text) && seen.add(text);
        });
        expect(resultOf(["x", "y"], given).unique().tuples().all()).toEqual(expected);
      }),
    );
  });
});
