// The N-th statement that a unit of work sends fails in the database, for every N, on every face: the database is as
// before, the session's objects stand where they stood, and the same work succeeds afterwards.
import { type AsyncSession, DatabaseError, inspect, listen, selectinload } from "athanor";
import { expect, it } from "vitest";
import { Address, Category, Group, Product, Profile, User } from "../../generated/index.js";
import { describeEachFace, type Face } from "./support/faces.js";

/** Which of the statements to come fails; null for none. */
interface Fault {
  left: number | null;
}

function installFault(face: Face): Fault {
  const fault: Fault = { left: null };
  listen(face.engine, "beforeCursorExecute", () => {
    if (fault.left === null) return;
    fault.left -= 1;
    if (fault.left !== 0) return;
    fault.left = null;
    return { sql: "SELECT no_such_column FROM no_such_table", parameters: [[]] };
  });
  return fault;
}

/** Without what the database numbers by itself, which goes on after a failure. */
async function dump(face: Face): Promise<string> {
  const queries = [
    "SELECT name, plan FROM user_account ORDER BY 1",
    "SELECT email_address, name FROM address JOIN user_account ON user_id = user_account.id ORDER BY 1",
    "SELECT biography, name FROM profile JOIN user_account ON user_id = user_account.id ORDER BY 1",
    "SELECT name FROM app_group ORDER BY 1",
    "SELECT app_group.name, user_account.name FROM membership JOIN app_group ON group_id = app_group.id " +
      "JOIN user_account ON user_id = user_account.id ORDER BY 1, 2",
    "SELECT count(*) FROM membership",
  ];
  const rows: unknown[] = [];
  for (const query of queries) rows.push(await face.rows(query));
  return JSON.stringify(rows);
}

/** What is there before: a user with all that belongs to one. */
async function prepare(session: AsyncSession): Promise<void> {
  const user = new User({ name: "ann", groups: [new Group({ name: "cooks" }), new Group({ name: "divers" })] });
  user.addresses.push(new Address({ emailAddress: "a" }), new Address({ emailAddress: "b" }));
  user.profile = new Profile({ biography: "sails" });
  session.addAll([user, new User({ name: "bob" })]);
  await session.commit();
  session.expungeAll();
}

interface Fresh {
  readonly user: User;
  readonly group: Group;
}

function makeFresh(): Fresh {
  const group = new Group({ name: "singers" });
  const user = new User({ name: "cid", groups: [group], profile: new Profile({ biography: "new" }) });
  user.addresses.push(new Address({ emailAddress: "c" }), new Address({ emailAddress: "d" }));
  return { user, group };
}

/** A bit of everything, partly within a savepoint: inserts, updates, link rows, orphans, a cascade of deletions. */
async function work(session: AsyncSession, { user, group }: Fresh): Promise<void> {
  const options = [selectinload(User.addresses), selectinload(User.groups), selectinload(User.profile)];
  const query = session.query(User).options(...options);
  const [ann, bob] = await query.orderBy(User.name).all();
  if (ann === undefined || bob === undefined) throw new RangeError("two users");
  ann.name = "anna";
  const [cooks] = ann.groups;
  if (cooks !== undefined) ann.groups.remove(cooks);
  ann.groups.push(group);
  session.add(user);
  const [first] = ann.addresses;
  if (first !== undefined) ann.addresses.remove(first);
  await session.flush();
  const savepoint = await session.beginNested();
  bob.plan = "pro";
  bob.profile = new Profile({ biography: "late" });
  await savepoint.commit();
  await session.delete(ann);
  await session.commit();
}

function checkObjects(session: AsyncSession, { user, group }: Fresh): void {
  for (const each of [user, group, ...user.addresses, user.profile]) {
    if (each !== null) expect(inspect(each).transient).toBe(true);
  }
  expect([user.id, group.id, user.addresses[0]?.userId]).toEqual([undefined, undefined, undefined]);
  expect(session.new.size + session.dirty.size + session.deleted.size).toBe(0);
  for (const each of session.identityMap) expect(inspect(each).persistent).toBe(true);
}

await describeEachFace("every statement of a unit of work", (face) => {
  it("fails once and leaves no trace", async () => {
    const fault = installFault(face);
    await prepare(face.open());
    const before = await dump(face);
    let failures = 0;
    let wanted = "";
    for (let statement = 1; ; statement++) {
      const session = face.open();
      const fresh = makeFresh();
      fault.left = statement;
      try {
        await work(session, fresh);
      } catch (error) {
        failures += 1;
        expect(error, `statement ${statement}`).toBeInstanceOf(DatabaseError);
        await session.rollback();
        checkObjects(session, fresh);
        expect(await dump(face), `statement ${statement}`).toBe(before);
        continue;
      }
      fault.left = null;
      wanted = await dump(face);
      await session.close();
      break;
    }
    expect(failures).toBeGreaterThan(15);
    expect(wanted).not.toBe(before);
    // A session that failed at any statement can do the same work afterwards.
    for (const statement of [1, 4, 8, failures]) {
      await empty(face);
      await prepare(face.open());
      const session = face.open();
      const fresh = makeFresh();
      fault.left = statement;
      await expect(Promise.resolve().then(() => work(session, fresh))).rejects.toThrow(DatabaseError);
      await session.rollback();
      await work(session, fresh);
      expect(await dump(face), `statement ${statement}, repeated`).toBe(wanted);
    }
  });
});

async function empty(face: Face): Promise<void> {
  const session = face.open();
  for (const entityClass of [Address, Profile, Product, Category]) await session.query(entityClass).delete();
  for (const user of await session.query(User).options(selectinload(User.groups)).all()) await session.delete(user);
  for (const group of await session.query(Group).options(selectinload(Group.members)).all())
    await session.delete(group);
  await session.commit();
  await session.close();
}
