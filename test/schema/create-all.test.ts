// createAll and dropAll on a real engine: order, what exists is kept, one transaction, what the log shows.
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../runtime/engine/engine.js";
import { ArgumentError, DatabaseError, InvalidRequestError } from "../../runtime/errors/errors.js";
import { CreateTable, DropTable } from "../../runtime/schema/ddl-elements.js";
import { check } from "../../runtime/schema/extras.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import { text } from "../../runtime/sql/build/text.js";
import { Integer, Text, Varchar } from "../../runtime/types/types.js";

/** An engine on its own memory database, and the statements it logs. */
function loggedEngine(): { engine: Engine; statements: string[] } {
  const statements: string[] = [];
  const logger = (line: string): void => {
    const message = /INFO \S+ ([\s\S]*)$/.exec(line)?.[1] ?? line;
    if (!message.startsWith("[")) statements.push(message);
  };
  return { engine: createEngine("sqlite://", { echo: true, logger }), statements };
}

function tableNames(engine: Engine): unknown[] {
  const query = text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid");
  return engine.connect((connection) => connection.scalars(query).all());
}

function shop(): MetaData {
  const metadata = new MetaData();
  new Table("address", metadata, {
    id: Integer().primaryKey(),
    emailAddress: Text().named("email_address").index(),
    userId: Integer().named("user_id").references("user_account.id"),
  });
  new Table("user_account", metadata, { id: Integer().primaryKey(), name: Varchar(30), fullname: Text().nullable() });
  return metadata;
}

describe("createAll", () => {
  it("asks what is there, then creates in dependency order, in one transaction", () => {
    const { engine, statements } = loggedEngine();
    shop().createAll(engine);
    expect(statements).toEqual([
      "BEGIN (implicit)",
      'PRAGMA main.table_info("user_account")',
      'PRAGMA temp.table_info("user_account")',
      'PRAGMA main.table_info("address")',
      'PRAGMA temp.table_info("address")',
      "\nCREATE TABLE user_account (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(30) NOT NULL, \n\tfullname TEXT, " +
        "\n\tPRIMARY KEY (id)\n)\n\n",
      "\nCREATE TABLE address (\n\tid INTEGER NOT NULL, \n\temail_address TEXT NOT NULL, \n\tuser_id INTEGER NOT NULL, " +
        "\n\tPRIMARY KEY (id), \n\tFOREIGN KEY(user_id) REFERENCES user_account (id)\n)\n\n",
      "CREATE INDEX ix_address_email_address ON address (email_address)",
      "COMMIT",
    ]);
    expect(tableNames(engine)).toEqual(["user_account", "address"]);
  });

  it("keeps the tables that exist, and creates the others", () => {
    const { engine, statements } = loggedEngine();
    engine.begin((connection) => {
      connection.execute(text("CREATE TABLE user_account (id INTEGER PRIMARY KEY, other TEXT)"));
      connection.execute(text("CREATE TEMPORARY TABLE address (x)"));
    });
    statements.length = 0;
    shop().createAll(engine);
    expect(statements).toEqual([
      "BEGIN (implicit)",
      'PRAGMA main.table_info("user_account")',
      'PRAGMA main.table_info("address")',
      'PRAGMA temp.table_info("address")',
      "COMMIT",
    ]);
    expect(tableNames(engine)).toEqual(["user_account"]);
  });

  it("does nothing the second time", () => {
    const { engine } = loggedEngine();
    const metadata = shop();
    metadata.createAll(engine);
    metadata.createAll(engine);
    expect(tableNames(engine)).toEqual(["user_account", "address"]);
  });

  it("without asking leaves it to the database to complain", () => {
    const { engine } = loggedEngine();
    const metadata = shop();
    metadata.createAll(engine);
    expect(() => metadata.createAll(engine, { checkFirst: false })).toThrow(DatabaseError);
  });

  it("creates all tables or none", () => {
    const { engine } = loggedEngine();
    const metadata = shop();
    new Table("zzz", metadata, { id: Integer().primaryKey() }, [check("no_such_function(id)")]);
    expect(() => metadata.createAll(engine)).toThrow(DatabaseError);
    expect(tableNames(engine)).toEqual([]);
  });

  it("creates only the tables it is asked for", () => {
    const { engine } = loggedEngine();
    const metadata = shop();
    const user = metadata.tables.get("user_account") ?? expect.unreachable();
    metadata.createAll(engine, { tables: [user] });
    expect(tableNames(engine)).toEqual(["user_account"]);
    const stranger = new Table("stranger", new MetaData(), { id: Integer() });
    expect(() => metadata.createAll(engine, { tables: [stranger] })).toThrow(ArgumentError);
  });

  it("works inside a connection's own transaction", () => {
    const { engine } = loggedEngine();
    const metadata = shop();
    engine.connect((connection) => {
      metadata.createAll(connection);
      connection.rollback();
    });
    expect(tableNames(engine)).toEqual([]);
    engine.connect((connection) => {
      metadata.createAll(connection);
      connection.commit();
    });
    expect(tableNames(engine)).toEqual(["user_account", "address"]);
  });

  it("refuses, before it starts, keys that lead nowhere and what is no engine", () => {
    const { engine, statements } = loggedEngine();
    const metadata = new MetaData();
    new Table("a", metadata, { b: Integer().references("b.id") });
    expect(() => metadata.createAll(engine)).toThrow(InvalidRequestError);
    expect(statements).toEqual([]);
    expect(() => metadata.createAll(JSON.parse("{}"))).toThrow("createAll() takes an engine or a connection");
  });

  it("creates tables with hostile names, and only those", () => {
    const { engine } = loggedEngine();
    const metadata = new MetaData();
    const names = [
      "a; DROP TABLE b",
      'x"y',
      "it's",
      "select",
      "b.c",
      "ROBERT'); --",
      "tab\tnew\nline",
      "é😀",
      "[x]",
      "`x`",
    ];
    for (const name of names) {
      new Table(name, metadata, {
        [name]: Integer().primaryKey(),
        v: Text()
          .default(name)
          .unique({ name: `${name} u` }),
      });
    }
    metadata.createAll(engine);
    expect(new Set(tableNames(engine))).toEqual(new Set(names));
    for (const table of metadata.sortedTables) {
      engine.begin((connection) => connection.execute(table.insert().values({ [table.name]: 1 })));
      const rows = engine.connect((connection) => connection.execute(table.select()).all());
      expect(rows.map((row) => Array.from(row))).toEqual([[1, table.name]]);
    }
    metadata.dropAll(engine);
    expect(tableNames(engine)).toEqual([]);
  });
});

