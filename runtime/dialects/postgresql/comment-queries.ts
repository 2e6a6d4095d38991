// Comments on what has no other place for one. Rows are those of `catalog-queries.ts`: owner or schema, name,
// signature, text, what it needs.
import { type CatalogScope, inSchemas, notOfExtension, relationsFrom } from "./catalog-queries.js";

/** `COMMENT ON` each trigger, rule and policy that has one; the first column is the table's oid. */
export function ownedCommentsQuery(scope: CatalogScope): string {
  const owned = [
    ["pg_trigger", "tgrelid"],
    ["pg_rewrite", "ev_class"],
    ["pg_policy", "polrelid"],
  ] as const;
  const selects = owned.map(
    ([catalog, owner]) =>
      `SELECT o.${owner}, ${described} FROM ${relationsFrom(scope, "'r', 'p', 'v', 'm'")} ` +
      `JOIN pg_catalog.${catalog} o ON o.${owner} = c.oid ${commentOn(catalog, "o.oid")}`,
  );
  return `${selects.join(" UNION ALL ")} ORDER BY 1, 2`;
}

/** `COMMENT ON` schemas, functions, types and statistics, and on extensions where it is not the extension's own. */
export function commentsQuery(scope: CatalogScope): string {
  const inScope = (column: string): string =>
    `JOIN pg_catalog.pg_namespace n ON n.oid = o.${column} AND ${inSchemas(scope)}`;
  const kinds = [
    `pg_catalog.pg_namespace o ${commentOn("pg_namespace", "o.oid")} JOIN pg_catalog.pg_namespace n ON n.oid = o.oid ` +
      `AND ${inSchemas(scope)} WHERE NOT (n.nspname = 'public' AND d.description = 'standard public schema')`,
    `pg_catalog.pg_extension o ${commentOn("pg_extension", "o.oid")} LEFT JOIN pg_catalog.pg_available_extensions v ` +
      `ON v.name = o.extname WHERE d.description IS DISTINCT FROM v.comment AND o.extname <> 'plpgsql'`,
    `pg_catalog.pg_proc o ${commentOn("pg_proc", "o.oid")} ${inScope("pronamespace")} ` +
      `WHERE ${notOfExtension("pg_proc", "o.oid")}`,
    `pg_catalog.pg_type o ${commentOn("pg_type", "o.oid")} ${inScope("typnamespace")} ` +
      `WHERE o.typtype IN ('c', 'r') AND ${notOfExtension("pg_type", "o.oid")}`,
    `pg_catalog.pg_statistic_ext o ${commentOn("pg_statistic_ext", "o.oid")} ${inScope("stxnamespace")}`,
  ];
  return `${kinds.map((from) => `SELECT NULL, ${described} FROM ${from}`).join(" UNION ALL ")} ORDER BY 2`;
}

/** Its kind and name, no signature, and the statement. */
const described =
  "format('%s %s', e.kind, e.identity), NULL, " +
  "format('COMMENT ON %s %s IS %L', upper(e.kind), e.identity, d.description), NULL";

/** The comment `d` on an object, and what the object is called, `e`. */
function commentOn(catalog: string, oid: string): string {
  return (
    `JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.${catalog}'::regclass AND d.objoid = ${oid} ` +
    `AND d.objsubid = 0 CROSS JOIN LATERAL (SELECT replace(i.type, 'statistics object', 'statistics') AS kind, ` +
    `i.identity FROM pg_identify_object(d.classoid, d.objoid, 0) i) e`
  );
}
