// Printing any tree and reading it again gives the same tree, and printing that gives the same text.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { anyUnit } from "./random-trees.js";
import { withoutSpans } from "./without-spans.js";

test("print, then parse, gives the same tree", () => {
  fc.assert(
    fc.property(anyUnit, (unit) => {
      const text = formatSchema({ source: createSourceFile("any.schema", ""), unit, comments: [] });
      const again = parse(createSourceFile("any.schema", text));
      expect({ text, problems: again.diagnostics.map(({ message }) => message) }).toEqual({ text, problems: [] });
      expect(withoutSpans(again.value.unit)).toEqual(withoutSpans(unit));
      expect(formatSchema(again.value)).toBe(text);
    }),
    { numRuns: 800 },
  );
});
