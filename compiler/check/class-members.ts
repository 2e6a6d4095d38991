// Rules about what objects have beside columns and relationships: properties, proxies and composites.
import { mayBeNull, type StoredReference } from "../../model/expression-nullability.js";
import { columnsOfClass, followPath, membersOfClass } from "../bind/class-attributes.js";
import { didYouMean } from "../bind/did-you-mean.js";
import { relationshipsOf } from "../bind/infer-joins.js";
import type {
  BoundSchema,
  BoundTable,
  ClassSymbol,
  CompositeSymbol,
  PropertySymbol,
  ProxySymbol,
} from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { lowerPropertyExpression } from "../lower/lower-property.js";
import type { Identifier } from "../syntax/ast.js";
import { describeCategory, ExpressionChecker, typeCategory } from "./expression-types.js";
import { partsOf } from "./expression-parts.js";
import { moduleIsPath } from "./modules.js";
import { findDisagreement } from "./property-agreement.js";
import { circularProperties, isSoundProperty, isTooLarge, propertyScope } from "./property-scope.js";
import type { Findings, Rule } from "./rule.js";
import { describeType } from "./type-text.js";

/** S5055: properties, proxies and composites are of classes. */
export const memberHasClass: Rule<BoundTable> = function* ({ properties, proxies, composites }) {
  for (const { ownerClass, owner, member, path } of [...properties, ...proxies, ...composites]) {
    // A class that two tables claim is reported as that.
    if (ownerClass === undefined && owner.className === undefined) {
      yield diagnostic("S5055", member.name.span, path, owner.key);
    }
  }
};

/** S2041, S3039, S3042, S5050 to S5054, S5059: a property has its type, computed from what its object leads to. */
export const propertyIsComputed: Rule<PropertySymbol> = function* (property, schema) {
  const { member, ownerClass, resolved, path } = property;
  if (ownerClass === undefined) return;
  if (circularProperties(schema).has(property)) {
    yield diagnostic("S5054", member.name.span, path);
    return;
  }
  if (isTooLarge(property, schema)) yield diagnostic("S2041", member.name.span, "property", member.name.text, 1000);
  const checker = new ExpressionChecker(propertyScope(ownerClass, schema));
  const found = checker.categoryOf(member.expression);
  yield* checker.diagnostics;
  if (checker.diagnostics.length > 0 || resolved === undefined || !isSoundProperty(property, schema)) return;
  const expression = lowerPropertyExpression(member.expression, ownerClass, schema, resolved.storage);
  const disagreement = findDisagreement(expression, ownerClass, schema);
  const wanted = typeCategory(resolved.storage);
  if (wanted !== "any" && found !== "any" && wanted !== found) {
    const type = describeType(resolved.storage);
    yield diagnostic("S3039", member.expression.span, path, type, describeCategory(found));
  } else if (!member.type.nullable && mayBeNull(expression, (part) => referenceMayBeNull(part, ownerClass, schema))) {
    yield diagnostic("S3042", member.type.span, path);
  }
  if (disagreement !== undefined) yield diagnostic("S5059", member.expression.span, path, disagreement);
};

/** S5058: an object computes its properties from what it loads. */
export const propertyReadsWhatIsLoaded: Rule<PropertySymbol> = function* ({ member, ownerClass, path }, schema) {
  if (ownerClass === undefined) return;
  for (const part of partsOf(member.expression, ({ kind }) => kind === "name")) {
    if (part.kind !== "name") continue;
    const names = part.path.map(({ text }) => text);
    const found = followPath(ownerClass, names, schema.tableOf);
    if (found === undefined || "index" in found) continue;
    for (const relationship of found.relationships) {
      const strategy = relationship.options.lazy;
      if (strategy?.text === "write_only" || strategy?.text === "noload") {
        const related = [{ span: strategy.span, text: "never loaded" }];
        yield diagnostic("S5058", { span: part.span, related }, path, relationship.name, strategy.text);
      }
    }
  }
};

/** A path is NULL where one of its relationships leads nowhere. */
function referenceMayBeNull(reference: StoredReference, symbol: ClassSymbol, schema: BoundSchema): boolean {
  if (reference.kind === "aggregate" || reference.kind === "sideColumn") return true;
  const names = reference.kind === "path" ? [...reference.relationships, reference.name] : [reference.name];
  const found = followPath(symbol, names, schema.tableOf);
  if (found === undefined || "index" in found || found.end === undefined) return true;
  const isOptional = found.relationships.some(({ arity }) => arity === "optional");
  return isOptional || !("storage" in found.end) || found.end.nullable;
}

/** S5056 to S5058: a proxy is an attribute of what a relationship of its class leads to. */
export const proxyLeadsSomewhere: Rule<ProxySymbol> = function* ({ member, ownerClass, path }, schema) {
  if (ownerClass === undefined) return;
  const relationships = relationshipsOf(ownerClass, schema.tableOf);
  const relationship = relationships.find(({ name }) => name === member.relationship.text);
  if (relationship === undefined) {
    const { text, span } = member.relationship;
    const help = didYouMean(
      text,
      relationships.map(({ name }) => name),
    );
    yield diagnostic("S5056", { span, help }, ownerClass.name, text);
    return;
  }
  const { targetClass, options } = relationship;
  if (options.lazy?.text === "write_only") {
    const related = [{ span: options.lazy.span, text: "never loaded" }];
    yield diagnostic("S5058", { span: member.relationship.span, related }, path, relationship.name, "write_only");
  }
  if (targetClass !== undefined) yield* attributeExists(member.attribute, targetClass, schema);
};

function* attributeExists({ text, span }: Identifier, symbol: ClassSymbol, schema: BoundSchema): Findings {
  const columns = columnsOfClass(symbol);
  const names = [
    ...columns.keys(),
    ...relationshipsOf(symbol, schema.tableOf).map(({ name }) => name),
    ...membersOfClass(symbol, schema.tableOf, ({ properties }) => properties).map(({ member }) => member.name.text),
  ];
  if (names.includes(text)) return;
  const byProperty = [...columns.values()].find(({ property }) => property === text);
  const help = byProperty === undefined ? didYouMean(text, names) : `did you mean \`${byProperty.name}\`?`;
  yield diagnostic("S5057", { span, help }, symbol.name, text);
}

/** S2037, S4005: a composite is made of columns, each once, by a class that can be imported. */
export const compositeIsMadeOfColumns: Rule<CompositeSymbol> = function* ({ member }) {
  yield* moduleIsPath(member.value.module);
  const seen = new Set<string>();
  for (const { text, span } of member.columns) {
    if (seen.has(text)) yield diagnostic("S4005", span, text);
    seen.add(text);
  }
};

/** S2037, S2022: the module of a user's own class is a path that generated code can import. */
export const classModuleIsImportable: Rule<ClassSymbol> = function* ({ declaration }) {
  if (declaration.module !== undefined) yield* moduleIsPath(declaration.module);
};
