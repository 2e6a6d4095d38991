// The written exceptions are real: each query gives on each database what the list says.
import { DatabaseError } from "athanor";
import { describe, expect, it } from "vitest";
import { expectSection } from "../fidelity/support/doc-section.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { rowsOf, useBench } from "./support/bench.js";
import { EXCEPTIONS, REFUSED } from "./support/exceptions.js";
import type { Data } from "./support/tables.js";

const DATA: Data = {
  item: [1, 2, null].map((n, index) => ({ id: index + 1, ref: null, n, s: null, f: null })),
  part: [],
  note: [],
};

await describeEachDatabase("where databases differ", {}, (database) => {
  const bench = useBench(database);

  it.each(EXCEPTIONS)("$title", async ({ query, gives }) => {
    const expected = gives[database.kind];
    await bench.over(DATA, async (connection) => {
      if (expected === REFUSED) await expect(rowsOf(connection, query)).rejects.toThrow(DatabaseError);
      else expect((await rowsOf(connection, query)).map(([value]) => value)).toEqual(expected);
    });
  });
});

describe("the list", () => {
  it("is short", () => {
    expect(EXCEPTIONS.length).toBeLessThanOrEqual(15);
  });

  it("names nothing on which all agree", () => {
    const agreed = EXCEPTIONS.filter(({ gives: { sqlite, postgresql, mysql } }) => {
      const shown = [sqlite, postgresql, mysql].map((each) => (each === REFUSED ? "refused" : JSON.stringify(each)));
      return new Set(shown).size === 1;
    });
    expect(agreed.map(({ title }) => title)).toEqual([]);
  });

  it("stands in the documentation", () => {
    const lines = EXCEPTIONS.map(({ title, reason }) => `- **${title}**: ${reason}`);
    expectSection("docs/dialects.md", "exceptions", lines);
  });
});
