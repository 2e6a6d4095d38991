// Database URLs: what they parse to, that the password never shows, and what is said about those that cannot be used.
import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dialectOf } from "../../runtime/dialects/registry.js";
import { DatabaseUrl, parseUrl } from "../../runtime/dialects/url.js";
import { UrlError } from "../../runtime/errors/errors.js";

const parts = (url: DatabaseUrl): unknown => ({
  dialect: url.dialect,
  driver: url.driver,
  username: url.username,
  password: url.password,
  host: url.host,
  port: url.port,
  database: url.database,
  query: Object.fromEntries(url.query),
});

const nothing = {
  driver: null,
  username: null,
  password: null,
  host: null,
  port: null,
  database: null,
  query: {},
};

describe("parseUrl", () => {
  it.each([
    ["sqlite://", { dialect: "sqlite" }],
    ["sqlite:///", { dialect: "sqlite" }],
    ["sqlite:///:memory:", { dialect: "sqlite", database: ":memory:" }],
    ["sqlite:///relative.db", { dialect: "sqlite", database: "relative.db" }],
    ["sqlite:////absolute/a%20b.db", { dialect: "sqlite", database: "/absolute/a b.db" }],
    ["sqlite:///C:\\data\\a.db", { dialect: "sqlite", database: "C:\\data\\a.db" }],
    [
      "sqlite:///a.db?readonly=true&timeout=0",
      { dialect: "sqlite", database: "a.db", query: { readonly: "true", timeout: "0" } },
    ],
    ["SQLite+better-sqlite3:///a.db", { dialect: "sqlite", driver: "better-sqlite3", database: "a.db" }],
    [
      "postgresql://user:p%40ss@host:5432/db?sslmode=require",
      {
        dialect: "postgresql",
        username: "user",
        password: "p@ss",
        host: "host",
        port: 5432,
        database: "db",
        query: { sslmode: "require" },
      },
    ],
    ["postgres://[::1]:5433/db", { dialect: "postgres", host: "::1", port: 5433, database: "db" }],
    ["mysql+mysql2://root@localhost", { dialect: "mysql", driver: "mysql2", username: "root", host: "localhost" }],
    ["mariadb://:secret@h/d", { dialect: "mariadb", password: "secret", host: "h", database: "d" }],
  ])("%s", (text, expected) => {
    expect(parts(parseUrl(text))).toEqual({ ...nothing, ...expected });
  });

  it.each([
    ["app.db", /does not begin like a database URL; write dialect:/],
    ["", /does not begin like a database URL/],
    ["sqlite:app.db", /does not begin like a database URL/],
    ["postgresql://host:port/db", /a port that is not a number/],
    ["postgresql://host:70000/db", /a port that is not a number/],
    ["postgresql://u:p@ss@host/db", /more than one @.*%40/],
    ["sqlite:///100%.db", /%25/],
  ])("refuses %j", (text, message) => {
    expect(() => parseUrl(text)).toThrow(UrlError);
    expect(() => parseUrl(text)).toThrow(message);
  });

  it.each([
    "postgresql://user:hunter2@host:x/db",
    "postgresql://user:hunter2@ss@host/db",
    "postgresql://user:hunter2/x@host/db",
    "postgresql://user:hunter2%zz@host/db",
    "user:hunter2@host/db",
  ])("keeps the password of %s out of the error", (text) => {
    let message = "";
    try {
      parseUrl(text);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/^UrlError/);
    expect(message).not.toContain("hunter2");
  });

  it("shows *** in place of the password, wherever it is printed", () => {
    const url = parseUrl("postgresql://user:hunter2@host/db?a=b%20c");
    const shown = "postgresql://user:***@host/db?a=b%20c";
    expect(String(url)).toBe(shown);
    expect(JSON.stringify({ url })).toBe(`{"url":"${shown}"}`);
    expect(inspect(url)).toBe(`DatabaseUrl(${shown})`);
    expect(inspect({ url }, { depth: 9, showHidden: true })).not.toContain("hunter2");
    expect(url.render({ showPassword: true })).toBe("postgresql://user:hunter2@host/db?a=b%20c");
  });

  it("has copies with other parts and parameters", () => {
    const url = parseUrl("postgresql+pg://user:hunter2@host:5432/db?a=1&token=secret");
    expect(String(url)).toBe("postgresql+pg://user:***@host:5432/db?a=1&token=***");
    const shown = { showPassword: true };
    expect(url.set({ database: "other", port: null }).render(shown)).toBe(
      "postgresql+pg://user:hunter2@host/other?a=1&token=secret",
    );
    expect(url.set({ password: "new", query: {} }).render(shown)).toBe("postgresql+pg://user:new@host:5432/db");
    expect(url.updateQuery({ a: null, token: null, b: "2" }).render()).toBe(
      "postgresql+pg://user:***@host:5432/db?b=2",
    );
    expect(url.query.get("a")).toBe("1");
  });

  it("reads back what it renders", () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" });
    const query = fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true });
    const url = fc
      .record({ username: text, password: text, host: fc.domain(), port: fc.nat(65535), database: text, query })
      .map((given) => new DatabaseUrl({ dialect: "postgresql", driver: "pg", ...given }));
    fc.assert(
      fc.property(url, (given) => {
        expect(parts(parseUrl(given.render({ showPassword: true })))).toEqual(parts(given));
      }),
    );
  });
});

const of = (text: string) => () => dialectOf(parseUrl(text));

describe("dialectOf", () => {
  it("knows SQLite", () => {
    expect(of("sqlite://")().name).toBe("sqlite");
    expect(of("sqlite+better-sqlite3://")().name).toBe("sqlite");
    expect(of("postgres://h/d")().name).toBe("postgresql");
    expect(of("mysql+mysql2://h/d")().name).toBe("mysql");
    expect(of("mariadb://h/d")().name).toBe("mariadb");
  });

  it.each([
    [
      "oracle://h/d",
      'unknown dialect "oracle" in oracle://h/d; known are sqlite://, postgresql://, mysql://, mariadb://',
    ],
    [
      "sqlite+pysqlite:///a.db",
      '"pysqlite" is a Python driver; in sqlite+pysqlite:///a.db write sqlite:// or sqlite+better-sqlite3://',
    ],
    [
      "postgresql+psycopg2://u:hunter2@h/d",
      '"psycopg2" is a Python driver; in postgresql+psycopg2://u:***@h/d write postgresql:// or postgresql+pg://',
    ],
    ["mysql+pymysql://h/d", '"pymysql" is a Python driver; in mysql+pymysql://h/d write mysql:// or mysql+mysql2://'],
    [
      "sqlite+foo:///a.db",
      'unknown driver "foo" for sqlite in sqlite+foo:///a.db; write sqlite:// or sqlite+better-sqlite3://',
    ],
  ])("%s", (text, message) => {
    expect(of(text)).toThrow(UrlError);
    expect(of(text)).toThrow(message);
  });
});
