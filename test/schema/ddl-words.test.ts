// What can be said beside columns, in each dialect's words, and what a dialect refuses because it has no form for it.
import { describe, expect, it } from "vitest";
import {
  AddConstraint,
  check,
  CreateIndex,
  CreateSchema,
  CreateSequence,
  CreateTable,
  CreateView,
  type DdlElement,
  type Dialect,
  DropConstraint,
  DropSequence,
  DropTableComment,
  DropView,
  element,
  foreignKey,
  index,
  indexKey,
  Integer,
  mariadb,
  MetaData,
  mysql,
  partitionOf,
  postgresql,
  primaryKey,
  Sequence,
  SetColumnComment,
  SetTableComment,
  sql,
  sqlite,
  Table,
  type TableExtra,
  tableOptions,
  Text,
  TimestampTz,
  unique,
  Varchar,
  viewOf,
} from "athanor";
import { CompileError } from "../../runtime/errors/errors.js";

function textOf(statement: DdlElement, dialect: Dialect): string {
  return statement.compile({ dialect }).sql.trim();
}

function tableWith(...extras: readonly TableExtra[]): Table {
  return new Table("t", new MetaData(), { a: Integer(), b: Varchar(10).nullable() }, extras);
}

/** The line of the table that the extra makes. */
function line(extra: TableExtra, dialect: Dialect): string | undefined {
  return textOf(new CreateTable(tableWith(extra)), dialect)
    .split("\n")
    .map((each) => each.trim())
    .find((each) => !/^(?:CREATE TABLE|[ab] |\))/.test(each));
}

function indexText(extra: TableExtra, dialect: Dialect): string {
  const [only] = tableWith(extra).indexes;
  if (only === undefined) throw new Error("no index");
  return textOf(new CreateIndex(only), dialect);
}

describe("constraints", () => {
  it("say when they are checked", () => {
    const late = unique(["a"], { name: "u", deferrable: { initiallyDeferred: true } });
    expect(line(late, postgresql)).toBe("CONSTRAINT u UNIQUE (a) DEFERRABLE INITIALLY DEFERRED");
    expect(() => line(late, sqlite)).toThrow(CompileError);
    expect(() => line(late, mysql)).toThrow(/deferrable/);
    const replaced = primaryKey(["a"], { onConflict: "replace" });
    expect(line(replaced, sqlite)).toBe("PRIMARY KEY (a) ON CONFLICT REPLACE");
    expect(() => line(replaced, postgresql)).toThrow(/ON CONFLICT/);
    const unenforced = check("a > 0", { name: "c", notEnforced: true });
    expect(line(unenforced, mysql)).toBe("CONSTRAINT c CHECK (a > 0) NOT ENFORCED");
    expect(() => line(unenforced, mariadb)).toThrow(/NOT ENFORCED/);
    expect(line(unique(["a"], { nullsNotDistinct: true }), postgresql)).toBe("UNIQUE NULLS NOT DISTINCT (a)");
  });

  it("say what a deletion touches, and are kept as SQL", () => {
    const key = foreignKey(["a", "b"], "other", ["x", "y"], {
      name: "f",
      onDelete: "set null",
      onDeleteColumns: ["b"],
      match: "full",
    });
    expect(line(key, postgresql)).toBe(
      "CONSTRAINT f FOREIGN KEY(a, b) REFERENCES other (x, y) MATCH FULL ON DELETE SET NULL (b)",
    );
    expect(() => line(key, sqlite)).toThrow(/sets only b/);
    expect(line(element("EXCLUDE (a WITH =)", { name: "e" }), postgresql)).toBe("CONSTRAINT e EXCLUDE (a WITH =)");
  });

  it("are added and dropped by name", () => {
    const table = tableWith(unique(["a"], { name: "u" }), check("a > 0"), primaryKey(["a"], { name: "p" }));
    const [named, unnamed] = table.constraints;
    if (named === undefined || unnamed === undefined) throw new Error("two constraints");
    expect(textOf(new AddConstraint(table, named), postgresql)).toBe("ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)");
    expect(textOf(new DropConstraint(table, named), postgresql)).toBe("ALTER TABLE t DROP CONSTRAINT u");
    expect(textOf(new DropConstraint(table, named), mysql)).toBe("ALTER TABLE t DROP INDEX u");
    expect(textOf(new DropConstraint(table, table.primaryKey), mysql)).toBe("ALTER TABLE t DROP PRIMARY KEY");
    expect(() => textOf(new DropConstraint(table, unnamed), postgresql)).toThrow(/has no name/);
    expect(() => textOf(new AddConstraint(table, named), sqlite)).toThrow(/make the table anew/);
  });
});

