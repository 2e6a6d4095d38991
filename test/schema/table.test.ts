// Tables and MetaData as objects: what they tell, how they print, and what is refused with which words.
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ArgumentError, InvalidRequestError } from "../../runtime/errors/errors.js";
import { check, foreignKey, index, indexKey, primaryKey, tableOptions, unique } from "../../runtime/schema/extras.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { createTable, Table } from "../../runtime/schema/table.js";
import type { Attr } from "../../runtime/sql/typing.js";
import type { ColumnBuilder } from "../../runtime/types/column-builder.js";
import { sql } from "../../runtime/types/raw-sql.js";
import { BigInteger, Enum, Integer, Numeric, Text, Timestamp, Varchar } from "../../runtime/types/types.js";

const metadata = new MetaData();
const userTable = new Table("user_account", metadata, {
  id: Integer().primaryKey(),
  name: Varchar(30),
  fullname: Text().nullable(),
});

/** Where each column's left-out values come from. */
function generation(columns: Record<string, ColumnBuilder<unknown>>): string[] {
  const table: Table = createTable("t", new MetaData(), columns);
  return table.node.columns.map((column) => column.generation);
}

/** A table from columns that the types may forbid. */
function make(columns: object, extras: Parameters<typeof createTable>[3] = []): Table {
  // Sound for tests: refusing what is no column is what they are about.
  return createTable("t", new MetaData(), columns as Record<string, ColumnBuilder<unknown>>, extras);
}

describe("a table", () => {
  it("lists its columns by property", () => {
    expect(userTable.c.keys()).toEqual(["id", "name", "fullname"]);
    expect(userTable.c.values().map((column) => column.name)).toEqual(["id", "name", "fullname"]);
    expect([...userTable.c]).toEqual([...userTable.columns]);
    expect(userTable.c.get("name")).toBe(userTable.c.name);
    expect(userTable.c.has("nothing")).toBe(false);
    expect(Object.keys(userTable.c)).toEqual(["id", "name", "fullname"]);
  });

  it("prints as SQLAlchemy prints it", () => {
    expect(inspect(userTable.c.name)).toBe("Column('name', Varchar(30), table=<user_account>, nullable=false)");
    expect(inspect(userTable.c.fullname)).toBe("Column('fullname', Text(), table=<user_account>)");
    expect(inspect(userTable.primaryKey)).toBe(
      "PrimaryKeyConstraint(Column('id', Integer(), table=<user_account>, primaryKey=true, nullable=false))",
    );
    expect(inspect(metadata)).toBe("MetaData()");
    expect(String(userTable)).toBe("user_account");
  });

  it("keeps columns apart from the names of methods", () => {
    const table = new Table("t", new MetaData(), { keys: Text(), toString: Text(), __proto__x: Text() });
    expect(inspect(table.c.keys)).toContain("Column('keys'");
    expect(table.columns).toHaveLength(3);
  });

  it("knows where left-out values come from", () => {
    expect(generation({ id: Integer().primaryKey() })).toEqual(["identity"]);
    expect(generation({ id: BigInteger().primaryKey().identity({ always: true }) })).toEqual(["always"]);
    expect(generation({ id: Integer().primaryKey().autoincrement(false) })).toEqual(["none"]);
    expect(generation({ id: Integer().primaryKey().references("u.id") })).toEqual(["none"]);
    expect(generation({ id: Text().primaryKey(), n: Integer().default(1) })).toEqual(["none", "default"]);
    expect(generation({ a: Integer().primaryKey(), b: Integer().primaryKey() })).toEqual(["none", "none"]);
  });

  it("holds keys, foreign keys and indexes", () => {
    const table = new Table(
      "member",
      new MetaData(),
      {
        userId: Integer().named("user_id").references("user_account.id", { onDelete: "cascade" }),
        groupId: Integer().named("group_id"),
        role: Text().unique({ name: "role_key" }),
      },
      [
        primaryKey(["group_id", "user_id"], { name: "member_pkey" }),
        foreignKey(["group_id"], "app.app_group", ["id"]),
        index(["role"], { name: "member_role_idx" }),
      ],
    );
    expect(table.primaryKey.name).toBe("member_pkey");
    expect(table.primaryKey.columns.map((column) => column.key)).toEqual(["groupId", "userId"]);
    expect(table.node.primaryKey.map((column) => column.name)).toEqual(["user_id", "group_id"]);
    expect(table.foreignKeys.map((key) => key.target)).toEqual([
      { schema: null, table: "user_account", columns: ["id"] },
      { schema: "app", table: "app_group", columns: ["id"] },
    ]);
    expect(table.node.foreignKeys).toEqual([
      { name: null, columns: ["user_id"], targetSchema: null, targetTable: "user_account", targetColumns: ["id"] },
      { name: null, columns: ["group_id"], targetSchema: "app", targetTable: "app_group", targetColumns: ["id"] },
    ]);
    expect(table.constraints.map((constraint) => constraint.kind)).toEqual(["foreign key", "unique", "foreign key"]);
    expect(table.indexes.map((each) => each.name)).toEqual(["member_role_idx"]);
  });

  it("made by generated code has the type that was stated", () => {
    interface Columns {
      readonly id: Attr<"plan", "id", number>;
    }
    const plan: Table<"plan", Columns> = createTable("plan", new MetaData(), { id: Integer().primaryKey() });
    expect(plan).toBeInstanceOf(Table);
    expect(plan.c.id.key).toBe("id");
  });

  it("shares no state through a builder", () => {
    const key = Integer().primaryKey();
    key.references("elsewhere.id");
    const [one, two] = ["a", "b"].map((name) => new Table(name, new MetaData(), { id: key }));
    expect(one?.foreignKeys).toEqual([]);
    expect(one?.columns[0]).not.toBe(two?.columns[0]);
  });
});

