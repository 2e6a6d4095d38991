// Sessions of several databases, and sessions within a transaction of somebody else's: on both faces.
import {
  AsyncSession,
  type AsyncSessionOptions,
  createAsyncEngine,
  createEngine,
  inspect,
  select,
  Session,
  text,
  UnboundExecutionError,
} from "athanor";
import { describe, expect, it } from "vitest";
import { Category, Group, metadata, User } from "../../generated/index.js";
import { describeEachFace } from "./support/faces.js";

await describeEachFace("a session", (face) => {
  describe("within an outer transaction", () => {
    type Mode = AsyncSessionOptions["joinTransactionMode"];

    /** A user flushed and committed in the session, within a transaction that has a user already; what is left then. */
    async function work(mode: Mode, end: "commit" | "rollback" | "close", nested = false): Promise<unknown[]> {
      const connection = await face.engine.connect();
      await connection.execute(text("INSERT INTO app_group (name) VALUES ('outer')"));
      if (nested) await connection.beginNested();
      const session = face.open({ bind: connection, joinTransactionMode: mode });
      session.add(new Group({ name: "inner" }));
      await session.flush();
      await session[end]();
      await session.close();
      const { inTransaction } = connection;
      const left = await connection.scalars(select(Group.name).orderBy(Group.id));
      const inside = left.all();
      await connection.rollback();
      const kept = (await connection.scalars(select(Group.name))).all();
      await connection.execute(text("DELETE FROM app_group"));
      await connection.commit();
      await connection.close();
      return [inTransaction, inside, kept];
    }

    it("rollback_only: its commit leaves the transaction open, its rollback ends it", async () => {
      expect(await work("rollback_only", "commit")).toEqual([true, ["outer", "inner"], []]);
      expect(await work("rollback_only", "rollback")).toEqual([false, [], []]);
      expect(await work("rollback_only", "close")).toEqual([true, ["outer", "inner"], []]);
    });

    it("control_fully: both end it", async () => {
      expect(await work("control_fully", "commit")).toEqual([false, ["outer", "inner"], ["outer", "inner"]]);
      expect(await work("control_fully", "rollback")).toEqual([false, [], []]);
      expect(await work("control_fully", "close")).toEqual([false, [], []]);
    });

    it("create_savepoint: neither ends it", async () => {
      expect(await work("create_savepoint", "commit")).toEqual([true, ["outer", "inner"], []]);
      expect(await work("create_savepoint", "rollback")).toEqual([true, ["outer"], []]);
      expect(await work("create_savepoint", "close")).toEqual([true, ["outer"], []]);
    });

    it("conditional_savepoint, which is usual: as one or the other", async () => {
      expect(await work(undefined, "rollback")).toEqual([false, [], []]);
      expect(await work(undefined, "rollback", true)).toEqual([true, ["outer"], []]);
      expect(await work("conditional_savepoint", "commit", true)).toEqual([true, ["outer", "inner"], []]);
    });

    it("a connection without a transaction gets one, and stays open", async () => {
      const connection = await face.engine.connect();
      const session = face.open({ bind: connection });
      session.add(new Group({ name: "kept" }));
      await session.commit();
      expect([connection.inTransaction, connection.closed, session.bind]).toEqual([false, false, connection]);
      session.add(new Group({ name: "lost" }));
      await session.flush();
      await session.close();
      expect(connection.inTransaction).toBe(false);
      await connection.close();
      expect(await face.rows("SELECT name FROM app_group")).toEqual([["kept"]]);
    });

    it("tests can commit as they like, and leave nothing behind", async () => {
      const connection = await face.engine.connect();
      const transaction = await connection.begin();
      const session = face.open({ bind: connection, joinTransactionMode: "create_savepoint" });
      session.add(new Group({ name: "one" }));
      await session.commit();
      session.add(new Group({ name: "one" }));
      await expect((async () => session.commit())()).rejects.toThrow();
      await session.rollback();
      await session.begin();
      const savepoint = await session.beginNested();
      session.add(new Group({ name: "two" }));
      await savepoint.commit();
      await session.commit();
      expect((await session.scalars(select(Group))).all()).toHaveLength(2);
      await session.close();
      await transaction.rollback();
      await connection.close();
      expect(await face.rows("SELECT name FROM app_group")).toEqual([]);
    });

    it("a mode that there is not is refused", () => {
      expect(() => face.open({ joinTransactionMode: "always" as never })).toThrow(/is one of conditional_savepoint/);
    });
  });

  describe("of several databases", () => {
    it("asks the one that the class, the table or the statement says, and commits in all", async () => {
      const second = face.openEngine("sqlite://");
      await metadata.createAll(second);
      const session = face.open({
        bind: undefined,
        binds: [
          [User, face.engine],
          [metadata.tables.get("app_group") ?? Group, second],
        ],
      });
      const group = new Group({ name: "g" });
      session.addAll([new User({ name: "ann" }), group]);
      await session.flush();
      const names = await session.scalars(select(User.name));
      const groups = await session.scalars(select(Group));
      expect([names.all(), groups.all()]).toEqual([["ann"], [group]]);
      expect([session.bind, session.getBind({ mapper: inspect(User) })]).toEqual([null, face.engine]);
      await expect((async () => session.scalars(select(Category)))()).rejects.toThrow(UnboundExecutionError);
      const elsewhere = await session.scalars(select(Group), undefined, { bind: face.engine });
      expect(elsewhere.all()).toEqual([]);
      await session.beginNested();
      group.name = "changed";
      await session.commit();
      expect(await second.connect((connection) => connection.scalar(select(Group.name)))).toBe("changed");
      expect(await face.rows("SELECT name FROM user_account")).toEqual([["ann"]]);
      session.addAll([new User({ name: "bob" }), new Group({ name: "changed" })]);
      await expect((async () => session.flush())()).rejects.toThrow();
      await session.rollback();
      expect(await face.rows("SELECT name FROM user_account")).toEqual([["ann"]]);
      await session.close();
      await second.dispose();
    });

    it("a choice of the program's comes first", async () => {
      const asked: (string | undefined)[] = [];
      const session = face.open({
        getBind: ({ mapper, statement }) => {
          asked.push(mapper?.name ?? statement?.kind);
          return null;
        },
      });
      session.add(new User({ name: "ann" }));
      await session.flush();
      expect(new Set(asked)).toEqual(new Set(["User"]));
      await session.execute(text("SELECT 1"));
      expect(asked.at(-1)).toBe("text");
      await session.rollback();
    });
  });
});

describe("the settings of a session", () => {
  it("need a database, and know their options", () => {
    expect(() => new AsyncSession({})).toThrow(/takes an engine/);
    expect(() => new AsyncSession(undefined as never)).toThrow(/takes an engine/);
    const [engine, asyncEngine] = [createEngine("sqlite://"), createAsyncEngine("sqlite://")];
    // @ts-expect-error -- of the other face
    expect(() => new AsyncSession(engine)).toThrow(/for a synchronous engine use Session/);
    // @ts-expect-error -- of the other face
    expect(() => new Session(asyncEngine).query(User).all()).toThrow(/for an asynchronous engine use AsyncSession/);
    expect(() => new AsyncSession({ binds: [], twophase: true } as never)).toThrow(/no option 'twophase'/);
    expect(() => new AsyncSession({ binds: [[User, null]] } as never)).toThrow(/takes an engine or a connection/);
  });
});
