// An existing database as classes at run time, used in sessions of both kinds.
import { expect, it } from "vitest";
import { AsyncSession, automap, createAsyncEngine, createEngine, type Engine, select, Session, text } from "athanor";
import { ArgumentError } from "../../runtime/errors/errors.js";

const statements = [
  "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, full_name TEXT)",
  "CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES users (id), title TEXT NOT NULL DEFAULT 'untitled')",
  "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
  "CREATE TABLE post_tags (post_id INTEGER NOT NULL REFERENCES posts (id), tag_id INTEGER NOT NULL REFERENCES tags (id), PRIMARY KEY (post_id, tag_id))",
  `CREATE TABLE wide (id INTEGER PRIMARY KEY, ${Array.from({ length: 40 }, (_, index) => `c${index} INTEGER`).join(", ")})`,
];

function blog(): Engine {
  const engine = createEngine("sqlite://");
  engine.begin((connection) => {
    for (const statement of statements) connection.execute(text(statement));
  });
  return engine;
}

it("maps tables to classes, with both sides of relationships and many-to-many", () => {
  const engine = blog();
  const map = automap(engine);
  expect([...map.classes.keys()].toSorted()).toEqual(["Post", "Tag", "User", "Wide"]);
  const [Post, Tag, User] = [map.class("Post"), map.class("Tag"), map.class("User")];
  const session = new Session(engine);
  const user = new User({ email: "pearl@sea" });
  const post = new Post({ author: user, tags: [new Tag({ name: "new" })] });
  session.add(post);
  session.commit();
  expect([user["id"], user["fullName"], post["title"], post["authorId"]]).toEqual([1, null, "untitled", 1]);
  expect(Array.from(user["posts"] as Iterable<unknown>)).toEqual([post]);
  session.close();

  const again = new Session(engine);
  const query = select(User).where(map.attribute(User, "email").eq("pearl@sea"));
  const found = again.scalars(query).one();
  expect(Reflect.get(found, "posts")).toHaveLength(1);
  const tagged = select(Post).join(map.relationship(Post, "tags")).where(map.attribute(Tag, "name").eq("new"));
  expect(again.scalars(tagged).all()).toHaveLength(1);
  Reflect.set(found, "fullName", "Pearl");
  again.commit();
  again.close();
  expect(engine.connect((connection) => connection.scalar(text("SELECT full_name FROM users")))).toBe("Pearl");
});

it("keeps track of more columns than one mask holds", () => {
  const engine = blog();
  const Wide = automap(engine).class("Wide");
  const session = new Session(engine);
  const row = new Wide({ c0: 1, c35: 2 });
  session.add(row);
  session.commit();
  row["c39"] = 5;
  row["c1"] = 7;
  session.commit();
  expect([row["c0"], row["c1"], row["c2"], row["c35"], row["c39"]]).toEqual([1, 7, null, 2, 5]);
  session.close();
});

it("takes names from the program, and refuses what a class does not have", () => {
  const map = automap(blog(), {
    tables: ["posts"],
    nameClass: (table, proposed) => (table.name === "users" ? "Person" : proposed),
    nameRelationship: (source, proposed) => (source === "Person" && proposed === "posts" ? "writings" : proposed),
  });
  expect([...map.classes.keys()].toSorted()).toEqual(["Person", "Post"]);
  const Person = map.class("Person");
  const Post = map.class("Post");
  const person = new Person({ email: "x" });
  const post = new Post({ author: person });
  expect(Array.from(person["writings"] as Iterable<unknown>)).toEqual([post]);
  expect(() => new Person({ nickname: "x" })).toThrow(/nickname.* is no property of Person/);
  expect(() => map.class("User")).toThrow(ArgumentError);
  expect(() => map.attribute(Person, "gone")).toThrow(ArgumentError);
});

it("works asynchronously", async () => {
  const engine = createAsyncEngine("sqlite://");
  await engine.begin(async (connection) => {
    for (const statement of statements) await connection.execute(text(statement));
  });
  const map = await automap(engine);
  const User = map.class("User");
  const session = new AsyncSession(engine);
  session.add(new User({ email: "a@b" }));
  await session.commit();
  const users = await session.scalars(select(User));
  expect(users.all().map((user) => Reflect.get(user, "email"))).toEqual(["a@b"]);
  await session.close();
  await engine.dispose();
});
