// DDL without a database.
import { describe, expect, it } from "vitest";
import {
  createMockEngine,
  CreateTable,
  InvalidRequestError,
  Integer,
  MetaData,
  select,
  Table,
  UrlError,
  Varchar,
} from "athanor";

const metadata = new MetaData();
const owner = new Table("owner", metadata, { id: Integer().primaryKey(), name: Varchar(20) });
const pet = new Table("pet", metadata, { id: Integer().primaryKey(), ownerId: Integer().references("owner.id") });

describe("createMockEngine()", () => {
  it.each(["postgresql://", "mariadb://", "sqlite://"])("prints the schema in the words of %s, in order", (url) => {
    const printed: string[] = [];
    const engine = createMockEngine(url, (sql) => printed.push(sql.trim().split("(")[0] ?? ""));
    metadata.createAll(engine);
    metadata.dropAll(engine, { tables: [pet] });
    const quote = url.startsWith("maria") ? "`" : "";
    expect(printed.map((text) => text.trim())).toEqual(["CREATE TABLE owner", "CREATE TABLE pet", "DROP TABLE pet"]);
    engine.execute(select(owner.c.name));
    expect(printed.at(-1)).toMatch(new RegExp(`^SELECT ${quote}?owner`));
    engine.execute(new CreateTable(owner));
    expect(printed.at(-1)).toMatch(/^CREATE TABLE/);
  });

  it("refuses what needs a database, and URLs that name none", () => {
    const engine = createMockEngine("sqlite://", () => undefined);
    expect(() => metadata.createAll(engine, { checkFirst: true })).toThrow(InvalidRequestError);
    // @ts-expect-error no statement
    expect(() => engine.execute("SELECT 1")).toThrow(InvalidRequestError);
    expect(() => createMockEngine("nothing://", () => undefined)).toThrow(UrlError);
  });
});
