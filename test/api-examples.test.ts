// What using the library looks like, as a test: the published examples, each doing what it says.
import {
  and,
  AsyncSession,
  asyncSessionmaker,
  createAsyncEngine,
  createEngine,
  type Engine,
  func,
  insert,
  inspect,
  Integer,
  MetaData,
  NoResultFoundError,
  ObjectNotExecutableError,
  or,
  PendingRollbackError,
  select,
  selectinload,
  Session,
  sessionmaker,
  sqlite,
  Table,
  Text,
  text,
  UniqueViolationError,
  update,
  UrlError,
  Varchar,
} from "athanor";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect as show } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Address, findUserByEmail, Group, metadata, User } from "../generated/index.js";

let folder = "";
let engine: Engine;
let lines: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "athanor-api-"));
  lines = [];
  engine = createEngine({
    url: `sqlite:///${join(folder, "example.db")}`,
    echo: true,
    logger: (line) => lines.push(line),
  });
});

afterEach(() => {
  engine.dispose();
  rmSync(folder, { recursive: true });
});

/** The SQL logged since the last call, times and parameters left out. */
function statements(): string[] {
  const said = lines.map((line) => line.replace(/^\S+ \S+ INFO athanor\.engine\.Engine /, ""));
  lines = [];
  return said.filter((line) => !line.startsWith("["));
}

