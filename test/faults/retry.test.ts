// The retry contract, one test a row: which errors have a transaction run again by `engine.transaction()`, and which
// never do.
import { sqlite } from "athanor";
import { describe, expect, it } from "vitest";
import {
  DatabaseError,
  DisconnectError,
  SerializationError,
  TooManyConnectionsError,
} from "../../runtime/errors/errors.js";
import { describeDatabase, describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, outcomeOf, say, sessionOf, useEngines, useLab } from "../support/faults/lab.js";
import { EMBEDDED_ROWS, SERVER_ROWS } from "../support/faults/retry-rows.js";

const QUICK = { baseDelayMs: 1, maxDelayMs: 10 } as const;

await describeEachDatabase("a transaction that meets", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);
  const { kind } = database;

  for (const { name, again, ...failure } of kind === "sqlite" ? [] : SERVER_ROWS[kind]) {
    it(`${name} (${failure.state} ${String(failure.number ?? "")}) is ${again ? "run again" : "not run again"}`, async () => {
      const engine = lab.engine();
      let runs = 0;
      const outcome = await outcomeOf(
        engine.transaction(async (connection) => {
          runs += 1;
          await say(connection, "INSERT INTO mark (id) VALUES (1)");
          if (runs === 1) await say(connection, lab.dialogue.raise(failure));
        }, QUICK),
      );
      expect(runs).toBe(again ? 2 : 1);
      if (!again) expect(outcome).toMatchObject({ error: expect.any(DatabaseError) as unknown });
      expect(await lab.marks()).toEqual(again ? [1] : []);
    });
  }

  it("a lost connection before its first statement is run again", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
    const session = await engine.connect((connection) => sessionOf(connection, lab.dialogue));
    let runs = 0;
    await engine.transaction(async (connection) => {
      runs += 1;
      if (runs === 1) await lab.control.kill(session);
      await say(connection, "INSERT INTO mark (id) VALUES (1)");
    }, QUICK);
    expect(runs).toBe(2);
    expect(await lab.marks()).toEqual([1]);
  });

  for (const idempotent of [false, true]) {
    it(`a lost connection after a statement is ${idempotent ? "run again where that does no harm" : "not run again"}`, async () => {
      const engine = lab.engine();
      let runs = 0;
      const outcome = await outcomeOf(
        engine.transaction(
          async (connection) => {
            runs += 1;
            await say(connection, "INSERT INTO mark (id) VALUES (1)");
            if (runs === 1) await lab.control.kill(await sessionOf(connection, lab.dialogue));
            await say(connection, "SELECT 1");
          },
          { ...QUICK, idempotent },
        ),
      );
      expect(runs).toBe(idempotent ? 2 : 1);
      if (!idempotent) expect(outcome).toMatchObject({ error: expect.any(DisconnectError) as unknown });
      expect(await lab.marks()).toEqual(idempotent ? [1] : []);
    });
  }

  it("a server without room for another connection is tried again later", async () => {
    const user = await lab.control.limitedUser();
    const holder = lab.engine({}, user);
    const held = await holder.connect();
    const engine = lab.engine({}, user);
    let freeing: Promise<void> | null = null;
    let runs = 0;
    await engine.transaction(
      async (connection) => {
        runs += 1;
        await say(connection, "SELECT 1");
      },
      {
        ...QUICK,
        retries: 200,
        random: () => {
          freeing ??= held.close().then(() => holder.dispose());
          return 1;
        },
      },
    );
    expect(freeing).not.toBeNull();
    expect(runs).toBe(1);
  });

  it("and without retries says that there is no room", async () => {
    const user = await lab.control.limitedUser();
    const held = await lab.engine({}, user).connect();
    expect(await errorOf(lab.engine({}, user).connect())).toBeInstanceOf(TooManyConnectionsError);
    await held.close();
  });

  it("the same error every time gives up after its tries, and tells of all of them", async () => {
    const engine = lab.engine();
    const [{ state, number } = { state: "", number: 0 }] = kind === "sqlite" ? [] : SERVER_ROWS[kind];
    let runs = 0;
    const error = await errorOf(
      engine.transaction(
        async (connection) => {
          runs += 1;
          await say(connection, lab.dialogue.raise({ state, number: number ?? 0 }));
        },
        { ...QUICK, retries: 3 },
      ),
    );
    expect(runs).toBe(4);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({ attempt: 4, earlierErrors: { length: 3 }, retryable: "transaction" });
  });

  it("an error of the program's own is not run again, unless a conflict is its cause", async () => {
    const engine = lab.engine();
    for (const [cause, expected] of [
      [undefined, 1],
      [new SerializationError("made up"), 3],
    ] as const) {
      let runs = 0;
      const error = await errorOf(
        engine.transaction(
          async (connection) => {
            runs += 1;
            await say(connection, "SELECT 1");
            throw new RangeError("the program's own", { cause });
          },
          { ...QUICK, retries: 2 },
        ),
      );
      expect(error).toBeInstanceOf(RangeError);
      expect(runs).toBe(expected);
    }
  });
});

describe("the embedded database's codes", () => {
  for (const { code, again } of EMBEDDED_ROWS) {
    it(`${code} is ${again ? "worth another run" : "not worth another run"}`, () => {
      const error = sqlite.translateError(Object.assign(new Error("made up"), { code }), {});
      expect(error.retryable).toBe(again ? "transaction" : "never");
    });
  }
});

await describeDatabase("sqlite", "an embedded database", (database) => {
  const open = useEngines(database);

  it("that another process writes to is tried again; its own limits are not", async () => {
    const engine = open({ connectArgs: { timeout: 0 } });
    const other = open();
    await engine.begin((connection) => say(connection, "CREATE TABLE mark (id integer PRIMARY KEY)"));
    const rival = await other.connect();
    await say(rival, "INSERT INTO mark (id) VALUES (1)");
    let freeing: Promise<void> | null = null;
    await engine.transaction((connection) => say(connection, "INSERT INTO mark (id) VALUES (2)"), {
      ...QUICK,
      retries: 100,
      random: () => {
        freeing ??= rival.commit().then(() => rival.close());
        return 1;
      },
    });
    expect(freeing).not.toBeNull();
    expect(await engine.connect((connection) => say(connection, "SELECT count(*) FROM mark"))).toBe(2);
    let runs = 0;
    const write = engine.transaction(async (connection) => {
      runs += 1;
      await say(connection, "PRAGMA query_only = 1");
      try {
        await say(connection, "INSERT INTO mark (id) VALUES (3)");
      } finally {
        await connection.rollback();
        await say(connection, "PRAGMA query_only = 0");
      }
    }, QUICK);
    expect(await errorOf(write)).toMatchObject({ code: "R3022", retryable: "never" });
    expect(runs).toBe(1);
  });
});
