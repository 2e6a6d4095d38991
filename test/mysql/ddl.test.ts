// DDL as text, and on a real server through the asynchronous engine: the example schemas' tables, rings of foreign
// keys, and every kind of column, constraint and index that these servers have.
import { afterEach, describe, expect, it } from "vitest";
import { metadata as examples } from "../../generated/tables.js";
import { mariadb, mysql } from "../../runtime/dialects/mysql/dialect.js";
import { CompileError } from "../../runtime/errors/errors.js";
import * as athanor from "../../runtime/index.js";
import { describeDatabase } from "../support/databases/databases.js";
import { mariadbUrl } from "./support/connection.js";

const { check, createTable, foreignKey, index, indexKey, MetaData, sql, Table, tableOptions, unique } = athanor;

/** One of everything. */
function everything(metadata: athanor.MetaData): InstanceType<typeof Table> {
  return new Table(
    "everything",
    metadata,
    {
      id: athanor.BigInteger({ unsigned: true }).primaryKey({ name: "everything_pkey" }).identity(),
      small: athanor.SmallInteger().default(-7).check("small < 10", { name: "small_is_small" }),
      flag: athanor.Bool().default(true),
      ratio: athanor.Real().nullable(),
      price: athanor.Numeric(12, 2).default("0.10"),
      code: athanor.Char(3).default("a\\b"),
      name: athanor.Varchar(30).collate("utf8mb4_general_ci").comment("it's a name"),
      body: athanor.Text().default("none"),
      raw: athanor.Bytes().nullable(),
      hash: athanor.Binary(4).nullable(),
      day: athanor.SqlDate().default(athanor.currentDate),
      hour: athanor.SqlTime(3).default(athanor.currentTime),
      made: athanor.Timestamp().default(athanor.currentTimestamp),
      seen: athanor.TimestampTz(0).default(athanor.currentTimestamp),
      left: athanor.TimestampTz().nullable(),
      key: athanor.Uuid().nullable(),
      meta: athanor.Json().default({ a: 1 }),
      state: athanor.Enum("state", ["new", "it's"]).default("it's"),
      sum: athanor.Integer().default(sql("1 + 1")),
    },
    [
      unique(["code", "name"], { name: "everything_code_name_key" }),
      check("price >= 0", { name: "price_is_positive" }),
      index([indexKey("made", { direction: "desc" }), "body"], { name: "everything_made_idx" }),
      tableOptions({ comment: "one of everything" }),
    ],
  );
}