describe("engine and Core", () => {
  it("connects at first use", () => {
    const path = join(folder, "example.db");
    expect(existsSync(path)).toBe(false);
    engine.connect((connection) => connection.execute(text("SELECT 1")));
    expect(existsSync(path)).toBe(true);
  });

  it("commits as you go, and rolls back at the end of the block", () => {
    {
      using connection = engine.connect();
      connection.execute(text("CREATE TABLE some_table (x int, y int)"));
      connection.execute(text("INSERT INTO some_table (x, y) VALUES (:x, :y)"), [
        { x: 1, y: 1 },
        { x: 2, y: 4 },
      ]);
      connection.commit();
      connection.execute(text("INSERT INTO some_table (x, y) VALUES (9, 9)"));
    }
    const all = engine.connect((connection) => connection.execute(text("SELECT x, y FROM some_table")).all());
    expect(all.map(([x, y]) => [x, y])).toEqual([
      [1, 1],
      [2, 4],
    ]);
  });

  it("begins once: commits at the end, rolls back on a throw", () => {
    engine.begin((connection) => connection.execute(text("CREATE TABLE some_table (x int, y int)")));
    const broken = (): void =>
      engine.begin((connection) => {
        connection.execute(text("INSERT INTO some_table (x, y) VALUES (1, 1)"));
        connection.execute(text("INSERT INTO nowhere VALUES (1)"));
      });
    expect(broken).toThrow(/no such table: nowhere/);
    expect(engine.connect((connection) => connection.execute(text("SELECT * FROM some_table")).all())).toEqual([]);
  });

  it("gives rows by name, by position and by destructuring, once", () => {
    engine.connect((connection) => {
      const statement = text<{ x: number; y: number }>("SELECT 3 AS x, 4 AS y WHERE 4 > :y");
      const result = connection.execute(statement, { y: 2 });
      const seen: unknown[] = [];
      for (const row of result) {
        const [x, y] = row;
        seen.push([row.x, row.y, x, y]);
      }
      expect(seen).toEqual([[3, 4, 3, 4]]);
      expect([...result.mappings()]).toEqual([]);
      expect(connection.execute(statement, { y: 9 }).first()).toBeNull();
      expect(() => connection.execute(statement, { y: 9 }).one()).toThrow(NoResultFoundError);
      expect(connection.execute(statement, { y: 2 }).scalar()).toBe(3);
      expect(connection.execute(statement, { y: 2 }).mappings().all()).toEqual([{ x: 3, y: 4 }]);
    });
  });

  it("describes tables by hand, creates them and prints statements", () => {
    const tables = new MetaData();
    const userTable = new Table("user_account", tables, {
      id: Integer().primaryKey(),
      name: Varchar(30),
      fullname: Text().nullable(),
    });
    const addressTable = new Table("address", tables, {
      id: Integer().primaryKey(),
      userId: Integer().references("user_account.id"),
      emailAddress: Text(),
    });
    expect(userTable.c.keys()).toEqual(["id", "name", "fullname"]);
    tables.createAll(engine);

    const statement = insert(userTable).values({ name: "spongebob", fullname: "Spongebob Squarepants" });
    expect(String(statement)).toBe("INSERT INTO user_account (name, fullname) VALUES (:name, :fullname)");
    expect(statement.compile().params).toEqual({ name: "spongebob", fullname: "Spongebob Squarepants" });
    expect(statement.compile({ dialect: sqlite }).sql).toBe("INSERT INTO user_account (name, fullname) VALUES (?, ?)");
    expect(String(select(userTable).where(userTable.c.name.eq("spongebob")))).toBe(
      "SELECT user_account.id, user_account.name, user_account.fullname \n" +
        "FROM user_account \nWHERE user_account.name = :name_1",
    );
    expect(
      String(
        select(addressTable.c.emailAddress).where(
          and(
            or(userTable.c.name.eq("squidward"), userTable.c.name.eq("sandy")),
            addressTable.c.userId.eq(userTable.c.id),
          ),
        ),
      ),
    ).toBe(
      'SELECT address."emailAddress" \nFROM address, user_account \n' +
        'WHERE (user_account.name = :name_1 OR user_account.name = :name_2) AND address."userId" = user_account.id',
    );

    engine.begin((connection) => {
      expect([...connection.execute(statement).insertedPrimaryKey]).toEqual([1]);
      connection.execute(insert(userTable), [
        { name: "sandy", fullname: "Sandy Cheeks" },
        { name: "patrick", fullname: "Patrick Star" },
      ]);
      connection.execute(insert(addressTable).values({ userId: 1, emailAddress: "spongebob@sqlalchemy.org" }));
      const joined = select(userTable.c.name, addressTable.c.emailAddress).join(addressTable);
      const row = connection.execute(joined).one();
      expect([row.name, row.emailAddress]).toEqual(["spongebob", "spongebob@sqlalchemy.org"]);
      expect(connection.scalars(select(func.count()).selectFrom(userTable)).one()).toBe(3);
    });
    tables.dropAll(engine);
  });

  it("refuses what cannot be executed, and says what to write", () => {
    engine.connect((connection) => {
      // @ts-expect-error a string is no statement
      expect(() => connection.execute("SELECT 1")).toThrow(ObjectNotExecutableError);
      // @ts-expect-error as above
      expect(() => connection.execute("SELECT 1")).toThrow(/text\(/);
    });
    // @ts-expect-error a synchronous block may not return a promise
    expect(() => engine.begin(async (connection) => connection.execute(text("SELECT 1")))).toThrow(/promise/i);
    expect(() => createEngine("oracle://scott:tiger@localhost/xe")).toThrow(UrlError);
    expect(() => createEngine("postgresql+psycopg2://u:secret@localhost/db")).toThrow(/postgresql/);
  });

  it("echoes in SQLAlchemy's layout with JavaScript's literals", () => {
    engine.begin((connection) => {
      connection.execute(text("CREATE TABLE t (x int)"));
      connection.execute(text("INSERT INTO t (x) VALUES (:x)"), { x: 6 });
    });
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO athanor\.engine\.Engine BEGIN \(implicit\)$/);
    expect(lines.find((line) => line.includes("INSERT"))).toMatch(/Engine INSERT INTO t \(x\) VALUES \(\?\)$/);
    expect(lines.find((line) => line.includes("[6]"))).toMatch(/Engine \[generated in \d+\.\d{5}s\] \[6\]$/);
    expect(lines.at(-1)).toMatch(/Engine COMMIT$/);
  });
});

