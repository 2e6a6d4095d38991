// Version columns: each UPDATE counts on and says which count it saw; who finds another count is told which row it was.
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inspect, select, StaleDataError, text } from "athanor";
import { openDatabase, type TestDatabase, writesIn } from "../orm/support/database.js";
import { Child, Document, metadata, Page } from "./models/index.js";

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

/** What another session would do meanwhile. */
function behindTheBack(sql: string): void {
  database.session.execute(text(sql));
}

describe("a version column", () => {
  it("starts at 1, is counted on by each UPDATE and asked for by each DELETE", () => {
    const { session } = database;
    const document = new Document({ title: "a" });
    session.add(document);
    expect(flushed()).toEqual(["INSERT INTO document (title, body, revision) VALUES (?, ?, ?) ['a', null, 1]"]);
    expect(document.revision).toBe(1);
    document.title = "b";
    expect(flushed()).toEqual([
      "UPDATE document SET title=?, revision=? WHERE document.id = ? AND document.revision = ? ['b', 2, 1, 1]",
    ]);
    expect([document.revision, flushed()]).toEqual([2, []]);
    session.delete(document);
    expect(flushed()).toEqual(["DELETE FROM document WHERE document.id = ? AND document.revision = ? [1, 2]"]);
  });

  it("is a bigint where the column is one, and loaded where it is not known", () => {
    const { session } = database;
    const page = new Page({ number: 1, document: new Document({ title: "a" }) });
    session.add(page);
    session.commit();
    page.number = 2;
    session.commit();
    expect(page.revision).toBe(2n);
  });

  it("is not counted on where nothing changed in the row itself", () => {
    const { session } = database;
    const document = new Document({ title: "a" });
    session.add(document);
    session.flush();
    document.title = "a";
    document.pages.push(new Page({ number: 1 }));
    expect(flushed()).toEqual(["INSERT INTO page (number, document_id, revision) VALUES (?, ?, ?) [1, 1, 1]"]);
    expect(document.revision).toBe(1);
  });

  it("names the object and the count when someone else was faster", () => {
    const { session } = database;
    const document = new Document({ title: "a" });
    session.add(document);
    session.commit();
    expect(document.revision).toBe(1);
    behindTheBack("UPDATE document SET revision = 2");
    document.title = "b";
    expect(() => session.flush()).toThrow(StaleDataError);
    expect(() => session.flush()).toThrow("UPDATE of Document(1) found no row with revision = 1");
    session.rollback();
    expect([document.title, document.pages.length]).toEqual(["a", 0]);
    behindTheBack("DELETE FROM document");
    session.delete(document);
    expect(() => session.flush()).toThrow("DELETE of Document(1) found no row with revision = 1");
  });

  it("names the one row among many that go in one statement", () => {
    const { session } = database;
    const documents = Array.from({ length: 8 }, (_, at) => new Document({ title: `d${at}` }));
    session.addAll(documents);
    session.commit();
    expect(documents.map(({ revision }) => revision)).toEqual(documents.map(() => 1));
    behindTheBack("UPDATE document SET revision = 2 WHERE id = 6");
    for (const document of documents) document.title += "!";
    database.sent();
    expect(() => session.flush()).toThrow("UPDATE of Document(6) found no row with revision = 1");
    session.rollback();
    expect(session.scalars(select(Document)).all()).toEqual(documents);
    for (const document of documents) document.title += "!";
    database.sent();
    session.flush();
    const [statement, ...others] = database.sent();
    expect(others).toEqual([]);
    expect(statement).toContain("WITH changed (id, expected_revision, title, revision) AS (VALUES (?, ?, ?, ?), ");
    expect(statement).toContain(
      "UPDATE document SET title=changed.title, revision=changed.revision FROM changed " +
        "WHERE document.id = changed.id AND document.revision = changed.expected_revision RETURNING document.id",
    );
    session.commit();
    expect(documents.map(({ revision }) => revision)).toEqual(documents.map(() => 2));
  });

  it("names the one row among many that are deleted by one statement", () => {
    const { session } = database;
    const documents = Array.from({ length: 8 }, (_, at) => new Document({ title: `d${at}` }));
    session.addAll(documents);
    session.commit();
    expect(documents.map(({ revision }) => revision)).toEqual(documents.map(() => 1));
    behindTheBack("UPDATE document SET revision = 2 WHERE id = 6");
    for (const document of documents) session.delete(document);
    expect(() => session.flush()).toThrow("DELETE of Document(6) found no row with revision = 1");
    session.rollback();
    expect(documents.map(({ revision }) => revision)).toEqual(documents.map(() => 1));
    for (const document of documents) session.delete(document);
    expect(flushed()).toEqual([
      "DELETE FROM document WHERE (document.id, document.revision) IN (VALUES (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), " +
        "(?, ?), (?, ?), (?, ?)) RETURNING id [1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6, 1, 7, 1, 8, 1]",
    ]);
  });

  it("is taken over with the row by a new object of the same key", () => {
    const { session } = database;
    const old = new Document({ title: "old" });
    session.add(old);
    session.commit();
    expect(old.revision).toBe(1);
    session.delete(old);
    const fresh = new Document({ id: 1, title: "new" });
    session.add(fresh);
    expect(flushed()).toEqual([
      "UPDATE document SET title=?, body=?, revision=? WHERE document.id = ? AND document.revision = ? " +
        "['new', null, 2, 1, 1]",
    ]);
    expect(fresh.revision).toBe(2);
  });

  it("goes with a SQL expression, and back with a rollback", () => {
    const { session } = database;
    const document = new Document({ title: "a" });
    session.add(document);
    session.commit();
    document.title = Document.title.concat("b");
    session.flush();
    expect([document.title, document.revision]).toEqual(["ab", 2]);
    session.rollback();
    expect([document.title, document.revision]).toEqual(["a", 1]);
    const pending = new Document({ title: "c" });
    session.add(pending);
    session.flush();
    session.rollback();
    expect(pending.revision).toBeUndefined();
  });
});

