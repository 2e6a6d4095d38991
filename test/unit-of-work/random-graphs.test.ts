// Random graphs and random work on them against a naive model, on every database: whatever was done, in whatever order,
// the rows are what the model says, no statement breaks a constraint, and a second flush finds nothing.
import * as fc from "fast-check";
import { AsyncSession, createAsyncEngine, createEngine, Session, text } from "athanor";
import { describe, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { metadata } from "./models/tables.js";
import { emptySql } from "./support/facts.js";
import { type Step, World } from "./support/world.js";

const step: fc.Arbitrary<Step> = fc.tuple(fc.nat(28), fc.nat(97), fc.nat(97), fc.nat(97));
const script = fc.array(step, { minLength: 5, maxLength: 40 });

describe("random work, synchronous session", () => {
  it("leaves what the model says", async () => {
    const engine = createEngine("sqlite://");
    metadata.createAll(engine);
    let numbers = 0;
    const property = fc.asyncProperty(script, async (steps) => {
      const session = new Session({
        bind: engine,
        autoflush: steps.length % 2 === 0,
        expireOnCommit: steps.length % 3 > 0,
      });
      const world = new World(session, numbers);
      try {
        await world.run(steps);
        expect(await world.lines()).toEqual(world.facts.lines());
        expect(await world.disagreements()).toEqual([]);
      } finally {
        numbers = world.count;
        session.close();
        engine.begin((connection) => {
          for (const statement of emptySql) connection.execute(text(statement));
        });
      }
    });
    await fc.assert(property, { numRuns: 1500 });
    engine.dispose();
  });
});

await describeEachDatabase("random work, asynchronous", {}, (database) => {
  it("leaves what the model says", async () => {
    const engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
    let numbers = 0;
    const property = fc.asyncProperty(script, async (steps) => {
      const session = new AsyncSession({ bind: engine, autoflush: steps.length % 2 === 0 });
      const world = new World(session, numbers);
      try {
        await world.run(steps);
        expect(await world.lines()).toEqual(world.facts.lines());
        expect(await world.disagreements()).toEqual([]);
      } finally {
        numbers = world.count;
        await session.close();
        await engine.begin(async (connection) => {
          for (const statement of emptySql) await connection.execute(text(statement));
        });
      }
    });
    await fc.assert(property, { numRuns: 150 });
    await engine.dispose();
  });
});
