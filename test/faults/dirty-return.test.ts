// A connection that comes back with marks of its borrower: the next one sees none of them.
import { expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { say, sessionOf, useLab } from "../support/faults/lab.js";
import { dialogueFor } from "../support/faults/dialogue.js";

await describeEachDatabase("a connection given back dirty", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);

  for (const { name, leave, look, clean } of dialogueFor(database).marks) {
    it(`shows nothing of ${name}`, async () => {
      const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
      const session = await engine.connect(async (borrower) => {
        expect(await say(borrower, look)).toBe(clean);
        for (const sql of leave) await say(borrower, sql);
        expect(await say(borrower, look)).not.toBe(clean);
        return sessionOf(borrower, lab.dialogue);
      });
      await engine.connect(async (next) => {
        expect(await say(next, look)).toBe(clean);
        expect(await sessionOf(next, lab.dialogue)).toBe(session);
      });
      expect(await lab.marks()).toEqual([]);
    });

    it(`shows nothing of ${name} that was committed or set outside of a transaction`, async () => {
      const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
      await engine.connect(async (borrower) => {
        borrower.executionOptions({ isolationLevel: "AUTOCOMMIT" });
        for (const sql of leave) await say(borrower, sql);
      });
      await lab.control.run("DELETE FROM mark");
      await engine.connect(async (next) => {
        expect(await say(next, look)).toBe(clean);
      });
    });
  }

  it("shows nothing of all of them together, over and over", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
    const { marks } = lab.dialogue;
    for (let round = 0; round < 5; round += 1) {
      await engine.connect(async (borrower) => {
        for (const { leave } of marks) for (const sql of leave) await say(borrower, sql);
      });
      await engine.connect(async (next) => {
        for (const { look, clean } of marks) expect(await say(next, look)).toBe(clean);
      });
    }
  });

  it("is replaced where it cannot be cleaned", async () => {
    const { engine, proxy } = await lab.throughProxy({ poolSize: 1, maxOverflow: 0 });
    const connection = await engine.connect();
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    proxy.reset();
    await connection.close();
    expect(engine.poolStatus()).toMatchObject({ open: 0, leased: 0 });
    expect(await engine.connect((next) => say(next, "SELECT 1"))).toBe(1);
    expect(await lab.marks()).toEqual([]);
  });
});
