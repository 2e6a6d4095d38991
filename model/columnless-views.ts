// Views without columns that anybody knows of, mostly because they do not work any more: no views of the language, but
// SQL that may be kept.
import { findCapabilities } from "./capabilities.js";
import { rawSqlText } from "./expression-parts.js";
import { qualifiedKey } from "./qualified-name.js";
import type { ObjectModel, SchemaModel, ViewModel } from "./schema-model.js";
import { quotePath } from "./sql-identifier.js";

interface KeptViews<Schema> {
  readonly schema: Schema;
  /** Those that the database itself would not create again, a line each. */
  readonly leftOut: readonly string[];
}

/** `schema` with such views as objects, where `dialect` can create them. */
export function keepColumnlessViews<Schema extends Pick<SchemaModel, "views" | "objects">>(
  schema: Schema,
  dialect: string,
): KeptViews<Schema> {
  const { views = [], objects = [] } = schema;
  const columnless = views.filter(({ columns }) => columns.length === 0);
  if (columnless.length === 0) return { schema, leftOut: [] };
  const others = { ...schema, views: views.filter(({ columns }) => columns.length > 0) };
  if (findCapabilities(dialect)?.columnlessViews !== true) {
    return { schema: others, leftOut: columnless.map((view) => `view ${qualifiedKey(view)}, which does not work`) };
  }
  const kept = columnless.map((view) => viewObject(view, dialect));
  return { schema: { ...others, objects: [...objects, ...kept] }, leftOut: [] };
}

function viewObject(view: ViewModel, dialect: string): ObjectModel {
  const { schema, name, definition, materialized } = view;
  const quote = findCapabilities(dialect)?.spelling.identifierQuote ?? '"';
  const type = materialized ? "materialized view" : "view";
  const sql = `CREATE ${type.toUpperCase()} ${quotePath(view, quote)} AS ${rawSqlText(definition, dialect) ?? ""}`;
  const own = { name, type, sql: { kind: "raw", variants: [{ dialect, sql }] }, after: [] } as const;
  return schema === undefined ? own : { schema, ...own };
}