describe("what is refused", () => {
  it.each([
    ["an undefined column", () => make({ a: undefined }), "Column t.a is undefined, not a column type."],
    [
      "a type that was not called",
      () => make({ a: Integer }),
      "Column t.a is a function, not a column type. Call it: Integer().",
    ],
    [
      "no columns",
      () => createTable("t", new MetaData(), JSON.parse("null")),
      "Table t takes its columns as an object, got null.",
    ],
    [
      "two columns of one name",
      () => make({ a: Integer(), b: Integer().named("a") }),
      'Table t has two columns named "a": properties a and b.',
    ],
    [
      "two primary keys",
      () => make({ a: Integer().primaryKey() }, [primaryKey(["a"])]),
      "Table t has its primary key twice.",
    ],
    [
      "an unknown column in a key",
      () => make({ userId: Integer().named("user_id") }, [unique(["userId"])]),
      'Table t has no column "userId" for its unique constraint. Property userId is column "user_id". It has user_id.',
    ],
    [
      "an unknown column in the primary key",
      () => make({ a: Integer() }, [primaryKey(["b"])]),
      'no column "b" for its primary key',
    ],
    [
      "an unknown column in an index",
      () => make({ a: Integer() }, [index(["b"], { name: "i" })]),
      'no column "b" for its index',
    ],
    ["an unpaired foreign key", () => foreignKey(["a", "b"], "u", ["id"]), "(a, b) to u (id) pairs unequal numbers"],
    ["a column named twice", () => unique(["a", "a"]), 'unique() names column "a" twice.'],
    ["an empty key", () => primaryKey([]), "primaryKey() needs at least one column."],
    ["an empty check", () => check(" "), "check() takes SQL"],
    [
      "a check that looks like sql()",
      () => check(JSON.parse('{"default": "1"}')),
      "check() takes SQL, got a plain object.",
    ],
    [
      "an unknown action",
      () => make({ a: Integer().references("u.id", JSON.parse('{"onDelete":"explode"}')) }),
      "onDelete is one of",
    ],
    [
      "an unknown direction",
      () => indexKey("a", JSON.parse('{"direction":"desc; DROP TABLE t"}')),
      "direction is one of",
    ],
    [
      "a reference to no column",
      () => make({ a: Integer().references("user_account") }),
      '"user_account" names no column',
    ],
    ["a broken reference", () => make({ a: Integer().references("u..id") }), "is no dotted name"],
    ["an empty name", () => make({ "": Integer() }), "Column t.'s name is a name"],
    ["a name with NUL", () => make({ "a\0": Integer() }), "is a name"],
    ["a null default", () => Integer().default(JSON.parse("null")), "default() takes a value, got null"],
    ["an empty sql()", () => sql(""), "sql() takes SQL text"],
    ["a wrong size", () => Varchar(0), "Varchar's length is a whole number from 1, got the number 0."],
    ["a wrong precision", () => Timestamp(7), "Timestamp's precision is at most 6 digits, got 7."],
    ["a wrong scale", () => Numeric(3, 4), "Numeric's scale, 4, is over its precision, 3."],
    ["an enum value twice", () => Enum("e", ["a", "a"]), 'Enum e lists the string "a" twice.'],
    ["a table without MetaData", () => createTable("t", JSON.parse("{}"), {}), "Table t takes its MetaData second"],
  ] as const)("%s", (_, attempt, words) => {
    expect(attempt).toThrow(ArgumentError);
    expect(attempt).toThrow(words);
  });
});

