// Fastify: one session a request. The hook opens a scope that ends with the response.
import fastify, { type FastifyInstance } from "fastify";
import type { AsyncEngine, AsyncScopedSession } from "athanor";
import { requestSessions, Users } from "./users.js";

/** The adapter: everything after it runs in a session of the request's own, which is closed with the response. */
export function sessionPerRequest(app: FastifyInstance, sessions: AsyncScopedSession): void {
  app.addHook("onRequest", (_request, reply, done) => {
    void sessions.run(() => {
      const ended = new Promise<void>((resolve) => {
        reply.raw.once("close", resolve);
      });
      done();
      return ended;
    });
  });
}

/** The application. */
export function createFastifyApp(engine: AsyncEngine): FastifyInstance {
  const sessions = requestSessions(engine);
  const users = new Users(sessions);
  const app = fastify();
  sessionPerRequest(app, sessions);
  app.get("/users", () => users.list());
  app.get<{ Params: { id: string } }>("/users/:id", async (request, reply) => {
    const user = await users.find(Number(request.params.id));
    return user ?? reply.status(404).send({ error: "no such user" });
  });
  app.post<{ Body: { name: string; emailAddress: string } }>("/users", async (request, reply) => {
    const { name, emailAddress } = request.body;
    return reply.status(201).send(await users.add(name, emailAddress));
  });
  return app;
}
