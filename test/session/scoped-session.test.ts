// Scoped sessions on both faces: one session a scope, used as if it were that session.
import {
  asyncScopedSession,
  asyncSessionmaker,
  createAsyncEngine,
  createEngine,
  inspect,
  InvalidRequestError,
  scopedSession,
  select,
  sessionmaker,
} from "athanor";
import { describe, expect, it } from "vitest";
import { metadata, User } from "../../generated/index.js";

describe("a scoped session", () => {
  it("has the methods of its scope's session", () => {
    using engine = createEngine("sqlite://");
    metadata.createAll(engine);
    const scoped = scopedSession(sessionmaker({ bind: engine }));
    const user = new User({ name: "ann" });
    scoped.run((session) => {
      scoped.add(user);
      expect([scoped.has(user), scoped.new.size, session.new.size]).toEqual([true, 1, 1]);
      scoped.flush();
      expect(scoped.get(User, user.id)).toBe(user);
      expect(scoped.query(User).filterBy({ name: "ann" }).one()).toBe(user);
      expect(() => scoped.configure({ autoflush: false })).toThrow(InvalidRequestError);
      scoped.commit();
    });
    expect([inspect(user).detached, scoped.hasSession]).toEqual([true, false]);
    expect(scoped.scalars(select(User.name)).all()).toEqual(["ann"]);
    expect([scoped.hasSession, scoped.bind, scoped.inTransaction]).toEqual([true, engine, true]);
    scoped.remove();
    expect(scoped.hasSession).toBe(false);
    scoped.remove();
  });

  it("closes its session where the block throws", () => {
    using engine = createEngine("sqlite://");
    metadata.createAll(engine);
    const scoped = scopedSession(sessionmaker({ bind: engine }));
    const user = new User({ name: "ann" });
    const failing = (): void =>
      scoped.run(() => {
        scoped.add(user);
        scoped.flush();
        throw new RangeError("enough");
      });
    expect(failing).toThrow("enough");
    expect([inspect(user).detached, scoped.scalars(select(User)).all()]).toEqual([true, []]);
    scoped.remove();
  });

  it("keeps the scopes of requests that run at once apart", async () => {
    await using engine = createAsyncEngine("sqlite://");
    await metadata.createAll(engine);
    const scoped = asyncScopedSession(asyncSessionmaker({ bind: engine }));
    const request = (name: string): Promise<string | undefined> =>
      scoped.run(async (session) => {
        scoped.add(new User({ name }));
        await scoped.commit();
        expect([scoped.session, scoped.identityMap.size]).toEqual([session, 1]);
        return (await scoped.scalars(select(User).where(User.name.eq(name)))).one().name;
      });
    expect(await Promise.all([request("a"), request("b"), request("c")])).toEqual(["a", "b", "c"]);
    expect(scoped.hasSession).toBe(false);
    expect((await scoped.query(User).all()).length).toBe(3);
    await scoped.remove();
    await scoped.remove();
    const failing = scoped.run(async () => {
      await scoped.flush();
      throw new RangeError("enough");
    });
    await expect(failing).rejects.toThrow("enough");
  });
});
