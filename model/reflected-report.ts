// What people should know of a reflected schema: what stays the database's own text, so that nothing is left out
// unsaid, and which tables are there though nobody asked for them.
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

/** Lines for the tables that `whole` has and `asked` has not: which tables refer to them. */
export function broughtAlong(whole: SchemaModel, asked: SchemaModel): string[] {
  const known = new Set(asked.tables.map(qualifiedKey));
  const keys = whole.tables.map(qualifiedKey).filter((key) => !known.has(key));
  return keys.toSorted().map((key) => `table ${key} brought along by ${referrersOf(key, whole)}`);
}

function referrersOf(key: string, { tables }: SchemaModel): string {
  const isThis = (name: QualifiedName | undefined): boolean => name !== undefined && qualifiedKey(name) === key;
  const owners = tables.filter(({ foreignKeys }) => foreignKeys.some(({ references }) => isThis(references.table)));
  const others = owners.map(qualifiedKey).filter((owner) => owner !== key);
  if (others.length > 0) return enumerated("a foreign key of", "foreign keys of", others);
  const partitions = tables.filter(({ partitionOf }) => isThis(partitionOf?.parent)).map(qualifiedKey);
  return enumerated("its partition", "its partitions", partitions);
}

function enumerated(one: string, several: string, names: readonly string[]): string {
  return `${names.length === 1 ? one : several} ${names.toSorted().join(", ")}`;
}