describe("dropAll", () => {
  it("drops what refers to others first, and only what is there", () => {
    const { engine, statements } = loggedEngine();
    const metadata = shop();
    metadata.createAll(engine);
    engine.begin((connection) => {
      connection.execute(text("INSERT INTO user_account VALUES (1, 'a', NULL)"));
      connection.execute(text("INSERT INTO address VALUES (1, 'a@b', 1)"));
    });
    statements.length = 0;
    metadata.dropAll(engine);
    expect(statements).toEqual([
      "BEGIN (implicit)",
      'PRAGMA main.table_info("address")',
      'PRAGMA main.table_info("user_account")',
      "\nDROP TABLE address",
      "\nDROP TABLE user_account",
      "COMMIT",
    ]);
    metadata.dropAll(engine);
    expect(tableNames(engine)).toEqual([]);
    expect(() => metadata.dropAll(engine, { checkFirst: false })).toThrow(DatabaseError);
  });

  it("creates and drops rings of tables, with rows that refer to each other", () => {
    const { engine } = loggedEngine();
    const metadata = new MetaData();
    new Table("a", metadata, { id: Integer().primaryKey(), b: Integer().references("b.id").nullable() });
    new Table("b", metadata, { id: Integer().primaryKey(), a: Integer().references("a.id").nullable() });
    new Table("self", metadata, { id: Integer().primaryKey(), up: Integer().references("self.id").nullable() });
    metadata.createAll(engine);
    expect(tableNames(engine)).toEqual(["self", "a", "b"]);
    engine.begin((connection) => {
      for (const statement of [
        "INSERT INTO a VALUES (1, NULL)",
        "INSERT INTO b VALUES (1, 1)",
        "UPDATE a SET b = 1",
        "INSERT INTO self VALUES (1, 1), (2, 1)",
      ]) {
        connection.execute(text(statement));
      }
    });
    metadata.dropAll(engine);
    expect(tableNames(engine)).toEqual([]);
  });
});

describe("DDL statements", () => {
  it("execute like any other", () => {
    const { engine } = loggedEngine();
    const table = new Table("t", new MetaData(), { id: Integer().primaryKey() });
    engine.begin((connection) => connection.execute(new CreateTable(table)));
    expect(tableNames(engine)).toEqual(["t"]);
    engine.begin((connection) => connection.execute(new DropTable(table)));
    expect(tableNames(engine)).toEqual([]);
  });
});
