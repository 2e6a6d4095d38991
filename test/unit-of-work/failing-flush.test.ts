// A flush of everything that is special fails at its N-th row, for every N: the database is as before, the objects stand
// where they stood, and the same work succeeds afterwards.
import { describe, expect, it } from "vitest";
import { DatabaseError, type Session, text } from "athanor";
import { openDatabase, type TestDatabase } from "../orm/support/database.js";
import {
  Account,
  Album,
  Document,
  Driver,
  Engine,
  Entry,
  Licence,
  Login,
  metadata,
  Node,
  Plate,
  Region,
  Street,
  Town,
  Track,
  Widget,
} from "./models/index.js";

const tables =
  "node widget entry account login region town street document driver licence engine plate album track parent_tag".split(
    " ",
  );

/** Triggers that count rows as they are written and refuse the one at which the count comes to nought. */
function installFault({ engine }: TestDatabase): void {
  engine.begin((connection) => {
    connection.execute(text("CREATE TABLE fault (left_over INTEGER)"));
    connection.execute(text("INSERT INTO fault VALUES (0)"));
    for (const table of tables) {
      for (const verb of ["INSERT", "UPDATE", "DELETE"]) {
        connection.execute(
          text(
            `CREATE TRIGGER fault_${table}_${verb} BEFORE ${verb} ON ${table} BEGIN ` +
              "UPDATE fault SET left_over = left_over - 1; " +
              "SELECT RAISE(ABORT, 'injected') WHERE (SELECT left_over FROM fault) = 0; END",
          ),
        );
      }
    }
  });
}

function failAt(session: Session, row: number): void {
  session.execute(text("UPDATE fault SET left_over = :row"), { row });
  session.commit();
}

function dump(session: Session): string {
  return JSON.stringify(
    tables.map((table) =>
      session
        .execute(text(`SELECT * FROM ${table} ORDER BY 1, 2`))
        .tuples()
        .all(),
    ),
  );
}

function prepare(session: Session): void {
  const towns = [new Town({ name: "Ayr", streets: [new Street({ name: "Main" })] })];
  session.addAll([
    new Widget({ name: "w", entries: [new Entry({ name: "x" })] }),
    new Account({ username: "ann", logins: [new Login({ device: "phone" })] }),
    new Region({ code: "north", name: "North", towns }),
    new Document({ title: "a" }),
    new Driver({ name: "one", licence: new Licence({ code: "1" }) }),
    new Driver({ name: "two", licence: new Licence({ code: "2" }) }),
    new Engine({ code: "e", plate: new Plate({ code: "old" }) }),
    new Album({ title: "al", tracks: [new Track({ title: "t" }), new Track({ title: "u" })] }),
    new Node({ name: "root", children: [new Node({ name: "leaf" })] }),
  ]);
  session.commit();
}

/** Some of everything: a row that refers to another and back, changed keys, swapped partners, orphans, a moved tree. */
function work(session: Session, fresh: { readonly entry: Entry; readonly plate: Plate; readonly node: Node }): void {
  const widget = session.getOne(Widget, 1);
  widget.entries.push(fresh.entry);
  widget.favorite = fresh.entry;
  session.getOne(Account, "ann").username = "anna";
  const region = session.getOne(Region, "north");
  const [town] = region.towns;
  const [street] = town?.streets ?? [];
  region.code = "south";
  if (street !== undefined) street.name = "High";
  session.getOne(Document, 1).body = "text";
  const [one, two] = [session.getOne(Driver, 1), session.getOne(Driver, 2)];
  const [first, second] = [one.licence, two.licence];
  one.licence = second;
  two.licence = first;
  session.getOne(Engine, 1).plate = fresh.plate;
  session.getOne(Album, 1).tracks.delete("t");
  const leaf = session.getOne(Node, 2);
  leaf.parent = fresh.node;
  session.delete(session.getOne(Node, 1));
}

describe("a flush that fails", () => {
  it("at any row leaves everything as it was, and succeeds when it is repeated", () => {
    let failures = 0;
    let outcome: string | null = null;
    for (let row = 1; row < 100; row++) {
      using database = openDatabase(metadata, { autoflush: false });
      const { session } = database;
      prepare(session);
      installFault(database);
      const before = dump(session);
      failAt(session, row);
      const fresh = {
        entry: new Entry({ name: "y" }),
        plate: new Plate({ code: "new" }),
        node: new Node({ name: "fresh" }),
      };
      session.add(fresh.node);
      work(session, fresh);
      let failed = false;
      try {
        session.commit();
      } catch (error) {
        expect(error).toBeInstanceOf(DatabaseError);
        failed = true;
      }
      if (!failed) {
        expect(dump(session)).toBe(outcome);
        break;
      }
      failures += 1;
      session.rollback();
      expect(dump(session), `after failure ${row}`).toBe(before);
      expect([fresh.entry.id, fresh.entry.widget, fresh.plate.id]).toEqual([undefined, expect.anything(), undefined]);
      failAt(session, 0);
      session.add(fresh.node);
      work(session, fresh);
      session.commit();
      expect(session.getOne(Document, 1).revision).toBe(2);
      outcome ??= dump(session);
      expect(dump(session), `repeated after failure ${row}`).toBe(outcome);
    }
    expect(failures).toBeGreaterThan(15);
  });
});
