// Gives test files the servers of the run: each is found or started when the first file asks for it, once, and ended
// with the run. Test files run in processes of their own, so they ask over HTTP on the loopback interface.
import { once } from "node:events";
import { createServer } from "node:http";
import { startMariadb } from "./mariadb.js";
import { startPostgresql } from "./postgresql.js";
import type { ServerName, ServerReply } from "./server-reply.js";
import type { ThrowawayServer } from "./throwaway.js";

const STARTERS: Readonly<Record<ServerName, () => Promise<ThrowawayServer>>> = {
  postgresql: () => startPostgresql(),
  mysql: startMariadb,
};
const VARIABLES: Readonly<Record<ServerName, string>> = {
  postgresql: "ATHANOR_TEST_POSTGRES",
  mysql: "ATHANOR_TEST_MYSQL",
};

export interface Broker {
  /** Where test files ask: append the server's name. */
  readonly url: string;
  /** What was asked for and what came of it. */
  outcomes(): Promise<ReadonlyMap<ServerName, ServerReply>>;
  dispose(): Promise<void>;
}

export async function openBroker(): Promise<Broker> {
  const started: ThrowawayServer[] = [];
  const replies = new Map<ServerName, Promise<ServerReply>>();
  const provide = async (name: ServerName): Promise<ServerReply> => {
    const given = process.env[VARIABLES[name]];
    if (given !== undefined && given !== "") return { url: given, origin: VARIABLES[name] };
    try {
      const server = await STARTERS[name]();
      started.push(server);
      return { url: server.url, origin: server.origin };
    } catch (error) {
      return { missing: error instanceof Error ? error.message : String(error) };
    }
  };
  const http = createServer((request, response) => {
    const name = request.url === "/postgresql" ? "postgresql" : "mysql";
    const reply = replies.get(name) ?? provide(name);
    replies.set(name, reply);
    void reply.then((value) => response.end(JSON.stringify(value)));
  }).listen(0, "127.0.0.1");
  await once(http, "listening");
  http.unref();
  const address = http.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    async outcomes() {
      const settled = [...replies].map(async ([name, reply]) => [name, await reply] as const);
      return new Map(await Promise.all(settled));
    },
    async dispose() {
      http.close();
      http.closeAllConnections();
      await Promise.all(replies.values());
      await Promise.all(started.map((server) => server.dispose()));
    },
  };
}
