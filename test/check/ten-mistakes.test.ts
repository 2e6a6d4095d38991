// One run reports every mistake, each once.
import { expect, test } from "vitest";
import { compileText } from "./compile-case.js";

const schema = `
enum color { red, green }

table author as Author {
  id     integer  primary key identity
  name   strng
  born   date     default 'long ago'
  email  text     unique unique
  relationship books: Book[]  back_populates writer  cascade all, delete-orphn
}

table book as Book {
  id         integer  primary key identity
  title      varchar(0)
  author_id  integer  index  references authr
  paint      color    default 'blue'
  check (titel <> '')
  relationship author: Author?  back_populates books
}

table author {
  id  integer  primary key identity
}
`;

test("ten mistakes of ten kinds give ten diagnostics, in source order", () => {
  const { value, diagnostics } = compileText(schema);
  expect(value.model).toBeUndefined();
  const places = diagnostics.map(({ code, primary }) => [code, schema.slice(primary.span.start, primary.span.end)]);
  expect(places).toEqual([
    ["S2003", "strng"],
    ["S3011", "'long ago'"],
    ["S2017", "unique"],
    ["S5010", "writer"],
    ["S5020", "delete-orphn"],
    ["S3003", "varchar(0)"],
    ["S2001", "authr"],
    ["S2005", "'blue'"],
    ["S2002", "titel"],
    ["S2010", "author"],
  ]);
});

test.each([
  [
    "an unclosed bracket",
    "table t as T {\n  id  integer  primary key identity\n  name  varchar(\n  unique (name)\n}",
    "S1004",
  ],
  ["a misspelt option", "table t as T {\n  id  integer  primry key\n}", "S1017"],
])("%s hides nothing else and makes nothing else look wrong", (_what, text, code) => {
  expect(compileText(text).diagnostics.map((problem) => problem.code)).toEqual([code]);
});
