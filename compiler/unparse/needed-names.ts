// Which names of constraints and indexes have to be written: those that lowering would not make by itself.
import { createNameScope, type MadeNameLabel, type NameScope, takeName } from "../../model/naming.js";
import type { NamingTemplates } from "../../model/naming-templates.js";
import type { IndexModel, SchemaModel, TableModel } from "../../model/schema-model.js";
import { TableNamer } from "../lower/made-names.js";
import { placeParts } from "./placement.js";

interface NamedPart {
  readonly name: string;
}

/** The constraints and indexes whose names must be written, by identity; views have indexes, too. */
export function neededNames(
  { tables: stored, views = [] }: Pick<SchemaModel, "tables" | "views">,
  templates: NamingTemplates,
): ReadonlySet<NamedPart> {
  const bare = { uniques: [], checks: [], foreignKeys: [] };
  const tables = [
    ...stored,
    ...views.map(({ schema, ...view }): TableModel => {
      const { name, columns, indexes } = view;
      return { ...(schema === undefined ? {} : { schema }), name, columns, indexes, ...bare };
    }),
  ];
  const needed = new Set<NamedPart>();
  // A written name may take the place of a made one, which then has to be written too; each round adds some.
  for (let before = -1; before !== needed.size;) {
    before = needed.size;
    addDiffering(tables, needed, templates);
  }
  return needed;
}

function addDiffering(tables: readonly TableModel[], needed: Set<NamedPart>, templates: NamingTemplates): void {
  const scopes = new Map<string | undefined, NameScope>();
  const scopeOf = ({ schema }: TableModel): NameScope => {
    const scope = scopes.get(schema) ?? createNameScope();
    scopes.set(schema, scope);
    return scope;
  };
  for (const table of tables) {
    const scope = scopeOf(table);
    scope.relations.add(table.name);
    for (const { part, label } of inReadingOrder(table, needed)) {
      if (needed.has(part)) takeName(scope, part.name, label);
    }
  }
  const differing: NamedPart[] = [];
  for (const table of tables) {
    const namer = new TableNamer(scopeOf(table), table.name, templates);
    for (const { part, make } of inReadingOrder(table, needed)) {
      if (!needed.has(part) && make(namer) !== part.name) differing.push(part);
    }
  }
  for (const part of differing) needed.add(part);
}

interface Nameable {
  readonly part: NamedPart;
  readonly label: MadeNameLabel;
  readonly make: (namer: TableNamer) => string;
}

/** A table's parts in the order in which lowering names them. */
function inReadingOrder(table: TableModel, needed: ReadonlySet<NamedPart>): Nameable[] {
  const placement = placeParts(table, (index: IndexModel) => !needed.has(index));
  const columns = [...placement.columns.values()];
  const { primaryKey } = table;
  const uniques = [...columns.flatMap(({ unique }) => unique ?? []), ...placement.uniques];
  const checks = [...columns.flatMap((column) => column.checks), ...placement.checks];
  const foreignKeys = [...columns.flatMap((column) => column.foreignKeys), ...placement.foreignKeys];
  const indexes = [...columns.flatMap(({ index }) => index ?? []), ...placement.indexes];
  return [
    ...(primaryKey === undefined
      ? []
      : [
          {
            part: primaryKey,
            label: "pkey" as const,
            make: (namer: TableNamer) => namer.primaryKey(primaryKey.columns),
          },
        ]),
    ...uniques.map((part): Nameable => ({ part, label: "key", make: (namer) => namer.unique(part.columns) })),
    ...checks.map((part): Nameable => ({ part, label: "check", make: (namer) => namer.check(part.expression) })),
    ...foreignKeys.map((part): Nameable => {
      const make: Nameable["make"] = (namer) => namer.foreignKey(part.columns, part.references.table.name);
      return { part, label: "fkey", make };
    }),
    ...indexes.map((part): Nameable => {
      const keys = part.keys.map(({ expression }) => expression);
      return { part, label: "idx", make: (namer) => namer.index(keys) };
    }),
  ];
}
