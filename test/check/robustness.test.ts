// Whatever happens to a valid schema's text, the pipeline answers with diagnostics: it never throws.
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { canonicalModel } from "../../model/canonical.js";
import { caseFiles } from "../support/golden.js";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { schemaDeclarations } from "../emit/random-schema-text.js";
import { compileText } from "./compile-case.js";

const folder = fileURLToPath(new URL("cases", import.meta.url));
const texts = caseFiles(folder, ".schema")
  .filter((file) => !file.includes("/"))
  .map((file) => readFileSync(join(folder, file), "utf8"));

/** Words, strings, and single characters; blanks between them kept. */
function pieces(text: string): string[] {
  return text.match(/\s+|[A-Za-z_0-9]+|'[^'\n]*'|"[^"\n]*"|./g) ?? [];
}

const damaged = fc.constantFrom(...texts).chain((text) => {
  const parts = pieces(text);
  const positions = fc.array(fc.nat({ max: parts.length - 1 }), { minLength: 1, maxLength: 12 });
  return fc.record({ deleted: positions, swapped: positions }).map(({ deleted, swapped }) => {
    const changed = [...parts];
    for (const [index, at] of swapped.entries()) {
      if (index % 2 === 0) changed[at] = parts[swapped[index + 1] ?? 0] ?? "";
    }
    for (const at of deleted) changed[at] = "";
    return changed.join("");
  });
});

test("a damaged schema gives diagnostics, never an exception, and each points into the text", () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const { value, diagnostics } = compileText(text);
      const hasError = diagnostics.some(({ severity }) => severity === "error");
      expect(value.model === undefined).toBe(hasError);
      for (const { primary, related } of diagnostics) {
        for (const { span } of [primary, ...related]) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }
      renderDiagnostics(
        diagnostics,
        value.files.map(({ source }) => source),
      );
    }),
    { numRuns: 400 },
  );
});

/** Declarations start at the line start; comments above go with them. */
function declarations(text: string): string[] {
  return text.split(/\n\n+(?=[^\s}])/);
}

test("the order of declarations does not matter", () => {
  const shuffled = fc.constantFrom(...texts).chain((text) =>
    fc.record({
      text: fc.constant(text),
      order: fc.shuffledSubarray(declarations(text), { minLength: declarations(text).length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ text, order }) => {
      const [first, second] = [compileText(text).value.model, compileText(order.join("\n\n")).value.model];
      expect(first).toBeDefined();
      expect(second === undefined ? undefined : canonicalModel(second)).toEqual(
        first === undefined ? null : canonicalModel(first),
      );
    }),
    { numRuns: 60 },
  );
});

/** As they stand, and in another order. */
const reordered = schemaDeclarations.chain((all) =>
  fc.record({ all: fc.constant(all), order: fc.shuffledSubarray([...all], { minLength: all.length }) }),
);

test("random schemas mean the same in any order, and laid out anew", () => {
  let accepted = 0;
  fc.assert(
    fc.property(reordered, ({ all, order }) => {
      const text = all.join("\n");
      const { model } = compileText(text).value;
      const formatted = formatSchema(parse(createSourceFile("test.schema", text)).value);
      const others = [order.join("\n"), formatted].map((each) => compileText(each).value.model);
      if (model === undefined) {
        expect(others).toEqual([undefined, undefined]);
        return;
      }
      accepted += 1;
      for (const other of others) {
        expect(other === undefined ? undefined : canonicalModel(other)).toEqual(canonicalModel(model));
      }
      expect(formatSchema(parse(createSourceFile("test.schema", formatted)).value)).toBe(formatted);
    }),
    { numRuns: 60 },
  );
  expect(accepted).toBeGreaterThan(15);
});
