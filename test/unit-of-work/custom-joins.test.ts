// Joins that demand more than equal keys, by every way of loading and in conditions, on every database.
import {
  AsyncSession,
  createAsyncEngine,
  immediateload,
  insert,
  joinedload,
  type LoadOption,
  select,
  selectinload,
  subqueryload,
} from "athanor";
import { expect, it } from "vitest";
import { openDatabase } from "../orm/support/database.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { Author, Book, Friend, metadata } from "./models/index.js";
import { authorFan } from "./models/tables.js";

function library(): { authors: Author[]; friends: Friend[] } {
  const ann = new Author({
    name: "ann",
    books: [
      new Book({ title: "a", status: "draft", pages: 1 }),
      new Book({ title: "b", status: "done", pages: 2 }),
      new Book({ title: "c", status: "idea", pages: 3, language: "fr" }),
      new Book({ title: "d", status: "draft" }),
    ],
  });
  const bob = new Author({ name: "bob", language: "fr", books: [new Book({ title: "e", status: "idea", pages: 4 })] });
  return { authors: [ann, bob], friends: [new Friend({ name: "now" }), new Friend({ name: "then" })] };
}

const titles = (books: Iterable<Book>): string => [...books].map(({ title }) => title).join(" ");

await describeEachDatabase("joins that demand more than equal keys", {}, (database) => {
  const ways: Readonly<Record<string, (attribute: Parameters<typeof selectinload>[0]) => LoadOption>> = {
    joinedload,
    selectinload,
    subqueryload,
    immediateload,
  };

  it("load the same by every strategy, and answer conditions", async () => {
    const engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    const { authors, friends } = library();
    session.addAll([...authors, ...friends]);
    await session.flush();
    const [ann] = authors;
    const links = friends.map(({ id }, until) => ({
      authorId: ann?.id ?? 0,
      friendId: id,
      until: until === 0 ? null : until,
    }));
    await session.execute(insert(authorFan), links);
    await session.commit();
    for (const [name, load] of Object.entries(ways)) {
      session.expungeAll();
      const query = select(Author)
        .orderBy(Author.id)
        .options(load(Author.drafts), load(Author.translations), load(Author.fans));
      const found = (await session.scalars(query)).unique().all();
      expect(
        found.map(({ drafts }) => titles(drafts)),
        name,
      ).toEqual(["a c", "e"]);
      expect(
        found.map(({ translations }) => titles(translations)),
        name,
      ).toEqual(["c", "e"]);
      expect(
        found.map(({ fans }) => [...fans].map((fan) => fan.name).join(" ")),
        name,
      ).toEqual(["now", ""]);
    }
    const c = (await session.scalars(select(Book).where(Book.title.eq("c")))).one();
    const b = (await session.scalars(select(Book).where(Book.title.eq("b")))).one();
    const having = async (condition: Parameters<ReturnType<typeof select>["where"]>[0]): Promise<string[]> =>
      (await session.scalars(select(Author).where(condition).orderBy(Author.id))).all().map(({ name }) => name);
    expect(await having(Author.drafts.any())).toEqual(["ann", "bob"]);
    expect(await having(Author.drafts.contains(c))).toEqual(["ann"]);
    expect(await having(Author.drafts.contains(b))).toEqual([]);
    expect(await having(Author.translations.contains(c))).toEqual(["ann"]);
    const joined = await session.execute(select(Author.name, Book.title).join(Author.translations).orderBy(Book.id));
    expect(joined.all().map((row) => `${row.name} ${row.title}`)).toEqual(["ann c", "bob e"]);
    await engine.dispose();
  });
});

it("they load at access, in one SELECT", () => {
  using database = openDatabase(metadata);
  const { session } = database;
  session.addAll(library().authors);
  session.commit();
  const [ann] = session.scalars(select(Author).orderBy(Author.id)).all();
  database.sent();
  expect(titles(ann?.drafts ?? [])).toBe("a c");
  expect(titles(ann?.translations ?? [])).toBe("c");
  const [drafts, translations] = database.sent().map((text) => text.replace(/^SELECT .* FROM/, "FROM"));
  expect(drafts).toBe(
    "FROM book WHERE ? = book.author_id AND (book.status in ('draft', 'idea')) " +
      "AND (book.pages is not null) ORDER BY book.id [1]",
  );
  expect(translations).toBe(
    "FROM author AS author_1 JOIN book ON author_1.id = book.author_id AND (book.language <> author_1.language) " +
      "WHERE author_1.id IN (?) ORDER BY book.id [1]",
  );
});
