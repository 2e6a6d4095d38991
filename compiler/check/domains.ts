// Rules about domains and type aliases: their defaults and checks, which see the value alone.
import type { AliasSymbol, DomainSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { DomainOption } from "../syntax/ast.js";
import { defaultFits } from "./defaults.js";
import type { ExpressionScope, NamedValue } from "./expression-scopes.js";
import { spanOf, textOf } from "./expression-scopes.js";
import { ExpressionChecker } from "./expression-types.js";
import { moduleIsPath } from "./modules.js";
import type { Rule } from "./rule.js";

/** What a domain's checks call the value that they are about. */
const valueName = "value";

/** The value of a domain as its checks see it: a column `value`. */
export function domainScope({ key, resolved }: DomainSymbol): ExpressionScope & { readonly value: NamedValue } {
  const value = { path: key, storage: resolved?.storage, enum: resolved?.enum };
  return {
    value,
    find: (path) => (path.length === 1 && path[0]?.text === valueName ? value : undefined),
    unknown: (path) => diagnostic("S3041", spanOf(path), key, textOf(path)),
  };
}

/** S2017: a domain says each of its options once. */
export const domainOptionsAreUnique: Rule<DomainSymbol> = function* ({ key, declaration }) {
  const seen = new Map<string, DomainOption>();
  for (const option of declaration.options) {
    const earlier = option.kind === "check" ? undefined : seen.get(option.kind);
    if (earlier === undefined) seen.set(option.kind, option);
    else {
      const related = [{ span: earlier.span, text: "first given here" }];
      yield diagnostic("S2017", { span: option.span, related }, key, option.kind);
    }
  }
};

/** S2002, S2007, S3020, S3021, S3041: a domain's checks are conditions on `value`. */
export const domainChecksAreConditions: Rule<DomainSymbol> = function* (domain) {
  for (const option of domain.declaration.options) {
    if (option.kind !== "check") continue;
    const checker = new ExpressionChecker(domainScope(domain));
    checker.condition(option.expression, "a CHECK");
    yield* checker.diagnostics;
  }
};

/** S2005, S3010 to S3013: a domain's default is a value of its type. */
export const domainDefaultFits: Rule<DomainSymbol> = function* (domain) {
  const option = domain.declaration.options.find(({ kind }) => kind === "default");
  if (option?.kind !== "default") return;
  const { value } = domainScope(domain);
  yield* defaultFits({ ...value, nullable: domain.declaration.type.nullable }, option.value);
};

/** S2037: the module of a custom type is a path that generated code can import. */
export const converterIsImportable: Rule<AliasSymbol> = function* ({ declaration }) {
  if (declaration.converter !== undefined) yield* moduleIsPath(declaration.converter.module);
};
