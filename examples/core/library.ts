// A lending library in Core alone: tables, statements and rows, without classes. The same program runs on SQLite,
// PostgreSQL, MySQL and MariaDB; only the URL differs. After `npm run build`, with Node 24 and on SQLite in memory where
// no URL is given: `node examples/core/library.ts postgresql://user:password@localhost/library`.
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import {
  and,
  type AsyncConnection,
  type AsyncEngine,
  caseWhen,
  createAsyncEngine,
  excluded,
  func,
  insert,
  inserted,
  Integer,
  MetaData,
  Numeric,
  select,
  SqlDate,
  Table,
  UniqueViolationError,
  update,
  Varchar,
} from "athanor";
import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";

/** Where the program's findings go, a line at a time. */
export type Print = (line: string) => void;

const metadata = new MetaData();

const author = new Table("author", metadata, {
  id: Integer().primaryKey().identity(),
  name: Varchar(60).unique(),
});

const book = new Table("book", metadata, {
  id: Integer().primaryKey(),
  title: Varchar(120),
  authorId: Integer().named("author_id").references("author.id"),
  price: Numeric(8, 2),
  copies: Integer(),
});

const loan = new Table("loan", metadata, {
  id: Integer().primaryKey().identity(),
  bookId: Integer().named("book_id").references("book.id"),
  reader: Varchar(60),
  lentOn: SqlDate().named("lent_on"),
  returnedOn: SqlDate().named("returned_on").nullable(),
});

/** Runs the whole program on the database that the URL names. Its tables are dropped first where they exist. */
export async function run(url: string, print: Print): Promise<void> {
  await using engine = createAsyncEngine(url);
  await metadata.dropAll(engine);
  await metadata.createAll(engine);
  await engine.begin(async (connection) => {
    await fill(connection);
    await restock(connection);
  });
  await engine.connect(async (connection) => {
    await printCatalogue(connection, print);
    await printAuthors(connection, print);
    await printBusiestReaders(connection, print);
    await printRanking(connection, print);
    await printLoans(connection, print);
  });
  await lendTwoBooks(engine, print);
  await metadata.dropAll(engine);
}

/** INSERT: one row whose key the database gives, then many rows by one statement with many sets of parameters. */
async function fill(connection: AsyncConnection): Promise<void> {
  const ids: number[] = [];
  for (const name of ["Ursula K. Le Guin", "Stanisław Lem", "Octavia E. Butler"]) {
    const result = await connection.execute(insert(author).values({ name }));
    ids.push(Number(result.insertedPrimaryKey[0]));
  }
  const [leGuin = 0, lem = 0] = ids;
  await connection.execute(insert(book), [
    { id: 1, title: "The Dispossessed", authorId: leGuin, price: new Decimal("9.90"), copies: 2 },
    { id: 2, title: "The Lathe of Heaven", authorId: leGuin, price: new Decimal("8.50"), copies: 1 },
    { id: 3, title: "Solaris", authorId: lem, price: new Decimal("7.20"), copies: 3 },
    { id: 4, title: "The Cyberiad", authorId: lem, price: new Decimal("11.00"), copies: 1 },
  ]);
  await connection.execute(insert(loan), [
    { bookId: 1, reader: "Ada", lentOn: day("2026-03-01"), returnedOn: day("2026-03-10") },
    { bookId: 3, reader: "Ada", lentOn: day("2026-03-02"), returnedOn: null },
    { bookId: 3, reader: "Grace", lentOn: day("2026-03-05"), returnedOn: null },
    { bookId: 1, reader: "Ada", lentOn: day("2026-04-01"), returnedOn: null },
    { bookId: 4, reader: "Edsger", lentOn: day("2026-04-02"), returnedOn: day("2026-04-20") },
  ]);
}

function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}

/**
 * Upsert: books that are there get more copies and the new price, books that are not are added. The databases have two
 * statements for it, of which each knows one.
 */
async function restock(connection: AsyncConnection): Promise<void> {
  const delivery = insert(book).values([
    { id: 2, title: "The Lathe of Heaven", authorId: 1, price: new Decimal("8.75"), copies: 4 },
    { id: 5, title: "Kindred", authorId: 3, price: new Decimal("10.00"), copies: 2 },
  ]);
  const upsert =
    connection.dialect.sql.upsert === "duplicateKey"
      ? delivery.onDuplicateKeyUpdate({
          price: inserted(book.c.price),
          copies: book.c.copies.plus(inserted(book.c.copies)),
        })
      : delivery.onConflictDoUpdate({
          target: ["id"],
          set: { price: excluded(book.c.price), copies: book.c.copies.plus(excluded(book.c.copies)) },
        });
  await connection.execute(upsert);
}