describe("a table's text", () => {
  it("has the servers' types, keys and words", () => {
    const table = everything(new MetaData());
    expect(mariadb.ddl.createTable(table).trim()).toBe(
      `CREATE TABLE everything (
	id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, 
	small SMALLINT NOT NULL DEFAULT -7, 
	flag TINYINT(1) NOT NULL DEFAULT true, 
	ratio FLOAT NULL, 
	price DECIMAL(12, 2) NOT NULL DEFAULT '0.10', 
	code CHAR(3) NOT NULL DEFAULT 'a\\\\b', 
	name VARCHAR(30) COLLATE utf8mb4_general_ci NOT NULL COMMENT 'it''s a name', 
	body LONGTEXT NOT NULL DEFAULT ('none'), 
	raw LONGBLOB NULL, 
	hash BINARY(4) NULL, 
	day DATE NOT NULL DEFAULT (CURRENT_DATE), 
	hour TIME(3) NOT NULL DEFAULT (CURRENT_TIME(3)), 
	made DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), 
	seen TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, 
	\`left\` TIMESTAMP(6) NULL, 
	\`key\` CHAR(36) NULL, 
	meta JSON NOT NULL DEFAULT ('{"a":1}'), 
	state ENUM('new', 'it''s') NOT NULL DEFAULT 'it''s', 
	sum INTEGER NOT NULL DEFAULT (1 + 1), 
	CONSTRAINT everything_pkey PRIMARY KEY (id), 
	CONSTRAINT small_is_small CHECK (small < 10), 
	CONSTRAINT everything_code_name_key UNIQUE (code, name), 
	CONSTRAINT price_is_positive CHECK (price >= 0)
)ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin COMMENT='one of everything'`,
    );
    expect(mysql.ddl.createTable(table)).toContain("COLLATE=utf8mb4_bin");
    expect(table.indexes.map((each) => mariadb.ddl.createIndex(each))).toEqual([
      "CREATE INDEX everything_made_idx ON everything (made DESC, body(255))",
    ]);
    expect(table.indexes.map((each) => mariadb.ddl.dropIndex(each))).toEqual([
      "DROP INDEX everything_made_idx ON everything",
    ]);
  });

  it.each<[string, Record<string, athanor.ColumnBuilder<unknown>>, RegExp]>([
    ["text without a length in varchar", { a: athanor.Varchar() }, /varchar\(n\)/],
    ["bytes without a length in varbinary", { a: athanor.Varbinary() }, /varbinary\(n\)/],
    ["decimals without a precision", { a: athanor.Numeric() }, /numeric\(p, s\)/],
    ["decimals that are too wide", { a: athanor.Numeric(66, 2) }, /at most 65 digits/],
    ["a type of another database", { a: athanor.Inet() }, /no type for inet/],
    ["a number that is no key", { a: athanor.Integer().identity() }, /key begins/],
    ["a number that is none", { a: athanor.Varchar(3).primaryKey().identity() }, /whole-number/],
    ["text of any length as primary key", { a: athanor.Text().primaryKey() }, /varchar\(n\)/],
    ["an enum value that would be cut", { a: athanor.Enum("e", ["a "]) }, /ends with a blank/],
    ["a deferrable foreign key", { a: athanor.Integer().references("t.a", { deferrable: true }) }, /deferrable/],
    ["SET DEFAULT", { a: athanor.Integer().references("t.a", { onDelete: "set default" }) }, /SET DEFAULT/],
    ["a unique JSON document", { a: athanor.Json().unique() }, /JSON/],
  ])("is refused for %s", (_what, columns, message) => {
    const table = new Table("t", new MetaData(), columns);
    expect(() => mariadb.ddl.createTable(table)).toThrow(CompileError);
    expect(() => mariadb.ddl.createTable(table)).toThrow(message);
  });

  it("takes fragments for standard SQL, unless they are for the server", () => {
    const table = new Table("t", new MetaData(), { order: athanor.Varchar(9).default(sql({ default: "'a\\b'" })) }, [
      check(`"order" != 'it''s "x"'`),
      check(sql({ default: "1 = 2", mariadb: `"order" = 'x'` })),
    ]);
    const text = mariadb.ddl.createTable(table);
    expect(text).toContain("DEFAULT 'a\\\\b'");
    expect(text).toContain("CHECK (`order` != 'it''s \"x\"')");
    expect(text).toContain(`CHECK ("order" = 'x')`);
  });

  it("depends on the server where one can do more", () => {
    const table = new Table("t", new MetaData(), { a: athanor.Text().unique() }, [
      index([sql("lower(a)")], { name: "t_lower" }),
      index(["a"], { name: "t_where", unique: true, where: "a > 'b'" }),
      index([indexKey("a", { nulls: "last" })], { name: "t_nulls" }),
    ]);
    expect(mariadb.ddl.createTable(table)).toContain("UNIQUE (a)");
    expect(() => mysql.ddl.createTable(table)).toThrow(/varchar\(n\)/);
    const [lower, where, nulls] = table.indexes;
    if (lower === undefined || where === undefined || nulls === undefined) throw new Error("three indexes");
    expect(mysql.ddl.createIndex(lower)).toBe("CREATE INDEX t_lower ON t ((lower(a)))");
    expect(() => mariadb.ddl.createIndex(lower)).toThrow(/expression/);
    expect(() => mysql.ddl.createIndex(where)).toThrow(/condition/);
    expect(() => mysql.ddl.createIndex(nulls)).toThrow(/NULLs last/);
  });
});

