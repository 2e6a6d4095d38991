// Looks names up in the declarations: reports those that are unknown, once each, and notes which file uses which.
import { qualifiedKey } from "../../model/qualified-name.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Identifier, NamePath } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import { didYouMean } from "./did-you-mean.js";
import { qualifiedName, type Declarations } from "./declare.js";
import type { ColumnReference, ColumnSymbol, TableSymbol } from "./symbols.js";

export class Resolver {
  readonly diagnostics: Diagnostic[] = [];
  /** For each file, the files that declare what it names. */
  readonly uses = new Map<string, Set<string>>();
  readonly #declarations: Declarations;

  constructor(declarations: Declarations) {
    this.#declarations = declarations;
  }

  table(path: NamePath): TableSymbol | undefined {
    const key = qualifiedKey(qualifiedName(path));
    const table = this.#declarations.tables.get(key);
    if (table === undefined) {
      this.diagnostics.push(diagnostic("S2001", { span: path.span, help: this.#tableHelp(key) }, key));
    } else this.noteUse(path.span, table.declaration.span);
    return table;
  }

  /** The table mapped to a class. */
  classTable(name: Identifier): TableSymbol | undefined {
    const table = this.#declarations.tablesByClass.get(name.text);
    if (table === undefined) {
      this.diagnostics.push(diagnostic("S2004", { span: name.span, help: this.#classHelp(name.text) }, name.text));
    } else this.noteUse(name.span, table.declaration.span);
    return table;
  }

  columns(names: readonly Identifier[], table: TableSymbol): ColumnReference[] {
    return names.map((identifier) => ({ identifier, column: this.column(identifier, table) }));
  }

  column(name: Identifier, table: TableSymbol): ColumnSymbol | undefined {
    const column = table.columns.get(name.text);
    if (column === undefined) this.diagnostics.push(unknownColumn(name, table));
    return column;
  }

  noteUse(use: Span, declaration: Span): void {
    const used = this.uses.get(use.file);
    if (used === undefined) this.uses.set(use.file, new Set([declaration.file]));
    else used.add(declaration.file);
  }

  #tableHelp(key: string): string | undefined {
    const mapped = this.#declarations.tablesByClass.get(key);
    if (mapped !== undefined) return `\`${key}\` is a class; its table is \`${mapped.key}\``;
    const tables = this.#declarations.tables;
    const elsewhere = [...tables.values()].find((table) => table.name.name === key);
    if (elsewhere !== undefined) return `did you mean \`${elsewhere.key}\`?`;
    return didYouMean(key, tables.keys());
  }

  #classHelp(name: string): string | undefined {
    const table = this.#declarations.tables.get(name);
    if (table === undefined) return didYouMean(name, this.#declarations.tablesByClass.keys());
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
