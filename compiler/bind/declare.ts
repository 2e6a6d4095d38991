// Binding, first pass: every declared name gets its symbol, and duplicates are reported with both sites. Columns
// get their types here too, as a type can only name an enum.
import { camelCase, enumTypeName } from "../../model/naming.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic, Staged } from "../diagnostics/diagnostic.js";
import type {
  ColumnMember,
  EnumDeclaration,
  Identifier,
  NamePath,
  SourceUnit,
  TableDeclaration,
} from "../syntax/ast.js";
import { resolveType } from "./resolve-type.js";
import type { ColumnSymbol, EnumSymbol, TableSymbol } from "./symbols.js";

/** The names of a schema, by qualified name and by class. */
export interface Declarations {
  readonly enums: ReadonlyMap<string, EnumSymbol>;
  readonly tables: ReadonlyMap<string, TableSymbol>;
  readonly tablesByClass: ReadonlyMap<string, TableSymbol>;
  /** Tables in source order, second declarations of a name included: their members are checked too. */
  readonly allTables: readonly TableSymbol[];
}

export function declareNames(units: readonly SourceUnit[]): Staged<Declarations> {
  const diagnostics: Diagnostic[] = [];
  const enums = declareEnums(units, diagnostics);
  const tables = new Map<string, TableSymbol>();
  const tablesByClass = new Map<string, TableSymbol>();
  const allTables: TableSymbol[] = [];
  for (const declaration of declarationsOf(units, "table")) {
    const symbol = declareTable(declaration, enums, diagnostics);
    allTables.push(symbol);
    const earlier = tables.get(symbol.key);
    if (earlier === undefined) tables.set(symbol.key, symbol);
    else diagnostics.push(duplicate("S2010", declaration.name, earlier.declaration.name, symbol.key));
    declareClass(symbol, earlier !== undefined, tablesByClass, diagnostics);
  }
  return { value: { enums, tables, tablesByClass, allTables }, diagnostics };
}

/** The name a path stands for, as the model has it. */
export function qualifiedName(path: NamePath): QualifiedName {
  return path.schema === undefined ? { name: path.name.text } : { schema: path.schema.text, name: path.name.text };
}

function declareEnums(units: readonly SourceUnit[], diagnostics: Diagnostic[]): Map<string, EnumSymbol> {
  const enums = new Map<string, EnumSymbol>();
  for (const declaration of declarationsOf(units, "enum")) {
    const name = qualifiedName(declaration.name);
    const key = qualifiedKey(name);
    const earlier = enums.get(key);
    if (earlier !== undefined) {
      diagnostics.push(duplicate("S2013", declaration.name, earlier.declaration.name, key));
      continue;
    }
    enums.set(key, { name, key, typeName: declaration.typeName?.text ?? enumTypeName(name), declaration });
  }
  return enums;
}

function declareTable(
  declaration: TableDeclaration,
  enums: ReadonlyMap<string, EnumSymbol>,
  diagnostics: Diagnostic[],
): TableSymbol {
  const name = qualifiedName(declaration.name);
  const key = qualifiedKey(name);
  const columns = new Map<string, ColumnSymbol>();
  for (const member of declaration.members) {
    if (member.kind !== "column") continue;
    const column = declareColumn(key, member, enums, diagnostics);
    const earlier = columns.get(column.name);
    if (earlier === undefined) columns.set(column.name, column);
    else diagnostics.push(duplicate("S2011", member.name, earlier.member.name, key, column.name));
  }
  return { name, key, className: declaration.className?.text, declaration, columns };
}

function declareColumn(
  table: string,
  member: ColumnMember,
  enums: ReadonlyMap<string, EnumSymbol>,
  diagnostics: Diagnostic[],
): ColumnSymbol {
  const name = member.name.text;
  const path = `${table}.${name}`;
  const resolved = resolveType(member.type, path, enums);
  diagnostics.push(...resolved.diagnostics);
  const type = resolved.value;
  const mapped = member.options.find((option) => option.kind === "map");
  return {
    name,
    path,
    property: mapped?.name.text ?? camelCase(name),
    type,
    enum: type?.kind === "enum" ? enums.get(type.name) : undefined,
    nullable: member.type.nullable,
    member,
  };
}

function declareClass(
  table: TableSymbol,
  isSecondDeclaration: boolean,
  tablesByClass: Map<string, TableSymbol>,
  diagnostics: Diagnostic[],
): void {
  const className = table.declaration.className;
  if (className === undefined) return;
  const earlier = tablesByClass.get(className.text);
  if (earlier === undefined) tablesByClass.set(className.text, table);
  else if (!isSecondDeclaration && earlier.declaration.className !== undefined) {
    diagnostics.push(duplicate("S2012", className, earlier.declaration.className, className.text));
  }
}

function declarationsOf(units: readonly SourceUnit[], kind: "table"): TableDeclaration[];
function declarationsOf(units: readonly SourceUnit[], kind: "enum"): EnumDeclaration[];
function declarationsOf(units: readonly SourceUnit[], kind: string) {
  return units.flatMap((unit) => unit.declarations.filter((declaration) => declaration.kind === kind));
}

function duplicate(
  code: "S2010" | "S2012" | "S2013",
  second: NamePath | Identifier,
  first: NamePath | Identifier,
  name: string,
): Diagnostic;
function duplicate(code: "S2011", second: Identifier, first: Identifier, table: string, name: string): Diagnostic;
function duplicate(
  code: "S2010" | "S2011" | "S2012" | "S2013",
  second: NamePath | Identifier,
  first: NamePath | Identifier,
  name: string,
  column = "",
): Diagnostic {
  const place = { span: second.span, related: [{ span: first.span, text: "first declared here" }] };
  return code === "S2011" ? diagnostic(code, place, name, column) : diagnostic(code, place, name);
}
