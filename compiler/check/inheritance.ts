// Rules about classes that extend others: what tells them apart, and where their rows are.
import { inheritanceKey, withBases } from "../bind/class-tables.js";
import type { BoundSchema, ClassSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { findOption } from "./columns.js";
import { describeLiteral, literalMisfit } from "./literals.js";
import type { Rule } from "./rule.js";
import { describeType } from "./type-text.js";

/** The class whose `polymorphic on` holds for the whole hierarchy. */
function rootOf(symbol: ClassSymbol): ClassSymbol {
  return withBases(symbol).at(-1) ?? symbol;
}

/** S5048: a class is over rows that can be written, so it does not extend a view's. */
export const baseIsNoView: Rule<ClassSymbol> = function* ({ base, declaration }) {
  if (base?.declaration.kind !== "view" || declaration.kind === "view") return;
  yield diagnostic("S5048", declaration.base?.span ?? declaration.span, base.name);
};

/** S5040: the rows of a joined subclass go on rows of its base: its primary key refers to the base's. */
export const joinedKeyRefersToBase: Rule<ClassSymbol> = function* (symbol, schema) {
  const { base, inheritance, identifier, table, declaration } = symbol;
  if (inheritance !== "joined" || base === undefined || declaration.kind !== "table") return;
  const bound = schema.tableOf(table);
  // A class without a primary key is reported as that; what the foreign key refers to may be in doubt.
  if (bound.primaryKeys.length === 0 || bound.foreignKeys.some(({ target }) => target === undefined)) return;
  if (inheritanceKey(symbol, bound) !== undefined) return;
  const related = [{ span: base.identifier.span, text: `\`${base.name}\` is declared here` }];
  yield diagnostic("S5040", { span: declaration.base?.span ?? identifier.span, related }, symbol.name, base.table.key);
};

/** S5045: what tells classes apart is said once, by the root. */
export const polymorphicOnIsOfRoot: Rule<ClassSymbol> = function* (symbol) {
  const [first, ...others] = symbol.polymorphicOn;
  for (const { span } of others) yield diagnostic("S5045", span, symbol.name);
  if (first !== undefined && symbol.base !== undefined && symbol.inheritance !== "concrete") {
    yield diagnostic("S5045", first.span, rootOf(symbol).name);
  }
};

/** S2002: the column that tells classes apart exists. */
export const polymorphicColumnExists: Rule<ClassSymbol> = function* ({ polymorphicOn, table }) {
  const { column } = polymorphicOn[0] ?? {};
  if (column !== undefined && !table.columns.has(column.text)) {
    const related = [{ span: table.declaration.name.span, text: `\`${table.key}\` is declared here` }];
    yield diagnostic("S2002", { span: column.span, related }, table.key, column.text);
  }
};

/** S5041, S5043, S5044, S2017: a class of a hierarchy has one identity, which its root's column can hold. */
export const identityFitsHierarchy: Rule<ClassSymbol> = function* (symbol) {
  const root = rootOf(symbol);
  const [identity, ...others] = symbol.identities;
  for (const { span } of others) yield diagnostic("S2017", span, symbol.name, "polymorphic identity");
  const name = root.polymorphicOn[0]?.column.text;
  if (name === undefined) {
    if (identity !== undefined) yield diagnostic("S5041", identity.span, root.name);
    else if (symbol.inheritance === "single") yield diagnostic("S5041", symbol.identifier.span, root.name);
    return;
  }
  if (identity === undefined) {
    if (symbol.inheritance === "single") yield diagnostic("S5044", symbol.identifier.span, symbol.name);
    return;
  }
  const column = root.table.columns.get(name);
  if (column?.storage === undefined) return;
  const labels = column.enum?.declaration.values.map(({ value }) => value) ?? [];
  if (literalMisfit(column.storage, identity.value, labels) === undefined) return;
  const type = describeType(column.storage);
  yield diagnostic("S5043", identity.value.span, describeLiteral(identity.value), type, column.path);
};

/** S5042: no two classes of a hierarchy have one identity. */
export const identitiesAreUnique: Rule<BoundSchema> = function* ({ classes }) {
  const seen = new Map<string, ClassSymbol>();
  for (const symbol of classes) {
    const [identity] = symbol.identities;
    if (identity === undefined) continue;
    const { value } = identity;
    const key = JSON.stringify([rootOf(symbol).name, value.kind === "string" ? value.value : value.digits]);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, symbol);
    else {
      const related = [{ span: earlier.identities[0]?.span ?? earlier.identifier.span, text: "first used here" }];
      yield diagnostic("S5042", { span: identity.span, related }, earlier.name, symbol.name);
    }
  }
};

/** S5046: rows of other classes leave a subclass's columns empty. */
export const subclassColumnsMayBeEmpty: Rule<ClassSymbol> = function* ({ table, name, inheritance }) {
  if (inheritance !== "single") return;
  for (const column of table.columns.values()) {
    if (column.addedBy !== name || column.nullable || findOption(column, "default") !== undefined) continue;
    if (findOption(column, "generated") !== undefined) continue;
    yield diagnostic("S5046", column.member.type.span, column.path, name, table.key);
  }
};

/** S5047: a class without a table of its own extends one that has a table. */
export const sharedTableIsKnown: Rule<BoundSchema> = function* ({ units, classes }) {
  const bound = new Set(classes.map(({ declaration }) => declaration));
  for (const declaration of units.flatMap((unit) => unit.declarations)) {
    if (declaration.kind !== "class" || bound.has(declaration)) continue;
    const { base, name } = declaration;
    // An unknown base, and a second class of one name, are reported as that.
    if (base === undefined && name.text !== "") yield diagnostic("S5047", name.span, name.text);
    else if (base?.concrete === true) yield diagnostic("S5047", base.span, name.text);
  }
};
