// Rules about names in code and in the database: that they are unique, usable, and not taken by something else.
import { isIdentifier, isLanguageGlobal, isObjectMember, isReservedWord } from "../../model/naming.js";
import { isTypeName } from "../../model/column-type-names.js";
import type { BoundSchema, BoundTable, EnumSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Identifier } from "../syntax/ast.js";
import type { Span } from "../text/span.js";
import { writtenNames } from "./written-names.js";
import type { Findings, Rule } from "./rule.js";

interface Named {
  readonly name: string;
  readonly span: Span;
}

/** S2022: a class has a name that TypeScript can declare and that hides nothing of the language. */
export const classNameIsUsable: Rule<BoundTable> = function* ({ symbol }) {
  if (symbol.declaration.className !== undefined) yield* usableTypeName(symbol.declaration.className);
};

/** S2022: so has the union type of an enum. */
export const enumTypeNameIsUsable: Rule<EnumSymbol> = function* ({ typeName, declaration }) {
  yield* usableTypeName({ text: typeName, span: (declaration.typeName ?? declaration.name).span });
};

function* usableTypeName({ text, span }: Identifier): Findings {
  if (!isIdentifier(text)) yield diagnostic("S2022", span, text, "it is not an identifier in TypeScript");
  else if (isReservedWord(text)) yield diagnostic("S2022", span, text, "it is a reserved word of TypeScript");
  else if (isLanguageGlobal(text)) yield diagnostic("S2022", span, text, "JavaScript has a class of that name");
}

/** S2023: two classes differ by more than case, as many disks do not tell case apart. */
export const classNamesDifferByMoreThanCase: Rule<BoundSchema> = function* ({ tables }) {
  const seen = new Map<string, Named>();
  for (const { name, span } of classNames(tables)) {
    const earlier = seen.get(name.toLowerCase());
    if (earlier === undefined) seen.set(name.toLowerCase(), { name, span });
    else if (earlier.name !== name) {
      yield diagnostic("S2023", { span, related: [firstDeclared(earlier)] }, name, earlier.name);
    }
  }
};

/** S2025: classes and the types of enums do not share names. */
export const typeNamesAreUnique: Rule<BoundSchema> = function* ({ tables, enums }) {
  const seen = new Map<string, Named & { readonly maker: string }>();
  for (const { name, span } of classNames(tables)) {
    if (!seen.has(name)) seen.set(name, { name, span, maker: `class \`${name}\`` });
  }
  for (const { key, typeName, declaration } of enums) {
    const span = (declaration.typeName ?? declaration.name).span;
    const earlier = seen.get(typeName);
    if (earlier === undefined) seen.set(typeName, { name: typeName, span, maker: `enum \`${key}\`` });
    else yield diagnostic("S2025", { span, related: [firstDeclared(earlier)] }, typeName, earlier.maker);
  }
};

/** S2026: an enum does not hide a built-in type. */
export const enumNameIsNoType: Rule<EnumSymbol> = function* ({ name, key, declaration }) {
  if (name.schema === undefined && isTypeName(name.name)) yield diagnostic("S2026", declaration.name.span, key);
};

/** S2014: an enum lists each value once. */
export const enumValuesAreUnique: Rule<EnumSymbol> = function* ({ key, declaration }) {
  const seen = new Map<string, Span>();
  for (const { value, span } of declaration.values) {
    const earlier = seen.get(value);
    if (earlier === undefined) seen.set(value, span);
    else yield diagnostic("S2014", { span, related: [firstDeclared({ span: earlier })] }, key, value);
  }
};

/** S3022: an enum has values. */
export const enumHasValues: Rule<EnumSymbol> = function* ({ key, declaration }) {
  if (declaration.values.length === 0) yield diagnostic("S3022", declaration.name.span, key);
};

/** S2015: names of keys and indexes are unique in their database schema, names of other constraints in their table. */
export const writtenNamesAreUnique: Rule<BoundSchema> = function* ({ tables }) {
  const relations = new Map<string, Span>();
  for (const { symbol } of tables) {
    relations.set(JSON.stringify([symbol.name.schema, symbol.name.name]), symbol.declaration.name.span);
  }
  for (const table of tables) {
    const ofTable = new Map<string, Span>();
    for (const { name, label } of writtenNames(table)) {
      const key = JSON.stringify([table.symbol.name.schema, name.text]);
      const isRelation = label !== "fkey" && label !== "check";
      const earlier = ofTable.get(name.text) ?? (isRelation ? relations.get(key) : undefined);
      if (earlier !== undefined) {
        yield diagnostic("S2015", { span: name.span, related: [firstDeclared({ span: earlier })] }, name.text);
      }
      ofTable.set(name.text, name.span);
      if (isRelation) relations.set(key, name.span);
    }
  }
};

/** S2016: columns and relationships of one table have properties of their own. */
export const propertiesAreUnique: Rule<BoundTable> = function* (table) {
  const seen = new Map<string, Span>();
  for (const { name, span } of propertiesOf(table)) {
    // A property `name` keeps its value in a field `_name`.
    const earlier =
      seen.get(name) ?? seen.get(`_${name}`) ?? (name.startsWith("_") ? seen.get(name.slice(1)) : undefined);
    if (earlier !== undefined) {
      yield diagnostic("S2016", { span, related: [firstDeclared({ span: earlier })] }, ownerOf(table), name);
    } else seen.set(name, span);
  }
};

/** S2020: a property does not hide what every object has. */
export const propertyIsFree: Rule<BoundTable> = function* (table) {
  for (const { name, span } of propertiesOf(table)) {
    if (isObjectMember(name) || name.startsWith("$")) yield diagnostic("S2020", span, ownerOf(table), name);
  }
};

/** S2021: a mapped class's properties are identifiers. */
export const propertyIsIdentifier: Rule<BoundTable> = function* (table) {
  if (table.symbol.className === undefined) return;
  for (const { name, span } of propertiesOf(table)) {
    if (!isIdentifier(name)) yield diagnostic("S2021", span, ownerOf(table), name);
  }
};

function propertiesOf(table: BoundTable): Named[] {
  const columns = [...table.symbol.columns.values()].map(({ property, member }): Named => {
    const mapped = member.options.find((option) => option.kind === "map");
    return { name: property, span: mapped?.kind === "map" ? mapped.name.span : member.name.span };
  });
  return [...columns, ...table.relationships.map(({ name, nameSpan }): Named => ({ name, span: nameSpan }))];
}

function classNames(tables: readonly BoundTable[]): Named[] {
  return tables.flatMap(({ symbol }) => {
    const { className } = symbol.declaration;
    return className === undefined ? [] : [{ name: className.text, span: className.span }];
  });
}

function ownerOf({ symbol }: BoundTable): string {
  return symbol.className ?? symbol.key;
}

function firstDeclared({ span }: { readonly span: Span }) {
  return { span, text: "first used here" };
}
