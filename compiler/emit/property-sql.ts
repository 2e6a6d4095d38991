// The expression of a property as SQL text with the class's own columns as `{property}`, so that the runtime reads them
// from whatever stands for the class; what lies along relationships is a subquery.
import { dialects as knownDialects, findCapabilities } from "../../model/capabilities.js";
import type { Expression } from "../../model/expression.js";
import { expressionSql } from "../../model/expression-sql.js";
import { quoteIdentifier } from "../../model/sql-identifier.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import { textsCode } from "./sql-code.js";
import { classAlong, type PropertyScope, referencedColumn, relationshipOf } from "./property-scope.js";

type Reference = Extract<Expression, { kind: "path" | "aggregate" | "sideColumn" }>;

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
    columnType: (name) => referencedColumn(scope, [], name).type,
    column,
    reference: (reference) => subquery(reference, dialect, scope, column),
  });
  return text?.replaceAll(/[{}]/g, "$&$&").replaceAll(opening, "{").replaceAll(closing, "}");
}

/** `(select r1.name from author as r1 where r1.id = {authorId})` */
function subquery(
  reference: Reference,
  dialect: string,
  scope: PropertyScope,
  outer: (name: string) => string,
): string {
  if (reference.kind === "sideColumn") return "null";
  const quote = (name: string): string => {
    return quoteIdentifier(name, findCapabilities(dialect)?.spelling.identifierQuote ?? '"');
  };
  const tableName = ({ schema, name }: QualifiedName): string => {
    return schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`;
  };
  const columnOf = (source: string, column: string): string => `${source}.${quote(column)}`;
  const sources: string[] = [];
  const conditions: string[] = [];
  // What the columns of the class before are read from: first the statement's own row.
  let from: string | undefined;
  const near = (column: string): string => (from === undefined ? outer(column) : columnOf(from, column));
  for (const [step, name] of reference.relationships.entries()) {
    const plan = classAlong(scope, reference.relationships.slice(0, step));
    const { pairs, secondary, target } = relationshipOf({ ...scope, plan }, name);
    const alias = `r${step + 1}`;
    const link = secondary === undefined ? alias : `l${step + 1}`;
    for (const { local, remote } of pairs) conditions.push(`${columnOf(link, remote)} = ${near(local)}`);
    if (secondary !== undefined) {
      sources.push(`${tableName(secondary.table)} as ${link}`);
      for (const { local, remote } of secondary.pairs) {
        conditions.push(`${columnOf(alias, remote)} = ${columnOf(link, local)}`);
      }
    }
    sources.push(`${tableName(scope.output.classOf(target).table.model)} as ${alias}`);
    from = alias;
  }
  const value = reference.name === undefined ? "*" : near(reference.name);
  const selected = reference.kind === "aggregate" ? `${reference.function}(${value})` : value;
  return `(select ${selected} from ${sources.join(", ")} where ${conditions.join(" and ")})`;
}
