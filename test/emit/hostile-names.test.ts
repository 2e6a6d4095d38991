// Names and texts of a schema never become code: whatever they hold, the generated file has the same syntax tree as
// one made from harmless words.
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import type { RawSql } from "../../model/expression.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { column, enumModel, mapped, relationship, schemaModel, table } from "./model-builder.js";

const hostileTexts = [
  "",
  " ",
  "1st",
  "per % cent",
  "par(ens)",
  "col:ons",
  "more :: %colons%",
  "[Brackets]",
  "q?marks",
  "/slashes/",
  "dot.s",
  "42numbers",
  "quote ' one",
  'quote " two',
  "back`tick",
  "back\\slash",
  "ends with \\",
  "a*/b",
  "*/ process.exit() /*",
  "a//b",
  "${process.exit()}",
  "`${process.exit()}`",
  '"]; process.exit(); ["',
  "x; process.exit()",
  "A {} evil(); class B",
  "string; evil: 1",
  "line\nbreak",
  "line\r\nbreak",
  "line\u2028break",
  "line\u2029break",
  "nul\u0000",
  "tab\t",
  "escape\u001b[31m",
  "right\u202Eto left",
  "zero\u200Bwidth",
  "byte\uFEFForder",
  "soft\u00ADhyphen",
  "next\u0085line",
  "half \uD800 pair",
  "tag \u{E0041}",
  "emoji 🙂",
  "@param evil",
  "{@link evil}",
  "<script>",
  "</script>",
  "<!-- comment",
  "--> comment",
  "#!/usr/bin/env node",
  "// @ts-ignore",
  "@ts-expect-error",
  "prettier-ignore",
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
  "toString",
  "then",
  "arguments",
  "eval",
  "await",
  "default",
  "static",
  "class",
  "İstanbul",
  "é",
  "e\u0301",
];

/** A schema that puts `text` wherever the emitter takes a text or a name that is not an identifier by the rules. */
function modelWith(text: string): SchemaModel {
  return schemaModel({
    // MySQL doubles backslashes, so that a text with some would be written differently by dialect.
    dialects: ["sqlite", "postgresql"],
    enums: [{ ...enumModel("state", "State", ["plain", text]), comment: text }],
    domains: [
      {
        name: "code",
        type: { kind: "text" },
        nullable: false,
        collation: text,
        default: { kind: "string", value: text },
        checks: [{ name: text, expression: raw(text) }],
        comment: text,
      },
    ],
    sequences: [{ name: text, schema: text, type: "integer", options: { start: "1" }, comment: text }],
    objects: [
      { type: text, name: text, schema: text, signature: text, sql: raw(text), after: [{ schema: text, name: text }] },
    ],
    views: [
      { name: "seen", materialized: true, columns: [column("id")], definition: raw(text), indexes: [], comment: text },
    ],
    tables: [
      table(
        "thing",
        [
          column("id", "integer", { identity: { always: false } }),
          column(text, "text", { property: "label", comment: text, collation: text }),
          column("state", { kind: "enum", name: "state" }, { default: { kind: "string", value: text } }),
          column("note", "varchar", { nullable: true, default: { kind: "string", value: text } }),
          column("parent_id", "integer", { property: "parentId", nullable: true }),
          column("code", { kind: "domain", name: "code" }),
          column("made", "text", { generated: { expression: raw(text), stored: true } }),
          column("kept", { kind: "native", dialect: text, name: text, arguments: [text, 1] }),
          column("odd", { kind: "raw", sql: raw(text) }),
          column("count", "bigint", { serial: { name: { schema: text, name: text }, sequence: { cache: "2" } } }),
        ],
        {
          comment: text,
          primaryKey: { name: text, columns: ["id"] },
          uniques: [
            { name: text, columns: [text] },
            { name: text, columns: [text, "note"] },
          ],
          checks: [{ name: text, expression: { kind: "raw", variants: [{ sql: `x${text}` }] } }],
          foreignKeys: [
            { name: text, columns: ["parent_id"], references: { table: { name: "thing" }, columns: [text] } },
          ],
          rawElements: [{ name: text, sql: raw(text) }],
          objects: [{ type: "trigger", name: text, sql: raw(text), after: [] }],
          options: [{ dialect: text, entries: [{ name: text }, { name: `${text}2`, value: text }] }],
          indexes: [
            {
              name: text,
              method: text,
              include: [text],
              storage: [{ name: text, value: text }],
              only: [text],
              comment: text,
              unique: false,
              keys: [
                { expression: { kind: "column", name: text }, collation: text },
                { expression: { kind: "raw", variants: [{ sql: `x${text}` }] } },
              ],
              where: { kind: "raw", variants: [{ dialect: "sqlite", sql: `x${text}` }, { sql: `y${text}` }] },
            },
          ],
        },
      ),
    ],
    classes: [
      {
        ...mapped("Thing", "thing", [
          relationship("parent", "Thing", {
            direction: "many-to-one",
            collection: false,
            pairs: [{ local: "parent_id", remote: text }],
            orderBy: [{ column: text, direction: "asc" }],
            comment: text,
          }),
        ]),
        polymorphicIdentity: text,
        properties: [
          {
            name: "shown",
            type: { kind: "text" },
            nullable: false,
            expression: {
              kind: "call",
              name: "coalesce",
              arguments: [
                { kind: "column", name: "note" },
                { kind: "string", value: text },
              ],
            },
            comment: text,
          },
        ],
      },
    ],
  });
}

