// The S1xxx pages of docs/errors: each is headed by its title, and its examples show what they claim.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { syntaxMessages } from "../../compiler/diagnostics/syntax-messages.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { caseFiles } from "../support/golden.js";

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const codes = Object.entries(syntaxMessages).map(([code, { title }]) => ({ code, title }));
/** Their mistakes would fill pages. */
const describedInWords = new Set(["S1015", "S1025", "S1026"]);

const codesOf = (text: string): string[] => [
  ...new Set(parse(createSourceFile("page.schema", text)).diagnostics.map(({ code }) => code)),
];

test.each(codes)("$code", ({ code, title }) => {
  const page = readFileSync(folder(`../../docs/errors/${code}.md`), "utf8");
  expect(page.split("\n")[0]).toBe(`# ${code}: ${title}`);
  const [wrong, right] = [...page.matchAll(/^```schema\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  if (describedInWords.has(code)) expect(wrong).toBeUndefined();
  else
    expect({ wrong: codesOf(wrong ?? ""), right: codesOf(right ?? "missing") }).toEqual({ wrong: [code], right: [] });
});

test("every code has a golden case of its name", () => {
  const cases = new Set(caseFiles(folder("errors/"), ".schema").map((file) => file.slice(0, 5)));
  expect(codes.map(({ code }) => code).filter((code) => !cases.has(code))).toEqual([]);
});

test("half a surrogate pair is reported once, wherever it stands", () => {
  for (const text of ["table a { b text default '\uD834' }", "table a\uDD1E { b text }", "// \uD834 comment"]) {
    expect(codesOf(text)).toEqual(["S1012"]);
  }
  expect(codesOf("table a { b text default '\uD834\uDD1E' }")).toEqual([]);
});
