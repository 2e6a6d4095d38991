// Rules about the values that columns are given: each is a value of the column's type, or NULL where the column may be.
import type { ColumnType } from "../../model/column-type.js";
import { didYouMean } from "../bind/did-you-mean.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Expression } from "../syntax/ast.js";
import { findOption } from "./columns.js";
import { defaultScope, type NamedValue } from "./expression-scopes.js";
import { describeCategory, ExpressionChecker, typeCategory } from "./expression-types.js";
import { asLiteral, describeLiteral, formatHelp, type LiteralExpression, literalMisfit } from "./literals.js";
import type { ColumnSubject, Findings, Rule } from "./rule.js";
import { describeType } from "./type-text.js";

/** What takes a default: a column or a domain. */
interface Defaulted extends NamedValue {
  readonly nullable: boolean;
}

/** S2005, S3010 to S3013, S3038: a default is a value of the column's type, or NULL where the column may be. */
export const defaultFitsColumn: Rule<ColumnSubject> = function* ({ column }) {
  const option = findOption(column, "default");
  if (option !== undefined) yield* defaultFits(column, option.value);
};

/** The same of what `onupdate` sets. */
export const onUpdateFitsColumn: Rule<ColumnSubject> = function* ({ column }) {
  const option = findOption(column, "onUpdate");
  if (option !== undefined) yield* defaultFits(column, option.value);
};

export function* defaultFits(target: Defaulted, value: Expression): Findings {
  const literal = asLiteral(value);
  const array = asArray(value);
  if (literal !== undefined) yield* literalFits(target, literal, value);
  else if (array !== undefined) yield* arrayFits(target, target.storage, array);
  else yield* computedFits(target, value);
}

function asArray(value: Expression): Extract<Expression, { kind: "array" }> | undefined {
  if (value.kind === "parenthesized") return asArray(value.expression);
  return value.kind === "array" ? value : undefined;
}

function* literalFits(target: Defaulted, literal: LiteralExpression, source: Expression): Findings {
  if (literal.kind === "null") {
    if (!target.nullable) yield diagnostic("S3012", source.span, target.path);
    return;
  }
  const { storage: type } = target;
  if (type === undefined) return;
  const labels = target.enum?.declaration.values.map(({ value }) => value) ?? [];
  const misfit = literalMisfit(type, literal, labels);
  if (misfit === undefined) return;
  if (misfit === "label" && literal.kind === "string") {
    const related =
      target.enum === undefined ? [] : [{ span: target.enum.declaration.name.span, text: "declared here" }];
    const listed = `its values are ${[...new Set(labels)].map((label) => `'${label}'`).join(", ")}`;
    const help = didYouMean(literal.value, labels) ?? listed;
    yield diagnostic(
      "S2005",
      { span: source.span, related, help },
      target.enum?.key ?? describeType(type),
      literal.value,
    );
    return;
  }
  const place = { span: source.span, help: formatHelp(type) };
  const code = misfit === "type" ? "S3010" : "S3011";
  yield diagnostic(code, place, target.path, describeType(type), describeLiteral(literal));
}

/** The elements of an array are literals, because not every database can compute them. */
function* arrayFits(
  target: Defaulted,
  type: ColumnType | undefined,
  array: Extract<Expression, { kind: "array" }>,
): Findings {
  if (type === undefined || type.kind === "native" || type.kind === "raw") return;
  if (type.kind !== "array") {
    yield diagnostic("S3010", array.span, target.path, describeType(type), "an array");
    return;
  }
  const { element } = type;
  for (const part of array.elements) {
    const literal = asLiteral(part);
    const inner = asArray(part);
    if (inner !== undefined) yield* arrayFits(target, element, inner);
    else if (literal === undefined) yield diagnostic("S3038", part.span, target.path);
    else yield* literalFits({ ...target, storage: element, nullable: true }, literal, part);
  }
}

function* computedFits(target: Defaulted, value: Expression): Findings {
  const checker = new ExpressionChecker(defaultScope(target));
  const found = checker.categoryOf(value);
  yield* checker.diagnostics;
  const { storage: type } = target;
  if (checker.diagnostics.length > 0 || type === undefined || found === "any") return;
  const wanted = typeCategory(type);
  const isConvertible = found === "timestamp" && (wanted === "date" || wanted === "time");
  const widens = found === "date" && wanted === "timestamp";
  if (wanted === "any" || wanted === found || isConvertible || widens) return;
  yield diagnostic("S3010", value.span, target.path, describeType(type), describeCategory(found));
}
