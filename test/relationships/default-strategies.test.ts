// How the mapping says that relationships are loaded: with their objects, wherever these come from.
import { lazyload, NotLoadedError, select, selectinload } from "athanor";
import { describe, expect, it } from "vitest";
import { Author, Award, Book, Box, Shelf } from "./models/index.js";
import { openShop, type Shop } from "./shop.js";

function library(): Shop {
  const shop = openShop();
  const prize = new Award({ title: "prize" });
  const book = new Book({ title: "one", award: prize });
  const author = new Author({ name: "ann", books: [book, new Book({ title: "two" })], awards: [prize] });
  shop.session.add(author);
  shop.session.commit();
  shop.session.expungeAll();
  shop.sent();
  return shop;
}

const tables = (statements: readonly string[]): string[] =>
  statements.map((each) => /FROM (\w+)/.exec(each)?.[1] ?? each);

describe("the mapping's own strategies", () => {
  it("joined, selectin and immediate come with the object, circles cut", () => {
    const { session, sent } = library();
    const [author] = session.scalars(select(Author)).unique().all();
    const statements = sent();
    expect(statements[0]).toContain("FROM author LEFT OUTER JOIN award AS award_1 ON author.id = award_1.author_id");
    expect(tables(statements)).toEqual(["author", "book", "award", "award"]);
    expect(statements[1]).not.toContain("JOIN");
    expect(author?.books.map((each) => [each.title, each.author?.name, each.award?.title])).toEqual([
      ["one", "ann", "prize"],
      ["two", "ann", undefined],
    ]);
    expect(author?.awards).toHaveLength(1);
    expect(sent()).toEqual([]);
    expect(() => author?.drafts).toThrow(NotLoadedError);
  });

  it("also by session.get, and for lazily loaded objects", () => {
    const { session, sent } = library();
    const book = session.get(Book, 1);
    expect(sent()[0]).toContain("FROM book LEFT OUTER JOIN author AS author_1 ON author_1.id = book.author_id");
    expect(book?.author?.awards).toHaveLength(1);
    expect(sent()).toEqual([]);
    session.expungeAll();
    const award = session.get(Award, 1);
    sent();
    expect(award?.book?.author?.name).toBe("ann");
    expect(sent()[0]).toContain("FROM book LEFT OUTER JOIN author AS author_1");
  });

  it("an option has the last word", () => {
    const { session, sent } = library();
    const query = select(Author).options(
      lazyload(Author.books),
      selectinload(Author.awards),
      selectinload(Author.drafts),
    );
    const [author] = session.scalars(query).all();
    expect(tables(sent())).toEqual(["author", "award", "draft"]);
    expect(author?.drafts).toHaveLength(0);
    expect(author?.books).toHaveLength(2);
  });

  it("noload reads as empty and sends nothing, but what is put in is written", () => {
    const { session } = library();
    session.add(new Shelf({ boxes: [new Box({})] }));
    session.commit();
    const shelf = session.scalars(select(Shelf)).one();
    expect([...shelf.boxes]).toEqual([]);
    shelf.boxes.push(new Box({}));
    session.commit();
    expect(session.scalars(select(Box)).all()).toHaveLength(2);
  });
});
