// The small pure parts: positions in a text, near names, quoting, and what quoted text stands for.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestName } from "../../compiler/diagnostics/suggest.js";
import { decodeFence, decodeString, writeFence, writeString } from "../../compiler/syntax/literals.js";
import { parse } from "../../compiler/syntax/parse.js";
import { needsQuoting, writeName } from "../../compiler/syntax/words.js";
import { createSourceFile, lineText, positionAt } from "../../compiler/text/source-file.js";

test("positions agree with counting by hand, for any text and offset", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "😀", "\n", "\r\n", "\t")), fc.nat(60), (parts, offset) => {
      const text = parts.join("");
      const source = createSourceFile("a", text);
      const before = text.slice(0, offset);
      // Between CR and LF the line has not ended yet.
      const lines = (before.endsWith("\r") ? before.slice(0, -1) : before).split(/\r\n|\n/);
      const column = (lines.at(-1)?.length ?? 0) + (before.endsWith("\r") && text[offset] === "\n" ? 2 : 1);
      expect(positionAt(source, offset)).toEqual({ line: lines.length, column });
      expect(lineText(source, lines.length)).toBe(text.split(/\r\n|\n/)[lines.length - 1]);
    }),
  );
});

describe("the nearest name", () => {
  test.each([
    ["usr", ["user", "post"], "user"],
    ["emial", ["email", "name"], "email"],
    ["Name", ["name"], "name"],
    ["ab", ["xy", "zz"], undefined],
    ["created", ["updated", "deleted"], undefined],
    ["same", ["same"], undefined],
    ["x", [], undefined],
  ])("of %s among %j is %s", (name, candidates, nearest) => {
    expect(nearestName(name, candidates)).toBe(nearest);
  });
});

describe("names", () => {
  test("are quoted only where they must be", () => {
    for (const name of ["index", "type", "in", "a$1"]) expect(needsQuoting(name)).toBe(false);
    for (const name of ["9a", "a b", "", "naïve", "$a", 'a"b']) expect(needsQuoting(name)).toBe(true);
    expect(needsQuoting("index", "member")).toBe(true);
    expect(needsQuoting("in", "expression")).toBe(true);
    expect(needsQuoting("index", "expression")).toBe(false);
  });

  test("come back whatever they hold", () => {
    const characters = fc.string({ minLength: 1, unit: "grapheme" }).filter((name) => !/[\r\n\0]/.test(name));
    fc.assert(
      fc.property(characters, (name) => {
        const text = `table ${writeName(name)} {\n  ${writeName(name, "member")} integer check (${writeName(name, "expression")} > 0)\n}\n`;
        const { value, diagnostics } = parse(createSourceFile("a", text));
        expect(diagnostics).toEqual([]);
        const [table] = value.unit.declarations;
        expect(table).toMatchObject({
          name: { name: { text: name } },
          members: [{ name: { text: name }, options: [{ expression: { left: { path: [{ text: name }] } } }] }],
        });
      }),
    );
  });
});

test("strings and fences come back whatever they hold", () => {
  const line = fc.string({ unit: "binary" }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(fc.property(line, (text) => void expect(decodeString(writeString(text))).toBe(text)));
  const sql = fc.array(fc.constantFrom("a", "'", "$", "$$", "q", "$q$", "\n", " ")).map((parts) => parts.join(""));
  const dialect = fc.option(fc.constantFrom("sqlite", "postgresql"), { nil: undefined });
  fc.assert(
    fc.property(sql, dialect, (text, name) => {
      const variant = { sql: text, ...(name === undefined ? {} : { dialect: name }) };
      const written = writeFence(variant);
      expect(decodeFence(written)).toMatchObject(variant);
      const { diagnostics } = parse(createSourceFile("a", `table t {\n  a text default ${written}\n}\n`));
      expect(diagnostics).toEqual([]);
    }),
  );
});
