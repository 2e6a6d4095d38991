// Models that differ in nothing but the order of their parts are one in canonical order.
import { expect, test } from "vitest";
import { canonicalModel } from "../../model/canonical.js";
import type { SchemaModel, TableModel } from "../../model/schema-model.js";

function tableNamed(name: string, uniques: readonly string[]): TableModel {
  const keys = uniques.map((unique) => ({ name: unique, columns: ["b", "a"] }));
  const columns = ["b", "a"].map((column) => ({
    name: column,
    property: column,
    type: { kind: "text" } as const,
    nullable: false,
  }));
  return { name, columns, uniques: keys, checks: [], foreignKeys: [], indexes: [] };
}

const model = (tables: readonly TableModel[]): SchemaModel => ({ dialects: [], enums: [], tables, classes: [] });

test("parts are sorted by name, columns and key columns stay", () => {
  const first = canonicalModel(model([tableNamed("t", ["y", "x"]), tableNamed("s", [])]));
  const second = canonicalModel(model([tableNamed("s", []), tableNamed("t", ["x", "y"])]));
  expect(first).toEqual(second);
  expect(first.tables.map(({ name }) => name)).toEqual(["s", "t"]);
  expect(first.tables[1]?.uniques[0]).toEqual({ name: "x", columns: ["b", "a"] });
  expect(first.tables[1]?.columns.map(({ name }) => name)).toEqual(["b", "a"]);
});

test("canonical order of canonical order is the same", () => {
  const once = canonicalModel(model([tableNamed("t", ["y", "x"])]));
  expect(canonicalModel(once)).toEqual(once);
});
