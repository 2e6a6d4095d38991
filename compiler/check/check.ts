// The checking stage: runs every rule over every subject of a bound schema.
import type { BoundSchema, BoundTable } from "../bind/symbols.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type ImportGraph, importsAreUsed } from "./imports.js";
import type { Rule } from "./rule.js";
import {
  columnRules,
  enumRules,
  foreignKeyRules,
  indexRules,
  relationshipRules,
  schemaRules,
  tableRules,
} from "./rules.js";

/** Everything that is wrong with a schema whose names are resolved. */
export function checkSchema(schema: BoundSchema, imports: ImportGraph): readonly Diagnostic[] {
  // A loop, because most rules find nothing: a list for each would cost more than the rules.
  const run = <Subject>(rules: readonly Rule<Subject>[], subjects: readonly Subject[]): Diagnostic[] => {
    const found: Diagnostic[] = [];
    for (const subject of subjects) {
      for (const rule of rules) for (const problem of rule(subject, schema)) found.push(problem);
    }
    return found;
  };
  return [
    ...importsAreUsed(imports, schema),
    ...run(schemaRules, [schema]),
    ...run(enumRules, schema.enums),
    ...schema.tables.flatMap((table) => [
      ...run(tableRules, [table]),
      ...run(columnRules, columnsOf(table)),
      ...run(
        foreignKeyRules,
        table.foreignKeys.map((foreignKey) => ({ table, foreignKey })),
      ),
      ...run(
        indexRules,
        table.indexes.map((index) => ({ table, index })),
      ),
      ...run(
        relationshipRules,
        table.relationships.map((relationship) => ({ table, relationship, join: schema.joins.get(relationship) })),
      ),
    ]),
  ];
}

function columnsOf(table: BoundTable) {
  return [...table.symbol.columns.values()].map((column) => ({ table, column }));
}