describe("indexes", () => {
  it("have methods, operator classes, storage and prefixes where there are such", () => {
    const rich = index([indexKey("b", { operatorClass: "text_pattern_ops", nulls: "first" })], {
      name: "i",
      using: "gin",
      include: ["a"],
      with: { fillfactor: 70 },
    });
    expect(indexText(rich, postgresql)).toBe(
      "CREATE INDEX i ON t USING gin (b text_pattern_ops NULLS FIRST) INCLUDE (a) WITH (fillfactor = 70)",
    );
    expect(() => indexText(rich, sqlite)).toThrow(/gin/);
    const prefixed = index([indexKey("b", { prefix: 5 })], { name: "i", comment: "why" });
    expect(indexText(prefixed, mariadb)).toBe("CREATE INDEX i ON t (b(5)) COMMENT 'why'");
    expect(() => indexText(prefixed, postgresql)).toThrow(/first 5 characters/);
    expect(indexText(index(["b"], { name: "i", using: "fulltext" }), mysql)).toBe("CREATE FULLTEXT INDEX i ON t (b)");
  });
});

describe("columns", () => {
  const table = new Table("t", new MetaData(), {
    id: Integer().identity({ always: true, start: "10", increment: "5" }),
    serial: Integer().serial(),
    odd: Integer().serial({ name: "other.counter", cache: "3" }),
    twice: Integer().generated(sql({ default: "id * 2" }), { stored: true }),
    changed: TimestampTz(3).onUpdate(sql({ mysql: "CURRENT_TIMESTAMP(3)", mariadb: "CURRENT_TIMESTAMP(3)" })),
    loud: Text().collate("other.c"),
  });

  it("are numbered, computed and collated in the dialect's words", () => {
    expect(textOf(new CreateTable(table), postgresql).split("\n").slice(1, 7)).toEqual([
      "\tid INTEGER NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5), ",
      "\tserial SERIAL NOT NULL, ",
      "\todd INTEGER DEFAULT nextval('other.counter') NOT NULL, ",
      "\ttwice INTEGER GENERATED ALWAYS AS (id * 2) STORED NOT NULL, ",
      "\tchanged TIMESTAMP(3) WITH TIME ZONE NOT NULL, ",
      "\tloud TEXT COLLATE other.c NOT NULL",
    ]);
    expect(postgresql.ddl.beforeTable(table)).toEqual(["CREATE SEQUENCE other.counter AS integer CACHE 3"]);
    expect(postgresql.ddl.afterTable(table)).toEqual(["ALTER SEQUENCE other.counter OWNED BY t.odd"]);
    const own = new Table("m", new MetaData(), {
      id: Integer().primaryKey().serial(),
      changed:
        table.columns[4] === undefined ? Integer() : TimestampTz(3).onUpdate(sql({ mariadb: "CURRENT_TIMESTAMP(3)" })),
    });
    expect(textOf(new CreateTable(own), mariadb).split("\n").slice(1, 3)).toEqual([
      "\tid INTEGER NOT NULL AUTO_INCREMENT, ",
      "\tchanged TIMESTAMP(3) NOT NULL ON UPDATE CURRENT_TIMESTAMP(3), ",
    ]);
  });
});

