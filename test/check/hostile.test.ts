// Input that no person writes: endless chains, bombs, controls, odd line ends. The answer is a diagnostic or a model,
// never an exception, and it comes in a time that grows with the text.
import { expect, test } from "vitest";
import { compileSchema } from "../../compiler/compile.js";
import { compileText } from "./compile-case.js";

const codesOf = (text: string): string[] => [...new Set(compileText(text).diagnostics.map(({ code }) => code))];
const repeat = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join("");

const alias = (index: number): string => `type a${index} = ${index === 2999 ? "text" : `a${index + 1}`}\n`;
const subclass = (index: number): string =>
  `class C${index} extends ${index === 0 ? "T" : `C${index - 1}`} { polymorphic identity 'c${index}' }\n`;
const property = (index: number): string =>
  `  property p${index}: integer = ${index === 299 ? "id" : `p${index + 1} + 1`}\n`;
const mixin = (index: number): string =>
  `mixin m${index}${index === 1999 ? "" : ` with m${index + 1}`} { c${index} text }\n`;
const mixinTwice = (index: number): string =>
  `mixin m${index}${index === 39 ? "" : ` with m${index + 1}, m${index + 1}`} { c${index} text }\n`;
const propertyTwice = (index: number): string =>
  `  property p${index}: integer = ${index === 39 ? "id" : `p${index + 1} + p${index + 1}`}\n`;
const table = (index: number): string =>
  `table t${index} as T${index} { id integer primary key identity; n text unique };`;
const inside = (odd: string): string =>
  `table t {\n  id integer primary key identity\n  a text default 'x${odd}y'\n}\n`;

const root = `table t as T {
  id    integer  primary key identity
  kind  text
  polymorphic on kind
  polymorphic identity 't'
}
`;

test("chains of declarations end", () => {
  expect(codesOf(repeat(3000, alias))).toEqual(["S2041"]);
  expect(codesOf(root + repeat(300, subclass))).toContain("S2041");
  expect(codesOf(`table t as T {\n  id integer primary key identity\n${repeat(300, property)}}\n`)).toEqual(["S2041"]);
  const { value, diagnostics } = compileText(
    `${repeat(2000, mixin)}table t with m0 { id integer primary key identity }\n`,
  );
  expect(diagnostics).toEqual([]);
  expect(value.model?.tables[0]?.columns).toHaveLength(2001);
});

test("what doubles at each step does not", () => {
  const { value } = compileText(`${repeat(40, mixinTwice)}table t with m0 { id integer primary key identity }\n`);
  expect(value.model?.tables[0]?.columns).toHaveLength(41);
  expect(codesOf(`table t as T {\n  id integer primary key identity\n${repeat(40, propertyTwice)}}\n`)).toEqual([
    "S2041",
  ]);
});

test("circles are found once each", () => {
  const { diagnostics } = compileText(
    `type a = b\ntype b = c\ntype c = a\nmixin m with n { x text }\nmixin n with m { y text }\n` +
      `class A extends B { x text }\nclass B extends A { y text }\n${root}` +
      `table u as U with m {\n  id integer primary key identity\n  a a\n` +
      `  property p: integer = q\n  property q: integer = r\n  property r: integer = p\n}\n`,
  );
  const count = (code: string): number => diagnostics.filter((problem) => problem.code === code).length;
  expect(["S2027", "S2028", "S2029", "S5054"].map(count)).toEqual([1, 1, 1, 1]);
});

test("one line may hold a whole schema, and one text a mebibyte", () => {
  const { value, diagnostics } = compileText(repeat(2000, table));
  expect(diagnostics).toEqual([]);
  expect(value.model?.tables).toHaveLength(2000);
  const long = "x".repeat(1 << 20);
  expect(codesOf(`/* ${long} */ table t { id integer primary key identity; a text default '${long}' }`)).toEqual([]);
  expect(codesOf(`table ${long} { id integer primary key identity }`)).toEqual([]);
});

test("line ends and a byte order mark mean nothing", () => {
  const text = "/// Doc.\ntable t {\n  id integer primary key identity\n  a text\n}\n";
  const model = compileText(text).value.model;
  expect(model).toBeDefined();
  for (const end of ["\r\n", "\r"]) expect(compileText(text.replaceAll("\n", end)).value.model).toEqual(model);
  expect(compileText(`\uFEFF${text}`).value.model).toEqual(model);
});

test("controls and broken Unicode are reported wherever they stand", () => {
  expect(codesOf(inside("\0"))).toEqual(["S1010"]);
  expect(codesOf(inside("\uD800"))).toEqual(["S1012"]);
  expect(codesOf(inside("\u202E"))).toEqual(["S1028"]);
  expect(codesOf(`table t {\n  id integer primary key identity\n  // \u2066 \u2069\n}\n`)).toEqual(["S1028"]);
  expect(codesOf(`table t\u202E {\n  id integer primary key identity\n}\n`)).toContain("S1010");
});

test("imports stay inside the root, and end", () => {
  const files: Record<string, string> = {
    "a.schema": "import './b.schema'\nimport '../up.schema'\nimport '/etc/passwd'\nimport './sub/../../x.schema'\n",
    "b.schema": "import './c.schema'\n",
    "c.schema": "import './a.schema'\nimport './c.schema'\n",
  };
  const { diagnostics } = compileSchema({ root: "a.schema", read: (path) => files[path] });
  const codes = diagnostics.map(({ code }) => code);
  expect(codes.filter((code) => code === "S2031")).toHaveLength(3);
  expect(codes.filter((code) => code === "S2032").length).toBeGreaterThan(0);
});
