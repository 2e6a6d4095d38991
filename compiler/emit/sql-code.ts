// SQL expressions of the schema as code: one text where all target dialects write the same, else one a dialect.
import { dialects as knownDialects } from "../../model/capabilities.js";
import type { Expression } from "../../model/expression.js";
import { type ExpressionContext, expressionSql } from "../../model/expression-sql.js";
import { InternalError } from "../../model/internal-error.js";
import type { ColumnModel } from "../../model/column-model.js";
import type { TableModel } from "../../model/schema-model.js";
import type { ImportCollector } from "./imports.js";
import { memberName } from "./identifiers.js";
import { objectLiteral, stringLiteral } from "./literals.js";
import type { EmitPlan } from "./plan.js";

/** Where an expression stands. */
export interface SqlPlace {
  readonly plan: EmitPlan;
  readonly imports: ImportCollector;
  readonly table: TableModel;
  /** The column whose default it is. */
  readonly defaultOf?: ColumnModel;
}

/** `sql("…")`, for places that take a value or a column's name too. */
export function sqlCode(expression: Expression, place: SqlPlace): string {
  return `${place.imports.runtime("sql")}(${variantsCode(expression, place)})`;
}

/** `"…"`, or `sql({ … })` where the text differs by dialect, for places that take nothing but SQL. */
export function fragmentCode(expression: Expression, place: SqlPlace): string {
  const code = variantsCode(expression, place);
  return !code.startsWith("{") ? code : `${place.imports.runtime("sql")}(${code})`;
}

/** A string literal, or an object with a text for each dialect. */
function variantsCode(expression: Expression, place: SqlPlace): string {
  const named = place.plan.dialects;
  const targets = named.length > 0 ? named : knownDialects.map((dialect) => dialect.name);
  const context = contextOf(place);
  const texts = targets.flatMap((dialect): [string, string][] => {
    const text = expressionSql(expression, dialect, context);
    return text === undefined ? [] : [[dialect, text]];
  });
  return textsCode(texts, named.length === 0, targets.length);
}

/**
 * The texts of dialects as one literal where they are the same, else as an object: with a text for those that are not
 * named where `isOpen`, for schemas that name no targets.
 */
export function textsCode(texts: readonly [string, string][], isOpen: boolean, expected = texts.length): string {
  const [first] = texts;
  if (first === undefined) throw new InternalError("an expression has no text for any dialect");
  const isComplete = texts.length === expected;
  if (isComplete && texts.every(([, text]) => text === first[1])) return stringLiteral(first[1]);
  return variantsLiteral(isComplete && isOpen ? withDefault(texts) : texts);
}

/** The commonest text stands for every dialect that is not named. */
function withDefault(texts: readonly [string, string][]): [string, string][] {
  const count = ([, text]: [string, string]): number => texts.filter((other) => other[1] === text).length;
  const common = texts.toSorted((left, right) => count(right) - count(left))[0]?.[1] ?? "";
  return [["default", common], ...texts.filter(([, text]) => text !== common)];
}

function variantsLiteral(texts: readonly [string, string][]): string {
  return objectLiteral(texts.map(([dialect, text]) => [memberName(dialect), stringLiteral(text)]));
}

function contextOf({ table, defaultOf }: SqlPlace): ExpressionContext {
  return {
    ...(defaultOf === undefined ? {} : { place: "default", type: defaultOf.type }),
    columnType: (name) => table.columns.find((column) => column.name === name)?.type,
  };
}
