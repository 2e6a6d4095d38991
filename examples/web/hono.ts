// Hono: one session a request. The middleware opens a scope around everything after it.
import { Hono, type MiddlewareHandler } from "hono";
import type { AsyncEngine, AsyncScopedSession } from "athanor";
import { requestSessions, Users } from "./users.js";

/** The adapter: everything after it runs in a session of the request's own, which is closed when the handler is done. */
export function sessionPerRequest(sessions: AsyncScopedSession): MiddlewareHandler {
  return (_context, next) => sessions.run(() => next());
}

/** The application. */
export function createHonoApp(engine: AsyncEngine): Hono {
  const sessions = requestSessions(engine);
  const users = new Users(sessions);
  const app = new Hono();
  app.use(sessionPerRequest(sessions));
  app.onError((_error, context) => context.json({ error: "internal error" }, 500));
  app.get("/users", async (context) => context.json(await users.list()));
  app.get("/users/:id", async (context) => {
    const user = await users.find(Number(context.req.param("id")));
    return user === null ? context.json({ error: "no such user" }, 404) : context.json(user);
  });
  app.post("/users", async (context) => {
    const { name, emailAddress } = await context.req.json<{ name: string; emailAddress: string }>();
    return context.json(await users.add(name, emailAddress), 201);
  });
  return app;
}
