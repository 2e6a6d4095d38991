// What a PostgreSQL database may hold beyond the model: asked for by catalogue, named as the server names it.
import type { CatalogScope } from "./catalog-queries.js";

/** Catalogues of things in schemas, the column that says which schema, and which of their rows count. */
const inSchemas: readonly (readonly [catalog: string, namespace: string, condition: string])[] = [
  ["pg_class", "relnamespace", "relkind = 'f'"],
  [
    "pg_type",
    "typnamespace",
    "typtype = 'b' AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)",
  ],
  ["pg_conversion", "connamespace", "true"],
  ["pg_operator", "oprnamespace", "true"],
  ["pg_opclass", "opcnamespace", "true"],
  ["pg_ts_config", "cfgnamespace", "true"],
  ["pg_ts_dict", "dictnamespace", "true"],
  ["pg_ts_parser", "prsnamespace", "true"],
  ["pg_ts_template", "tmplnamespace", "true"],
];

/** Catalogues of things that belong to the database as a whole. */
const ofDatabase: readonly string[] = [
  "pg_cast",
  "pg_event_trigger",
  "pg_foreign_data_wrapper",
  "pg_foreign_server",
  "pg_language",
  "pg_publication",
];

/** The first oid that is not the server's own. */
const FIRST_OID = 16_384;

/** Kind and qualified name of each, in order; what comes with an extension or another object aside. */
export function leftOutQuery({ schemas }: Pick<CatalogScope, "schemas">): string {
  const parts = [
    ...inSchemas.map(
      ([catalog, namespace, condition]) =>
        `SELECT 'pg_catalog.${catalog}'::regclass, t.oid FROM pg_catalog.${catalog} t ` +
        `JOIN pg_catalog.pg_namespace n ON n.oid = t.${namespace} AND n.nspname IN (${schemas.join(", ")}) ` +
        `WHERE ${condition}`,
    ),
    ...ofDatabase.map((catalog) => `SELECT 'pg_catalog.${catalog}'::regclass, t.oid FROM pg_catalog.${catalog} t`),
  ];
  return (
    `SELECT i.type || ' ' || i.identity FROM (${parts.join(" UNION ALL ")}) o(catalog, oid) ` +
    `CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.catalog, o.oid, 0) i WHERE o.oid >= ${FIRST_OID} ` +
    `AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = o.catalog AND e.objid = o.oid ` +
    `AND e.deptype IN ('e', 'i')) ORDER BY (i.type || ' ' || i.identity) COLLATE "C"`
  );
}
