// Every value of every family, written in every way and read back: it comes back as it was, or it is refused by a typed
// error and the table is as it was before.
import {
  type AsyncConnection,
  type AsyncEngine,
  AthanorError,
  CompileError,
  createAsyncEngine,
  InvalidValueError,
  MetaData,
} from "athanor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { FAMILIES } from "./families/all.js";
import {
  found,
  RETURNING,
  rowCount,
  stored,
  type Target,
  tableOf,
  type Writing,
  WRITINGS,
  written,
} from "./support/bench.js";
import type { Deviation, Sample, TypeSamples } from "./support/samples.js";
import { shown } from "./support/shown.js";
import { runWhereClocksChange } from "./support/time-zone.js";

runWhereClocksChange();

it("tries more than two hundred values", () => {
  const families = Object.values(FAMILIES).flat();
  expect(families.flatMap(({ kept }) => kept).length).toBeGreaterThan(200);
  expect(families.flatMap(({ refused }) => refused).length).toBeGreaterThan(200);
});

/** One way to write, into one table. */
interface Trial {
  readonly connection: AsyncConnection;
  readonly table: Target;
  readonly name: string;
  readonly write: Writing;
  /** Whether `=` compares such values here. */
  readonly compares: boolean;
}

async function refuses({ connection, table, name, write }: Trial, value: unknown) {
  const outcome = await write(connection, table, value).then(
    () => "was written",
    (error: unknown) => error,
  );
  expect(outcome, `${name}: ${shown(value)}`).toBeInstanceOf(AthanorError);
  // Nothing was sent, so that the transaction goes on.
  if (outcome instanceof InvalidValueError) expect(await written(connection, table), name).toBe(0);
  await connection.rollback();
}

await describeEachDatabase("values", {}, (database) => {
  const writings = Object.entries({ ...WRITINGS, ...(database.has("insert-returning") ? RETURNING : {}) });
  let engine: AsyncEngine;
  beforeAll(() => {
    engine = createAsyncEngine(database.url);
  });
  afterAll(() => engine.dispose());

  /** Writes in a transaction of its own that is not kept. */
  async function keeps(trial: Trial, { value, unless }: Sample) {
    const { connection, table, name, write } = trial;
    const deviation = unless[database.kind];
    const expected = deviation !== undefined && "becomes" in deviation ? deviation.becomes : value;
    const returned = await write(connection, table, value);
    expect(
      returned.map((each) => shown(each)),
      name,
    ).toEqual(returned.map(() => shown(expected)));
    expect(shown(await stored(connection, table)), name).toBe(shown(expected));
    if (trial.compares) {
      const times = await found(connection, table, present(expected));
      expect(times, `where, after ${name}: ${shown(value)}`).toEqual([1, 1]);
    }
    await connection.rollback();
  }

  async function tryAll(samples: TypeSamples) {
    const metadata = new MetaData();
    const table = tableOf(metadata, samples.type);
    const compares = samples.incomparable?.includes(database.kind) !== true;
    await metadata.createAll(engine);
    try {
      await engine.connect(async (connection) => {
        for (const [name, write] of writings) {
          const trial = { connection, table, name, write, compares };
          for (const sample of samples.kept) {
            if (isRefusal(sample.unless[database.kind])) await refuses(trial, sample.value);
            else await keeps(trial, sample);
          }
          for (const value of samples.refused) await refuses(trial, value);
          expect(await rowCount(engine, table), name).toBe(0);
        }
      });
    } finally {
      await metadata.dropAll(engine);
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
