// What of a reflected schema stays the database's own text, for people to know: nothing is left out unsaid.
import type { Expression } from "./expression.js";
import { subexpressions } from "./expression-parts.js";
import { type QualifiedName, qualifiedKey } from "./qualified-name.js";
import type { ObjectModel, SchemaModel, TableModel } from "./schema-model.js";

/** Lines such as `check film.rating_known` for every part that is kept as SQL. */
export function keptAsSql(model: SchemaModel): string[] {
  const { domains = [], views = [], objects = [] } = model;
  return [
    ...domains.flatMap((domain) => said(domain.default, `default of domain ${qualifiedKey(domain)}`)),
    ...domains.flatMap((domain) =>
      domain.checks.flatMap(({ name, expression }) => said(expression, `check ${qualifiedKey(domain)}.${name}`)),
    ),
    ...model.tables.flatMap(keptOfTable),
    ...views.map((view) => `view ${qualifiedKey(view)}`),
    ...objects.map((object) => describeObject(object)),
  ];
}

function keptOfTable(table: TableModel): string[] {
  const key = qualifiedKey(table);
  return [
    ...table.columns.flatMap((column) => {
      const path = `${key}.${column.name}`;
      return [
        ...(column.type.kind === "raw" ? [`type of ${path}`] : []),
        ...said(column.default, `default of ${path}`),
        ...said(column.generated?.expression, `generated column ${path}`),
        ...said(column.onUpdate, `onupdate of ${path}`),
      ];
    }),
    ...table.checks.flatMap(({ name, expression }) => said(expression, `check ${key}.${name}`)),
    ...(table.rawElements ?? []).map(({ name }) => `constraint ${key}${name === undefined ? "" : `.${name}`}`),
    ...table.indexes.flatMap(({ name, keys, where }) => {
      const isKept = [...keys.map(({ expression }) => expression), where].some(
        (one) => one !== undefined && hasRaw(one),
      );
      return isKept ? [`index ${key}.${name}`] : [];
    }),
    ...(table.partitionOf === undefined ? [] : [`partition ${key}`]),
    ...(table.objects ?? []).map((object) => describeObject(object, table)),
  ];
}

function describeObject({ type, signature, ...name }: ObjectModel, table?: QualifiedName): string {
  const parameters = signature === undefined ? "" : `(${signature})`;
  return `${type} ${qualifiedKey(name)}${parameters}${table === undefined ? "" : ` of ${qualifiedKey(table)}`}`;
}

function said(expression: Expression | undefined, text: string): string[] {
  return expression !== undefined && hasRaw(expression) ? [text] : [];
}

function hasRaw(expression: Expression): boolean {
  return expression.kind === "raw" || subexpressions(expression).some(hasRaw);
}
