// Suites that need a server all to themselves, to stop and start it: one for each server whose programs are at hand,
// beside the server that the run's other tests share.
import { afterAll, describe } from "vitest";
import { askForServer } from "./databases.js";
import { startMariadb } from "./mariadb.js";
import { describeMissing } from "./missing.js";
import { startPostgresql } from "./postgresql.js";
import type { ThrowawayServer } from "./throwaway.js";

/** Runs a suite for each server that this machine can start. To be awaited at the top of a test file. */
export async function describeEachServerProgram(name: string, body: (server: ThrowawayServer) => void): Promise<void> {
  // Asked for first: what has to be fetched or installed is, once for all test files.
  await Promise.all([askForServer("postgresql"), askForServer("mysql")]);
  for (const start of [startPostgresql, startMariadb]) {
    let server: ThrowawayServer;
    try {
      server = await start();
    } catch (error) {
      describeMissing(name, error instanceof Error ? error.message : String(error));
      continue;
    }
    describe(`${name}: ${server.origin}`, () => {
      afterAll(() => server.dispose());
      body(server);
    });
  }
}
