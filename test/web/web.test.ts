// The web examples under real, concurrent requests, on every database: each request has a session of its own, which is
// closed with it, whatever became of it.
import { serve } from "@hono/node-server";
import { type AsyncEngine, AsyncSession, createAsyncEngine, listen, unlisten } from "athanor";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createExpressApp } from "../../examples/web/express.js";
import { createFastifyApp } from "../../examples/web/fastify.js";
import { createHonoApp } from "../../examples/web/hono.js";
import type { UserView } from "../../examples/web/users.js";
import { metadata } from "../../generated/index.js";
import { describeEachDatabase } from "../support/databases/databases.js";

/** An application that is being served. */
interface Served {
  readonly url: string;
  close(): Promise<void>;
}

const frameworks: Readonly<Record<string, (engine: AsyncEngine) => Promise<Served>>> = {
  Express: (engine) => listening(createServer(createExpressApp(engine)).listen(0, "127.0.0.1")),
  async Fastify(engine) {
    const app = createFastifyApp(engine);
    return { url: await app.listen({ port: 0, host: "127.0.0.1" }), close: () => app.close() };
  },
  // Without options it makes a plain HTTP server.
  Hono: (engine) => listening(serve({ fetch: createHonoApp(engine).fetch, port: 0, hostname: "127.0.0.1" }) as Server),
};

async function listening(server: Server): Promise<Served> {
  if (!server.listening) await new Promise((resolve) => void server.once("listening", resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function post(url: string, body: object): Promise<UserView> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/users`, { method: "POST", headers, body: JSON.stringify(body) });
  expect(response.status).toBe(201);
  return (await response.json()) as UserView; // what the route sends
}

/** Waits until every connection is back: the last bytes of a response come before its end. */
async function allReturned(engine: AsyncEngine): Promise<void> {
  await expect.poll(() => engine.poolStatus().leased, { timeout: 10_000 }).toBe(0);
}

await describeEachDatabase("the web examples", {}, (database) => {
  let engine: AsyncEngine;
  beforeAll(() => {
    engine = createAsyncEngine(database.url, { poolSize: 3, maxOverflow: 0 });
  });
  afterAll(() => engine.dispose());
  beforeEach(async () => {
    await metadata.dropAll(engine);
    await metadata.createAll(engine);
  });

  describe.each(Object.entries(frameworks))("%s", (_, serveApp) => {
    it("gives each of many concurrent requests a session of its own", async () => {
      const app = await serveApp(engine);
      const begun = new Set<object>();
      const note = ({ session }: { readonly session: AsyncSession }): void => void begun.add(session);
      listen(AsyncSession, "afterBegin", note);
      try {
        const names = Array.from({ length: 12 }, (_unused, at) => `user ${at}`);
        const added = await Promise.all(
          names.map((name) => post(app.url, { name, emailAddress: `${name.replace(" ", "")}@example.org` })),
        );
        expect(added.map(({ name }) => name)).toEqual(names);
        expect(new Set(added.map(({ id }) => id)).size).toBe(names.length);
        expect(begun.size).toBe(names.length);
        const one = await fetch(`${app.url}/users/${added[3]?.id}`);
        expect(await one.json()).toEqual(added[3]);
        const list = (await (await fetch(`${app.url}/users`)).json()) as UserView[]; // what the route sends
        expect(list.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
        await allReturned(engine);
      } finally {
        unlisten(AsyncSession, "afterBegin", note);
        await app.close();
      }
    });

    it("closes the session of a request that finds nothing, and of one that fails", async () => {
      const app = await serveApp(engine);
      try {
        expect((await fetch(`${app.url}/users/999`)).status).toBe(404);
        const headers = { "content-type": "application/json" };
        const failing = await fetch(`${app.url}/users`, { method: "POST", headers, body: '{"emailAddress":"x"}' });
        expect(failing.status).toBe(500);
        await allReturned(engine);
        expect((await post(app.url, { name: "after", emailAddress: "a@example.org" })).name).toBe("after");
        await allReturned(engine);
      } finally {
        await app.close();
      }
    });
  });
});
