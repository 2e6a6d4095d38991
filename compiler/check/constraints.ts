// Rules about the words after constraints and indexes, and about mixins' and views' members.
import { didYouMean } from "../bind/did-you-mean.js";
import type { BoundTable, ConstraintSymbol, MixinSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { ConstraintAttribute, TableMember } from "../syntax/ast.js";
import { conflictResolutions, isConflictResolution } from "./constraint-words.js";
import type { Findings, Rule } from "./rule.js";

type AttributeKind = ConstraintAttribute["kind"];

export const attributeWords: Readonly<Record<AttributeKind, string>> = {
  deferrable: "deferrable",
  notValid: "not valid",
  notEnforced: "not enforced",
  nullsNotDistinct: "nulls not distinct",
  onConflict: "on conflict",
  comment: "comment",
};

const anyConstraint: readonly AttributeKind[] = ["deferrable", "comment"];
const ofKeys: readonly AttributeKind[] = [...anyConstraint, "onConflict"];
const ofUniques: readonly AttributeKind[] = [...ofKeys, "nullsNotDistinct"];
const ofForeignKeys: readonly AttributeKind[] = [...anyConstraint, "notValid", "notEnforced"];
const ofChecks: readonly AttributeKind[] = ["comment", "notValid", "notEnforced"];

/** S2017, S4020, S4021: a constraint takes each word that some database has for its kind, once. */
export const constraintAttributesFit: Rule<BoundTable> = function* (table) {
  yield* attributesFit("a primary key", table.primaryKeys, ofKeys);
  yield* attributesFit("`unique`", table.uniques, ofUniques);
  yield* attributesFit("a foreign key", table.foreignKeys, ofForeignKeys);
  yield* attributesFit("a CHECK", table.checks, ofChecks);
  yield* attributesFit("raw SQL", table.rawElements, []);
};

function* attributesFit(
  kind: string,
  constraints: readonly ConstraintSymbol[],
  allowed: readonly AttributeKind[],
): Findings {
  for (const { attributes } of constraints) {
    const seen = new Set<AttributeKind>();
    for (const attribute of attributes) {
      const word = attributeWords[attribute.kind];
      if (!allowed.includes(attribute.kind)) yield diagnostic("S4020", attribute.span, kind, word);
      else if (seen.has(attribute.kind)) yield diagnostic("S2017", attribute.span, "this constraint", word);
      seen.add(attribute.kind);
      if (attribute.kind === "onConflict" && !isConflictResolution(attribute.resolution.text)) {
        const { text, span } = attribute.resolution;
        yield diagnostic("S4021", { span, help: didYouMean(text, conflictResolutions) }, text);
      }
    }
  }
}

/** S4022: `prefix` counts characters. */
export const prefixIsLength: Rule<BoundTable> = function* ({ indexes }) {
  for (const { prefix } of indexes.flatMap(({ keys }) => keys)) {
    if (prefix !== undefined && !/^[1-9]\d*$/.test(prefix.digits)) yield diagnostic("S4022", prefix.span);
  }
};

/** S4023, S4024: a view has one definition, and a table none. */
export const viewsAreDefined: Rule<BoundTable> = function* ({ symbol, definitions }) {
  const { declaration, key } = symbol;
  if (declaration.kind === "table") {
    for (const { span } of definitions) yield diagnostic("S2038", span, "table", "definition");
    return;
  }
  const [, ...others] = definitions;
  if (definitions.length === 0) yield diagnostic("S4023", declaration.name.span, key);
  for (const { span } of others) yield diagnostic("S2017", span, key, "definition");
};

/** S2038: a view holds columns, a key for the mapper, its definition, and for objects what classes have. */
export const viewMembersFit: Rule<BoundTable> = function* ({ symbol }) {
  const { declaration } = symbol;
  if (declaration.kind !== "view") return;
  for (const member of symbol.members) {
    if (member.kind === "column") {
      for (const option of member.options) {
        if (!viewColumnOptions.has(option.kind))
          yield diagnostic("S2038", option.span, "view", "constraint or default");
      }
    } else if (member.kind === "indexMember" && !declaration.materialized) {
      yield diagnostic("S2038", member.span, "view that is not materialized", "index");
    } else if (constraintKinds.has(member.kind)) yield diagnostic("S2038", member.span, "view", "constraint");
  }
};

const viewColumnOptions: ReadonlySet<string> = new Set(["primaryKey", "comment", "map", "was", "deferred", "collate"]);
const constraintKinds: ReadonlySet<TableMember["kind"]> = new Set<TableMember["kind"]>([
  "uniqueConstraint",
  "checkConstraint",
  "foreignKeyConstraint",
  "rawElement",
  "object",
  "polymorphicOn",
  "polymorphicIdentity",
]);

/** S2039: a mixin names no constraints, as it may stand in many tables. */
export const mixinNamesNothing: Rule<MixinSymbol> = function* ({ declaration }) {
  for (const member of declaration.members) {
    if (member.kind === "column") {
      for (const option of member.options) {
        if ("constraintName" in option && option.constraintName !== undefined) {
          yield diagnostic("S2039", option.constraintName.span, declaration.name.text, option.constraintName.text);
        }
      }
      continue;
    }
    const name =
      "constraintName" in member ? member.constraintName : member.kind === "indexMember" ? member.name : undefined;
    if (name !== undefined) yield diagnostic("S2039", name.span, declaration.name.text, name.text);
  }
};

/** S2036, a warning: some table or class has a mixin. */
export const mixinIsUsed: Rule<MixinSymbol> = function* ({ name, isUsed, declaration }) {
  if (!isUsed) yield diagnostic("S2036", declaration.name.span, name);
};
