// What a flush makes for columns whose objects say nothing of them: keys and defaults of new rows, marks of changed ones.
import {
  assignColumn,
  blank,
  Entity,
  Integer,
  initialValues,
  loadColumn,
  mapClass,
  MetaData,
  sql,
  Table,
  Varchar,
} from "athanor";
import { expect, it } from "vitest";
import { openDatabase } from "./support/database.js";

const metadata = new MetaData();
let made = 0;
const note = new Table("note", metadata, {
  id: Varchar(10)
    .primaryKey()
    .clientDefault(() => `note ${(made += 1)}`),
  text: Varchar(20),
  kind: Varchar(10).clientDefault("plain"),
  stamp: Varchar(20).clientDefault(sql("upper('new')")).onUpdate(sql("upper('changed')")),
  changes: Integer()
    .clientDefault(0)
    .onUpdate(() => (made += 1)),
});

const FIELDS = ["_id", "_text", "_kind", "_stamp", "_changes"] as const;

/** As generated code writes it, but with loops. */
class Note extends Entity {
  private _id: string | undefined = undefined;
  private _text: string | undefined = undefined;
  private _kind: string | undefined = undefined;
  private _stamp: string | undefined = undefined;
  private _changes: number | undefined = undefined;

  static {
    mapClass(this, {
      name: "Note",
      table: note,
      properties: ["id", "text", "kind", "stamp", "changes"],
      relationships: [],
      create: () => new Note(blank()),
      fill(entity: Note, row, at) {
        FIELDS.forEach((field, index) => Object.assign(entity, { [field]: row[at + index] }));
      },
      collect(entity: Note, _word, mask, into) {
        FIELDS.forEach((field, index) => {
          if (mask & (1 << index)) into.push(entity[field]);
        });
      },
      present: (entity: Note) =>
        FIELDS.reduce((mask, field, index) => mask | (entity[field] === undefined ? 0 : 1 << index), 0),
      expire(entity: Note) {
        for (const field of FIELDS) Object.assign(entity, { [field]: undefined });
      },
    });
  }

  constructor(init: { id?: string; text?: string; kind?: string }) {
    super(init);
    const given = initialValues(this, init);
    if (given === null) return;
    this._id = given.id;
    this._text = given.text;
    this._kind = given.kind;
  }

  get id(): string {
    return this._id === undefined ? loadColumn(this, 0) : this._id;
  }

  get text(): string {
    return this._text === undefined ? loadColumn(this, 1) : this._text;
  }

  set text(value: string) {
    this._text = assignColumn(this, 1, this._text, value);
  }

  get kind(): string {
    return this._kind === undefined ? loadColumn(this, 2) : this._kind;
  }

  get stamp(): string {
    return this._stamp === undefined ? loadColumn(this, 3) : this._stamp;
  }

  get changes(): number {
    return this._changes === undefined ? loadColumn(this, 4) : this._changes;
  }
}

const stateOf = (each: Note): unknown[] => [each.id, each.text, each.kind, each.stamp, each.changes];

it("new objects have their defaults after the flush, SQL's by reading it", () => {
  made = 0;
  using database = openDatabase(metadata);
  const { session } = database;
  const notes = [new Note({ text: "a" }), new Note({ id: "mine", text: "b", kind: "own" }), new Note({ text: "c" })];
  session.addAll(notes);
  session.flush();
  expect(notes.map(stateOf)).toEqual([
    ["note 1", "a", "plain", "NEW", 0],
    ["mine", "b", "own", "NEW", 0],
    ["note 2", "c", "plain", "NEW", 0],
  ]);
  session.commit();
  expect(notes.map(stateOf).map(([id]) => id)).toEqual(["note 1", "mine", "note 2"]);
});

it("changed objects get the marks of an UPDATE, others none", () => {
  made = 0;
  using database = openDatabase(metadata);
  const { session } = database;
  const [first, second] = [new Note({ id: "1", text: "a" }), new Note({ id: "2", text: "b" })];
  session.addAll([first, second]);
  session.commit();
  first.text = "changed";
  session.commit();
  expect(stateOf(first)).toEqual(["1", "changed", "plain", "CHANGED", 1]);
  expect(stateOf(second)).toEqual(["2", "b", "plain", "NEW", 0]);
  first.text = "changed";
  database.sent();
  session.commit();
  expect(database.sent().filter((line) => line.startsWith("UPDATE"))).toEqual([]);
});

it("a rollback takes the defaults back", () => {
  made = 0;
  using database = openDatabase(metadata);
  const { session } = database;
  const lost = new Note({ text: "a" });
  session.add(lost);
  session.flush();
  session.rollback();
  session.add(lost);
  session.commit();
  expect(lost.id).toBe("note 2");
});
