// Names for constraints and indexes that the schema leaves unnamed. Written names are taken first, all tables'
// included, so that a made name never pushes a written one aside.
import type { Expression } from "../../model/expression.js";
import { columnNamesIn } from "../../model/expression-parts.js";
import { chooseName, createNameScope, type MadeNameLabel, type NameScope, takeName } from "../../model/naming.js";
import type { NamingTemplates } from "../../model/naming-templates.js";
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
  readonly #templates: NamingTemplates;

  constructor(scope: NameScope, table: string, templates: NamingTemplates) {
    this.#scope = scope;
    this.#table = table;
    this.#templates = templates;
  }

  primaryKey(columns: readonly string[]): string {
    return this.#choose("pkey", this.#templates.primaryKey, columns);
  }

  unique(columns: readonly string[]): string {
    return this.#choose("key", this.#templates.unique, columns);
  }

  foreignKey(columns: readonly string[], referredTable: string): string {
    return this.#choose("fkey", this.#templates.foreignKey, columns, referredTable);
  }

  /** PostgreSQL puts the column into the name where the condition is about one column alone. */
  check(condition: Expression): string {
    const columns = [...new Set(columnNamesIn(condition))];
    const template = this.#templates.check;
    return this.#choose("check", template, template !== undefined || columns.length === 1 ? columns : []);
  }

  index(keys: readonly Expression[]): string {
    const names: string[] = [];
    for (const key of keys) {
      const name = indexKeyName(key) ?? "expr";
      let free = name;
      for (let number = 1; names.includes(free); number += 1) free = `${name}${number}`;
      names.push(free);
    }
    return this.#choose("idx", this.#templates.index, names);
  }

  #choose(label: MadeNameLabel, template: string | undefined, columns: readonly string[], referredTable = ""): string {
    // PostgreSQL's own way leaves a primary key's columns out.
    const named = label === "pkey" && template === undefined ? [] : columns;
    return chooseName(this.#scope, { table: this.#table, columns: named, referredTable }, label, template);
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
