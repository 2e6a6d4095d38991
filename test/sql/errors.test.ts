// Arguments that a statement cannot take: each is refused where it is given, with a message that says what to do.
import { describe, expect, test } from "vitest";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import { ArgumentError, CompileError, InvalidRequestError, InvalidValueError } from "../../runtime/errors/errors.js";
import { alias, tablesample } from "../../runtime/sql/build/alias.js";
import {
  and,
  bindparam,
  caseOf,
  caseWhen,
  literal,
  literalColumn,
  not,
  or,
  table,
} from "../../runtime/sql/build/constructs.js";
import { typed } from "../../runtime/sql/build/element.js";
import { sql } from "../../runtime/sql/build/fragment.js";
import { func } from "../../runtime/sql/build/functions.js";
import { excluded, insert, inserted } from "../../runtime/sql/build/insert.js";
import { select, union } from "../../runtime/sql/build/select.js";
import { extract, tuple } from "../../runtime/sql/build/special-expressions.js";
import { text } from "../../runtime/sql/build/text.js";
import { deleteFrom, update } from "../../runtime/sql/build/update.js";
import { values } from "../../runtime/sql/build/values-source.js";
import { customType } from "../../runtime/types/custom-type.js";
import { Integer, Text } from "../../runtime/types/types.js";
import { Address, addresses, orders, OtherAddress, User, users } from "./support/models.js";

/** What plain JavaScript may pass, where the types would not let it through. */
const wrong = (value: unknown): never => [value][0] as never; // the point of these tests is what types cannot stop

describe("undefined is never the absence of a condition or a value", () => {
  test.each<[string, () => unknown]>([
    ["eq", () => User.id.eq(wrong(undefined))],
    ["in", () => User.id.in(wrong([1, undefined]))],
    ["where", () => select(User).where(wrong(undefined))],
    ["update … where", () => update(User).where(wrong(undefined))],
    ["delete … where", () => deleteFrom(User).where(wrong(undefined))],
    ["join's condition", () => select(User).join(Address, wrong(undefined))],
    ["and", () => and(User.id.eq(1), wrong(undefined))],
    ["filterBy", () => select(User).filterBy({ name: wrong(undefined) })],
    ["insert", () => insert(users).values({ name: wrong(undefined) })],
    ["update", () => update(users).values({ name: wrong(undefined) })],
    ["literal", () => literal(wrong(undefined))],
    ["a function's argument", () => func.call("f", wrong(undefined))],
  ])("%s", (_name, make) => {
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(/undefined/);
  });
});

describe("null is asked for, not compared with", () => {
  test.each<[string, () => unknown]>([
    ["lt", () => User.id.lt(wrong(null))],
    ["plus", () => User.id.plus(wrong(null))],
    ["between", () => User.id.between(1, wrong(null))],
    ["in", () => User.id.in(wrong([null]))],
  ])("%s", (_name, make) => {
    expect(make).toThrow(/isNull\(\)/);
  });
});

describe("what params() was not meant for", () => {
  const statement = select(User).where(User.id.eq(bindparam("wanted")));
  test.each([
    ["no parameter's name", () => statement.params({ wnated: 1 }), /no parameter 'wnated'; it has wanted/],
    ["a statement without parameters", () => select(User).params({ x: 1 }), /it has none/],
    ["undefined", () => statement.params({ wanted: undefined }), /'wanted' is undefined/],
    ["no object", () => statement.params(wrong([1])), /takes an object/],
    ["what is no truth value", () => users.c.active.is(wrong(1)), /takes true, false or null/],
    ["a slice that ends before it begins", () => select(User).slice(3, 1), /a stop after it/],
    ["a percentage over 100", () => tablesample(users, "s", 101), /from 0 to 100/],
    ["a sample of a class", () => tablesample(wrong(User), "s", 1), /takes a table/],
    ["a method of sampling that is none", () => tablesample(users, "s", 1, { method: wrong("x") }), /no such sample/],
    ["a column without a name", () => func.call("f").columnValued("", Integer()), /needs a name/],
  ])("%s", (_name, make, message) => {
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });
});

