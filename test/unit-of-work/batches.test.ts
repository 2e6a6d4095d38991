// How many alike rows travel in one statement on each database: lists of values, arrays, lists of keys; and what comes
// back of what the database made.
import { AsyncSession, createAsyncEngine, inspect, mariadb, mysql, postgresql, select, sqlite } from "athanor";
import { describe, expect, it } from "vitest";
import { setOfSlots } from "../../runtime/orm/flush/column-set.js";
import { rowStatementsFor } from "../../runtime/orm/flush/row-statements.js";
import { Mapper } from "../../runtime/orm/mapper.js";
import type { SqlDialect } from "../../runtime/sql/compile/sql-dialect.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { Document, Measure, metadata, Tag, Town } from "./models/index.js";

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

/** The statements of a class for two rows to insert, six to update and three to delete. */
function statementsOf(entityClass: object, properties: readonly string[], dialect: SqlDialect): string[] {
  const mapper: unknown = inspect(entityClass);
  if (!(mapper instanceof Mapper)) throw new Error("no mapping");
  const statements = rowStatementsFor(mapper, dialect);
  const columns = setOfSlots(
    mapper,
    mapper.slots.filter(({ property }) => properties.includes(property)),
  );
  const all = [statements.insert(columns, 2), statements.update(columns, 6), statements.delete(3)];
  return all.map(({ compiled }) => oneLine(compiled.sql));
}

describe("the statements for several rows", () => {
  it("on PostgreSQL are one array a column, whatever the number of rows", () => {
    expect(statementsOf(Tag, ["name"], postgresql.sql)).toEqual([
      "INSERT INTO tag (name) SELECT changed.name FROM unnest($1::varchar[]) WITH ORDINALITY AS " +
        "changed(name, row_number) ORDER BY changed.row_number RETURNING id",
      "UPDATE tag SET name=changed.name FROM unnest($1::integer[], $2::varchar[]) AS changed(id, name) " +
        "WHERE tag.id = changed.id",
      "DELETE FROM tag WHERE tag.id = ANY ($1::integer[])",
    ]);
    expect(statementsOf(Town, ["name", "size"], postgresql.sql).slice(2)).toEqual([
      "DELETE FROM town USING unnest($1::varchar[], $2::varchar[]) AS changed(region_code, name) " +
        "WHERE town.region_code = changed.region_code AND town.name = changed.name",
    ]);
  });

  it("on SQLite are lists of values, and of keys that are found by the primary key", () => {
    expect(statementsOf(Tag, ["name"], sqlite.sql)).toEqual([
      "INSERT INTO tag (name) VALUES (?), (?) RETURNING id",
      "WITH changed (id, name) AS (VALUES (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?)) " +
        "UPDATE tag SET name=changed.name FROM changed WHERE tag.id = changed.id",
      "DELETE FROM tag WHERE tag.id IN (?)",
    ]);
    expect(statementsOf(Town, ["size"], sqlite.sql).at(2)).toBe(
      "DELETE FROM town WHERE (town.region_code, town.name) IN (?)",
    );
    expect(statementsOf(Document, ["title", "revision"], sqlite.sql).at(2)).toBe(
      "DELETE FROM document WHERE (document.id, document.revision) IN (?) RETURNING id",
    );
  });

  it("on MariaDB are lists of values, which come back, and lists of keys", () => {
    expect(statementsOf(Measure, ["name"], mariadb.sql)).toEqual([
      "INSERT INTO measure (name) VALUES (?), (?) RETURNING id, unit, amount",
      "UPDATE measure, (SELECT id, name FROM measure WHERE 1 = 0 UNION ALL SELECT ?, ? UNION ALL SELECT ?, ? " +
        "UNION ALL SELECT ?, ? UNION ALL SELECT ?, ? UNION ALL SELECT ?, ? UNION ALL SELECT ?, ?) AS changed " +
        "SET measure.name=changed.name WHERE measure.id = changed.id",
      "DELETE FROM measure WHERE measure.id IN (?)",
    ]);
    expect(statementsOf(Town, ["size"], mariadb.sql).at(2)).toBe(
      "DELETE FROM town WHERE (town.region_code, town.name) IN (?)",
    );
  });

  it("on MySQL leave what the database made to be read when it is needed", () => {
    expect(statementsOf(Measure, ["name"], mysql.sql)[0]).toBe("INSERT INTO measure (name) VALUES (?), (?)");
  });

  it("ask for the version where there is one, and give back the keys of the rows that they met", () => {
    expect(statementsOf(Document, ["title", "revision"], sqlite.sql)[1]).toBe(
      "WITH changed (id, expected_revision, title, revision) AS (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), " +
        "(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) UPDATE document SET title=changed.title, " +
        "revision=changed.revision FROM changed WHERE document.id = changed.id AND " +
        "document.revision = changed.expected_revision RETURNING document.id",
    );
    expect(statementsOf(Document, ["title", "revision"], postgresql.sql)[2]).toBe(
      "DELETE FROM document USING unnest($1::integer[], $2::integer[]) AS changed(id, revision) " +
        "WHERE document.id = changed.id AND document.revision = changed.revision RETURNING document.id",
    );
  });
});

