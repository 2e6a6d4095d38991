// Rules about the expressions of a table: CHECK conditions, index keys and the conditions of partial indexes.
import type { BoundTable } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { tableScope } from "./expression-scopes.js";
import { ExpressionChecker } from "./expression-types.js";
import type { IndexSubject, Rule } from "./rule.js";

/** S2002, S2007, S3020, S3021, S3023, S3024, S3026: a CHECK is a condition on the table's own columns. */
export const checksAreConditions: Rule<BoundTable> = function* ({ symbol, checks }) {
  for (const { expression } of checks) {
    const checker = new ExpressionChecker(tableScope(symbol));
    checker.condition(expression, "a CHECK");
    yield* checker.diagnostics;
  }
};

/** The same for what an index covers, and for the rows it covers. */
export const indexIsSound: Rule<IndexSubject> = function* ({ table, index }) {
  const checker = new ExpressionChecker(tableScope(table.symbol));
  for (const { expression } of index.keys) checker.categoryOf(expression);
  if (index.where !== undefined) checker.condition(index.where, "the `where` of an index");
  yield* checker.diagnostics;
};

/** S4005: an index lists each column once. */
export const indexColumnsAreUnique: Rule<IndexSubject> = function* ({ index }) {
  const seen = new Set<string>();
  for (const { expression } of index.keys) {
    const name = expression.kind === "name" ? expression.path.at(-1)?.text : undefined;
    if (name === undefined) continue;
    if (seen.has(name)) yield diagnostic("S4005", expression.span, name);
    seen.add(name);
  }
};
