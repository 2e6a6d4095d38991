// The stage between syntax and checks: declares every name of all files, then resolves what refers to them.
import { InternalError } from "../../model/internal-error.js";
import type { Diagnostic, Staged } from "../diagnostics/diagnostic.js";
import type { SourceUnit } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import { declareNames } from "./declare.js";
import { inferJoins } from "./infer-joins.js";
import { resolveClassMembers } from "./resolve-class-members.js";
import { completeTargets, resolveMembers } from "./resolve-members.js";
import { resolveRelationships } from "./resolve-relationships.js";
import { Resolver } from "./resolver.js";
import type { BoundSchema, BoundTable, ClassSymbol, TableSymbol } from "./symbols.js";

/** Binds the files of one schema; `dialects` are the targets they are checked against. */
export function bindSchema(units: readonly SourceUnit[], dialects: readonly string[]): Staged<BoundSchema> {
  const uses = new Map<string, Set<string>>();
  const noteUse = (use: Span, declaration: Span): void => {
    const used = uses.get(use.file);
    if (used === undefined) uses.set(use.file, new Set([declaration.file]));
    else used.add(declaration.file);
  };
  const declared = declareNames(units, noteUse);
  const resolver = new Resolver(declared, noteUse);
  noteTypeUses(declared.allTables, noteUse);

  const tables = declared.allTables.map((symbol) => resolveMembers(symbol, resolver));
  completeTargets(tables);
  const classes = [...declared.classes.values()];
  resolveRelationships(tables, classes, resolver);
  const memberProblems = resolveClassMembers(tables, classes, declared.types, resolver);
  const bySymbol = new Map(tables.map((table) => [table.symbol, table]));
  const tableOf = (symbol: TableSymbol): BoundTable => {
    const table = bySymbol.get(symbol);
    if (table === undefined) throw new InternalError(`table ${symbol.key} is not bound`);
    return table;
  };
  const subclasses = new Map<TableSymbol, ClassSymbol[]>();
  for (const symbol of classes.filter(({ inheritance }) => inheritance === "single")) {
    const sharing = subclasses.get(symbol.table);
    if (sharing === undefined) subclasses.set(symbol.table, [symbol]);
    else sharing.push(symbol);
  }
  const joins = inferJoins(tables, tableOf);
  const { types, mixins, sequences, objects } = declared;
  const found: Diagnostic[] = [...declared.diagnostics, ...resolver.diagnostics, ...memberProblems];
  return {
    value: {
      units,
      dialects,
      enums: [...types.enums.values()],
      aliases: [...types.aliases.values()],
      domains: [...types.domains.values()],
      sequences,
      mixins,
      objects,
      tables,
      classes,
      joins: joins.value,
      tableOf,
      subclassesOf: (table) => subclasses.get(table) ?? [],
      uses,
    },
    diagnostics: [...found, ...joins.diagnostics],
  };
}

function noteTypeUses(tables: readonly TableSymbol[], noteUse: (use: Span, declaration: Span) => void): void {
  for (const { columns } of tables) {
    for (const { member, typeDeclarations } of columns.values()) {
      for (const declaration of typeDeclarations) noteUse(member.span, declaration);
    }
  }
}