/** SQL that is kept as it is. */
function raw(text: string): RawSql {
  return { kind: "raw", variants: [{ sql: `x${text}` }] };
}

/** A schema whose tables and properties have `name`: identifiers where it can be one, quoted where not. */
function modelNamed(name: string): SchemaModel {
  return schemaModel({
    tables: [table(name, [column("id"), column(name, "text", { property: name })])],
    classes: [mapped("Thing", name)],
  });
}

/** The kinds of all nodes, in order. Comments are no nodes, so that a text that leaves one shows. */
function syntaxKinds(path: string, text: string): string[] {
  const kinds: string[] = [];
  const visit = (node: ts.Node): void => {
    kinds.push(ts.SyntaxKind[node.kind]);
    node.forEachChild(visit);
  };
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  visit(source);
  return kinds;
}

async function kindsOf(model: SchemaModel, sources: readonly string[]): Promise<Record<string, string[]>> {
  const files = await emitSchema(model, { version: "1.2.3", sources });
  return Object.fromEntries(files.map(({ path, text }) => [path, syntaxKinds(path, text)]));
}

function unquoted(kind: string): string {
  if (kind === "StringLiteral") return "Identifier";
  return kind === "ElementAccessExpression" ? "PropertyAccessExpression" : kind;
}

/** `["__proto__"]` is one more way to quote. */
function plainKinds(kinds: readonly string[]): string[] {
  return kinds.filter((kind) => kind !== "ComputedPropertyName").map(unquoted);
}

/** Quoted names are string literals in the tree: a matter of spelling. */
function withoutQuotes(kinds: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(kinds).map(([path, list]) => [path, plainKinds(list)]));
}

describe("texts of the schema", () => {
  it.each(hostileTexts)("%j stays text", async (text) => {
    const benign = withoutQuotes(await kindsOf(modelWith("harmless"), ["harmless"]));
    expect(withoutQuotes(await kindsOf(modelWith(text), [text]))).toEqual(benign);
  });

  it.each(hostileTexts)("invisible and reordering characters show: %j", async (text) => {
    const files = await emitSchema(modelWith(text), { version: "1.2.3", sources: [text] });
    for (const file of files) expect(file.text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[^\n\P{Cc}]/u);
  });
});

describe("names of the schema", () => {
  // The checks refuse these; `arguments` has a declaration of its own kind, and a golden.
  const others = new Set(["", "__proto__", "constructor", "prototype", "arguments"]);

  it.each(hostileTexts.filter((text) => !others.has(text)))("%j stays a name", async (text) => {
    const benign = withoutQuotes(await kindsOf(modelNamed("harmless"), []));
    expect(withoutQuotes(await kindsOf(modelNamed(text), []))).toEqual(benign);
  });

  it("`__proto__` stays a column of a table without a class", async () => {
    const tables = [table("t", [column("id"), column("__proto__", "text")])];
    const files = await emitSchema(schemaModel({ tables }), { version: "1.2.3", sources: [] });
    expect(files.find(({ path }) => path === "tables.ts")?.text).toContain('["__proto__"]: Text()');
  });

  it.each(["A {} evil(); class B", "1st", "", "class", "a b"])("refuses a class or enum type %j", async (name) => {
    const refusal = "cannot name a TypeScript type";
    const named = schemaModel({ tables: [table("t", [column("id")])], classes: [mapped(name, "t")] });
    await expect(emitSchema(named, { version: "1.2.3", sources: [] })).rejects.toThrow(refusal);
    const typed = schemaModel({ enums: [enumModel("e", name, ["a"])] });
    await expect(emitSchema(typed, { version: "1.2.3", sources: [] })).rejects.toThrow(refusal);
  });
});
