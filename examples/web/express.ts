// Express: one session a request. The middleware opens a scope that ends with the response.
import express, { type Express, type RequestHandler } from "express";
import type { AsyncEngine, AsyncScopedSession } from "athanor";
import { requestSessions, Users } from "./users.js";

/** The adapter: everything after it runs in a session of the request's own, which is closed with the response. */
export function sessionPerRequest(sessions: AsyncScopedSession): RequestHandler {
  return (_request, response, next) => {
    void sessions.run(() => {
      const ended = new Promise<void>((resolve) => {
        response.once("close", resolve);
      });
      next();
      return ended;
    });
  };
}

/** The application. */
export function createExpressApp(engine: AsyncEngine): Express {
  const sessions = requestSessions(engine);
  const users = new Users(sessions);
  const app = express();
  app.use(express.json());
  app.use(sessionPerRequest(sessions));
  app.get("/users", async (_request, response) => {
    response.json(await users.list());
  });
  app.get("/users/:id", async (request, response) => {
    const user = await users.find(Number(request.params.id));
    if (user === null) response.status(404).json({ error: "no such user" });
    else response.json(user);
  });
  app.post("/users", async (request, response) => {
    // Express types bodies as `any`; an application would check it here.
    const { name, emailAddress } = request.body as { readonly name: string; readonly emailAddress: string };
    response.status(201).json(await users.add(name, emailAddress));
  });
  return app;
}
