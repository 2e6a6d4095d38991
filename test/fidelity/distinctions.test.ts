// What must not be taken for one another: texts that look alike, nothing and emptiness, JSON's null and SQL's, a row
// that was found and a row that was changed; and casts, which must not cut.
import {
  type AsyncConnection,
  type AsyncEngine,
  cast,
  createAsyncEngine,
  DatabaseError,
  func,
  insert,
  Integer,
  Json,
  Jsonb,
  JsonNull,
  literal,
  MetaData,
  select,
  Table,
  Text,
  TimestampTz,
  update,
  Varchar,
} from "athanor";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { shown } from "./support/shown.js";
import { runWhereClocksChange } from "./support/time-zone.js";

runWhereClocksChange();

const ALIKE =
  "a|A|a | a|á|a\u0301|ª|e|é|e\u0301|ß|ss|SS|ſ|s|i|I|İ|ı|😀|😁|👩|👩\u200D👩|ﬁ|fi|½|1/2|²|2|| |  |\u00A0|\u200B".split(
    "|",
  );

const PAIRS: readonly (readonly [string, string])[] = [
  ["a", "A"],
  ["e", "é"],
  ["ß", "ss"],
  ["😀", "😁"],
];

const metadata = new MetaData();
const words = new Table("words", metadata, { id: Integer().primaryKey(), word: Varchar(20).unique() });
const nothing = new Table("nothing", metadata, {
  id: Integer().primaryKey(),
  word: Text().nullable(),
  document: Json().nullable(),
  parsed: Jsonb().nullable(),
});
const moments = new Table("moments", metadata, { id: Integer().primaryKey(), at: TimestampTz().nullable() });

await describeEachDatabase("distinctions", {}, (database) => {
  let engine: AsyncEngine;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
  });
  afterAll(() => engine.dispose());

  /** Nothing of what is done stays. */
  const trying = (work: (connection: AsyncConnection) => Promise<void>): Promise<void> =>
    engine.connect(async (connection) => {
      await work(connection);
      await connection.rollback();
    });

  it("texts that look alike are different, to `=`, IN, UNIQUE, DISTINCT and GROUP BY", () =>
    trying(async (connection) => {
      const rows = ALIKE.map((word, id) => ({ id, word }));
      await connection.execute(insert(words), rows);
      for (const { id, word } of rows) {
        const found = await connection.scalars(select(words.c.id).where(words.c.word.eq(word)));
        expect(found.all(), shown(word)).toEqual([id]);
        const listed = await connection.scalars(select(words.c.id).where(words.c.word.in([word, "no such word"])));
        expect(listed.all(), shown(word)).toEqual([id]);
      }
      const distinct = await connection.execute(select(words.c.word).distinct());
      expect(distinct.all()).toHaveLength(ALIKE.length);
      const groups = await connection.execute(select(words.c.word, func.count()).groupBy(words.c.word));
      expect(groups.all()).toHaveLength(ALIKE.length);
    }));

  it("parameters that look alike are different as well", () =>
    trying(async (connection) => {
      for (const [left, right] of PAIRS) {
        const same = select(func.count()).where(literal(left).eq(literal(right)));
        expect(await connection.scalar(same), `${left} ${right}`).toBe(0);
      }
    }));

  it("an empty text is no NULL", () =>
    trying(async (connection) => {
      await connection.execute(insert(nothing), [
        { id: 1, word: "" },
        { id: 2, word: null },
      ]);
      const { word, id } = nothing.c;
      expect((await connection.scalars(select(word).orderBy(id))).all()).toEqual(["", null]);
      expect((await connection.scalars(select(id).where(word.eq("")))).all()).toEqual([1]);
      expect((await connection.scalars(select(id).where(word.isNull()))).all()).toEqual([2]);
    }));

  it("JSON's null, SQL's NULL and a property that is missing are three things", () =>
    trying(async (connection) => {
      const documents = [null, JsonNull, {}, { a: null }, { a: JsonNull }];
      const read = [null, JsonNull, {}, { a: null }, { a: null }];
      await connection.execute(
        insert(nothing),
        documents.map((document, id) => ({ id, document, parsed: document })),
      );
      const { id, document, parsed } = nothing.c;
      const rows = await connection.execute(select(document, parsed).orderBy(id));
      expect(
        rows
          .tuples()
          .all()
          .map((row) => row.map((each) => shown(each))),
      ).toEqual(read.map((each) => [shown(each), shown(each)]));
      expect((await connection.scalars(select(id).where(document.isNull()))).all()).toEqual([0]);
      expect((await connection.scalars(select(id).where(parsed.isNull()))).all()).toEqual([0]);
    }));

  it("a row that is found counts, whether or not it is changed", () =>
    trying(async (connection) => {
      await connection.execute(insert(nothing).values({ id: 1, word: "same" }));
      const again = update(nothing).where(nothing.c.id.eq(1)).values({ word: "same" });
      expect((await connection.execute(again)).rowCount).toBe(1);
    }));

  it("a cast cuts nothing off", () =>
    trying(async (connection) => {
      const outcome = await connection
        .scalar(select(cast(literal("abcdef"), Varchar(3))))
        .catch((error: unknown) => error);
      if (!(outcome instanceof DatabaseError)) expect(outcome).toBe("abcdef");
    }));

  it("a point in time is the same whatever zone the text of it names", () =>
    trying(async (connection) => {
      const at = Temporal.Instant.from("2024-03-10T03:30:00.123456-04:00");
      await connection.execute(insert(moments).values({ id: 1, at }));
      expect(String(await connection.scalar(select(moments.c.at)))).toBe("2024-03-10T07:30:00.123456Z");
      const after = select(moments.c.id).where(moments.c.at.gt(Temporal.Instant.from("2024-03-10T07:30:00.123455Z")));
      expect((await connection.scalars(after)).all()).toEqual([1]);
      const same = select(moments.c.id).where(
        moments.c.at.eq(Temporal.Instant.from("2024-03-10T00:30:00.123456-07:00")),
      );
      expect((await connection.scalars(same)).all()).toEqual([1]);
    }));
});
