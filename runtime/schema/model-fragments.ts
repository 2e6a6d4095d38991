// Expressions of the schema model as the SQL that schema objects are made of: one text a dialect.
import { dialects as knownDialects } from "../../model/capabilities.js";
import type { Expression, RawSql as RawSqlModel } from "../../model/expression.js";
import { type ExpressionContext, expressionSql } from "../../model/expression-sql.js";
import { ArgumentError } from "../errors/errors.js";
import { RawSql, sql } from "../types/raw-sql.js";

export interface FragmentContext extends ExpressionContext {
  /** By name; every one that is known where empty. */
  readonly dialects: readonly string[];
}

/** The expression in each dialect's words. Throws `ArgumentError` where none has a text for it. */
export function fragmentOf(expression: Expression, context: FragmentContext): RawSql {
  if (expression.kind === "raw") return rawFragment(expression);
  const { dialects, ...place } = context;
  const targets = dialects.length > 0 ? dialects : knownDialects.map(({ name }) => name);
  const texts = targets.flatMap((dialect) => {
    const text = expressionSql(expression, dialect, place);
    return text === undefined ? [] : [[dialect, text] as const];
  });
  if (texts.length > 0) return sql(Object.fromEntries(texts));
  throw new ArgumentError(`An expression has no SQL for any of ${targets.join(", ")}.`);
}

/** SQL that the model keeps word for word. */
export function rawFragment({ variants }: RawSqlModel): RawSql {
  return new RawSql(new Map(variants.map(({ dialect, sql: text }) => [dialect ?? "default", text])));
}
