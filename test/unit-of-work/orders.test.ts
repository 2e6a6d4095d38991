// The orders that SQLAlchemy's unit of work gives to the same objects, statement by statement: which class goes first,
// which rows share a statement, what is split row by row.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type TestDatabase, writesIn } from "../orm/support/database.js";
import { Abe, Child, Entry, metadata, Node, Parent, Tag, Widget, Zed } from "./models/index.js";

let database: TestDatabase;
beforeEach(() => {
  database = openDatabase(metadata);
});
afterEach(() => database[Symbol.dispose]());

function flushed(work: () => void = () => undefined): string[] {
  const { session } = database;
  work();
  database.sent();
  session.flush();
  return writesIn(database.sent());
}

function family(): Parent {
  const parent = new Parent({ name: "p", children: [new Child({ name: "c" })], tags: [new Tag({ name: "t" })] });
  database.session.add(parent);
  return parent;
}

function tree(): Node {
  const root = new Node({ name: "root" });
  const [a, b] = [new Node({ name: "a", parent: root }), new Node({ name: "b", parent: root })];
  database.session.add(new Node({ name: "a1", parent: a }));
  expect([...root.children]).toEqual([a, b]);
  return root;
}

function widget(): Widget {
  const made = new Widget({ name: "w", entries: [new Entry({ name: "x" }), new Entry({ name: "y" })] });
  made.favorite = made.entries[1] ?? null;
  database.session.add(made);
  return made;
}

describe("parents, children and a link table", () => {
  it("saves both sides of a link, the link, the children", () => {
    expect(flushed(family)).toEqual([
      "INSERT INTO parent (name) VALUES (?) ['p']",
      "INSERT INTO tag (name) VALUES (?) ['t']",
      "INSERT INTO parent_tag (parent_id, tag_id) VALUES (?, ?) [1, 1]",
      "INSERT INTO child (name, parent_id) VALUES (?, ?) ['c', 1]",
    ]);
  });

  it("deletes the link, the children, the parent", () => {
    const parent = family();
    database.session.commit();
    expect(flushed(() => database.session.delete(parent))).toEqual([
      "DELETE FROM parent_tag WHERE parent_tag.parent_id = ? AND parent_tag.tag_id = ? [1, 1]",
      "DELETE FROM child WHERE child.id = ? [1]",
      "DELETE FROM parent WHERE parent.id = ? [1]",
    ]);
  });

  it("writes a link once, whichever side says it, and both", () => {
    const { session } = database;
    const [parent, tag] = [new Parent({ name: "p" }), new Tag({ name: "t" })];
    session.addAll([parent, tag]);
    session.flush();
    expect([parent.tags.length, tag.parents.length]).toEqual([0, 0]);
    parent.tags.push(tag);
    expect([...tag.parents]).toEqual([parent]);
    expect(flushed()).toEqual(["INSERT INTO parent_tag (parent_id, tag_id) VALUES (?, ?) [1, 1]"]);
    tag.parents.remove(parent);
    tag.parents.push(parent);
    expect(flushed()).toEqual([]);
    tag.parents.remove(parent);
    expect(flushed()).toEqual([
      "DELETE FROM parent_tag WHERE parent_tag.tag_id = ? AND parent_tag.parent_id = ? [1, 1]",
    ]);
  });
});

describe("a tree", () => {
  it("is saved level by level, each level as one batch", () => {
    expect(flushed(tree)).toEqual([
      "INSERT INTO node (name, parent_id) VALUES (?, ?) ['root', null]",
      "INSERT INTO node (name, parent_id) VALUES (?, ?), (?, ?) RETURNING id ['a', 1, 'b', 1]",
      "INSERT INTO node (name, parent_id) VALUES (?, ?) ['a1', 2]",
    ]);
  });

  it("is deleted from its leaves", () => {
    const root = tree();
    database.session.commit();
    expect(flushed(() => database.session.delete(root))).toEqual([
      "DELETE FROM node WHERE node.id = ? [[3], [4]]",
      "DELETE FROM node WHERE node.id = ? [2]",
      "DELETE FROM node WHERE node.id = ? [1]",
    ]);
  });
});

describe("rows that refer to each other (post_update)", () => {
  it("are saved without the key, which an UPDATE of its own sets", () => {
    expect(flushed(widget)).toEqual([
      "INSERT INTO widget (name, favorite_id) VALUES (?, ?) ['w', null]",
      "INSERT INTO entry (name, widget_id) VALUES (?, ?), (?, ?) RETURNING id ['x', 1, 'y', 1]",
      "UPDATE widget SET favorite_id=? WHERE widget.id = ? [2, 1]",
    ]);
  });

  it("lose the key before they are deleted", () => {
    const made = widget();
    database.session.commit();
    expect(flushed(() => database.session.delete(made))).toEqual([
      "UPDATE widget SET favorite_id=? WHERE widget.id = ? [null, 1]",
      "DELETE FROM entry WHERE entry.id = ? [[1], [2]]",
      "DELETE FROM widget WHERE widget.id = ? [1]",
    ]);
  });

  it("move the key to another row before the first one is deleted", () => {
    const made = widget();
    database.session.commit();
    const [first, second] = [...made.entries];
    made.favorite = first ?? null;
    if (second === undefined) throw new Error("two entries");
    expect(flushed(() => database.session.delete(second))).toEqual([
      "UPDATE widget SET favorite_id=? WHERE widget.id = ? [1, 1]",
      "DELETE FROM entry WHERE entry.id = ? [2]",
    ]);
    made.favorite = null;
    expect(flushed()).toEqual(["UPDATE widget SET favorite_id=? WHERE widget.id = ? [null, 1]"]);
  });

  it("are told by the plan", () => {
    widget();
    expect(database.session.explainFlush()).toBe(
      [
        "1. INSERT widget: Widget(id=undefined, name='w', favoriteId=null)",
        "2. SET entry.widget_id = widget.id for 2 object(s), from Widget.entries",
        "3. INSERT entry: 2 objects, Entry(id=undefined, name='x', widgetId=null) first",
        "4. SET widget.favorite_id = entry.id for 1 object(s), from Widget.favorite",
        "5. UPDATE widget: Widget(id=undefined, name='w', favoriteId=null)",
      ].join("\n"),
    );
  });
});

describe("classes that have nothing to do with each other", () => {
  it("go by their names; of one class, UPDATEs before INSERTs; deletes at the end", () => {
    const { session } = database;
    const [oldAbe, oldZed] = [new Abe({ name: "old" }), new Zed({ name: "old" })];
    session.addAll([oldAbe, oldZed]);
    session.commit();
    session.add(new Zed({ name: "new" }));
    oldZed.name = "changed";
    session.delete(oldAbe);
    session.add(new Abe({ name: "new" }));
    expect(flushed()).toEqual([
      "INSERT INTO abe (name) VALUES (?) ['new']",
      "UPDATE zed SET name=? WHERE zed.id = ? ['changed', 1]",
      "INSERT INTO zed (name) VALUES (?) ['new']",
      "DELETE FROM abe WHERE abe.id = ? [1]",
    ]);
  });
});
