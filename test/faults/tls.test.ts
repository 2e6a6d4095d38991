// TLS that is asked for and does not come about: the call ends before its deadline with an error of this package's, and
// not one byte of user, password or statement went out in clear.
import { describe, expect, it } from "vitest";
import { createAsyncEngine, OperationalError, text } from "athanor";
import { errorOf } from "../support/faults/lab.js";
import { eventually } from "../support/faults/server-control.js";
import { OPENINGS, startTlsStub, TLS_FAULTS } from "../support/faults/tls-stub.js";

const USER = "canaryuser";
const PASSWORD = "canarypassword";
const MODES = { postgresql: "sslmode=require", mariadb: "ssl-mode=required" } as const;

describe.each(["postgresql", "mariadb"] as const)("a %s server that is asked for TLS", (kind) => {
  it.each(TLS_FAULTS)("and does this: %s", async (fault) => {
    await using stub = await startTlsStub(OPENINGS[kind](fault), fault);
    const url = `${kind}://${USER}:${PASSWORD}@127.0.0.1:${String(stub.port)}/canarydb?${MODES[kind]}`;
    await using engine = createAsyncEngine(url, { connectTimeout: 400 });
    const error = await errorOf(engine.connect((connection) => connection.execute(text("SELECT 'canarystatement'"))));
    expect(error).toBeInstanceOf(OperationalError);
    expect(String(error)).not.toContain(PASSWORD);
    expect(stub.received().toString("latin1")).not.toMatch(/canary/);
    // It came as far as TLS: a handshake's first two bytes.
    expect(stub.received().includes(Buffer.from([0x16, 0x03]))).toBe(fault !== "refuse");
    await eventually(() => stub.open() === 0, "the socket is gone");
    expect(engine.poolStatus()).toMatchObject({ open: 0, leased: 0, waiting: 0 });
  });
});