await describeDatabase("mysql", "tables on the server", (database) => {
  const engines: athanor.AsyncEngine[] = [];
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  });
  const open = (): athanor.AsyncEngine => {
    const engine = athanor.createAsyncEngine(mariadbUrl(database.url));
    engines.push(engine);
    return engine;
  };

  it("of the example schemas are created and dropped, however often that is asked for", async () => {
    const engine = open();
    const count = async (): Promise<unknown> =>
      (
        await engine.connect((connection) =>
          connection.execute(
            athanor.text("SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE()"),
          ),
        )
      ).scalarOne();
    await examples.createAll(engine);
    await examples.createAll(engine);
    expect(await count()).toBe(examples.tables.size);
    await examples.dropAll(engine);
    await examples.dropAll(engine);
    expect(await count()).toBe(0);
  });

  it("have the defaults, comments and checks that were said", async () => {
    const engine = open();
    const metadata = new MetaData();
    const table = everything(metadata);
    await metadata.createAll(engine);
    const row = await engine.begin(async (connection) => {
      await connection.execute(athanor.insert(table).values({ name: "n" }));
      return (await connection.execute(athanor.select(table))).one();
    });
    const found = [...row].map((value) =>
      typeof value === "object" && value !== null ? JSON.stringify(value) : value,
    );
    const clocks = found.splice(10, 4);
    const plain = [1n, -7, true, null, '"0.1"', "a\\b", "n", "none", null, null];
    expect(found).toEqual(plain.concat([null, null, '{"a":1}', "it's", 2]));
    const patterns = [/^"\d{4}-\d\d-\d\d"$/, /^"\d\d:/, /T/, /Z"$/];
    for (const [at, pattern] of patterns.entries()) expect(clocks[at]).toMatch(pattern);
    const comments =
      "SELECT column_comment AS c FROM information_schema.columns " +
      "WHERE column_name = 'name' AND table_name = 'everything'";
    const told = await engine.connect((connection) => connection.execute(athanor.text(comments)));
    expect(told.scalars().all()).toEqual(["it's a name"]);
    for (const values of [{ small: 11 }, { price: "-1" }]) {
      const failing = engine.begin((connection) =>
        connection.execute(athanor.insert(table).values({ name: "x", ...values })),
      );
      await expect(failing).rejects.toThrow(athanor.CheckViolationError);
    }
    await metadata.dropAll(engine);
  });

  it("in a ring of foreign keys, and in other databases, are created and dropped", async () => {
    const engine = open();
    const metadata = new MetaData();
    createTable("hen", metadata, { id: athanor.Integer().primaryKey(), eggId: athanor.Integer().nullable() }, [
      foreignKey(["eggId"], "egg", ["id"], { name: "hen_egg_fkey" }),
    ]);
    createTable("egg", metadata, { id: athanor.Integer().primaryKey(), henId: athanor.Integer().references("hen.id") });
    await metadata.createAll(engine);
    await metadata.dropAll(engine);
    await metadata.createAll(engine);
    await metadata.dropAll(engine);
    const checks = await engine.connect((connection) =>
      connection.execute(athanor.text("SELECT @@foreign_key_checks AS c")),
    );
    expect(checks.scalars().all()).toEqual([1]);
  });

  it("tell texts apart by their characters, as the other databases do", async () => {
    const engine = open();
    const metadata = new MetaData();
    const table = new Table("word", metadata, { word: athanor.Varchar(20).primaryKey() });
    await metadata.createAll(engine);
    const words = ["a", "A", "a ", "á", "ß", "ss", "😀", "😁", "\u0000"];
    const found = await engine.begin(async (connection) => {
      await connection.execute(athanor.insert(table).values(words.map((word) => ({ word }))));
      return (await connection.execute(athanor.text("SELECT word FROM word ORDER BY word"))).scalars().all();
    });
    expect(found).toEqual(words.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    await metadata.dropAll(engine);
  });
});
