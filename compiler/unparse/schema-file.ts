// A reflected schema as the text of one schema file without diagnostics: expressions that the checks refuse, as a
// database may hold what the language's types do not allow, go back to the database's own text; warnings are allowed.
import type { NamingTemplates } from "../../model/naming-templates.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { compileSchema } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatSchema } from "../print/format-schema.js";
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
  const refused = new Set<string>();
  for (;;) {
    const declarations = unparseSchema(withVerbatim(typed, verbatim, refused), templates);
    const text = declarations.map((declaration) => declaration.text).join("\n");
    const { diagnostics } = compileSchema({
      root: name,
      read: (path) => (path === name ? text : undefined),
      naming: templates,
    });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const before = refused.size;
    for (const { primary } of errors) refused.add(declarationKey(declarationAt(declarations, primary.span.start)));
    if (refused.size === before) return { text: finished(name, text, diagnostics), diagnostics: errors };
  }
}

function finished(name: string, text: string, diagnostics: readonly Diagnostic[]): string {
  const { value } = parse(createSourceFile(name, text));
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  const parsed = parse(createSourceFile(name, allowWarnings(value, warnings)));
  const isSound = !parsed.diagnostics.some(({ severity }) => severity === "error");
  return isSound ? formatSchema(parsed.value) : text;
}

function withVerbatim(typed: SchemaModel, verbatim: SchemaModel, refused: ReadonlySet<string>): SchemaModel {
  if (refused.size === 0) return typed;
  const choose = <Item extends { readonly name: string; readonly schema?: string }>(
    kind: WrittenDeclaration["kind"],
    items: readonly Item[],
    originals: readonly Item[] | undefined,
  ): Item[] =>
    items.map((item, index) => (refused.has(`${kind} ${qualifiedKey(item)}`) ? (originals?.[index] ?? item) : item));
  const { domains, views } = typed;
  return {
    ...typed,
    tables: choose("table", typed.tables, verbatim.tables),
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
