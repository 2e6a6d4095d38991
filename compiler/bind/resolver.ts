// Looks names up in the declarations: reports those that are unknown, once each, and notes which file uses which.
import { qualifiedKey } from "../../model/qualified-name.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Identifier, NamePath } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import { didYouMean } from "./did-you-mean.js";
import type { Declarations } from "./declare.js";
import { qualifiedName } from "./qualified-path.js";
import type { ClassSymbol, ColumnReference, ColumnSymbol, TableSymbol } from "./symbols.js";

export class Resolver {
  readonly diagnostics: Diagnostic[] = [];
  readonly noteUse: (use: Span, declaration: Span) => void;
  readonly #declarations: Declarations;

  /** `noteUse` is told which declaration each name belongs to. */
  constructor(declarations: Declarations, noteUse: (use: Span, declaration: Span) => void) {
    this.#declarations = declarations;
    this.noteUse = noteUse;
  }

  table(path: NamePath): TableSymbol | undefined {
    const key = qualifiedKey(qualifiedName(path));
    const table = this.#declarations.tables.get(key);
    if (table === undefined) {
      const help = this.#columnHelp(path) ?? this.#tableHelp(key);
      this.diagnostics.push(diagnostic("S2001", { span: path.span, help }, key));
    } else this.noteUse(path.span, table.declaration.span);
    return table;
  }

  class(name: Identifier): ClassSymbol | undefined {
    const found = this.#declarations.classes.get(name.text);
    if (found === undefined) {
      this.diagnostics.push(diagnostic("S2004", { span: name.span, help: this.#classHelp(name.text) }, name.text));
    } else this.noteUse(name.span, found.declaration.span);
    return found;
  }

  /** The class of a table, where it is mapped. */
  classOf(table: TableSymbol): ClassSymbol | undefined {
    const found = table.className === undefined ? undefined : this.#declarations.classes.get(table.className);
    return found?.table === table ? found : undefined;
  }

  columns(names: readonly Identifier[], table: TableSymbol): ColumnReference[] {
    return names.map((identifier) => ({ identifier, column: this.column(identifier, table) }));
  }

  column(name: Identifier, table: TableSymbol): ColumnSymbol | undefined {
    const column = table.columns.get(name.text) ?? table.parentColumns.get(name.text);
    if (column === undefined) this.diagnostics.push(unknownColumn(name, table));
    return column;
  }

  /** `user.id`, where a column is meant. */
  #columnHelp({ schema, name }: NamePath): string | undefined {
    const table = schema === undefined ? undefined : this.#declarations.tables.get(schema.text);
    if (table?.columns.has(name.text) !== true) return undefined;
    return `a column stands in parentheses: \`${table.key}(${name.text})\``;
  }

  #tableHelp(key: string): string | undefined {
    const mapped = this.#declarations.classes.get(key);
    if (mapped !== undefined) return `\`${key}\` is a class; its table is \`${mapped.table.key}\``;
    const tables = this.#declarations.tables;
    const elsewhere = [...tables.values()].find((table) => table.name.name === key);
    if (elsewhere !== undefined) return `did you mean \`${elsewhere.key}\`?`;
    return didYouMean(key, tables.keys());
  }

  #classHelp(name: string): string | undefined {
    if (/^(?:List|Array|Set|Collection|Map)$/.test(name)) return "a collection of a class is written `Post[]`";
    const table = this.#declarations.tables.get(name);
    if (table === undefined) return didYouMean(name, this.#declarations.classes.keys());
    if (table.className !== undefined) return `\`${name}\` is a table; its class is \`${table.className}\``;
    return `\`${name}\` is a table without a class: give it one with \`as\``;
  }
}

/** The diagnostic of a name that is no column of `table`, whose declaration it shows. */
export function unknownColumn(name: Identifier, table: TableSymbol): Diagnostic {
  const declared = { span: table.declaration.name.span, text: `\`${table.key}\` is declared here` };
  const help = columnHelp(name.text, table);
  return diagnostic("S2002", { span: name.span, related: [declared], help }, table.key, name.text);
}

function columnHelp(name: string, table: TableSymbol): string | undefined {
  const byProperty = [...table.columns.values()].find((column) => column.property === name);
  return byProperty === undefined ? didYouMean(name, table.columns.keys()) : `did you mean \`${byProperty.name}\`?`;
}