/** A join, whose condition comes from the foreign key. Decimals and dates arrive as `Decimal` and `PlainDate`. */
async function printCatalogue(connection: AsyncConnection, print: Print): Promise<void> {
  const statement = select(book.c.title, author.c.name, book.c.price, book.c.copies).join(author).orderBy(book.c.title);
  print("Catalogue");
  for (const { title, name, price, copies } of await connection.execute(statement)) {
    print(`  ${title} (${name}), ${price.toFixed(2)}, ${String(copies)} copies`);
  }
}

/** Aggregates over an outer join: authors without books count as well. */
async function printAuthors(connection: AsyncConnection, print: Print): Promise<void> {
  const titles = func.count(book.c.id);
  const statement = select(author.c.name, titles.label("titles"), func.sum(book.c.copies).label("copies"))
    .outerJoin(book)
    .groupBy(author.c.name)
    .having(titles.lt(10))
    .orderBy(author.c.name);
  print("Authors");
  for (const { name, titles: count, copies } of await connection.execute(statement)) {
    print(`  ${name}: ${String(count)} titles, ${String(copies ?? 0)} copies`);
  }
}

/** A CTE that the statement reads from, and a CASE. */
async function printBusiestReaders(connection: AsyncConnection, print: Print): Promise<void> {
  const open = func.sum(caseWhen<number>([[loan.c.returnedOn.isNull(), 1]], 0));
  const readers = select(loan.c.reader, func.count().label("loans"), open.label("open"))
    .groupBy(loan.c.reader)
    .cte("readers");
  const statement = select(readers.c.reader, readers.c.loans, readers.c.open)
    .where(readers.c.loans.gt(1).or(readers.c.open.gt(0)))
    .orderBy(readers.c.loans.desc(), readers.c.reader);
  print("Readers");
  for (const { reader, loans, open: kept } of await connection.execute(statement)) {
    print(`  ${reader}: ${String(loans)} loans, ${String(kept)} still out`);
  }
}

/** A window function: each author's books by price. */
async function printRanking(connection: AsyncConnection, print: Print): Promise<void> {
  const place = func.rowNumber().over({ partitionBy: book.c.authorId, orderBy: book.c.price.desc() });
  const statement = select(author.c.name, book.c.title, place.label("place"))
    .join(book)
    .orderBy(author.c.name, "place");
  print("Dearest first");
  for (const { name, title, place: number } of await connection.execute(statement)) {
    print(`  ${name} ${String(number)}. ${title}`);
  }
}

/** Rows as they come, a few at a time, from the database's cursor. */
async function printLoans(connection: AsyncConnection, print: Print): Promise<void> {
  const statement = select(loan.c.reader, loan.c.lentOn, book.c.title).join(book).orderBy(loan.c.lentOn, loan.c.id);
  print("Loans");
  for await (const { reader, lentOn, title } of connection.stream(statement, {}, { yieldPer: 2 })) {
    print(`  ${lentOn.toString()} ${title} to ${reader}`);
  }
}

/** A transaction per loan: what fails is undone whole, and a savepoint undoes a part. */
async function lendTwoBooks(engine: AsyncEngine, print: Print): Promise<void> {
  print("Lending");
  for (const bookId of [1, 4, 4]) {
    try {
      await engine.transaction((connection) => lend(connection, bookId, "Barbara"));
      print(`  book ${String(bookId)} is lent`);
    } catch (error) {
      if (!(error instanceof NoCopiesError)) throw error;
      print(`  book ${String(bookId)}: ${error.message}`);
    }
  }
  await engine.begin(async (connection) => {
    const savepoint = await connection.beginNested();
    try {
      await connection.execute(insert(author).values({ name: "Stanisław Lem" }));
    } catch (error) {
      if (!(error instanceof UniqueViolationError)) throw error;
      await savepoint.rollback();
      print("  that author is known already");
    }
    const loans = await connection.scalar(select(func.count()).selectFrom(loan));
    print(`  ${String(loans)} loans in all`);
  });
}

class NoCopiesError extends Error {}

async function lend(connection: AsyncConnection, bookId: number, reader: string): Promise<void> {
  await connection.execute(insert(loan).values({ bookId, reader, lentOn: day("2026-05-01"), returnedOn: null }));
  const taken = await connection.execute(
    update(book)
      .where(and(book.c.id.eq(bookId), book.c.copies.gt(0)))
      .values({ copies: book.c.copies.minus(1) }),
  );
  // The loan above goes with the transaction.
  if (taken.rowCount === 0) throw new NoCopiesError("no copy is left");
}

if (argv[1] === fileURLToPath(import.meta.url)) await run(argv[2] ?? "sqlite://", (line) => console.log(line));
