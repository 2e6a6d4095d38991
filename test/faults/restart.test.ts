// A server that restarts under load: every call settles with a typed error or in truth, nothing acknowledged is lost,
// and the engine is back as soon as the server is.
import { text } from "athanor";
import { expect, it } from "vitest";
import { DatabaseError } from "../../runtime/errors/errors.js";
import { describeEachServerProgram } from "../support/databases/server-programs.js";
import { errorOf, useEngines } from "../support/faults/lab.js";
import { Ledger, NO_PROBLEMS } from "../support/faults/ledger.js";
import { eventually } from "../support/faults/server-control.js";

const WORKERS = 8;
const ENOUGH = 40;

await describeEachServerProgram("a server that restarts", (server) => {
  const open = useEngines(null);

  for (const how of ["fast", "immediate"] as const) {
    it(`(${how}) loses nothing that was acknowledged, hangs nobody, and is used again`, async () => {
      const engine = open({ poolSize: 4, maxOverflow: 4, poolPrePing: true, connectTimeout: 2_000 }, server.url);
      await engine.begin((connection) =>
        connection.execute(text("CREATE TABLE IF NOT EXISTS ledger (id integer PRIMARY KEY)")),
      );
      await engine.begin((connection) => connection.execute(text("DELETE FROM ledger")));
      const ledger = new Ledger(WORKERS, (id) =>
        engine.begin((connection) =>
          connection.execute(text("INSERT INTO ledger (id) VALUES (:id)"), { id }, { timeoutMs: 2_000 }),
        ),
      );
      await eventually(() => ledger.acknowledged.size > ENOUGH, "transactions go through");
      await server.halt(how);
      const before = ledger.acknowledged.size;
      await server.resume();
      await eventually(() => ledger.acknowledged.size > before + ENOUGH, "transactions go through again");
      await ledger.stop();
      const ids = await engine.connect((connection) =>
        connection.scalars(text<{ id: number }>("SELECT id FROM ledger")),
      );
      expect(ledger.problems(new Set(ids.all().map(Number)))).toEqual(NO_PROBLEMS);
      expect(engine.poolStatus()).toMatchObject({ leased: 0, waiting: 0 });
    });
  }

  it("and is away for a while is refused at once, in words that say so", async () => {
    const engine = open({ poolPrePing: true }, server.url);
    await engine.connect((connection) => connection.execute(text("SELECT 1")));
    await server.halt("immediate");
    const error = await errorOf(engine.connect());
    expect(error).toBeInstanceOf(DatabaseError);
    expect(String(error)).toMatch(/refused|ECONNREFUSED/);
    await server.resume();
    const value = await engine.connect((connection) => connection.scalar(text("SELECT 1")));
    expect(value).toBe(1);
  });
});