describe("what is no condition", () => {
  test("a boolean is explained by ===", () => {
    expect(() => select(User).where(wrong(false))).toThrow(/=== compares in JavaScript/);
    expect(() => not(wrong(true))).toThrow(/=== compares in JavaScript/);
  });
  test("a column wants a comparison", () => {
    expect(() => select(User).where(wrong(User.name))).toThrow(/compare it, as with \.eq\(\)/);
  });
  test("an empty and() or or() has no meaning", () => {
    expect(() => and()).toThrow(/at least one/);
    expect(() => or()).toThrow(/at least one/);
    expect(() => caseWhen([])).toThrow(/at least one/);
    expect(() => caseOf(User.id, [])).toThrow(/at least one/);
  });
});

describe("what is no value", () => {
  test.each([[{}], [{ $ne: 1 }], [["a"]], [new Date(0)], [() => 1], [new Map()]])("%o", (value) => {
    const statement = (): unknown =>
      select(User)
        .where(User.name.eq(wrong(value)))
        .compile({ dialect: { sql: sqliteSql } });
    expect(statement).toThrow(InvalidValueError);
  });
  test("a JSON column takes objects", () => {
    expect(
      insert(orders)
        .values({ data: { a: [1] } })
        .compile({ dialect: { sql: sqliteSql } }).positional,
    ).toEqual(['{"a":[1]}']);
  });
  test("whole numbers are compared with fractions and with numbers beyond 32 bits", () => {
    const compiled = select(users.c.score.times(1.5).label("x"))
      .where(users.c.score.lt(2.5), users.c.score.lt(2 ** 40), users.c.score.in([1, 2.5]))
      .compile({ dialect: { sql: sqliteSql } });
    expect(compiled.positional).toEqual([1.5, 2.5, 2n ** 40n, 1n, 2.5]);
  });
});

describe("select", () => {
  test("needs something to select", () => {
    expect(() => select(wrong("users"))).toThrow(/takes columns, expressions, tables and mapped classes/);
    expect(() => Reflect.apply(select, undefined, [])).toThrow(/at least one/);
  });
  test.each([[-1], [1.5], [Number.NaN], ["1; drop"], [undefined]])("limit(%j) is refused", (count) => {
    expect(() => select(User).limit(wrong(count))).toThrow(/whole number from 0/);
    expect(() => select(User).offset(wrong(count))).toThrow(/whole number from 0/);
  });
  test("an order by a string names a label", () => {
    expect(() => select(User.id.label("x")).orderBy(wrong("id desc"))).toThrow(/no such label/);
  });
  test("filterBy names properties of the class", () => {
    expect(() => select(User).filterBy(wrong({ nope: 1 }))).toThrow(/no column property 'nope'/);
    expect(() => select(User.id).filterBy(wrong({ id: 1 }))).toThrow(InvalidRequestError);
  });
  test("a subquery as a value has one column", () => {
    expect(() => select(User).subquery()).toThrow(/exactly one column/);
    expect(() => select(User.id, User.name).scalar()).toThrow(/exactly one column/);
  });
  test("a subquery that reads only what is around it", () => {
    const inner = select(literal(1)).where(User.id.eq(Address.userId)).exists();
    const statement = select(User.id, Address.id).where(inner);
    expect(() => String(statement)).toThrow(CompileError);
  });
});

