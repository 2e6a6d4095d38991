// The grammar itself: no alternatives that begin alike, no rule that runs into itself, no token that another one hides.
// Chevrotain finds these when lexer and parser are built, which takes too long to do in every run.
import { expect, it } from "vitest";
import { buildLexer } from "../../compiler/syntax/lexer.js";
import { SchemaParser } from "../../compiler/syntax/schema-parser.js";

it("has sound tokens", () => {
  expect(buildLexer(true).lexerDefinitionErrors).toEqual([]);
});

it("has sound rules", () => {
  expect(() => new SchemaParser(true)).not.toThrow();
});