describe("generated models and the session", () => {
  beforeEach(() => {
    metadata.createAll(engine);
    lines = [];
  });

  it("flushes new objects and knows them by identity", () => {
    using session = new Session(engine);
    const squidward = new User({ name: "squidward", fullname: "Squidward Tentacles" });
    const krabs = new User({ name: "ehkrabs", fullname: "Eugene H. Krabs" });
    expect(squidward.id).toBeUndefined();
    session.add(squidward);
    session.addAll([krabs]);
    expect(show(session.new)).toMatch(/^IdentitySet\(\[User\(id=undefined, name='squidward'/);
    expect(statements()).toEqual([]);
    session.flush();
    expect(squidward.id).toBe(1);
    expect(session.get(User, 1)).toBe(squidward);
    expect(statements().filter((line) => line.startsWith("INSERT"))).toHaveLength(1);
    session.commit();
    expect(statements()).toEqual(["COMMIT"]);
  });

  it("queries in the new style and in the old", () => {
    using session = new Session(engine);
    session.addAll([new User({ name: "spongebob" }), new User({ name: "sandy" })]);
    const row = session.execute(select(User).where(User.name.eq("spongebob"))).one();
    expect(row[0]).toBe(row.User);
    expect(row.User.name).toBe("spongebob");
    expect(session.scalars(select(User)).first()).toBe(row.User);
    expect(session.query(User).filter(User.name.eq("sandy")).first()?.name).toBe("sandy");
    expect(session.query(User).filterBy({ name: "sandy" }).all()).toHaveLength(1);
    session.execute(update(User).where(User.name.eq("sandy")).values({ fullname: "Sandy Cheeks" }));
    expect(session.query(User).filterBy({ name: "sandy" }).one().fullname).toBe("Sandy Cheeks");
  });

  it("keeps both sides in step, cascades into the session, loads once", () => {
    const session = new Session(engine);
    const u1 = new User({ name: "pkrabs", fullname: "Pearl Krabs" });
    u1.addresses.push(new Address({ emailAddress: "pearl.krabs@gmail.com" }));
    const first = u1.addresses[0];
    expect(first?.user).toBe(u1);
    const second = new Address({ emailAddress: "pearl@aol.com", user: u1 });
    expect(u1.addresses).toHaveLength(2);
    session.add(u1);
    expect(session.has(second)).toBe(true);
    session.commit();
    lines = [];
    expect(u1.addresses.map((address) => address.emailAddress)).toEqual(["pearl.krabs@gmail.com", "pearl@aol.com"]);
    // One SELECT for the expired user, one for its addresses, which bring their columns along.
    expect(statements().filter((line) => line.startsWith("SELECT"))).toHaveLength(2);
    expect(u1.addresses).toHaveLength(2);
    expect(statements()).toEqual([]);
    session.close();
  });

  it("lazy-loads with the labels and the condition of the reference", () => {
    using session = new Session(engine);
    const user = new User({ name: "pkrabs", addresses: [new Address({ emailAddress: "p@x.org" })] });
    session.add(user);
    session.flush();
    session.expire(user, ["addresses"]);
    lines = [];
    expect(user.addresses).toHaveLength(1);
    expect(lines[0]).toMatch(
      /SELECT address\.id AS address_id, address\.email_address AS address_email_address, address\.user_id AS address_user_id \nFROM address \nWHERE \? = address\.user_id$/,
    );
  });

  it("deletes children with their parent, in order", () => {
    using session = new Session(engine);
    const user = new User({ name: "patrick", addresses: [new Address({ emailAddress: "p@x.org" })] });
    session.add(user);
    session.commit();
    session.delete(user);
    lines = [];
    session.flush();
    expect(
      statements()
        .filter((line) => line.startsWith("DELETE"))
        .map((line) => line.split(" WHERE")[0]),
    ).toEqual(["DELETE FROM address", "DELETE FROM user_account"]);
    expect(inspect(user).deleted).toBe(true);
    session.commit();
    expect(inspect(user).detached).toBe(true);
  });

  it("names the states of an object", () => {
    using session = new Session(engine);
    const user = new User({ name: "patrick" });
    expect(inspect(user).transient).toBe(true);
    session.add(user);
    expect(inspect(user).pending).toBe(true);
    session.flush();
    expect(inspect(user).persistent).toBe(true);
    session.expunge(user);
    expect(inspect(user).detached).toBe(true);
  });

  it("refuses work after a failed flush until rollback", () => {
    using session = new Session(engine);
    session.add(new User({ name: "a", email: "same@x.org" }));
    session.commit();
    session.add(new User({ name: "b", email: "same@x.org" }));
    expect(() => session.flush()).toThrow(UniqueViolationError);
    expect(() => session.scalars(select(User)).all()).toThrow(PendingRollbackError);
    session.rollback();
    expect(session.scalars(select(User)).all()).toHaveLength(1);
  });

  it("makes sessions from a factory that commits or rolls back, and closes", () => {
    const SessionLocal = sessionmaker({ bind: engine, autoflush: false, expireOnCommit: false });
    SessionLocal.begin((session) => session.add(new Group({ name: "cooks" })));
    expect(() =>
      SessionLocal.begin((session) => {
        session.add(new Group({ name: "waiters" }));
        session.flush();
        throw new RangeError("no");
      }),
    ).toThrow("no");
    const session = SessionLocal();
    expect(session.scalars(select(Group.name)).all()).toEqual(["cooks"]);
    session.close();
  });

  it("prints objects without touching the database", () => {
    const session = new Session(engine);
    const user = new User({ name: "spongebob" });
    session.add(user);
    session.commit();
    lines = [];
    expect(show(user)).toMatch(/^User\(id=<expired>, name=<expired>/);
    expect(lines).toEqual([]);
    expect(JSON.parse(JSON.stringify(user))).toMatchObject({ id: 1, name: "spongebob", fullname: null });
    expect(show(user)).toMatch(/^User\(id=1, name='spongebob', fullname=null/);
    session.close();
  });

  it("finds by every unique key", () => {
    using session = new Session(engine);
    session.add(new User({ name: "plankton", email: "p@chum.bucket" }));
    expect(session.scalars(findUserByEmail("p@chum.bucket")).one().name).toBe("plankton");
  });
});

describe("the same, asynchronous", () => {
  beforeEach(() => metadata.createAll(engine));

  it("loads what is asked for, streams, and runs code of the synchronous face", async () => {
    await using asyncEngine = createAsyncEngine(`sqlite:///${join(folder, "example.db")}`, { poolSize: 5 });
    await using session = new AsyncSession(asyncEngine);
    session.add(new User({ name: "pkrabs", addresses: [new Address({ emailAddress: "pearl.krabs@gmail.com" })] }));
    await session.commit();
    session.expungeAll();
    const user = (await session.scalars(select(User).options(selectinload(User.addresses)))).first();
    if (user === null) expect.fail("there is a user");
    expect(user.addresses[0]?.user).toBe(user);
    expect(() => user.profile).toThrow(/session\.load\(object, User\.profile\)/);
    await session.load(user, User.addresses, User.profile);
    expect(user.profile).toBe(null);
    for await (const each of session.stream(select(User)).scalars()) expect(each).toBe(user);
    expect(await session.runSync((inner) => inner.get(User, user.id))).toBe(user);
  });

  it("makes sessions from a factory", async () => {
    await using asyncEngine = createAsyncEngine(`sqlite:///${join(folder, "example.db")}`);
    const SessionLocal = asyncSessionmaker({ bind: asyncEngine });
    await SessionLocal.begin((session) => session.add(new Group({ name: "cooks" })));
    await using session = SessionLocal();
    expect((await session.scalars(select(Group.name))).all()).toEqual(["cooks"]);
  });
});