describe("joins", () => {
  test("without a foreign key", () => {
    expect(() => select(addresses).join(orders)).toThrow(/no foreign key joins 'order' to 'address'/);
  });
  test("with two foreign keys", () => {
    expect(() => select(users).join(orders)).toThrow(/2 foreign keys join 'order' to 'user_account'/);
  });
  test("with more than one left side", () => {
    expect(() => select(OtherAddress, Address).join(User)).toThrow(/more than one of the sources/);
    expect(() => select(literal(1)).join(User)).toThrow(/nothing to join 'user_account' to/);
  });
  test("to what is no source", () => {
    expect(() => select(User).join(wrong(User.name))).toThrow(/takes a table or a mapped class/);
    expect(() => select(User).join(wrong("address"))).toThrow(/takes a table or a mapped class/);
  });
});

describe("writing", () => {
  test("columns that are not there", () => {
    expect(() => insert(users).values(wrong({ nope: 1 }))).toThrow(/no column 'nope'; it has id, name/);
    expect(() => update(users).values(wrong({ toString: 1 }))).toThrow(/no column 'toString'/);
  });
  test("rows that differ", () => {
    expect(() => insert(users).values([{ name: "a" }, { name: "b", score: 1 }])).toThrow(/row 1 has other properties/);
    expect(() => insert(users).values([{ name: "a" }, { score: 1 }])).toThrow(/row 1 has other properties/);
    expect(() => insert(users).values([])).toThrow(/no rows/);
    expect(() => insert(users).values(wrong("x"))).toThrow(/an object of values/);
  });
  test("to an alias", () => {
    expect(() => insert(OtherAddress)).toThrow(/not to its alias 'a2'/);
  });
  test("with nothing to set", () => {
    expect(() => update(users).values({}).compile()).toThrow(CompileError);
  });
  test("a DELETE that reads another table", () => {
    const statement = deleteFrom(User).where(User.id.eq(Address.userId));
    expect(() => statement.compile({ dialect: { sql: sqliteSql } })).toThrow(/use a subquery/);
  });
  test("upserts", () => {
    expect(() => insert(users).onConflictDoUpdate({ target: [], set: { name: "x" } })).toThrow(/unique key/);
    expect(() => insert(users).onConflictDoUpdate({ target: ["id"], set: {} })).toThrow(/needs values/);
    expect(() => excluded(func.count())).toThrow(/a table's column/);
    expect(() => excluded(wrong(User))).toThrow(/takes a table's column such as User\.name, got class User/);
    expect(() => inserted(wrong("name"))).toThrow(/takes a table's column such as User\.name, got the string "name"/);
    for (const column of [User, 5, Address.id, alias(users, "u").c.id, func.count()]) {
      const upsert = (): unknown => insert(users).onConflictDoNothing({ target: [wrong(column)] });
      expect(upsert).toThrow(/takes property names and columns of 'user_account', got /);
    }
  });
});

test("aliases", () => {
  expect(() => alias(users, "")).toThrow(/needs a name/);
  expect(() => alias(wrong("users"), "u")).toThrow(/takes a table or a select/);
  const filtered = alias(select(User.id).where(User.name.eq("x")), "filtered");
  expect(String(select(filtered.c.id))).toContain("AS filtered");
  expect(String(select(filtered.c.id).selectFrom(filtered))).toContain("AS filtered");
});

test("names and texts that are none", () => {
  expect(() => User.id.label(wrong(""))).toThrow(/needs a name/);
  expect(() => table("")).toThrow(/needs a name/);
  expect(() => literalColumn(" ")).toThrow(/needs text/);
  expect(() => func.call("")).toThrow(/name first/);
  expect(() => User.name.like("x", { escape: "ab" })).toThrow(/one character/);
  expect(() => User.name.contains(wrong(5))).toThrow(/expected a string/);
  expect(() => select(User).options(typed(Object("x")))).toThrow(/loader options/);
});

describe("the rarer constructs", () => {
  const { id, name } = users.c;
  test.each<[string, () => unknown, RegExp]>([
    ["a union of one", () => Reflect.apply(union, undefined, [select(id)]), /two selects or more/],
    ["a union of a class", () => union(select(id), wrong(User)), /takes a select\(\)/],
    ["a union of different widths", () => union(select(id), wrong(select(id, name))), /1 columns and another 2/],
    ["a subquery without a name", () => select(id).subquery(wrong("")), /needs a name/],
    ["a CTE without a name", () => select(id).cte(wrong(5)), /needs a name/],
    ["a CTE that is none", () => select(id).addCte(wrong(select(id))), /takes what cte\(\) makes/],
    [
      "a text without columns",
      () => Reflect.apply(Reflect.get(text("x"), "subquery"), text("x"), ["t"]),
      /columns\(\)/,
    ],
    ["rows of values that lack one", () => values("v", { a: Integer() }, [wrong({})]), /row 0 has no 'a'/],
    ["no rows of values", () => values("v", { a: Integer() }, []), /at least one row/],
    ["a tuple of one", () => Reflect.apply(tuple, undefined, [id]), /two expressions or more/],
    ["a row that is too short", () => tuple(id, name).in([wrong([1])]), /a row has 2 values/],
    ["NULL in a row", () => tuple(id, name).in([wrong([1, null])]), /none of them null/],
    ["a tuple and a select of one", () => tuple(id, name).in(wrong(select(id))), /1 columns, the tuple 2/],
    ["two frames", () => func.count().over({ rows: [0, 0], range: [0, 0] }), /one of rows, range and groups/],
    ["a frame that ends before it begins", () => func.count().over({ rows: [1, 0] }), /ends before it begins/],
    ["a bound of a half", () => func.count().over({ rows: [0.5, 1] }), /whole number or null/],
    ["a filter of nothing", () => Reflect.apply(func.count().filter, func.count(), []), /at least one condition/],
    [
      "JSON of a number",
      () => Reflect.apply(Reflect.get(id, "json"), id, ["a"]),
      /column 'user_account.id' is of type/,
    ],
    ["a path without legs", () => Reflect.apply(orders.c.data.json, orders.c.data, []), /takes a path/],
    ["a negative position", () => orders.c.data.json(-1), /positions from 0/],
    ["an interval on a number", () => Reflect.apply(Reflect.get(id, "plusInterval"), id, [{ days: 1 }]), /neither/],
    ["an interval of nothing", () => func.now().plusInterval({}), /an interval has years/],
    ["an interval of half a day", () => func.now().plusInterval({ days: 0.5 }), /whole number/],
    ["a part of time that is none", () => extract(wrong("age"), id), /extract\(\) knows year/],
    ["waiting and not waiting", () => select(id).forUpdate({ nowait: true, skipLocked: true }), /not both/],
    ["two strengths", () => select(id).forUpdate({ share: true, keyShare: true }), /one of share/],
    ["fetching null", () => select(id).fetch(wrong(null)), /whole number from 0/],
    ["words that are none", () => select(id).prefixWith(" "), /takes SQL text/],
    [
      "a select of other width to insert",
      () => insert(users).fromSelect(["id", "name"], select(id)),
      /2 properties .* 1 columns/,
    ],
    [
      "a target and a constraint",
      () => insert(users).onConflictDoNothing({ target: ["id"], constraint: "c" }),
      /not both/,
    ],
    [
      "a custom type without a name",
      () => customType({ name: "", impl: Text(), encode: String, decode: String }),
      /name/,
    ],
    [
      "a custom type over nothing",
      () => customType({ name: "x", impl: wrong("text"), encode: String, decode: String }),
      /impl/,
    ],
    ["a value and a callable", () => bindparam("x", { value: 1, callable: () => 1 }), /not both/],
    ["undefined in a fragment", () => sql`x = ${undefined}`, /undefined/],
    ["an object in a fragment", () => sql`x = ${{ a: 1 }}`, /SQL value/],
    ["joining nothing", () => sql.join([]), /one piece or more/],
    ["a collation without a name", () => name.collate(""), /collation's name/],
  ])("%s", (_name, make, message) => {
    expect(make).toThrow(message);
  });
});
