// Collections as JavaScript has them: an array, a set, a map by attribute, each in step with the other side; and the
// ones that are too large to be loaded.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArgumentError, InvalidRequestError, select, text } from "athanor";
import { openDatabase, type TestDatabase, writesIn } from "../orm/support/database.js";
import { Album, Child, Fan, Forum, metadata, Parent, Player, Post, Reader, Team, Track } from "./models/index.js";

let database: TestDatabase;
beforeEach(() => {
  database = openDatabase(metadata);
});
afterEach(() => database[Symbol.dispose]());

function flushed(work: () => void = () => undefined): string[] {
  database.sent();
  work();
  database.session.flush();
  return writesIn(database.sent());
}

const names = (items: Iterable<{ readonly name: string }>): string[] => [...items].map(({ name }) => name);

function family(): { parent: Parent; children: Child[] } {
  const children = ["a", "b", "c"].map((name) => new Child({ name }));
  const parent = new Parent({ name: "p", children });
  database.session.add(parent);
  database.session.flush();
  return { parent, children };
}

function forum(): Forum {
  const made = new Forum({ name: "f", posts: [new Post({ title: "a" }), new Post({ title: "b" })] });
  database.session.add(made);
  database.session.commit();
  return made;
}

describe("a list", () => {
  it("takes an index, a length, a sort: the flush finds out", () => {
    const { parent, children } = family();
    const fresh = new Child({ name: "d" });
    parent.children[1] = fresh;
    expect(flushed()).toEqual([
      "UPDATE child SET parent_id=? WHERE child.id = ? [null, 2]",
      "INSERT INTO child (name, parent_id) VALUES (?, ?) ['d', 1]",
    ]);
    expect([fresh.parent, children[1]?.parent]).toEqual([parent, null]);
    parent.children.length = 1;
    expect(flushed()).toEqual(["UPDATE child SET parent_id=? WHERE child.id = ? [[null, 3], [null, 4]]"]);
    parent.children.push(new Child({ name: "0" }));
    parent.children.sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(names(parent.children)).toEqual(["0", "a"]);
    parent.children.reverse();
    expect(names(parent.children)).toEqual(["a", "0"]);
    expect(flushed()).toEqual(["INSERT INTO child (name, parent_id) VALUES (?, ?) ['0', 1]"]);
    expect(flushed()).toEqual([]);
  });

  it("splice, fill, copyWithin, shift and unshift tell the other side at once", () => {
    const { parent, children } = family();
    const [a, b, c] = children;
    const fresh = new Child({ name: "d" });
    expect(names(parent.children.splice(0, 2, fresh))).toEqual(["a", "b"]);
    expect([a?.parent, b?.parent, c?.parent, fresh.parent]).toEqual([null, null, parent, parent]);
    parent.children.unshift(...children.slice(0, 1));
    expect(parent.children.shift()).toBe(a);
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- the same object everywhere is meant
    parent.children.fill(fresh);
    expect([names(parent.children), c?.parent]).toEqual([["d", "d"], null]);
    expect(flushed()).toEqual([
      "UPDATE child SET parent_id=? WHERE child.id = ? [[null, 1], [null, 2], [null, 3]]",
      "INSERT INTO child (name, parent_id) VALUES (?, ?) ['d', 1]",
    ]);
    parent.children[0] = fresh;
    parent.children.copyWithin(0, 1);
    expect(flushed()).toEqual([]);
  });

  it("put in place of another one is told apart by what leaves and what comes", () => {
    const { parent, children } = family();
    const [, b, c] = children;
    parent.children = [...(c === undefined ? [] : [c]), new Child({ name: "d" }), ...(b === undefined ? [] : [b])];
    expect(flushed()).toEqual([
      "UPDATE child SET parent_id=? WHERE child.id = ? [null, 1]",
      "INSERT INTO child (name, parent_id) VALUES (?, ?) ['d', 1]",
    ]);
  });

  it("takes what is added on the other side without being loaded", () => {
    const { session } = database;
    const { parent } = family();
    session.commit();
    const fresh = new Child({ name: "d" });
    session.add(fresh);
    const kept = session.get(Child, 1);
    database.sent();
    fresh.parent = session.get(Parent, 1);
    if (kept !== null) kept.parent = null;
    session.flush();
    expect(database.sent().filter((each) => each.includes("FROM child"))).toEqual([]);
    expect(names(parent.children).toSorted()).toEqual(["b", "c", "d"]);
  });
});

describe("a set", () => {
  it("holds each object once and keeps the other side in step", () => {
    const { session } = database;
    const [a, b] = [new Player({ name: "a" }), new Player({ name: "b" })];
    const team = new Team({ name: "t", players: [a, b, a] });
    expect([team.players.size, a.team]).toEqual([2, team]);
    session.add(team);
    session.flush();
    expect(team.players.add(a)).toBe(team.players);
    expect(flushed()).toEqual([]);
    team.players.delete(a);
    expect([a.team, team.players.has(a)]).toEqual([null, false]);
    expect(flushed()).toEqual(["UPDATE player SET team_id=? WHERE player.id = ? [null, 1]"]);
    a.team = team;
    expect([...team.players]).toEqual([b, a]);
    session.commit();
    expect(team.players).toBeInstanceOf(Set);
    expect(names(team.players).toSorted()).toEqual(["a", "b"]);
    team.players.clear();
    session.commit();
    expect([team.players.size, a.team]).toEqual([0, null]);
  });

  it("goes both ways over a link table", () => {
    const { session } = database;
    const fan = new Fan({ name: "f" });
    const teams = [new Team({ name: "t", fans: new Set([fan]) }), new Team({ name: "u", fans: [fan] })];
    session.addAll(teams);
    session.commit();
    expect([...fan.teams].map(({ name }) => name).toSorted()).toEqual(["t", "u"]);
    for (const team of fan.teams) team.fans.remove(fan);
    session.commit();
    expect(fan.teams.size).toBe(0);
    expect(JSON.parse(JSON.stringify(new Team({ name: "x", fans: [new Fan({ name: "y" })] })))).toMatchObject({
      fans: [{ name: "y" }],
    });
  });

  it("refuses what is no object of its class", () => {
    const team = new Team({ name: "t" });
    // @ts-expect-error a fan is no player
    expect(() => team.players.add(new Fan({ name: "f" }))).toThrow(ArgumentError);
    expect(team.players.size).toBe(0);
  });
});