describe("rows that are gone", () => {
  it("an UPDATE that finds none is an error", () => {
    const { session } = database;
    const child = new Child({ name: "a" });
    session.add(child);
    session.flush();
    behindTheBack("DELETE FROM child");
    child.name = "b";
    expect(() => session.flush()).toThrow(StaleDataError);
  });

  it("a DELETE that finds none is a warning", async () => {
    const { session } = database;
    const child = new Child({ name: "a" });
    session.add(child);
    session.flush();
    behindTheBack("DELETE FROM child");
    const warned = once(process, "warning");
    session.delete(child);
    session.commit();
    const [warning] = (await warned) as [Error];
    expect(warning.message).toBe(
      "DELETE expected 1 row(s) of Child(1) and matched 0: " +
        "they were deleted already, by someone else or by ON DELETE CASCADE",
    );
  });

  it("are told of together where one DELETE was to meet many", async () => {
    const { session } = database;
    const children = Array.from({ length: 6 }, (_, at) => new Child({ name: `c${at}` }));
    session.addAll(children);
    session.flush();
    behindTheBack("DELETE FROM child WHERE id IN (2, 5)");
    const warned = once(process, "warning");
    for (const child of children) session.delete(child);
    expect(flushed()).toEqual(["DELETE FROM child WHERE child.id IN (?, ?, ?, ?, ?, ?) [1, 2, 3, 4, 5, 6]"]);
    const [warning] = (await warned) as [Error];
    expect(warning.message).toContain("DELETE expected 6 row(s) of Child(1), … and matched 4");
  });

  it("a mapping may say that such a DELETE is nothing to speak of", async () => {
    const { session } = database;
    const { definition } = inspect(Child);
    const child = new Child({ name: "a" });
    session.add(child);
    session.flush();
    behindTheBack("DELETE FROM child");
    const warnings: string[] = [];
    const listen = (warning: Error): void => void warnings.push(warning.message);
    process.on("warning", listen);
    Reflect.set(definition, "confirmDeletedRows", false);
    try {
      session.delete(child);
      session.commit();
      // Warnings are told in the next turn.
      await new Promise((resolve) => void setImmediate(resolve));
    } finally {
      Reflect.deleteProperty(definition, "confirmDeletedRows");
      process.off("warning", listen);
    }
    expect(warnings).toEqual([]);
  });
});
