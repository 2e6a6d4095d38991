// Tables of an existing database in a MetaData: read with what their foreign keys lead to, and used like others.
import { expect, it } from "vitest";
import {
  createAsyncEngine,
  createEngine,
  type Engine,
  insert,
  Integer,
  MetaData,
  select,
  Table,
  Text,
  text,
} from "athanor";
import { ArgumentError, NoSuchTableError } from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";

const statements = [
  "CREATE TABLE author (id INTEGER PRIMARY KEY, full_name VARCHAR(30) NOT NULL DEFAULT 'nobody')",
  "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER, title VARCHAR(20), FOREIGN KEY (author_id) REFERENCES author (id))",
  "CREATE TABLE review (id INTEGER PRIMARY KEY, book_id INTEGER, FOREIGN KEY (book_id) REFERENCES book (id))",
  "CREATE VIEW titles AS SELECT title FROM book",
];

function library(): Engine {
  const engine = createEngine("sqlite://");
  engine.begin((connection) => {
    for (const statement of statements) connection.execute(text(statement));
  });
  return engine;
}

function tableOf(metadata: MetaData, name: string): Table {
  const table = metadata.tables.get(name);
  if (table === undefined) throw new Error(`no ${name}`);
  return table;
}

await describeEachDatabase("a reflected MetaData", {}, (database) => {
  it("joins along foreign keys, keeps defaults and types, and creates the same again", async () => {
    const engine = createAsyncEngine(database.url);
    await engine.begin(async (connection) => {
      for (const statement of statements) await connection.execute(text(statement));
      await connection.execute(text("INSERT INTO author (id) VALUES (1)"));
      await connection.execute(text("INSERT INTO book (id, author_id, title) VALUES (7, 1, 'one')"));
    });
    const metadata = new MetaData();
    await metadata.reflect(engine, { views: true });
    expect([...metadata.tables.keys()].toSorted()).toEqual(["author", "book", "review"]);
    expect([...metadata.views.keys()]).toEqual(["titles"]);
    expect(metadata.sortedTables.map(({ name }) => name)).toEqual(["author", "book", "review"]);
    const [author, book] = [tableOf(metadata, "author"), tableOf(metadata, "book")];
    const query = select(book.column("title"), author.column("fullName")).join(author);
    const rows = await engine.connect((connection) => connection.execute(query));
    expect(rows.all().map((row) => Array.from(row))).toEqual([["one", "nobody"]]);
    await metadata.dropAll(engine);
    await metadata.createAll(engine);
    expect((await engine.connect((connection) => connection.execute(query))).all()).toEqual([]);
    await engine.dispose();
  });
});

it("reads only some tables, and those that they refer to", () => {
  const metadata = new MetaData();
  metadata.reflect(library(), { only: ["book"] });
  expect([...metadata.tables.keys()]).toEqual(["book", "author"]);
  expect(() => metadata.reflect(library(), { only: ["gone"] })).toThrow(NoSuchTableError);
});

it("keeps the tables that it knows, or replaces them", () => {
  const metadata = new MetaData();
  const own = new Table("author", metadata, { key: Integer().named("id").primaryKey(), fullName: Text() });
  metadata.reflect(library());
  expect(metadata.tables.get("author")).toBe(own);
  metadata.reflect(library(), { extendExisting: true });
  expect(metadata.tables.get("author")?.columns.map(({ key }) => key)).toEqual(["id", "fullName"]);
});

it("loads one table as it is constructed, with what it refers to", () => {
  const engine = library();
  const metadata = new MetaData();
  const review = new Table("review", metadata, { autoloadWith: engine });
  expect([...metadata.tables.keys()].toSorted()).toEqual(["author", "book", "review"]);
  engine.begin((connection) => connection.execute(insert(review).values({ id: 3 })));
  const found = engine.connect((connection) => connection.execute(review.select()).all());
  expect(found.map((row) => Array.from(row))).toEqual([[3, null]]);
  const titles = new Table("titles", metadata, { autoloadWith: engine });
  expect(titles.columns.map(({ name }) => name)).toEqual(["title"]);
  expect(() => new Table("gone", metadata, { autoloadWith: engine })).toThrow(NoSuchTableError);
  const asynchronous = createAsyncEngine("sqlite://");
  const wrong = { autoloadWith: asynchronous } as unknown as { autoloadWith: Engine };
  expect(() => new Table("review2", metadata, wrong)).toThrow(ArgumentError);
});

it("copies a table to another MetaData, schema and name", () => {
  const metadata = new MetaData();
  new Table("author", metadata, { id: Integer().primaryKey() });
  const book = new Table("book", metadata, { id: Integer().primaryKey(), authorId: Integer().references("author.id") });
  const copy = book.toMetadata(new MetaData(), { schema: "archive", name: "old_book" });
  expect(copy.key).toBe("archive.old_book");
  expect(copy.foreignKeys[0]?.target).toEqual({ schema: "archive", table: "author", columns: ["id"] });
  expect(book.foreignKeys[0]?.target.schema).toBeNull();
});
