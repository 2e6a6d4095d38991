// What other programs may have written and no value stands for: reading it is an error that says so, never another value.
import {
  type AsyncEngine,
  BigInteger,
  Bool,
  type ColumnBuilder,
  createAsyncEngine,
  DataError,
  Double,
  Enum,
  Integer,
  Json,
  Numeric,
  SqlDate,
  SqlTime,
  text,
  Timestamp,
  TimestampTz,
} from "athanor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type DatabaseKind, describeDatabase } from "../support/databases/databases.js";
import { runWhereClocksChange } from "./support/time-zone.js";

runWhereClocksChange();

type Reading = readonly [type: ColumnBuilder<unknown>, expression: string];

const SAMPLES: Readonly<Record<DatabaseKind, readonly Reading[]>> = {
  sqlite: [
    [Bool(), "2"],
    [Bool(), "'true'"],
    [BigInteger(), "'abc'"],
    [Numeric(10, 2), "'abc'"],
    [Numeric(30, 2), "'1e5'"],
    [SqlDate(), "'2024-02-30'"],
    [SqlDate(), "'10.3.2024'"],
    [SqlTime(), "'24:00:00'"],
    [Timestamp(), "'2024-01-01T25:00:00'"],
    [TimestampTz(), "1710052200"],
    [Json(), "'{'"],
    [Json(), "'12345678901234567890'"],
    [Json(), "'{\"a\": 0.12345678901234567890}'"],
  ],
  postgresql: [
    [TimestampTz(), "'infinity'::timestamptz"],
    [TimestampTz(), "'10000-01-01'::timestamptz"],
    [Timestamp(), "'-infinity'::timestamp"],
    [SqlDate(), "'infinity'::date"],
    [SqlDate(), "'0044-03-15 BC'::date"],
    [SqlTime(), "'24:00:00'::time"],
    [Numeric(), "'NaN'::numeric"],
    [Json(), "'12345678901234567890'::json"],
    [Json(), "'[1.10, 1e400]'::json"],
    [Bool(), "'yes'"],
    [BigInteger(), "1.5"],
  ],
  mysql: [
    [Bool(), "2"],
    [SqlDate(), "CAST('0000-00-00' AS CHAR)"],
    [SqlDate(), "CAST('2024-02-00' AS CHAR)"],
    [Timestamp(), "CAST('0000-00-00 00:00:00' AS CHAR)"],
    [SqlTime(), "CAST('838:59:59' AS TIME)"],
    [SqlTime(), "CAST('-00:00:01' AS TIME)"],
    [Json(), "'12345678901234567890'"],
    [Json(), "'{'"],
    [BigInteger(), "'abc'"],
  ],
};

for (const [kind, samples] of [
  ["sqlite", SAMPLES.sqlite],
  ["postgresql", SAMPLES.postgresql],
  ["mysql", SAMPLES.mysql],
] as const) {
  await describeDatabase(kind, "what no value stands for", (database) => {
    let engine: AsyncEngine;
    beforeAll(() => {
      engine = createAsyncEngine(database.url);
    });
    afterAll(() => engine.dispose());

    it.each(samples)("%s: %s", async (type, expression) => {
      const statement = text(`SELECT ${expression}`).columns({ v: type });
      const reading = engine.connect(async (connection) => (await connection.execute(statement)).tuples().all());
      await expect(reading).rejects.toThrow(DataError);
    });

    it("does not keep what stands for a value from being read", async () => {
      const statement = text("SELECT 1, 0.5, 'x'").columns({ a: Integer(), b: Double(), c: Enum("letters", ["x"]) });
      const [row] = await engine.connect(async (connection) => (await connection.execute(statement)).tuples().all());
      expect(row).toEqual([1, 0.5, "x"]);
    });
  });
}
