// The stage between syntax and checks: declares every name of all files, then resolves what refers to them.
import { InternalError } from "../../model/internal-error.js";
import type { Staged } from "../diagnostics/diagnostic.js";
import type { SourceUnit } from "../syntax/ast.js";
import { declareNames } from "./declare.js";
import { inferJoins } from "./infer-joins.js";
import { completeTargets, resolveMembers } from "./resolve-members.js";
import { resolveRelationships } from "./resolve-relationships.js";
import { Resolver } from "./resolver.js";
import type { BoundSchema, BoundTable, TableSymbol } from "./symbols.js";

/** Binds the files of one schema; `dialects` are the targets they are checked against. */
export function bindSchema(units: readonly SourceUnit[], dialects: readonly string[]): Staged<BoundSchema> {
  const declared = declareNames(units);
  const { enums, allTables } = declared.value;
  const resolver = new Resolver(declared.value);
  noteEnumUses(allTables, resolver);

  const tables = allTables.map((symbol) => resolveMembers(symbol, resolver));
  completeTargets(tables);
  resolveRelationships(tables, resolver);
  const bySymbol = new Map(tables.map((table) => [table.symbol, table]));
  const tableOf = (symbol: TableSymbol): BoundTable => {
    const table = bySymbol.get(symbol);
    if (table === undefined) throw new InternalError(`table ${symbol.key} is not bound`);
    return table;
  };
  const joins = inferJoins(tables, tableOf);
  return {
    value: {
      units,
      dialects,
      enums: [...enums.values()],
      tables,
      joins: joins.value,
      tableOf,
      uses: resolver.uses,
    },
    diagnostics: [...declared.diagnostics, ...resolver.diagnostics, ...joins.diagnostics],
  };
}

function noteEnumUses(tables: readonly TableSymbol[], resolver: Resolver): void {
  for (const table of tables) {
    for (const column of table.columns.values()) {
      if (column.enum !== undefined) resolver.noteUse(column.member.span, column.enum.declaration.span);
    }
  }
}
