// The memory of a session that lives long: however often work is repeated, what it keeps is what it holds.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type AsyncSession, select, text, update } from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Profile, User } from "../../generated/index.js";
import { describeDatabase } from "../support/databases/databases.js";
import { useFace } from "./support/faces.js";

/** Whatever was made meanwhile, as far as it still lives. */
class Census {
  readonly #seen: WeakRef<object>[] = [];

  note(...objects: readonly object[]): void {
    for (const each of objects) this.#seen.push(new WeakRef(each));
  }

  /** Names of what somebody still holds. */
  async living(): Promise<string[]> {
    // What was looked at in a job lives to its end.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    return this.#seen.flatMap((each) => each.deref()?.constructor.name ?? []);
  }
}

/** A full garbage collection. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  // The flag gives every context made from now on the function.
  const collect = runInNewContext("gc") as () => void;
  collect();
}

/** Everything that sessions do, with new objects each time. */
async function work(session: AsyncSession, kept: User, census: Census): Promise<void> {
  const user = new User({ name: "ann", profile: new Profile({ biography: "b" }), groups: [new Group({ name: "g" })] });
  user.addresses.push(new Address({ emailAddress: "a" }), new Address({ emailAddress: "b" }));
  session.add(user);
  census.note(user, user.addresses, ...user.addresses, ...user.groups);
  kept.name = kept.name === "x" ? "y" : "x";
  await session.flush();
  const savepoint = await session.beginNested();
  kept.plan = "pro";
  const undone = new User({ name: "undone" });
  census.note(savepoint, undone);
  session.add(undone);
  await session.flush();
  await savepoint.rollback();
  await session.load(kept, User.plan, User.addresses, User.groups);
  await session.execute(update(User).where(User.id.eq(user.id)).values({ plan: "pro" }));
  await session.commit();
  expect((await session.scalars(select(User).where(User.id.eq(user.id)))).one()).toBe(user);
  session.expire(user);
  await session.refresh(user);
  await session.load(user, User.addresses, User.groups, User.profile);
  await session.delete(user);
  await session.execute(text("DELETE FROM app_group WHERE name = 'never'"));
  await session.commit();
  await session.query(Group).delete();
  await session.rollback();
  await session.query(Group).delete();
  await session.commit();
  const twice = [new Group({ name: "twice" }), new Group({ name: "twice" })];
  census.note(...twice);
  session.addAll(twice);
  await expect(Promise.resolve().then(() => session.flush())).rejects.toThrow(Error);
  await session.rollback();
  await session.refresh(kept);
}

// What a session keeps does not depend on its database.
await describeDatabase("sqlite", "the memory of a session", (database) => {
  describe.each([false, true])("asynchronous: %s", (isAsync) => {
    const face = useFace(database, isAsync);

    it("does not grow with the work that it does", async () => {
      const session = face.open();
      const kept = new User({ name: "kept" });
      session.add(kept);
      await session.commit();
      const census = new Census();
      for (let round = 0; round < 20; round++) await work(session, kept, census);
      // The last round's objects may be on the stack still; a record of what was done would hold all of them.
      expect((await census.living()).length).toBeLessThan(10);
      expect([session.identityMap.size, session.new.size]).toEqual([1, 0]);
    });
  });
});
