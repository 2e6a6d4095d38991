// An application's own types on every database: converted on the way there and back, also inside arrays and as literals,
// and compared in their own way.
import {
  ArrayOf,
  type AsyncEngine,
  comparedAs,
  createAsyncEngine,
  customType,
  func,
  insert,
  Integer,
  MetaData,
  select,
  Table,
  Text,
  update,
  Varchar,
} from "athanor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";

const link = customType<URL, string>({
  name: "Url",
  impl: Varchar(60),
  encode: (url) => url.href,
  decode: (text) => new URL(text),
});
const caseless = comparedAs(
  customType<string, string>({ name: "Caseless", impl: Varchar(20), encode: String, decode: String }),
  (text) => func.lower(text),
);
const metadata = new MetaData();
const page = new Table("page", metadata, {
  id: Integer().primaryKey(),
  url: link,
  others: ArrayOf(link),
  title: caseless,
});
const home = new URL("https://example.org/a?b='c'");

it("has a literal form", () => {
  const statement = select(page.c.id).where(page.c.url.eq(home));
  expect(statement.compile({ literalBinds: true }).sql).toContain("WHERE page.url = 'https://example.org/a?b=%27c%27'");
});

it("puts both sides of a comparison into its expression", () => {
  const where = (condition: ReturnType<typeof page.c.title.eq>): string =>
    String(select(page.c.id).where(condition)).split("WHERE ")[1] ?? "";
  expect(where(page.c.title.eq("A"))).toBe("lower(page.title) = lower(:title_1)");
  expect(where(page.c.title.between("A", "B"))).toBe("lower(page.title) BETWEEN lower(:title_1) AND lower(:title_2)");
  expect(where(page.c.title.in(["A", "B"]))).toBe(
    "lower(page.title) = lower(:title_1) OR lower(page.title) = lower(:title_2)",
  );
  expect(where(page.c.title.notIn(["A"]))).toBe("lower(page.title) != lower(:title_1)");
  expect(where(page.c.title.isNull())).toBe("page.title IS NULL");
  expect(() => comparedAs(Text(), (text) => text)).toThrow(/takes what customType\(\) makes/);
});

await describeEachDatabase("custom types", {}, (database) => {
  let engine: AsyncEngine;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
  });
  afterAll(async () => {
    await metadata.dropAll(engine);
    await engine.dispose();
  });

  it("are converted there and back, and compared", async () => {
    await engine.connect(async (connection) => {
      await connection.execute(
        insert(page).values({ id: 1, url: home, others: [home, new URL("x:y")], title: "Start" }),
      );
      const found = await connection.execute(select(page).where(page.c.url.eq(home), page.c.title.eq("sTART")));
      const row = found.one();
      expect(row.url.href).toBe(home.href);
      expect(row.others.map((url) => url.href)).toEqual([home.href, "x:y"]);
      await connection.execute(
        update(page)
          .where(page.c.title.in(["x", "START"]))
          .values({ url: new URL("z:") }),
      );
      expect(String(await connection.scalar(select(page.c.url)))).toBe("z:");
    });
  });
});
