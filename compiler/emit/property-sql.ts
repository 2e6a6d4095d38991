// The expression of a property as SQL text with the class's own columns as `{property}`, so that the runtime reads them
// from whatever stands for the class; what lies along relationships is a subquery.
import { dialects as knownDialects } from "../../model/capabilities.js";
import type { Expression } from "../../model/expression.js";
import { expressionSql } from "../../model/expression-sql.js";
import { type PropertyScope, referencedColumn, referencedType } from "./property-scope.js";
import { subquery } from "./property-subquery.js";
import { textsCode } from "./sql-code.js";

// Stand around a property's name until braces of the SQL itself are doubled.
const opening = "\u0001";
const closing = "\u0002";

/** A string literal, or `{ sqlite: "…", … }` where dialects write differently. */
export function propertySqlCode(expression: Expression, scope: PropertyScope): string {
  const named = scope.output.dialects;
  const targets = named.length > 0 ? named : knownDialects.map((dialect) => dialect.name);
  const texts = targets.flatMap((dialect): [string, string][] => {
    const text = propertySql(expression, dialect, scope);
    return text === undefined ? [] : [[dialect, text]];
  });
  return textsCode(texts, named.length === 0);
}

function propertySql(expression: Expression, dialect: string, scope: PropertyScope): string | undefined {
  const column = (name: string): string => `${opening}${referencedColumn(scope, [], name).property}${closing}`;
  const text = expressionSql(expression, dialect, {
    columnType: (name) => referencedType(scope, { kind: "column", name }),
    column,
    reference: (reference) => subquery(reference, { dialect, scope, outer: column }),
    referenceType: (reference) => referencedType(scope, reference),
    roundedDecimals: true,
  });
  return text?.replaceAll(/[{}]/g, "$&$&").replaceAll(opening, "{").replaceAll(closing, "}");
}
