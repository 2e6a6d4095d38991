// Expressions of a database's catalogue as the schema model has them: typed where writing them again gives the same
// text, else the text itself.
import { findCapabilities } from "../capabilities.js";
import type { ColumnType } from "../column-type.js";
import type { Expression } from "../expression.js";
import { columnNamesIn, mapSubexpressions, subexpressions } from "../expression-parts.js";
import { expressionSql } from "../expression-sql.js";
import { portableFunctions } from "../portable-functions.js";
import { canonicalText } from "../temporal-text.js";
import { quoteIdentifier } from "../sql-identifier.js";
import { withCasts, withoutCasts } from "./explicit-casts.js";
import { parseSqlExpression } from "./parse-expression.js";
import { isSameSql, type SqlTextStyle } from "./tokens.js";

export interface ReadingContext {
  /**
   * `default` for the value of a column that leaves it out, which reads no columns; `domain` for what must hold of a
   * domain's value, which has no case of its own.
   */
  readonly place?: "default" | "domain";
  /** The type of the column that takes the value. */
  readonly type?: ColumnType;
  readonly columnType: (name: string) => ColumnType | undefined;
  /** Names of the columns that are in sight. */
  readonly columns: readonly string[];
}

/**
 * The typed form of the catalogue's text `sql` in the dialect called `dialect`; undefined where there is none that
 * would be written as the same text again, so that the text has to stay.
 */
export function readExpression(sql: string, dialect: string, context: ReadingContext): Expression | undefined {
  const capabilities = findCapabilities(dialect);
  if (capabilities === undefined) return undefined;
  const { catalogue, spelling } = capabilities;
  if (isClock(sql, context, catalogue.clock)) return { kind: "call", name: "now", arguments: [] };
  const parsed = parseSqlExpression(sql, catalogue);
  if (parsed === undefined) return undefined;
  if (catalogue.numericTruth && isTruth(parsed) && isBoolean(context)) return truthOf(parsed);
  const named =
    capabilities.ignoresCase || context.place === "domain" ? withExactNames(parsed, context.columns) : parsed;
  const plain = catalogue.casts ? withoutCasts(named) : named;
  const expression = catalogue.numericTruth ? withTruth(plain, context) : plain;
  if (!isSayable(expression, context) || !isCanonical(expression, context)) return undefined;
  const { place, columns: _, ...types } = context;
  const quote = (name: string): string => quoteIdentifier(name, spelling.identifierQuote);
  const written = catalogue.casts
    ? withCasts(expression, { ...types, quote })
    : expressionSql(expression, dialect, { ...types, ...(place === "default" ? { place } : {}) });
  return written !== undefined && isSameText(written, sql, catalogue) ? expression : undefined;
}

/** Whether the text is the moment with as many digits as the column's type has, as `now()` gives it. */
function isClock(sql: string, { place, type }: ReadingContext, clock: string | undefined): boolean {
  if (clock === undefined || place !== "default") return false;
  if (type?.kind !== "timestamp" && type?.kind !== "timestamptz") return false;
  const [, name = "", digits = ""] = /^(\w+)(?:\((\d*)\))?$/.exec(sql.trim()) ?? [];
  return name.toLowerCase() === clock && Number(digits) === (type.precision ?? 6);
}

interface Truth {
  readonly kind: "number";
  readonly digits: string;
}

/** A number that may stand for true or false. */
function isTruth(expression: Expression): expression is Truth {
  return expression.kind === "number" && (expression.digits === "0" || expression.digits === "1");
}

function truthOf({ digits }: Truth): Expression {
  return { kind: "boolean", value: digits === "1" };
}

/** Whether the value is one that a boolean column takes. */
function isBoolean({ place, type }: ReadingContext): boolean {
  return place === "default" && type?.kind === "boolean";
}

/** Numbers held against boolean columns as the truth that they stand for. */
function withTruth(expression: Expression, context: ReadingContext): Expression {
  if (expression.kind !== "comparison") return mapSubexpressions(expression, (part) => withTruth(part, context));
  const { left, right } = expression;
  const isColumn = (side: Expression): boolean =>
    side.kind === "column" && context.columnType(side.name)?.kind === "boolean";
  if (isColumn(left) && isTruth(right)) return { ...expression, right: truthOf(right) };
  if (isColumn(right) && isTruth(left)) return { ...expression, left: truthOf(left) };
  return expression;
}

/** Columns by the names they were declared with, whatever the case they are called by. */
function withExactNames(expression: Expression, columns: readonly string[]): Expression {
  if (expression.kind !== "column") return mapSubexpressions(expression, (part) => withExactNames(part, columns));
  const folded = expression.name.toLowerCase();
  const name = columns.includes(expression.name)
    ? expression.name
    : columns.find((column) => column.toLowerCase() === folded);
  return name === undefined ? expression : { kind: "column", name };
}

/** Whether the schema language takes the expression: columns that exist, functions that every dialect has. */
function isSayable(expression: Expression, context: ReadingContext): boolean {
  const columns = columnNamesIn(expression);
  if (context.place === "default" && columns.length > 0) return false;
  return columns.every((name) => context.columnType(name) !== undefined) && usesPortableFunctions(expression);
}

/** Texts held against dates and times take one form in a schema; another one would not come back as it was. */
function isCanonical(expression: Expression, { type, columnType }: ReadingContext): boolean {
  const parts = subexpressions(expression);
  const held = parts
    .map((part) => (part.kind === "column" ? columnType(part.name) : undefined))
    .find((one) => one !== undefined);
  const fits = (part: Expression): boolean => isInForm(part, held) && isCanonical(part, { columnType, columns: [] });
  return isInForm(expression, type) && parts.every(fits);
}

function isInForm(value: Expression, type: ColumnType | undefined): boolean {
  return value.kind !== "string" || type === undefined || canonicalText(type, value.value) === value.value;
}

function usesPortableFunctions(expression: Expression): boolean {
  if (expression.kind === "cast") return false;
  if (expression.kind === "call") {
    const known = portableFunctions.get(expression.name);
    const { length } = expression.arguments;
    if (known === undefined || length < known.least || length > (known.most ?? length)) return false;
  }
  return subexpressions(expression).every(usesPortableFunctions);
}

/** Parentheses around the whole say nothing. */
function isSameText(written: string, sql: string, style: SqlTextStyle): boolean {
  return (
    isSameSql(written, sql, style) || isSameSql(`(${written})`, sql, style) || isSameSql(written, `(${sql})`, style)
  );
}
