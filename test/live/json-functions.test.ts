// JSON by the program's own functions, on every database.
import { expect, it } from "vitest";
import {
  createAsyncEngine,
  customType,
  insert,
  Integer,
  InvalidValueError,
  Json,
  JsonNull,
  type JsonValue,
  MetaData,
  select,
  Table,
} from "athanor";
import { describeEachDatabase } from "../support/databases/databases.js";

await describeEachDatabase("JSON by functions of the program's own", {}, (database) => {
  const metadata = new MetaData();
  const Wrapped = customType<{ readonly inner: JsonValue }, JsonValue>({
    name: "Wrapped",
    impl: Json(),
    encode: ({ inner }) => inner,
    decode: (inner) => ({ inner }),
  });
  const kept = new Table("kept", metadata, {
    id: Integer().primaryKey(),
    document: Json().nullable(),
    wrapped: Wrapped.nullable(),
  });

  it("goes through them both ways, in custom types too, and nowhere else", async () => {
    const written: unknown[] = [];
    await using engine = createAsyncEngine(database.url, {
      jsonSerializer: (value) => {
        written.push(value);
        return JSON.stringify(value, (_, each: unknown) => (each === "day" ? "night" : each));
      },
      jsonDeserializer: (text) => JSON.parse(text, (_, value: unknown) => (value === "night" ? "NIGHT" : value)),
    });
    await metadata.createAll(engine);
    await engine.begin(async (connection) => {
      await connection.execute(insert(kept), [
        { id: 1, document: { when: "day" }, wrapped: { inner: ["day"] } },
        { id: 2, document: JsonNull, wrapped: null },
      ]);
    });
    const rows = await engine.connect((connection) => connection.execute(select(kept).orderBy(kept.c.id)));
    expect(rows.tuples().all()).toEqual([
      [1, { when: "NIGHT" }, { inner: ["NIGHT"] }],
      [2, JsonNull, null],
    ]);
    expect(written).toEqual([{ when: "day" }, ["day"], null]);
    await using plain = createAsyncEngine(database.url);
    const document = await plain.connect((connection) => connection.scalar(select(kept.c.document).limit(1)));
    expect(document).toEqual({ when: "night" });
    await using broken = createAsyncEngine(database.url, {
      // @ts-expect-error not text
      jsonSerializer: () => 5,
    });
    await broken.connect(async (connection) => {
      const failure: unknown = await connection
        .execute(insert(kept).values({ id: 3, document: 1 }))
        .catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(InvalidValueError);
    });
    await metadata.dropAll(engine);
  });
});
