// Hand-written SQL: where its parameters are and where they are not.
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../runtime/errors/errors.js";
import { splitText } from "../../runtime/sql/build/text-binds.js";
import { text } from "../../runtime/sql/build/text.js";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";

describe("parameters", () => {
  test.each([
    ["SELECT :x", ["x"]],
    ["WHERE y>:y_1 AND z=:z", ["y_1", "z"]],
    [":a,:b", ["a", "b"]],
    ["(:a)", ["a"]],
    [":a + :a", ["a", "a"]],
    ["':no' || :yes", ["yes"]],
    ["'it''s :no' || :yes", ["yes"]],
    ['":no" = :yes', ["yes"]],
    ["`:no` = :yes", ["yes"]],
    ["[:no] = :yes", ["yes"]],
    ["-- :no\n:yes", ["yes"]],
    ["/* :no \n :no */ :yes", ["yes"]],
    ["x::int = :yes::text", ["yes"]],
    ["\\:no :yes", ["yes"]],
    ["12:34 :yes", ["yes"]],
    ["a:no", []],
    [": no", []],
    [":1", []],
    ["'unclosed :no", ["no"]],
  ])("%s", (sql, names) => {
    expect(splitText(sql).names).toEqual(names);
  });
});

test("the pieces make the text again, an escaped colon without its backslash", () => {
  const { segments } = splitText("a \\: b :c d '\\:' :e");
  expect(segments).toEqual(["a : b ", " d '\\:' ", ""]);
});

test("a parameter used twice is one name with two placeholders", () => {
  const compiled = text("SELECT :x, :x")
    .bindparams({ x: 1 })
    .compile({ dialect: { sql: sqliteSql } });
  expect(compiled.sql).toBe("SELECT ?, ?");
  expect(compiled.positional).toEqual([1n, 1n]);
  expect(compiled.params).toEqual({ x: 1 });
});

test("bindparams leaves the text as it was, and refuses names it does not have", () => {
  const plain = text("SELECT :x");
  expect(plain.bindparams({ x: 1 }).compile().params).toEqual({ x: 1 });
  expect(plain.compile().params).toEqual({});
  expect(() => plain.bindparams({ y: 1 })).toThrow(/no parameter ':y'/);
  expect(() => plain.bindparams({ x: undefined })).toThrow(/undefined/);
});

test.each([[""], ["  "], ["a\0b"]])("%j is no SQL", (sql) => {
  expect(() => text(sql)).toThrow(ArgumentError);
});
