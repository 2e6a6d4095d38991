// Rules about names in code and in the database: that they are unique, usable, and not taken by something else.
import { findCapabilities } from "../../model/capabilities.js";
import { isIdentifier, isLanguageGlobal, isObjectMember, isPromiseMethod, isReservedWord } from "../../model/naming.js";
import { isTypeName } from "../../model/column-type-names.js";
import { withBases } from "../bind/class-tables.js";
import type { BoundSchema, BoundTable, ClassSymbol, EnumSymbol } from "../bind/symbols.js";
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
export const classNameIsUsable: Rule<ClassSymbol> = function* ({ identifier }) {
  yield* usableTypeName(identifier);
};

/** S2022: so has the union type of an enum. */
export const enumTypeNameIsUsable: Rule<EnumSymbol> = function* ({ typeName, declaration }) {
  yield* usableTypeName({ text: typeName, span: (declaration.typeName ?? declaration.name).span });
};

function* usableTypeName({ text, span }: Identifier): Findings {
  if (!isIdentifier(text)) yield diagnostic("S2022", span, text, "it is not an identifier in TypeScript");
  else if (isReservedWord(text)) yield diagnostic("S2022", span, text, "it is a reserved word of TypeScript");
  else if (isLanguageGlobal(text)) yield diagnostic("S2022", span, text, "JavaScript has a class of that name");
  else if (isPromiseMethod(text))
    yield diagnostic("S2022", span, text, "a module that exports it is taken for a promise");
}

/** S2023: two classes differ by more than case, as many disks do not tell case apart. */
export const classNamesDifferByMoreThanCase: Rule<BoundSchema> = function* ({ classes }) {
  const seen = new Map<string, Named>();
  for (const { name, span } of classNames(classes)) {
    const earlier = seen.get(name.toLowerCase());
    if (earlier === undefined) seen.set(name.toLowerCase(), { name, span });
    else if (earlier.name !== name) {
      yield diagnostic("S2023", { span, related: [firstDeclared(earlier)] }, name, earlier.name);
    }
  }
};

/** S2025: classes and the types of enums do not share names. */
export const typeNamesAreUnique: Rule<BoundSchema> = function* ({ classes, enums }) {
  const seen = new Map<string, Named & { readonly maker: string }>();
  for (const { name, span } of classNames(classes)) {
    if (!seen.has(name)) seen.set(name, { name, span, maker: `class \`${name}\`` });
  }
  for (const { key, typeName, declaration } of enums) {
    const span = (declaration.typeName ?? declaration.name).span;
    const earlier = seen.get(typeName);
    if (earlier === undefined) seen.set(typeName, { name: typeName, span, maker: `enum \`${key}\`` });
    else yield diagnostic("S2025", { span, related: [firstDeclared(earlier)] }, typeName, earlier.maker);
  }
};

