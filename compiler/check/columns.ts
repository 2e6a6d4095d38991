// Rules about one column: its options, its default, and how its values are numbered.
import { isInteger } from "../../model/column-type.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { didYouMean } from "../bind/did-you-mean.js";
import type { BoundTable, ColumnSymbol } from "../bind/symbols.js";
import type { ColumnOption, Expression } from "../syntax/ast.js";
import { describeCategory, ExpressionChecker, typeCategory } from "./expression-types.js";
import { asLiteral, describeLiteral, formatHelp, type LiteralExpression, literalMisfit } from "./literals.js";
import type { ColumnSubject, Findings, Rule } from "./rule.js";
import { describeType } from "./type-text.js";

/** Options that a column has once; the others add a constraint each time. */
const singleOptions: Partial<Record<ColumnOption["kind"], string>> = {
  primaryKey: "primary key",
  unique: "unique",
  index: "index",
  identity: "identity",
  autoincrement: "autoincrement",
  default: "default",
  collate: "collate",
  comment: "comment",
  map: "map",
};

/** S2017: a column says each of its options once. */
export const columnOptionsAreUnique: Rule<ColumnSubject> = function* ({ column }) {
  const seen = new Map<string, ColumnOption>();
  for (const option of column.member.options) {
    const name = singleOptions[option.kind];
    if (name === undefined) continue;
    const earlier = seen.get(name);
    if (earlier === undefined) seen.set(name, option);
    else {
      const related = [{ span: earlier.span, text: "first given here" }];
      yield diagnostic("S2017", { span: option.span, related }, column.path, name);
    }
  }
};

/** S2005, S3010 to S3013: a default is a value of the column's type, or NULL where the column may be. */
export const defaultFitsColumn: Rule<ColumnSubject> = function* ({ table, column }) {
  const option = findOption(column, "default");
  if (option === undefined) return;
  const literal = asLiteral(option.value);
  if (literal !== undefined) yield* literalDefaultFits(column, literal, option.value);
  else yield* computedDefaultFits(column, table, option.value);
};

function* literalDefaultFits(column: ColumnSymbol, literal: LiteralExpression, source: Expression): Findings {
  const { type } = column;
  if (literal.kind === "null") {
    if (!column.nullable) yield diagnostic("S3012", source.span, column.path);
    return;
  }
  if (type === undefined) return;
  const labels = column.enum?.declaration.values.map(({ value }) => value) ?? [];
  const misfit = literalMisfit(type, literal, labels);
  if (misfit === undefined) return;
  if (misfit === "label" && literal.kind === "string") {
    const related =
      column.enum === undefined ? [] : [{ span: column.enum.declaration.name.span, text: "declared here" }];
    const help =
      didYouMean(literal.value, labels) ??
      `its values are ${[...new Set(labels)].map((label) => `'${label}'`).join(", ")}`;
    yield diagnostic(
      "S2005",
      { span: source.span, related, help },
      column.enum?.key ?? describeType(type),
      literal.value,
    );
    return;
  }
  const place = { span: source.span, help: formatHelp(type) };
  const code = misfit === "type" ? "S3010" : "S3011";
  yield diagnostic(code, place, column.path, describeType(type), describeLiteral(literal));
}

function* computedDefaultFits(column: ColumnSymbol, table: BoundTable, value: Expression): Findings {
  const checker = new ExpressionChecker({ table: table.symbol, defaultOf: column });
  const found = checker.categoryOf(value);
  yield* checker.diagnostics;
  if (checker.diagnostics.length > 0 || column.type === undefined || found === "any") return;
  const wanted = typeCategory(column.type);
  const isConvertible = found === "timestamp" && (wanted === "date" || wanted === "time");
  const widens = found === "date" && wanted === "timestamp";
  if (wanted === "any" || wanted === found || isConvertible || widens) return;
  yield diagnostic("S3010", value.span, column.path, describeType(column.type), describeCategory(found));
}

/** S3014: identity columns are whole numbers. */
export const identityIsWholeNumber: Rule<ColumnSubject> = function* ({ column }) {
  const option = identityOption(column);
  if (option === undefined || column.type === undefined || isInteger(column.type)) return;
  yield diagnostic("S3014", option.span, column.path, describeType(column.type));
};

/** S3016: an identity column has no other default. */
export const identityHasNoDefault: Rule<ColumnSubject> = function* ({ column }) {
  const value = findOption(column, "default");
  if (value !== undefined && identityOption(column) !== undefined) yield diagnostic("S3016", value.span, column.path);
};

/** S3017: an identity column is NOT NULL. */
export const identityIsNotNull: Rule<ColumnSubject> = function* ({ column }) {
  if (!column.nullable || identityOption(column) === undefined) return;
  yield diagnostic("S3017", column.member.type.span, column.path);
};

/** S3015: a table has one identity column. */
export const identityIsUnique: Rule<BoundTable> = function* ({ symbol }) {
  const [first, ...others] = [...symbol.columns.values()].filter((column) => identityOption(column) !== undefined);
  for (const column of others) {
    const related = first === undefined ? [] : [{ span: first.member.name.span, text: "the first identity column" }];
    yield diagnostic("S3015", { span: identityOption(column)?.span ?? column.member.span, related }, symbol.key);
  }
};

/** The option that lets the database number the rows. */
export function identityOption(column: ColumnSymbol): ColumnOption | undefined {
  return findOption(column, "identity") ?? findOption(column, "autoincrement");
}

export function findOption<Kind extends ColumnOption["kind"]>(
  column: ColumnSymbol,
  kind: Kind,
): Extract<ColumnOption, { kind: Kind }> | undefined {
  return column.member.options.find((option): option is Extract<ColumnOption, { kind: Kind }> => option.kind === kind);
}
