// Every value of every family, written in every way and read back: it comes back as it was, or it is refused by a typed
// error and the table is as it was before.
import { AthanorError, type AsyncEngine, CompileError, createAsyncEngine, MetaData } from "athanor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { FAMILIES } from "./families/all.js";
import { found, RETURNING, rowCount, stored, type Target, tableOf, type Writing, WRITINGS } from "./support/bench.js";
import type { Deviation, Sample, TypeSamples } from "./support/samples.js";
import { shown } from "./support/shown.js";
import { runWhereClocksChange } from "./support/time-zone.js";

runWhereClocksChange();

it("tries more than two hundred values", () => {
  const families = Object.values(FAMILIES).flat();
  expect(families.flatMap(({ kept }) => kept).length).toBeGreaterThan(200);
  expect(families.flatMap(({ refused }) => refused).length).toBeGreaterThan(200);
});

await describeEachDatabase("values", {}, (database) => {
  const writings = Object.entries({ ...WRITINGS, ...(database.has("insert-returning") ? RETURNING : {}) });
  let engine: AsyncEngine;
  beforeAll(() => {
    engine = createAsyncEngine(database.url);
  });
  afterAll(() => engine.dispose());

  /** Writes in a transaction of its own that is not kept. */
  async function keeps(table: Target, [name, write]: [string, Writing], { value, unless }: Sample, compares: boolean) {
    const deviation = unless[database.kind];
    const expected = deviation !== undefined && "becomes" in deviation ? deviation.becomes : value;
    await engine.connect(async (connection) => {
      const returned = await write(connection, table, value);
      expect(
        returned.map((each) => shown(each)),
        name,
      ).toEqual(returned.map(() => shown(expected)));
      expect(shown(await stored(connection, table)), name).toBe(shown(expected));
      if (compares)
        expect(await found(connection, table, present(expected)), `where, after ${name}: ${shown(value)}`).toEqual([
          1, 1,
        ]);
      await connection.rollback();
    });
  }

  async function refuses(table: Target, [name, write]: [string, Writing], value: unknown) {
    const outcome = await engine
      .begin((connection) => write(connection, table, value))
      .then(
        () => "was written",
        (error: unknown) => error,
      );
    expect(outcome, `${name}: ${shown(value)}`).toBeInstanceOf(AthanorError);
    expect(await rowCount(engine, table), name).toBe(0);
  }

  async function tryAll(samples: TypeSamples) {
    const metadata = new MetaData();
    const table = tableOf(metadata, samples.type);
    await metadata.createAll(engine);
    try {
      await tryOn(table, samples);
    } finally {
      await metadata.dropAll(engine);
    }
  }

  async function tryOn(table: Target, samples: TypeSamples) {
    const compares = samples.incomparable?.includes(database.kind) !== true;
    for (const writing of writings) {
      for (const sample of samples.kept) {
        if (isRefusal(sample.unless[database.kind])) await refuses(table, writing, sample.value);
        else await keeps(table, writing, sample, compares);
      }
      for (const value of samples.refused) await refuses(table, writing, value);
    }
  }

  for (const [family, types] of Object.entries(FAMILIES)) {
    describe(family, () => {
      for (const samples of types) {
        if (samples.missing?.includes(database.kind) === true) {
          it(`${samples.name} is no type here`, async () => {
            const metadata = new MetaData();
            tableOf(metadata, samples.type);
            await expect(metadata.createAll(engine)).rejects.toThrow(CompileError);
          });
        } else it(samples.name, () => tryAll(samples));
      }
    });
  }
});

function present(value: unknown): object {
  // Sound enough: nullish values are not among the samples, and the column's type takes any other.
  return value as object;
}

function isRefusal(deviation: Deviation | undefined): boolean {
  return deviation !== undefined && "refused" in deviation;
}
