// Generated properties at work: on objects and inside SQL, along relationships, through aliases.
import { aliased, createEngine, select, Session } from "athanor";
import { expect, it } from "vitest";
import { Author, Book, metadata, Trip } from "./cases/properties/index.js";
import { Point } from "./user-classes/point.js";

function cells(row: Iterable<unknown>): unknown[] {
  return Array.from(row);
}

function library(): Session {
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  const session = new Session(engine);
  const ada = new Author({ name: "ada", nick: "countess" });
  ada.books.push(new Book({ title: "{notes}", pages: 601, price: 5 }), new Book({ title: "more", pages: 101 }));
  session.addAll([ada, new Author({ name: "bo" }), new Book({ title: "lone", pages: 7, price: null })]);
  session.commit();
  return session;
}

it("gives the same on objects and in SQL", () => {
  const session = library();
  const authors = session.scalars(select(Author).orderBy(Author.id)).all();
  const rows = session
    .execute(select(Author.display, Author.shout, Author.bookCount, Author.pagesInAll, Author.isOld).orderBy(Author.id))
    .all();
  expect(rows.map(cells)).toEqual([
    ["countess", "ADA!", 2n, 702n, null],
    ["bo", "BO!", 0n, null, null],
  ]);
  expect(authors.map((each) => [each.display, each.shout, each.bookCount, each.pagesInAll, each.isOld])).toEqual(
    rows.map(cells),
  );
  const books = session.scalars(select(Book).orderBy(Book.id)).all();
  const columns = session
    .execute(select(Book.half, Book.isBargain, Book.authorName, Book.size, Book.isBraced).orderBy(Book.id))
    .all();
  expect(columns.map(cells)).toEqual([
    [300, true, "countess", "thick", true],
    [50, null, "countess", "usual", false],
    [3, false, null, "thin", false],
  ]);
  expect(books.map((each) => [each.half, each.isBargain, each.authorName, each.size, each.isBraced])).toEqual(
    columns.map(cells),
  );
  session.close();
});

it("shows attributes of what is related, and several columns as one value", () => {
  const session = library();
  const [ada, bo] = session.scalars(select(Author).orderBy(Author.id)).all();
  expect([ada?.titles, bo?.titles]).toEqual([["{notes}", "more"], []]);
  const books = session.scalars(select(Book).orderBy(Book.id)).all();
  expect(books.map(({ writer }) => writer)).toEqual(["ada", "ada", null]);
  expect(ada?.numbers).toEqual([7, 7]);
  const trip = new Trip({ fromX: 1, fromY: 2 });
  expect([trip.start, trip.end]).toEqual([new Point(1, 2), null]);
  trip.start = new Point(5, 6);
  trip.end = new Point(7, 8);
  session.add(trip);
  session.commit();
  session.expireAll();
  expect([trip.fromX, trip.fromY, trip.toX, trip.toY]).toEqual([5, 6, 7, 8]);
  trip.end = null;
  expect([trip.toX, trip.end]).toEqual([null, null]);
  session.close();
});

it("stands in conditions and under aliases", () => {
  const session = library();
  expect(session.scalars(select(Author).where(Author.display.eq("bo"))).one().name).toBe("bo");
  const other = aliased(Author, "other");
  const pairs = session
    .execute(select(Author.display, other.display.label("rival")).where(Author.display.lt(other.display)))
    .all();
  expect(pairs.map(cells)).toEqual([["bo", "countess"]]);
  expect(session.scalars(select(Book.title).orderBy(Book.half.desc())).first()).toBe("{notes}");
  session.close();
});
