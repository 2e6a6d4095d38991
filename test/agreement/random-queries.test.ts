// Random queries over random rows give on every database what the reference works out. A failing case is shrunk and
// shown with its seed; `AGREEMENT_RUNS` asks for more of them, `AGREEMENT_SEED` and `AGREEMENT_PATH` for the same again.
import * as fc from "fast-check";
import { caseWhen, select } from "athanor";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { comparable, rowsOf, unordered, useBench } from "./support/bench.js";
import { evaluate } from "./support/evaluate.js";
import { TRAITS } from "./support/exceptions.js";
import { data, itemCondition, query } from "./support/generate.js";
import { tables } from "./support/tables.js";
import { conditionOf, toStatement } from "./support/to-statement.js";

const RUNS = Number(process.env["AGREEMENT_RUNS"] ?? 100);
const { AGREEMENT_SEED: seed, AGREEMENT_PATH: path } = process.env;
const parameters = {
  numRuns: RUNS,
  ...(seed === undefined ? {} : { seed: Number(seed) }),
  ...(path === undefined ? {} : { path }),
};

/** Queries over one set of rows. */
const QUERIES = 6;

await describeEachDatabase("random queries", {}, (database) => {
  const bench = useBench(database);

  it("give the rows that the reference gives", { timeout: 30_000 + RUNS * 1000 }, async () => {
    const queries = fc.array(query, { minLength: 1, maxLength: QUERIES, size: "max" });
    const property = fc.asyncProperty(data, queries, async (rows, specs) => {
      await bench.over(rows, async (connection) => {
        for (const spec of specs) {
          const statement = toStatement(spec);
          const actual = await rowsOf(connection, statement);
          const expected = evaluate(spec, rows, TRAITS[database.kind]).map((row) => row.map(comparable));
          const shown = statement.toString();
          if (spec.kind === "rows" && spec.order !== null) expect(actual, shown).toEqual(expected);
          else expect(unordered(actual), shown).toEqual(unordered(expected));
        }
      });
    });
    await fc.assert(property, parameters);
  });

  it(
    "split rows by a condition into those it is true, false and unknown for",
    { timeout: 30_000 + RUNS * 1000 },
    async () => {
      const property = fc.asyncProperty(data, itemCondition, async (rows, spec) => {
        await bench.over(rows, async (connection) => {
          const { id } = tables.item.c;
          const condition = conditionOf(spec);
          const truth = caseWhen<string>(
            [
              [condition, "true"],
              [condition.not(), "false"],
            ],
            "unknown",
          );
          const parts = [condition, condition.not(), truth.eq("unknown")];
          const found: unknown[] = [];
          for (const part of parts) found.push(...(await rowsOf(connection, select(id).where(part))).flat());
          expect(found.toSorted()).toEqual(rows.item.map((row) => row.id));
        });
      });
      await fc.assert(property, parameters);
    },
  );
});
