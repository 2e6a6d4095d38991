// Columns whose types are made of others or are one dialect's own: the calls that describe them, and their values.
import { expect, it } from "vitest";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import type { ColumnType } from "../../model/column-type.js";
import { column, enumModel, mapped, schemaModel, table } from "./model-builder.js";

const types: Readonly<Record<string, ColumnType>> = {
  tags: { kind: "array", element: { kind: "text" } },
  grid: { kind: "array", element: { kind: "array", element: { kind: "numeric", precision: 10, scale: 2 } } },
  tones: { kind: "array", element: { kind: "enum", name: "tone" } },
  stay: { kind: "daterange" },
  price: { kind: "domain", name: "amount" },
  small: { kind: "native", dialect: "mysql", name: "mediumint", unsigned: true },
  letters: { kind: "native", dialect: "mysql", name: "set", arguments: ["a", "b"] },
  anything: { kind: "native", dialect: "sqlite", name: "any" },
  shape: { kind: "raw", sql: { kind: "raw", variants: [{ sql: "geometry" }] } },
};

const model = schemaModel({
  enums: [enumModel("tone", "Tone", ["low", "high"])],
  domains: [
    {
      name: "amount",
      type: { kind: "numeric", precision: 10, scale: 2 },
      nullable: false,
      checks: [
        {
          name: "amount_positive",
          expression: {
            kind: "comparison",
            operator: ">",
            left: { kind: "column", name: "value" },
            right: { kind: "number", digits: "0" },
          },
        },
      ],
    },
  ],
  tables: [table("thing", [column("id"), ...Object.entries(types).map(([name, type]) => column(name, type))])],
  classes: [mapped("Thing", "thing")],
});

const emitted = await emitSchema(model, { version: "0.0.0", sources: [] });
const files = new Map(emitted.map(({ path, text }) => [path, text]));

it.each([
  ["tags", "ArrayOf(Text().nullable())", "readonly (string | null)[]"],
  ["grid", "ArrayOf(ArrayOf(Numeric(10, 2).nullable()))", "readonly (readonly (Decimal | null)[])[]"],
  ["tones", 'ArrayOf(Enum("tone", toneValues).nullable())', "readonly (Tone | null)[]"],
  ["stay", "DateRange()", "Range<PlainDate>"],
  ["small", 'Native("mysql", "mediumint", { unsigned: true, as: Integer({ unsigned: true }) })', "number"],
  ["letters", 'Native("mysql", "set", { arguments: ["a", "b"], as: Text() })', "string"],
  ["anything", 'Native("sqlite", "any")', "StoredValue"],
  ["shape", 'RawType(sql("geometry"))', "StoredValue"],
])("%s is %s with values of %s", (name, code, values) => {
  expect(files.get("tables.ts")).toContain(`${name}: ${code}`);
  expect(files.get("thing.ts")).toContain(`get ${name}(): ${values} {`);
});

it("says of a domain what its parts are, and decodes its values late", () => {
  const call =
    /price: Domain\("amount", Numeric\(10, 2\), {\s*notNull: true,\s*checks: \[{ name: "amount_positive", condition: "value > 0" }\],?\s*}\)/;
  expect(files.get("tables.ts")).toMatch(call);
  expect(files.get("thing.ts")).toContain("get price(): Decimal {");
  expect(files.get("thing.ts")).toContain("decodeDecimal(");
});
