// A reflected schema as the text of one schema file without diagnostics: expressions that the checks refuse, as a
// database may hold what the language's types do not allow, go back to the database's own text; warnings are allowed.
import type { NamingTemplates } from "../../model/naming-templates.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { SchemaModel, TableModel } from "../../model/schema-model.js";
import { compileSchema } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatSchema } from "../print/format-schema.js";
import type { TableMember } from "../syntax/ast.js";
import { parse } from "../syntax/parse.js";
import { createSourceFile } from "../text/source-file.js";
import { allowWarnings } from "./allow-warnings.js";
import { unparseSchema, type WrittenDeclaration } from "./unparse-schema.js";

interface SchemaFile {
  readonly text: string;
  /** What is still wrong with it; empty but for what no schema file can say. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes `typed` to a file called `name`. `verbatim` is the same schema with the database's text for every expression;
 * `templates` make the names that are left unwritten.
 */
export function writeSchemaFile(
  name: string,
  typed: SchemaModel,
  verbatim: SchemaModel,
  templates: NamingTemplates = {},
): SchemaFile {
  const refused = new RefusedParts();
  for (;;) {
    const declarations = unparseSchema(withVerbatim(typed, verbatim, refused), templates);
    const text = declarations.map((declaration) => declaration.text).join("\n");
    const { diagnostics, value } = compileSchema({
      root: name,
      read: (path) => (path === name ? text : undefined),
      naming: templates,
    });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const members = value.files.flatMap(({ unit }) =>
      unit.declarations.flatMap((declaration) => ("members" in declaration ? declaration.members : [])),
    );
    const before = refused.size;
    for (const { primary } of errors) {
      const at = primary.span.start;
      const member = members.find(({ span }) => span.start <= at && at < span.end);
      refused.add(declarationKey(declarationAt(declarations, at)), member);
    }
    if (refused.size === before) return { text: finished(name, text, diagnostics), diagnostics: errors };
  }
}

/** What the checks refuse: columns by name, then what a table says beside its columns, then whole declarations. */
class RefusedParts {
  readonly #columns = new Set<string>();
  readonly #others = new Set<string>();
  readonly #whole = new Set<string>();

  get size(): number {
    return this.#columns.size + this.#others.size + this.#whole.size;
  }

  /** `member` is the one of the declaration that holds the mistake; what was refused before calls for more. */
  add(declaration: string, member: TableMember | undefined): void {
    const column = member?.kind === "column" ? `${declaration}\0${member.name.text}` : undefined;
    if (column !== undefined && !this.#columns.has(column)) this.#columns.add(column);
    else if (member !== undefined && !this.#others.has(declaration)) this.#others.add(declaration);
    else this.#whole.add(declaration);
  }

  hasWhole(declaration: string): boolean {
    return this.#whole.has(declaration);
  }

  /** `table` with the expressions of `original` in what was refused of it. */
  tableWith(table: TableModel, original: TableModel): TableModel {
    const key = `table ${qualifiedKey(table)}`;
    if (this.hasWhole(key)) return original;
    const others = this.#others.has(key) ? { checks: original.checks, indexes: original.indexes } : {};
    const columns = table.columns.map((column, index) =>
      this.#columns.has(`${key}\0${column.name}`) ? (original.columns[index] ?? column) : column,
    );
    return { ...table, ...others, columns };
  }
}

function finished(name: string, text: string, diagnostics: readonly Diagnostic[]): string {
  const { value } = parse(createSourceFile(name, text));
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  const parsed = parse(createSourceFile(name, allowWarnings(value, warnings)));
  const isSound = !parsed.diagnostics.some(({ severity }) => severity === "error");
  return isSound ? formatSchema(parsed.value) : text;
}

function withVerbatim(typed: SchemaModel, verbatim: SchemaModel, refused: RefusedParts): SchemaModel {
  if (refused.size === 0) return typed;
  const choose = <Item extends { readonly name: string; readonly schema?: string }>(
    kind: WrittenDeclaration["kind"],
    items: readonly Item[],
    originals: readonly Item[] | undefined,
  ): Item[] =>
    items.map((item, index) =>
      refused.hasWhole(`${kind} ${qualifiedKey(item)}`) ? (originals?.[index] ?? item) : item,
    );
  const { domains, views } = typed;
  return {
    ...typed,
    tables: typed.tables.map((table, index) => refused.tableWith(table, verbatim.tables[index] ?? table)),
    ...(domains === undefined ? {} : { domains: choose("domain", domains, verbatim.domains) }),
    ...(views === undefined ? {} : { views: choose("view", views, verbatim.views) }),
  };
}

function declarationKey(declaration: WrittenDeclaration | undefined): string {
  return declaration === undefined ? "" : `${declaration.kind} ${declaration.key}`;
}

function declarationAt(declarations: readonly WrittenDeclaration[], offset: number): WrittenDeclaration | undefined {
  let start = 0;
  for (const declaration of declarations) {
    const end = start + declaration.text.length;
    if (offset <= end) return declaration;
    start = end + 1;
  }
  return undefined;
}
