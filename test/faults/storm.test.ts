// Sessions killed at random and connections cut at every point, while money moves: no transaction is lost that was
// acknowledged, none happens twice or by half, and no connection leaks.
import { text } from "athanor";
import { beforeEach, expect, it } from "vitest";
import { AthanorError, CancelledError, CommitOutcomeUnknownError } from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { outcomeOf, say, useLab } from "../support/faults/lab.js";
import { Ledger, NO_PROBLEMS } from "../support/faults/ledger.js";
import { eventually } from "../support/faults/server-control.js";

const KILLS = 40;
const WORKERS = 10;
const ACCOUNTS = 5;
const CALLS = 150;

await describeEachDatabase("a storm of faults", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);
  beforeEach(async () => {
    await lab.control.run("DROP TABLE IF EXISTS account");
    await lab.control.run("CREATE TABLE account (id integer PRIMARY KEY, balance integer NOT NULL)");
    for (let id = 0; id < ACCOUNTS; id += 1) {
      await lab.control.run(`INSERT INTO account (id, balance) VALUES (${String(id)}, 100)`);
    }
  });

  it("leaves the sum as it was, every acknowledged transfer once, and as many sessions as the pool has", async () => {
    const engine = lab.engine({ poolSize: 4, maxOverflow: 2, poolPrePing: true });
    const transfer = (id: number): Promise<void> =>
      engine.begin(async (connection) => {
        // In the order of the keys, so that no two wait for each other.
        const [low, high] = [id % ACCOUNTS, (id * 3 + 1) % ACCOUNTS].sort((a, b) => a - b);
        await connection.execute(text("UPDATE account SET balance = balance - 1 WHERE id = :low"), { low });
        await connection.execute(text("UPDATE account SET balance = balance + 1 WHERE id = :high"), { high });
        await connection.execute(text("INSERT INTO mark (id) VALUES (:id)"), { id });
      });
    const ledger = new Ledger(WORKERS, transfer);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const sessions = await lab.control.sessions();
      expect(sessions.length).toBeLessThanOrEqual(6 + 6);
      const victim = sessions[kill % Math.max(1, sessions.length)];
      if (victim !== undefined) await lab.control.run(lab.dialogue.kill(victim)).catch(() => undefined);
    }
    const enough = ledger.acknowledged.size + 50;
    await eventually(() => ledger.acknowledged.size > enough, "transfers go through again");
    await ledger.stop();
    expect(ledger.problems(new Set(await lab.marks()))).toEqual(NO_PROBLEMS);
    expect(Number(await lab.control.value("SELECT sum(balance) FROM account"))).toBe(100 * ACCOUNTS);
    expect(engine.poolStatus()).toMatchObject({ leased: 0, waiting: 0 });
    await eventually(
      async () => (await lab.control.sessions()).length === engine.poolStatus().open,
      "the server has the sessions that the pool has",
    );
  });

  it("cut after every so many bytes: success, a typed error with nothing kept, or an outcome unknown", async () => {
    const verdicts = { done: 0, refused: 0, unknown: 0 };
    const { engine, proxy } = await lab.throughProxy({ poolSize: 1, maxOverflow: 0, connectTimeout: 5_000 });
    for (let id = 1, bytes = 1; verdicts.done < 1; id += 1, bytes += 61) {
      await engine.dispose();
      proxy.heal();
      proxy.cutAfter(bytes);
      const outcome = await outcomeOf(
        engine.begin(async (connection) => {
          await say(connection, `INSERT INTO mark (id) VALUES (${String(id)})`);
          await say(connection, `UPDATE mark SET value = ${String(bytes)} WHERE id = ${String(id)}`);
        }),
      );
      const isStored = (await lab.marks()).includes(id);
      if ("value" in outcome) {
        expect(isStored).toBe(true);
        verdicts.done += 1;
      } else if (outcome.error instanceof CommitOutcomeUnknownError) verdicts.unknown += 1;
      else {
        expect(outcome.error).toBeInstanceOf(AthanorError);
        expect({ isStored, error: outcome.error }).toMatchObject({ isStored: false });
        verdicts.refused += 1;
      }
      expect(id).toBeLessThan(500);
    }
    expect(verdicts.refused).toBeGreaterThan(5);
    expect(engine.poolStatus()).toMatchObject({ leased: 0, waiting: 0 });
  });

  it("of aborts and late replies: nobody gets what another one asked for", async () => {
    const { engine, proxy } = await lab.throughProxy({ poolSize: 3, maxOverflow: 2, poolPrePing: true });
    proxy.delay(2);
    const asked = Array.from({ length: CALLS }, async (_, tag) => {
      const controller = new AbortController();
      // From not at all to long after the reply, a different moment each.
      if (tag % 3 !== 0) setTimeout(() => controller.abort(), (tag * 7) % 40);
      const outcome = await outcomeOf(
        engine.connect((connection) => connection.scalar(text("SELECT :tag"), { tag }, { signal: controller.signal })),
      );
      if ("value" in outcome) return { tag, value: Number(outcome.value) };
      expect(outcome.error).toBeInstanceOf(CancelledError);
      return null;
    });
    const answers = (await Promise.all(asked)).filter((answer) => answer !== null);
    expect(answers.filter(({ tag, value }) => tag !== value)).toEqual([]);
    expect(answers.length).toBeGreaterThanOrEqual(CALLS / 3);
    expect(engine.poolStatus()).toMatchObject({ leased: 0, waiting: 0 });
    await eventually(
      async () => (await lab.control.sessions()).length === engine.poolStatus().open,
      "the server has the sessions that the pool has",
    );
  });
});