describe("a map", () => {
  it("keeps objects by their attribute", () => {
    const { session } = database;
    const [one, two] = [new Track({ title: "one" }), new Track({ title: "two" })];
    const album = new Album({ title: "a", tracks: [one] });
    album.tracks.set("two", two);
    expect([album.tracks.get("one"), two.album]).toEqual([one, album]);
    session.add(album);
    session.commit();
    expect([...album.tracks.keys()].toSorted()).toEqual(["one", "two"]);
    expect(album.tracks.get("two")).toBe(two);
    album.tracks.delete("one");
    session.commit();
    expect([...album.tracks.keys()]).toEqual(["two"]);
    expect(session.scalars(select(Track)).all()).toHaveLength(1);
    album.tracks = new Map([["three", new Track({ title: "three" })]]);
    session.commit();
    expect([...album.tracks.keys()]).toEqual(["three"]);
  });

  it("an object under another one's key takes its place, and the former one is let go", () => {
    const { session } = database;
    const [old, fresh] = [new Track({ title: "one" }), new Track({ title: "one" })];
    const album = new Album({ title: "a", tracks: [old] });
    session.add(album);
    session.flush();
    album.tracks.add(fresh);
    expect(flushed()).toEqual([
      "INSERT INTO track (title, album_id) VALUES (?, ?) ['one', 1]",
      "DELETE FROM track WHERE track.id = ? [1]",
    ]);
    const third = new Track({ title: "one" });
    third.album = album;
    expect([fresh.album, album.tracks.get("one")]).toEqual([null, third]);
  });

  it("refuses a key that is not the object's, and an object without one", () => {
    const album = new Album({ title: "a" });
    expect(() => album.tracks.set("two", new Track({ title: "one" }))).toThrow('belongs under the string "one"');
    const blank = new Track({ title: "one" });
    Reflect.set(blank, "_title", undefined);
    expect(() => album.tracks.add(blank)).toThrow("has no 'title'");
    expect(album.tracks.size).toBe(0);
  });

  it("follows an attribute that changes, by the next flush", () => {
    const { session } = database;
    const track = new Track({ title: "one" });
    const album = new Album({ title: "a", tracks: [track] });
    session.add(album);
    session.flush();
    track.title = "uno";
    session.flush();
    expect([...album.tracks.keys()]).toEqual(["uno"]);
  });
});

describe("a collection that is never loaded", () => {
  it("takes objects in and lets them go without a SELECT", () => {
    const { session } = database;
    const made = forum();
    expect(made.name).toBe("f");
    const [a] = session.scalars(made.posts.select().where(Post.title.eq("a"))).all();
    if (a === undefined) throw new Error("a post");
    database.sent();
    const fresh = new Post({ title: "c" });
    made.posts.add(fresh);
    made.posts.remove(a);
    expect([fresh.forum, session.has(fresh)]).toEqual([made, true]);
    session.flush();
    expect(database.sent()).toEqual([
      "INSERT INTO post (title, forum_id) VALUES (?, ?) ['c', 1]",
      "DELETE FROM post WHERE post.id = ? [1]",
    ]);
    session.commit();
    expect(
      session
        .scalars(made.posts.select().orderBy(Post.title))
        .all()
        .map(({ title }) => title),
    ).toEqual(["b", "c"]);
  });

  it("is asked and changed by statements", () => {
    const { session } = database;
    const made = forum();
    session.execute(made.posts.insert(), [{ title: "x" }, { title: "y" }]);
    session.execute(made.posts.update().where(Post.title.eq("x")).values({ title: "z" }));
    session.execute(made.posts.delete().where(Post.title.eq("y")));
    const titles = session.execute(text("SELECT title FROM post WHERE forum_id = 1 ORDER BY title")).scalars().all();
    expect(titles).toEqual(["a", "b", "z"]);
    session.delete(made);
    session.commit();
    expect(session.execute(text("SELECT count(*) FROM post")).scalar()).toBe(0);
  });

  it("works over a link table", () => {
    const { session } = database;
    const made = forum();
    made.readers.addAll([new Reader({ name: "r" }), new Reader({ name: "s" })]);
    session.add(new Reader({ name: "other" }));
    session.commit();
    expect(session.scalars(made.readers.select()).all()).toHaveLength(2);
    session.execute(made.readers.update().values({ name: "t" }));
    expect(session.execute(text("SELECT name FROM reader ORDER BY id")).scalars().all()).toEqual(["t", "t", "other"]);
    expect(() => made.readers.insert()).toThrow(InvalidRequestError);
  });

  it("cannot be replaced, nor asked before there is a row", () => {
    const made = forum();
    expect(() => (made.posts = [])).toThrow("never loaded");
    expect(() => new Forum({ name: "x" }).posts.select()).toThrow("Flush it first");
    const pending = new Forum({ name: "x", posts: [new Post({ title: "a" })] });
    pending.posts = [new Post({ title: "b" })];
    database.session.add(pending);
    database.session.commit();
    expect(
      database.session
        .scalars(pending.posts.select())
        .all()
        .map(({ title }) => title),
    ).toEqual(["b"]);
  });
});
