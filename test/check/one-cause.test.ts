// One cause, few diagnostics: what follows from a mistake, or repeats it without end, is not reported again.
import { expect, test } from "vitest";
import { compileText } from "./compile-case.js";

const codesOf = (text: string): string[] => compileText(text).diagnostics.map(({ code }) => code);

const many = 100_000;

test.each([
  ["{", ["S1002", "S1025"]],
  ["(", ["S1002", "S1025"]],
  ["[", ["S1002", "S1025"]],
  ["{ ", ["S1002", "S1025"]],
  ["({[", ["S1002", "S1025"]],
  ["table t {", ["S1025"]],
  ["enum e {", ["S1025"]],
  ['"', ["S1002"]],
  ["sql$", ["S1002"]],
])("%j over and over is one mistake", (text, codes) => {
  const found = codesOf(text.repeat(many / text.length));
  expect(found.length).toBeLessThanOrEqual(3);
  expect(found).toEqual(expect.arrayContaining(codes));
});

test.each(["}", ")", "# ", "word\n", "table t {\n"])("%j over and over stops at the limit", (text) => {
  const found = codesOf(text.repeat(10_000)).filter((code) => code.startsWith("S1"));
  expect(found).toHaveLength(101);
  expect(found.at(-1)).toBe("S1026");
});

test("brackets that pair up nest too deep all the same", () => {
  expect(codesOf(`${"{".repeat(many)}${"}".repeat(many)}`)).toContain("S1025");
});

test("a block where no declaration begins does not hide the declarations after it", () => {
  const { value, diagnostics } = compileText("{ a }\ntable t {\n  id integer primary key identity\n}\n");
  expect(diagnostics.map(({ code }) => code)).toEqual(["S1002"]);
  expect(value.files[0]?.unit.declarations).toHaveLength(1);
});

test("any number of warnings is reported", () => {
  expect(codesOf("enum e { a } /// x\n".repeat(150_000)).filter((code) => code === "S1016")).toHaveLength(150_000);
});

test("a type that is not written is not unknown as well", () => {
  expect(codesOf("table t {\n  id integer primary key identity\n  name\n}\n")).toEqual(["S1001"]);
});

const link = `table follow {
  one    integer  references writer
  other  integer  index  references writer
  primary key (one, other)
}
`;
const writer = (options: string): string => `table writer as Writer {
  id  integer  primary key identity
  relationship followers: Writer[] secondary follow${options}
}
`;

test("a join that could not be read is not missing as well", () => {
  expect(codesOf(writer("") + link)).toEqual(["S5004"]);
  expect(codesOf(writer(" primaryjoin (this.id = )") + link)).toEqual(["S1001"]);
});

test("a mistake in a mixin is reported once, however many tables have it", () => {
  const mixin = "mixin m {\n  a txet\n  b integer default 'x'\n  check (c > 0)\n}\n";
  const tables = ["one", "two", "three"].map(
    (name) => `table ${name} with m {\n  id integer primary key identity\n}\n`,
  );
  expect(codesOf(mixin + tables.join(""))).toEqual(["S2003", "S3010", "S2002"]);
});

test("what depends on a declaration that could not be read is not reported as well", () => {
  const view = "view v as V {\n  id integer primary key\n  definition\n}\n";
  expect(codesOf(view)).toEqual(["S1001"]);
  expect(codesOf("mixin {\n  a integer\n}\ntable t with m {\n  id integer primary key identity\n}\n")).toEqual([
    "S1001",
  ]);
});

test("a file with very many mistakes ends with one that says so", () => {
  const columns = Array.from({ length: 5000 }, (_, index) => `  c${index} txet\n`).join("");
  const found = codesOf(`table t {\n${columns}}\n`);
  expect(found).toHaveLength(101);
  expect(found.at(-1)).toBe("S1026");
});

test("a value that an enum lists twice is offered once", () => {
  const { diagnostics } = compileText(
    "enum color { red, green, red }\ntable t {\n  a color default 'x'\n  b color default 'rad'\n}\n",
  );
  const helps = diagnostics.flatMap(({ code, help }) => (code === "S2005" ? [help] : []));
  expect(helps).toEqual(["its values are 'red', 'green'", "did you mean `red`?"]);
});
