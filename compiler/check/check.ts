// The checking stage: runs every rule over every subject of a bound schema.
import type { BoundSchema, BoundTable } from "../bind/symbols.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type ImportGraph, importsAreUsed } from "./imports.js";
import type { Rule } from "./rule.js";
import * as rules from "./rules.js";

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
    ...run(rules.schemaRules, [schema]),
    ...run(rules.enumRules, schema.enums),
    ...run(rules.aliasRules, schema.aliases),
    ...run(rules.domainRules, schema.domains),
    ...run(rules.sequenceRules, schema.sequences),
    ...run(rules.mixinRules, schema.mixins),
    ...run(rules.objectRules, schema.objects),
    ...run(rules.classRules, schema.classes),
    ...schema.tables.flatMap((table) => [
      ...run(rules.tableRules, [table]),
      ...run(rules.columnRules, columnsOf(table)),
      ...run(
        rules.foreignKeyRules,
        table.foreignKeys.map((foreignKey) => ({ table, foreignKey })),
      ),
      ...run(
        rules.indexRules,
        table.indexes.map((index) => ({ table, index })),
      ),
      ...run(
        rules.relationshipRules,
        table.relationships.map((relationship) => ({ table, relationship, join: schema.joins.get(relationship) })),
      ),
      ...run(rules.propertyRules, table.properties),
      ...run(rules.proxyRules, table.proxies),
      ...run(rules.compositeRules, table.composites),
    ]),
  ];
}

function columnsOf(table: BoundTable) {
  return [...table.symbol.columns.values()].map((column) => ({ table, column }));
}
