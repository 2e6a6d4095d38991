// What must hold for any input: nothing throws, errors are reported, formatting loses nothing and settles at once.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderDiagnosticsJson } from "../../compiler/diagnostics/render-json.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { lex, tokenEnd } from "../../compiler/syntax/lexer.js";
import { parse, type ParsedFile } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { caseFiles } from "../support/golden.js";
import { withoutSpans } from "./without-spans.js";

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const read = (directory: string, files: readonly string[]) =>
  files.map((file) => [file, readFileSync(directory + file, "utf8")] as const);
const valid = read(
  folder("cases/"),
  caseFiles(folder("cases/"), ".schema").filter((file) => !file.endsWith(".formatted.schema")),
);
// Thousands of operators parsed thousands of times would say nothing new.
const broken = read(folder("errors/"), caseFiles(folder("errors/"), ".schema")).filter(
  ([, text]) => text.length < 3000,
);

/** Parses, renders whatever is wrong, and where nothing is wrong checks that formatting keeps the meaning and settles. */
function checkAny(text: string): { readonly file: ParsedFile; readonly errors: number } {
  const source = createSourceFile("any.schema", text);
  const { value, diagnostics } = parse(source);
  for (const { primary } of diagnostics) {
    expect(primary.span.start).toBeGreaterThanOrEqual(0);
    expect(primary.span.end).toBeGreaterThanOrEqual(primary.span.start);
    expect(primary.span.end).toBeLessThanOrEqual(text.length);
  }
  const report = renderDiagnostics(diagnostics, [source]);
  expect(report).not.toMatch(/undefined|Keyword_|-->.*NaN/);
  renderDiagnosticsJson(diagnostics, [source]);
  const errors = diagnostics.filter((problem) => problem.severity === "error").length;
  if (errors === 0) checkFormat(value);
  return { file: value, errors };
}

function checkFormat(file: ParsedFile): string {
  const text = formatSchema(file);
  const again = parse(createSourceFile("any.schema", text));
  expect(again.diagnostics.filter((problem) => problem.severity === "error")).toEqual([]);
  expect(withoutSpans(again.value.unit)).toEqual(withoutSpans(file.unit));
  expect(formatSchema(again.value)).toBe(text);
  return text;
}

describe.each([...valid, ...broken])("%s", (_file, text) => {
  test("every prefix", () => {
    const step = text.length > 700 ? 3 : 1;
    for (let end = 0; end <= text.length; end += step) checkAny(text.slice(0, end));
  });

  test("without any one of its tokens", () => {
    for (const token of lex(createSourceFile("any.schema", text)).tokens) {
      checkAny(text.slice(0, token.startOffset) + text.slice(tokenEnd(token)));
    }
  });

  test("with any one of its tokens twice", () => {
    for (const token of lex(createSourceFile("any.schema", text)).tokens) {
      checkAny(`${text.slice(0, tokenEnd(token))} ${text.slice(token.startOffset)}`);
    }
  });
});

describe.each(valid)("%s", (_file, text) => {
  test("a block without its closing brace, or a table without its opening one, is an error", () => {
    for (const { index } of text.matchAll(/^[ \t]*\}|\{(?=\n)/gm)) {
      const at = index + (/^[ \t]*/.exec(text.slice(index))?.[0].length ?? 0);
      expect(checkAny(text.slice(0, at) + text.slice(at + 1)).errors, `without the brace at ${at}`).toBeGreaterThan(0);
    }
  });

  test("comments put anywhere survive formatting", () => {
    const source = createSourceFile("any.schema", text);
    const lexed = lex(source);
    // Behind a line comment another one would only lengthen it.
    const taken = new Set(lexed.comments.map((comment) => comment.span.end));
    const places = lexed.tokens
      .flatMap((token) => [token.startOffset, tokenEnd(token)])
      .filter((offset) => !taken.has(offset));
    const lineEnds = lexed.tokens
      .filter((token) => /^[\r\n]/.test(token.image) && !taken.has(token.startOffset))
      .map((token) => token.startOffset);
    const insertion = fc.oneof(
      fc.record({ at: fc.constantFrom(...places), comment: fc.constantFrom("/* c */", "/* two\n lines */") }),
      fc.record({ at: fc.constantFrom(...lineEnds, text.length), comment: fc.constantFrom("// c", "//", "// d /* e") }),
    );
    const meaning = withoutSpans(parse(source).value.unit);
    fc.assert(
      fc.property(fc.array(insertion, { minLength: 1, maxLength: 5 }), (insertions) => {
        const sorted = insertions.toSorted((left, right) => right.at - left.at);
        const changed = sorted.reduce(
          (before, { at, comment }) => `${before.slice(0, at)} ${comment}${before.slice(at)}`,
          text,
        );
        fc.pre(new Set(insertions.map(({ at }) => at)).size === insertions.length);
        const { file, errors } = checkAny(changed);
        expect(errors).toBe(0);
        expect(withoutSpans(file.unit)).toEqual(meaning);
        const kept = parse(createSourceFile("any.schema", formatSchema(file))).value.comments;
        expect(kept.map((comment) => comment.text.replace(/^\/+/, "")).toSorted()).toEqual(
          file.comments.map((comment) => comment.text.replace(/^\/+/, "")).toSorted(),
        );
      }),
      { numRuns: 60 },
    );
  });
});

const plainWords =
  "dialect import enum type table mixin object as with primary key unique index check constraint foreign references " +
  "on delete cascade set null default identity relationship backref lazy order_by desc not and or in between like is " +
  "case when then else end cast sql a b c text integer varchar { } ( ) [ ] , . ? : ; + - * = <> || 12 1.5";
const oddTokens = [
  "\n",
  "'x'",
  "'",
  '"n"',
  '"',
  "sql'x'",
  "sql$$ y $$",
  "sql$t$",
  "/* c */",
  "/*",
  "// d\n",
  "/// e\n",
];
const words = [...plainWords.split(" "), ...oddTokens, "\u0000", "\uD800", "é"];

test("any sequence of tokens", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (soup) => {
      checkAny(soup.join(" "));
    }),
    { numRuns: 1500 },
  );
});

test("any sequence of tokens inside a table", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 25 }), (soup) => {
      checkAny(`table t {\n  a integer\n  ${soup.join(" ")}\n  b integer\n}\n`);
    }),
    { numRuns: 1500 },
  );
});

test("any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      checkAny(text);
    }),
    { numRuns: 1000 },
  );
});