describe("tables and what stands beside them", () => {
  it("have options and partitions", () => {
    const options = tableOptions({
      comment: "it's",
      options: {
        sqlite: { strict: true, "without rowid": true },
        postgresql: { unlogged: true, "partition by range (a)": true, fillfactor: 70 },
        mysql: { engine: "MyISAM", row_format: "DYNAMIC" },
      },
    });
    const last = (dialect: Dialect): string | undefined =>
      textOf(new CreateTable(tableWith(options)), dialect)
        .split("\n")
        .at(-1);
    expect(last(sqlite)).toBe(") STRICT, WITHOUT ROWID");
    expect(last(postgresql)).toBe(") partition by range (a) WITH (fillfactor = 70)");
    expect(last(mysql)).toBe(
      ")ENGINE=MyISAM DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='it''s' ROW_FORMAT=DYNAMIC",
    );
    expect(textOf(new CreateTable(tableWith(options)), postgresql)).toMatch(/^CREATE UNLOGGED TABLE t/);
    const unknown = tableWith(tableOptions({ options: { postgresql: { engine: true } } }));
    expect(() => textOf(new CreateTable(unknown), postgresql)).toThrow(/has the option engine/);
    const part = new Table("p", new MetaData(), { a: Integer().inherited() }, [
      partitionOf("t", "FOR VALUES IN (1)"),
      check("a > 0"),
    ]);
    expect(textOf(new CreateTable(part), postgresql)).toBe(
      "CREATE TABLE p PARTITION OF t (\n\tCHECK (a > 0)\n) FOR VALUES IN (1)",
    );
  });

  it("are views, sequences and schemas", () => {
    const metadata = new MetaData();
    const view = new Table("v", metadata, { a: Integer() }, [viewOf("SELECT 1 AS a", { materialized: true })]);
    expect(textOf(new CreateView(view), postgresql)).toBe("CREATE MATERIALIZED VIEW v AS SELECT 1 AS a");
    expect(textOf(new DropView(view), postgresql)).toBe("DROP MATERIALIZED VIEW v");
    expect(() => textOf(new CreateView(view), sqlite)).toThrow(/materialised/);
    const checked = new Table("w", metadata, { a: Integer() }, [
      viewOf("SELECT a FROM t"),
      tableOptions({ options: { mysql: { algorithm: "merge", "sql security": "invoker", check_option: "local" } } }),
    ]);
    expect(textOf(new CreateView(checked), mysql)).toBe(
      "CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW w AS SELECT a FROM t WITH LOCAL CHECK OPTION",
    );
    const sequence = new Sequence("s", metadata, { schema: "x", type: "integer", start: "5", cycle: true });
    expect(textOf(new CreateSequence(sequence), postgresql)).toBe("CREATE SEQUENCE x.s AS INTEGER START WITH 5 CYCLE");
    expect(textOf(new DropSequence(sequence), mariadb)).toBe("DROP SEQUENCE x.s");
    expect(() => textOf(new CreateSequence(sequence), mysql)).toThrow(CompileError);
    expect(() => new Sequence("bad", metadata, { start: "1; DROP TABLE t" })).toThrow(/whole number/);
    expect(textOf(new CreateSchema('odd "one"'), postgresql)).toBe('CREATE SCHEMA "odd ""one"""');
    expect(() => textOf(new CreateSchema("x"), sqlite)).toThrow(/ATTACH/);
  });

  it("have comments that are set and taken away", () => {
    const table = new Table("t", new MetaData(), { a: Integer().comment("c") }, [tableOptions({ comment: "it's" })]);
    expect(textOf(new SetTableComment(table), postgresql)).toBe("COMMENT ON TABLE t IS 'it''s'");
    expect(textOf(new DropTableComment(table), postgresql)).toBe("COMMENT ON TABLE t IS NULL");
    expect(textOf(new DropTableComment(table), mysql)).toBe("ALTER TABLE t COMMENT = ''");
    expect(textOf(new SetColumnComment(table, "a"), mysql)).toBe(
      "ALTER TABLE t MODIFY COLUMN a INTEGER NOT NULL COMMENT 'c'",
    );
    expect(() => textOf(new SetTableComment(table), sqlite)).toThrow(CompileError);
  });
});