describe("MetaData", () => {
  it("finds tables by name and schema", () => {
    const own = new MetaData({ schema: "app" });
    const inherited = new Table("a", own, { id: Integer() });
    const stated = new Table("a.b", own, { id: Integer() }, [tableOptions({ schema: "other" })]);
    expect([...own.tables.keys()]).toEqual(["app.a", 'other."a.b"']);
    expect(own.tables.get("app.a")).toBe(inherited);
    expect(stated.schema).toBe("other");
    const reference = new Table(
      "c",
      own,
      { a: Integer().references("a.id"), b: Integer().references('other."a.b".id') },
      [foreignKey(["a"], "a", ["id"])],
    );
    expect(reference.foreignKeys.map((key) => key.target.schema)).toEqual(["app", "other", "app"]);
    expect(own.sortedTables).toHaveLength(3);
  });

  it("refuses a second table of a name, until the first is removed", () => {
    const own = new MetaData();
    const first = new Table("a", own, { id: Integer() });
    expect(() => new Table("a", own, { id: Integer() })).toThrow(InvalidRequestError);
    own.remove(first);
    const second = new Table("a", own, { id: Integer() });
    own.remove(first);
    expect(own.tables.get("a")).toBe(second);
    own.clear();
    expect(own.tables.size).toBe(0);
  });

  it("sorts tables so that references come first", () => {
    const own = new MetaData();
    new Table("a", own, { id: Integer().primaryKey(), b: Integer().references("b.id") });
    new Table("c", own, { id: Integer().primaryKey(), self: Integer().references("c.id") });
    new Table("b", own, { id: Integer().primaryKey(), c: Integer().references("c.id") });
    new Table("0", own, { id: Integer().primaryKey() });
    expect(own.sortedTables.map((table) => table.name)).toEqual(["0", "c", "b", "a"]);
  });

  it("sorts rings by name, and what hangs on them after them", () => {
    const own = new MetaData();
    new Table("a_user", own, { id: Integer().primaryKey(), r: Integer().references("ring2.id") });
    new Table("ring2", own, { id: Integer().primaryKey(), r: Integer().references("ring1.id") });
    new Table("ring1", own, { id: Integer().primaryKey(), r: Integer().references("ring2.id") });
    expect(own.sortedTables.map((table) => table.name)).toEqual(["ring1", "ring2", "a_user"]);
  });

  it("names a reference that leads nowhere", () => {
    const own = new MetaData();
    new Table("a", own, { id: Integer(), bId: Integer().named("b_id").references("b.uid") });
    expect(() => own.sortedTables).toThrow(
      "The foreign key of a.b_id refers to table b, which this MetaData does not hold.",
    );
    new Table("b", own, { id: Integer() });
    expect(() => own.sortedTables).toThrow("refers to b.uid, which is no column; b has id.");
  });
});
