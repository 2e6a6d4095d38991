// A mistake is reported where it was made: after any edit of one token, where the text is wrong, an error stands on the
// line of the edit, or on the one before or after it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { IToken } from "chevrotain";
import { describe, expect, test } from "vitest";
import { lex, tokenEnd } from "../../compiler/syntax/lexer.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile, positionAt, type SourceFile } from "../../compiler/text/source-file.js";
import { caseFiles } from "../support/golden.js";

const folder = fileURLToPath(new URL("cases/", import.meta.url));
const cases = caseFiles(folder, ".formatted.schema").map(
  (file) => [file, readFileSync(folder + file, "utf8")] as const,
);

/** Line ends, and brackets: a bracket that is missing is reported at its partner. */
const structural = /^(?:[\r\n;]+|[(){}[\]])$/;

/** The lines on which errors stand. */
function errorLines(text: string): number[] {
  const source = createSourceFile("edited.schema", text);
  return parse(source)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ primary }) => positionAt(source, primary.span.start).line);
}

/** The next line with a token that does not stand on the token's own lines. */
function lineAfter(source: SourceFile, tokens: readonly IToken[], token: IToken): number {
  const own = positionAt(source, tokenEnd(token)).line;
  const lines = tokens.map(({ startOffset }) => positionAt(source, startOffset).line);
  return lines.find((line) => line > own) ?? own + 1;
}

describe.each(cases)("%s", (_file, text) => {
  const source = createSourceFile("case.schema", text);
  const tokens = lex(source).tokens.filter(({ image }) => !structural.test(image));

  test.each([
    ["left out", ""],
    ["replaced by a bracket that closes nothing", ")"],
    ["replaced by a number", "42"],
    ["replaced by an operator", "="],
  ])("any token %s", (_edit, replacement) => {
    const far: string[] = [];
    for (const token of tokens) {
      const edited = text.slice(0, token.startOffset) + replacement + text.slice(tokenEnd(token));
      const lines = errorLines(edited);
      const { line } = positionAt(source, token.startOffset);
      const last = lineAfter(source, tokens, token);
      const isNear = lines.some((one) => one >= line - 1 && one <= last);
      if (lines.length > 0 && !isNear) far.push(`${line}: ${token.image}, reported on ${lines.join(", ")}`);
    }
    expect(far).toEqual([]);
  });
});
