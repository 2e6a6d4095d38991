// The law of writing on random databases: whatever was read is written without errors, and compiles to what was read.
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { writeSchemaFile } from "../../compiler/unparse/schema-file.js";
import { canonicalModel } from "../../model/canonical.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { TableModel } from "../../model/schema-model.js";
import { nameSchema } from "../../model/reflected-classes.js";
import { typeExpressions } from "../../model/reflected-expressions.js";
import { compileText } from "../check/compile-case.js";
import { type ModelShape, randomModels } from "../reflect/support/random-models.js";

const shapes: readonly ModelShape[] = [
  {
    dialect: "sqlite",
    comments: false,
    enums: false,
    wide: true,
    types: [
      { type: { kind: "integer" }, defaults: ["7", "-1", "(1 + 2)"] },
      { type: { kind: "varchar", length: 20 }, defaults: ["NULL", "'it''s'"] },
      { type: { kind: "timestamp" }, defaults: ["CURRENT_TIMESTAMP", "'1970-01-01'"] },
      { type: { kind: "native", dialect: "sqlite", name: "nvarchar", arguments: [40] }, defaults: ["'x'"] },
      { type: { kind: "native", dialect: "sqlite", name: "untyped" }, defaults: [] },
    ],
  },
  {
    dialect: "postgresql",
    comments: true,
    enums: true,
    wide: true,
    types: [
      { type: { kind: "integer" }, defaults: ["7", "(1 + 2)", "'-5'::integer"] },
      { type: { kind: "varchar", length: 20 }, defaults: ["'it''s'::character varying", "NULL::character varying"] },
      { type: { kind: "array", element: { kind: "text" } }, defaults: ["'{}'::text[]"] },
      { type: { kind: "timestamptz", precision: 3 }, defaults: ["now()", "CURRENT_TIMESTAMP"] },
    ],
  },
];

it.each(shapes)("on $dialect", (shape) => {
  fc.assert(
    fc.property(randomModels(shape), (read) => {
      const verbatim = nameSchema(read);
      const typed = nameSchema(typeExpressions(read, shape.dialect));
      const { text, diagnostics } = writeSchemaFile("test.schema", typed, verbatim);
      const source = createSourceFile("test.schema", text);
      expect(renderDiagnostics(diagnostics, [source])).toBe("");
      expect(formatSchema(parse(source).value)).toBe(text);
      const compiled = compileText(text).value.model;
      if (compiled === undefined) expect.fail("the schema has errors");
      const [written, first, second] = [compiled, typed, verbatim].map(canonicalModel);
      expect(written?.classes).toEqual(first?.classes);
      expect(written?.enums).toEqual(first?.enums);
      for (const [index, table] of (written?.tables ?? []).entries()) {
        expect(qualifiedKey(table)).toBe(qualifiedKey(first?.tables[index] ?? { name: "" }));
        const candidates = [first?.tables[index], second?.tables[index]];
        expect(candidates.map(withoutColumns)).toContainEqual(withoutColumns(table));
        for (const [at, column] of table.columns.entries()) {
          expect(candidates.map((one) => one?.columns[at])).toContainEqual(column);
        }
      }
    }),
    { numRuns: 60 },
  );
});

/** What a table says beside its columns, which is typed or not by itself. */
function withoutColumns(table: TableModel | undefined): Partial<TableModel> {
  const { columns: _, ...others }: Partial<TableModel> = table ?? {};
  return others;
}