/** S2026: what the schema declares does not hide a built-in type. */
export const typeNamesAreFree: Rule<BoundSchema> = function* ({ enums, aliases, domains }) {
  const declared = [...enums, ...aliases, ...domains];
  for (const { declaration } of declared) {
    const { name } = declaration;
    const isQualified = "schema" in name && name.schema !== undefined;
    const { text } = "text" in name ? name : name.name;
    if (!isQualified && isTypeName(text)) yield diagnostic("S2026", name.span, text);
  }
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

/**
 * S2015: names of keys and indexes are unique in their database schema, or where every target keeps them by table in
 * their table, as names of other constraints are.
 */
export const writtenNamesAreUnique: Rule<BoundSchema> = function* ({ tables, dialects }) {
  const areByTable = dialects.length > 0 && dialects.every((name) => findCapabilities(name)?.indexNames === "table");
  const relations = new Map<string, Span>();
  for (const { symbol } of tables) {
    relations.set(JSON.stringify([symbol.name.schema, symbol.name.name]), symbol.declaration.name.span);
  }
  for (const table of tables) {
    const ofTable = new Map<string, Span>();
    for (const { name, label } of writtenNames(table)) {
      const key = JSON.stringify([table.symbol.name.schema, name.text]);
      const isRelation = label !== "fkey" && label !== "check";
      const earlier = ofTable.get(name.text) ?? (isRelation && !areByTable ? relations.get(key) : undefined);
      if (earlier !== undefined) {
        yield diagnostic("S2015", { span: name.span, related: [firstDeclared({ span: earlier })] }, name.text);
      }
      ofTable.set(name.text, name.span);
      if (isRelation) relations.set(key, name.span);
    }
  }
};

/** S2016: columns, relationships and properties of one table or class have names of their own. */
export const propertiesAreUnique: Rule<BoundTable> = function* (table, schema) {
  for (const { owner, attributes } of attributeOwners(table, schema)) {
    const seen = new Map<string, Span>();
    for (const { name, span } of attributes) {
      // A property `name` keeps its value in a field `_name`.
      const earlier =
        seen.get(name) ?? seen.get(`_${name}`) ?? (name.startsWith("_") ? seen.get(name.slice(1)) : undefined);
      if (earlier !== undefined) {
        yield diagnostic("S2016", { span, related: [firstDeclared({ span: earlier })] }, owner, name);
      } else seen.set(name, span);
    }
  }
};

/** S2024: a class does not declare again what it inherits, but for the key that joins it to its base. */
export const propertiesAreNotInherited: Rule<ClassSymbol> = function* (symbol, schema) {
  if (symbol.base === undefined || symbol.inheritance === "concrete") return;
  const inherited = new Map<string, Span>();
  for (const base of withBases(symbol.base)) {
    for (const { name, span } of attributesOf(base, schema)) inherited.set(name, span);
  }
  // A key that should refer to the base's, and does not, is reported as that.
  const [key] = symbol.inheritance === "joined" ? schema.tableOf(symbol.table).primaryKeys : [];
  const shared = new Set(key?.columns.map(({ column }) => column?.property));
  for (const { name, span } of attributesOf(symbol, schema)) {
    const earlier = inherited.get(name);
    if (earlier === undefined || shared.has(name)) continue;
    const related = [{ span: earlier, text: "inherited from here" }];
    yield diagnostic("S2024", { span, related }, symbol.name, name);
  }
};

/** S2020: a property does not hide what every object has. */
export const propertyIsFree: Rule<BoundTable> = function* (table, schema) {
  for (const { owner, attributes } of attributeOwners(table, schema)) {
    for (const { name, span } of attributes) {
      if (isObjectMember(name) || name.startsWith("$")) yield diagnostic("S2020", span, owner, name);
    }
  }
};

/** S2021: a mapped class's properties are identifiers. */
export const propertyIsIdentifier: Rule<BoundTable> = function* (table, schema) {
  if (table.symbol.className === undefined) return;
  for (const { owner, attributes } of attributeOwners(table, schema)) {
    for (const { name, span } of attributes) {
      if (!isIdentifier(name)) yield diagnostic("S2021", span, owner, name);
    }
  }
};

interface AttributeOwner {
  readonly owner: string;
  readonly attributes: readonly Named[];
}

/** The table or its class, and the classes that share the table, each with what it declares itself. */
function attributeOwners(table: BoundTable, schema: BoundSchema): AttributeOwner[] {
  const sharing = schema.subclassesOf(table.symbol);
  return [
    { owner: ownerOf(table), attributes: attributesIn(table, (name) => name === undefined || name === ownerOf(table)) },
    ...sharing.map((each) => ({ owner: each.name, attributes: attributesOf(each, schema) })),
  ];
}

function attributesOf(symbol: ClassSymbol, schema: BoundSchema): Named[] {
  const table = schema.tableOf(symbol.table);
  const isRoot = symbol.inheritance !== "single";
  return attributesIn(table, (name) => name === symbol.name || (isRoot && name === undefined));
}

/** `isOwn` is asked by the name of the class that declares something, or for a table's column by nothing. */
function attributesIn(table: BoundTable, isOwn: (className: string | undefined) => boolean): Named[] {
  const columns = [...table.symbol.columns.values()].filter(({ addedBy }) => isOwn(addedBy));
  const members = [...table.properties, ...table.proxies, ...table.composites];
  return [
    ...columns.map(({ property, member }): Named => {
      const mapped = member.options.find((option) => option.kind === "map");
      return { name: property, span: mapped?.kind === "map" ? mapped.name.span : member.name.span };
    }),
    ...table.relationships
      .filter(({ ownerClass }) => isOwn(ownerClass?.name))
      .map(({ name, nameSpan }): Named => ({ name, span: nameSpan })),
    ...members
      .filter(({ ownerClass }) => isOwn(ownerClass?.name))
      .map(({ member }): Named => ({ name: member.name.text, span: member.name.span })),
  ];
}

function classNames(classes: readonly ClassSymbol[]): Named[] {
  return classes.map(({ identifier }) => ({ name: identifier.text, span: identifier.span }));
}

function ownerOf({ symbol }: BoundTable): string {
  return symbol.className ?? symbol.key;
}

function firstDeclared({ span }: { readonly span: Span }) {
  return { span, text: "first used here" };
}
