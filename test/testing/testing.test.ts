// The helpers of `athanor/testing`, on both faces: what they allow, and what they leave behind.
import { AsyncSession, select, selectinload, Session, text } from "athanor";
import {
  expectQueries,
  memoryDatabase,
  memoryDatabaseAsync,
  QueryCountError,
  rolledBack,
  rolledBackAsync,
} from "athanor/testing";
import { describe, expect, it } from "vitest";
import { Address, metadata, User } from "../../generated/index.js";

const ann = (): User => new User({ name: "ann", addresses: [new Address({ emailAddress: "ann@example.org" })] });

describe("expectQueries()", () => {
  it("gives what the work gives, where the count is right", () => {
    const engine = memoryDatabase(metadata);
    using session = new Session(engine);
    session.add(ann());
    session.commit();
    session.expungeAll();
    const query = select(User).options(selectinload(User.addresses));
    const users = expectQueries(engine, 2, () => session.scalars(query).all());
    expect(expectQueries(engine, 0, () => users[0]?.addresses.length)).toBe(1);
  });

  it("lists what was sent, where it is not", () => {
    const engine = memoryDatabase(metadata);
    using session = new Session(engine);
    const work = (): unknown => expectQueries(engine, 1, () => session.get(User, 1) ?? session.get(User, 2));
    expect(work).toThrow(QueryCountError);
    expect(work).toThrow(/^Expected 1 statement\(s\), but 2 were sent:\n {2}1\. SELECT .*\n {2}2\. SELECT /);
    expect(() =>
      expectQueries(engine, 1, () => {
        throw new QueryCountError("of its own");
      }),
    ).toThrow("of its own");
    expect(expectQueries(engine, 0, () => 1)).toBe(1);
  });

  it("waits for asynchronous work", async () => {
    const engine = await memoryDatabaseAsync(metadata);
    await using session = new AsyncSession(engine);
    expect(await expectQueries(engine, 1, () => session.get(User, 1))).toBe(null);
    await expect(expectQueries(engine, 2, () => session.get(User, 1))).rejects.toThrow(
      "Expected 2 statement(s), but 1",
    );
    const failing = expectQueries(engine, 1, () => Promise.reject(new QueryCountError("of its own")));
    await expect(failing).rejects.toThrow("of its own");
  });
});

describe("rolledBack()", () => {
  it("lets the session commit and roll back, and leaves nothing", () => {
    const engine = memoryDatabase(metadata);
    const count = rolledBack(engine, (session) => {
      session.add(ann());
      session.commit();
      session.add(ann());
      session.rollback();
      return session.query(User).count();
    });
    expect(count).toBe(1);
    using session = new Session(engine);
    expect(session.query(User).count()).toBe(0);
  });

  it("leaves nothing after an error, either", () => {
    const engine = memoryDatabase(metadata);
    expect(() =>
      rolledBack(engine, (session) => {
        session.add(ann());
        session.commit();
        throw new QueryCountError("stop");
      }),
    ).toThrow("stop");
    using session = new Session(engine);
    expect(session.query(User).count()).toBe(0);
  });

  it("works asynchronously", async () => {
    const engine = await memoryDatabaseAsync(metadata);
    const found = await rolledBackAsync(engine, async (session) => {
      session.add(ann());
      await session.commit();
      return (await session.execute(text("SELECT count(*) AS n FROM user_account"))).all().length;
    });
    expect(found).toBe(1);
    await using session = new AsyncSession(engine);
    expect(await session.query(User).count()).toBe(0);
  });
});