await describeEachDatabase("many rows in few statements", {}, (database) => {
  it("write, bring back and delete what they should", async () => {
    const writes: string[] = [];
    const logger = (line: string): void => {
      if (/INFO \S+ (INSERT|UPDATE|DELETE|WITH)/.test(line)) writes.push(line);
    };
    const engine = createAsyncEngine(database.url, { echo: true, logger });
    await metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    const measures = Array.from({ length: 60 }, (_, at) => new Measure({ name: `m${at} 'quoted' \\ {,}` }));
    session.addAll(measures);
    await session.flush();
    const [first = 0] = measures.map(({ id }) => id);
    expect(measures.map(({ id }) => id)).toEqual(measures.map((_, at) => first + at));
    expect(measures.at(-1)).toMatchObject({ unit: "mm", amount: 7 });
    for (const measure of measures) measure.amount = measure.id * 2;
    const documents = Array.from({ length: 12 }, (_, at) => new Document({ title: `d${at}`, body: null }));
    session.addAll(documents);
    await session.flush();
    for (const document of documents) document.body = `body of ${document.title}`;
    await session.commit();
    session.expungeAll();
    const found = (await session.scalars(select(Measure).orderBy(Measure.id))).all();
    expect(found.map(({ name, amount }) => [name, amount])).toEqual(measures.map(({ name, id }) => [name, id * 2]));
    const read = (await session.scalars(select(Document).orderBy(Document.id))).all();
    expect(read.map(({ body, revision }) => [body, revision])).toEqual(
      read.map(({ title }) => [`body of ${title}`, 2]),
    );
    writes.length = 0;
    for (const each of [...found, ...read]) await session.delete(each);
    await session.commit();
    expect((await session.scalars(select(Measure))).all()).toEqual([]);
    // Where a statement is no round trip, lists are of few lengths.
    if (database.has("insert-returning")) expect(writes).toHaveLength(database.has("server-sessions") ? 2 : 3);
    await engine.dispose();
  });

  it("say which of many versioned rows someone else has changed", async () => {
    const engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    await using other = new AsyncSession(engine);
    const documents = Array.from({ length: 7 }, (_, at) => new Document({ title: `d${at}` }));
    session.addAll(documents);
    await session.commit();
    const stale = documents[3]?.id ?? 0;
    const theirs = await other.getOne(Document, stale);
    theirs.title = "theirs";
    await other.commit();
    for (const document of documents) document.title += "!";
    await expect(session.flush()).rejects.toThrow(`UPDATE of Document(${stale}) found no row with revision = 1`);
    await session.rollback();
    await engine.dispose();
  });
});
