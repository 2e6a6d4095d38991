// Values of every kind travel in batches as they do alone: inserted and updated many at a time, read back exactly.
import { AsyncSession, createAsyncEngine, select } from "athanor";
import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { metadata, Sample } from "./models/index.js";

const texts = ["plain", `a "b" {c,d} \\ 'e'`, "", "NULL", "ü 😀", "two\nlines", " , "];

function values(at: number): Omit<ConstructorParameters<typeof Sample>[0], "id"> {
  return {
    flag: at % 2 === 0,
    small: at - 3,
    big: 9_007_199_254_740_993n + BigInt(at),
    ratio: at / 7,
    amount: new Decimal(`-${at}12345.678`),
    label: texts[at] ?? "",
    note: at % 2 === 0 ? null : (texts[at] ?? null),
    day: Temporal.PlainDate.from("1999-12-31").add({ days: at }),
    hour: Temporal.PlainTime.from("23:59:58.123456").add({ seconds: at }),
    moment: Temporal.PlainDateTime.from("2001-02-03T04:05:06.000007").add({ hours: at }),
    instant: Temporal.Instant.from("2026-01-02T03:04:05.678901Z").add({ hours: at }),
    blob: Uint8Array.from([0, 92, 34, at, 255]),
    token: `0190a5c4-7b1e-7c3a-8d2f-00000000000${at}`,
    doc: { list: [at, null, texts[at] ?? ""], nested: { "a,b": true } },
    state: at % 2 === 0 ? "open" : "shut",
  };
}

const shown = (sample: Sample): string => JSON.stringify({ ...sample.toJSON(), id: undefined });

await describeEachDatabase("values of every kind in batches", {}, (database) => {
  it("are what they were", async () => {
    const engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    const samples = texts.map((_, at) => new Sample(values(at)));
    const expected = samples.map(shown);
    session.addAll(samples);
    await session.commit();
    session.expungeAll();
    const read = (await session.scalars(select(Sample).orderBy(Sample.id))).all();
    expect(read.map(shown)).toEqual(expected);
    // Each takes the values of the next one, all columns in one statement.
    read.forEach((sample, at) => Object.assign(sample, values((at + 1) % texts.length)));
    await session.commit();
    session.expungeAll();
    const again = (await session.scalars(select(Sample).orderBy(Sample.id))).all();
    expect(again.map(shown)).toEqual([...expected.slice(1), expected[0]]);
    await engine.dispose();
  });
});
