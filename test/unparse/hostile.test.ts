// Databases may hold any text as a name: what is written for them compiles to the same model, and stays inert code.
import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { writeSchemaFile } from "../../compiler/unparse/schema-file.js";
import { canonicalModel } from "../../model/canonical.js";
import { nameSchema } from "../../model/reflected-classes.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { compileText } from "../check/compile-case.js";

const hostileTexts = [
  " ",
  "1st",
  "per % cent",
  "par(ens)",
  "more :: %colons%",
  "[Brackets]",
  "dot.s",
  "quote ' one",
  'quote " two',
  "back`tick",
  "back\\slash",
  "*/ process.exit() /*",
  "a//b",
  "/// doc",
  "${process.exit()}",
  '"]; process.exit(); ["',
  "A {} evil(); class B",
  "}",
  "table x {",
  "line\nbreak",
  "line\r\nbreak",
  "line\u2028break",
  "tab\t",
  "escape\u001b[31m",
  "right\u202Eto left",
  "zero\u200Bwidth",
  "emoji 🙂",
  "@ts-expect-error",
  "$money$",
  "sql'x'",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "await",
  "class",
  "default",
  "primary",
  "check",
  "index",
  "null",
  "case",
  "İstanbul",
  "e\u0301",
  "x".repeat(63),
];

/** A database where `text` is the name of everything. */
function hostileModel(text: string): SchemaModel {
  const id = {
    name: "id",
    property: "",
    type: { kind: "integer" },
    nullable: false,
    identity: { always: false },
  } as const;
  return nameSchema({
    dialects: [],
    enums: [{ name: `${text} `, typeName: "", values: ["plain", text] }],
    tables: [
      {
        name: text,
        columns: [
          id,
          {
            name: text,
            property: "",
            type: { kind: "text" },
            nullable: true,
            default: { kind: "string", value: text },
            comment: text,
          },
          {
            name: "kind",
            property: "",
            type: { kind: "enum", name: qualifiedKey({ name: `${text} ` }) },
            nullable: true,
          },
        ],
        primaryKey: { name: `${text}1`, columns: ["id"] },
        uniques: [{ name: `${text}2`, columns: [text] }],
        checks: [
          { name: `${text}3`, expression: { kind: "raw", variants: [{ sql: text.replaceAll("\r\n", "\n") }] } },
          {
            name: `${text}4`,
            expression: {
              kind: "comparison",
              operator: "=",
              left: { kind: "column", name: text },
              right: { kind: "string", value: text },
            },
          },
        ],
        foreignKeys: [],
        indexes: [
          {
            name: `${text}5`,
            unique: false,
            keys: [{ expression: { kind: "column", name: text } }, { expression: { kind: "column", name: "id" } }],
          },
        ],
        comment: text,
      },
      {
        name: `${text}s`,
        columns: [id, { name: `${text}_id`, property: "", type: { kind: "integer" }, nullable: true }],
        primaryKey: { name: `${text}6`, columns: ["id"] },
        uniques: [],
        checks: [],
        foreignKeys: [
          { name: `${text}7`, columns: [`${text}_id`], references: { table: { name: text }, columns: ["id"] } },
        ],
        indexes: [],
      },
    ],
  });
}

describe("a database whose every name is", () => {
  test.each(hostileTexts)("%j", async (name) => {
    const model = hostileModel(name);
    const { text, diagnostics } = writeSchemaFile("test.schema", model, model);
    expect(renderDiagnostics(diagnostics, [createSourceFile("test.schema", text)])).toBe("");
    const read = compileText(text).value.model;
    expect(read && canonicalModel(read)).toEqual(canonicalModel(model));
    for (const file of await emitSchema(model, { version: "0", sources: [] })) {
      const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest);
      // What the parser found wrong is no part of TypeScript's public interface.
      const { parseDiagnostics } = source as ts.SourceFile & { readonly parseDiagnostics: readonly unknown[] };
      expect(parseDiagnostics).toEqual([]);
    }
  });
});
