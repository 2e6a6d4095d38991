// Names made from names: properties and types in code, constraints and indexes by the rules of PostgreSQL.
import { describe, expect, test } from "vitest";
import {
  camelCase,
  chooseName,
  createNameScope,
  enumTypeName,
  isIdentifier,
  makeObjectName,
  takeName,
} from "../../model/naming.js";

describe("properties", () => {
  test.each([
    ["user_id", "userId"],
    ["name", "name"],
    ["_id", "id"],
    ["a__b", "aB"],
    ["line_2", "line2"],
    ["userID", "userID"],
    ["User_Name", "User_Name"],
    ["_", "_"],
    ["été_long", "étéLong"],
  ])("%s is %s", (name, property) => {
    expect(camelCase(name)).toBe(property);
  });
});

test("enum types are in PascalCase, without what no identifier holds", () => {
  expect(enumTypeName({ name: "post_status" })).toBe("PostStatus");
  expect(enumTypeName({ schema: "s", name: "in-between kind" })).toBe("InBetweenKind");
});

test("identifiers", () => {
  expect(["a", "$a", "_1", "été"].filter(isIdentifier)).toHaveLength(4);
  expect(["", "1a", "a b", "a-b", "a\n"].filter(isIdentifier)).toEqual([]);
});

describe("constraint names", () => {
  test("short ones are joined", () => {
    expect(makeObjectName("t", undefined, "pkey")).toBe("t_pkey");
    expect(makeObjectName("t", "a_b", "key")).toBe("t_a_b_key");
  });

  test("long ones are cut to 63 bytes, the longer part first", () => {
    const table = "a".repeat(60);
    const made = makeObjectName(table, "b".repeat(60), "fkey");
    expect(made).toBe(`${"a".repeat(29)}_${"b".repeat(28)}_fkey`);
    expect(makeObjectName(table, "b".repeat(10), "fkey")).toBe(`${"a".repeat(47)}_${"b".repeat(10)}_fkey`);
  });

  test("no character is cut in two", () => {
    const made = makeObjectName("é".repeat(40), undefined, "pkey");
    expect(made).toBe(`${"é".repeat(29)}_pkey`);
  });

  test("a template's are cut to the limit too, and stay apart", () => {
    const scope = createNameScope();
    const template = "fk_{table}_{columns}_{referred_table}";
    const name = (columns: string[]): string =>
      chooseName(scope, { table: "t", columns, referredTable: "other" }, "fkey", template);
    expect([name(["a", "b"]), name(["a", "b"])]).toEqual(["fk_t_a_b_other", "fk_t_a_b_other1"]);
    const long = ["x", "y"].map((end) => name([`${"é".repeat(40)}${end}`]));
    for (const each of long) expect(new TextEncoder().encode(each).length).toBeLessThanOrEqual(63);
    expect(new Set(long).size).toBe(2);
  });

  test("taken ones are numbered", () => {
    const scope = createNameScope();
    takeName(scope, "t_a_key", "key");
    expect(chooseName(scope, { table: "t", columns: ["a"] }, "key")).toBe("t_a_key1");
    expect(chooseName(scope, { table: "t", columns: ["a"] }, "key")).toBe("t_a_key2");
    // An index shares its names with tables and keys, a foreign key with other constraints.
    expect(chooseName(scope, { table: "t", columns: ["a"] }, "idx")).toBe("t_a_idx");
    expect(chooseName(scope, { table: "t", columns: [] }, "check")).toBe("t_check");
    expect(chooseName(scope, { table: "t", columns: [] }, "check")).toBe("t_check1");
  });
});
