// Names for constraints and indexes that the schema leaves unnamed. Written names are taken first, all tables'
// included, so that a made name never pushes a written one aside.
import type { Expression } from "../../model/expression.js";
import { columnNamesIn } from "../../model/expression-parts.js";
import { chooseName, createNameScope, type NameScope, takeName } from "../../model/naming.js";
import type { BoundSchema } from "../bind/symbols.js";
import { writtenNames } from "../check/written-names.js";

/** The names in use, one scope a database schema. */
type NameScopes = ReadonlyMap<string | undefined, NameScope>;

export function takeWrittenNames(schema: BoundSchema): NameScopes {
  const scopes = new Map<string | undefined, NameScope>();
  for (const table of schema.tables) {
    const { name } = table.symbol;
    const scope = scopes.get(name.schema) ?? createNameScope();
    scopes.set(name.schema, scope);
    scope.relations.add(name.name);
    for (const { name: written, label } of writtenNames(table)) takeName(scope, written.text, label);
  }
  return scopes;
}

/** Names the constraints and indexes of one table. */
export class TableNamer {
  readonly #scope: NameScope;
  readonly #table: string;

  constructor(scope: NameScope, table: string) {
    this.#scope = scope;
    this.#table = table;
  }

  primaryKey(): string {
    return chooseName(this.#scope, this.#table, [], "pkey");
  }

  unique(columns: readonly string[]): string {
    return chooseName(this.#scope, this.#table, columns, "key");
  }

  foreignKey(columns: readonly string[]): string {
    return chooseName(this.#scope, this.#table, columns, "fkey");
  }

  /** PostgreSQL puts the column into the name where the condition is about one column alone. */
  check(condition: Expression): string {
    const columns = [...new Set(columnNamesIn(condition))];
    return chooseName(this.#scope, this.#table, columns.length === 1 ? columns : [], "check");
  }

  index(keys: readonly Expression[]): string {
    const names: string[] = [];
    for (const key of keys) {
      const name = indexKeyName(key) ?? "expr";
      let free = name;
      for (let number = 1; names.includes(free); number += 1) free = `${name}${number}`;
      names.push(free);
    }
    return chooseName(this.#scope, this.#table, names, "idx");
  }
}

/** PostgreSQL's `FigureColname`: what a key's column in the index is called. */
function indexKeyName(key: Expression): string | undefined {
  switch (key.kind) {
    case "column":
    case "call":
    case "current":
      return key.name;
    case "cast":
      return indexKeyName(key.operand) ?? key.type.replace(/\(.*$/, "");
    case "case":
      return "case";
    default:
      return undefined;
  }
}
