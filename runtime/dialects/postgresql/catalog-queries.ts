// The questions that PostgreSQL's catalogue is asked: one each, whatever the number of tables. Lists and records come
// as JSON. Columns of newer servers are read out of the row's JSON, so that older ones answer NULL.

/** What the questions are about. */
export interface CatalogScope {
  /** Schemas, as SQL literals. */
  readonly schemas: readonly string[];
  /** Relations, as SQL literals; absent for all. */
  readonly only?: readonly string[];
}

const list = (literals: readonly string[]): string => (literals.length === 0 ? "NULL" : literals.join(", "));

/** Members of an extension come with the extension, the functions of a range type with the type. */
export const notOfExtension = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.${catalog}'::regclass ` +
  `AND e.objid = ${oid} AND e.deptype IN ${catalog === "pg_proc" ? "('e', 'i')" : "('e')"})`;

export const inSchemas = ({ schemas }: CatalogScope): string => `n.nspname IN (${list(schemas)})`;

/** `pg_class c` and its namespace `n`, of the scope's relations. */
export function relationsFrom(scope: CatalogScope, kinds: string): string {
  const only = scope.only === undefined ? "" : ` AND c.relname IN (${list(scope.only)})`;
  return (
    `pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace ` +
    `AND ${inSchemas(scope)}${only} AND c.relkind IN (${kinds}) AND ${notOfExtension("pg_class", "c.oid")}`
  );
}

export const TABLE_KINDS = "'r', 'p'";
const RELATION_KINDS = "'r', 'p', 'v', 'm'";

/** The names of columns by number, in the order of the numbers. */
const columnNames = (relation: string, numbers: string): string =>
  `(SELECT json_agg(k.attname ORDER BY u.position) FROM unnest(${numbers}) WITH ORDINALITY u(number, position) ` +
  `JOIN pg_catalog.pg_attribute k ON k.attrelid = ${relation} AND k.attnum = u.number)`;

/** A type as JSON, its element too where it is an array. `t` its row. */
const typeJson = (type: string, modifier: string, dimensions: string): string =>
  `(SELECT json_build_object('schema', tn.nspname, 'name', t.typname, 'kind', t.typtype, 'modifier', ${modifier}, ` +
  `'text', format_type(t.oid, ${modifier}), 'visible', pg_type_is_visible(t.oid), 'dimensions', ${dimensions}, ` +
  `'element', CASE WHEN t.typcategory = 'A' THEN (SELECT json_build_object('schema', en.nspname, 'name', e.typname, ` +
  `'kind', e.typtype, 'modifier', ${modifier}, 'text', format_type(e.oid, ${modifier}), ` +
  `'visible', pg_type_is_visible(e.oid)) FROM pg_catalog.pg_type e ` +
  `JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace ` +
  `WHERE e.oid = t.typelem AND e.typarray = t.oid) END) ` +
  `FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace WHERE t.oid = ${type})`;

/** A collation by name where it is not the type's own. */
const collationJson = (collation: string, own: string): string =>
  `CASE WHEN ${collation} <> 0 AND ${collation} IS DISTINCT FROM ${own} THEN (SELECT json_build_array(l.collname, ` +
  `CASE WHEN NOT pg_collation_is_visible(l.oid) THEN ln.nspname END) FROM pg_catalog.pg_collation l ` +
  `JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace WHERE l.oid = ${collation}) END`;

const sequenceJson = (extra: string): string =>
  `json_build_object('schema', sn.nspname, 'name', s.relname, 'oid', s.oid, 'type', format_type(q.seqtypid, NULL), ` +
  `'start', q.seqstart::text, 'increment', q.seqincrement::text, 'minValue', q.seqmin::text, ` +
  `'maxValue', q.seqmax::text, 'cache', q.seqcache::text, 'cycle', q.seqcycle${extra})`;

export const schemaNamesQuery =
  "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1";

export const defaultSchemaQuery = "SELECT current_schema()";

/** Tables and views. */
export function relationsQuery(scope: CatalogScope): string {
  return (
    `SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, to_json(c.reloptions), ` +
    `obj_description(c.oid, 'pg_class'), pg_get_partkeydef(c.oid), ` +
    `CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END, ` +
    `(SELECT json_agg(json_build_array(pn.nspname, p.relname) ORDER BY i.inhseqno) FROM pg_catalog.pg_inherits i ` +
    `JOIN pg_catalog.pg_class p ON p.oid = i.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace ` +
    `WHERE i.inhrelid = c.oid), ` +
    `CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END, c.relrowsecurity, c.relforcerowsecurity ` +
    `FROM ${relationsFrom(scope, RELATION_KINDS)} ORDER BY n.nspname, c.relname`
  );
}

export function columnsQuery(scope: CatalogScope): string {
  const owned =
    `(SELECT ${sequenceJson(
      ", 'isDefault', EXISTS (SELECT FROM pg_catalog.pg_depend u WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass " +
        "AND u.objid = d.oid AND u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = s.oid)",
    )} FROM pg_catalog.pg_depend o JOIN pg_catalog.pg_class s ON s.oid = o.objid AND s.relkind = 'S' ` +
    `JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid ` +
    `WHERE o.refclassid = 'pg_catalog.pg_class'::regclass AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum ` +
    `AND o.classid = 'pg_catalog.pg_class'::regclass AND o.deptype IN ('a', 'i') ORDER BY s.oid LIMIT 1)`;
  return (
    `SELECT a.attrelid, a.attname, ${typeJson("a.atttypid", "a.atttypmod", "a.attndims")}, a.attnotnull, ` +
    `a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), ` +
    `${collationJson("a.attcollation", "y.typcollation")}, col_description(a.attrelid, a.attnum), a.attislocal, ` +
    `CASE WHEN d.oid IS NOT NULL OR a.attidentity <> '' THEN ${owned} END ` +
    `FROM ${relationsFrom(scope, RELATION_KINDS)} ` +
    `JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ` +
    `JOIN pg_catalog.pg_type y ON y.oid = a.atttypid ` +
    `LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum ` +
    `ORDER BY a.attrelid, a.attnum`
  );
}

/** Constraints that the table has itself: those that its parent gives it come with the parent. */
export function constraintsQuery(scope: CatalogScope): string {
  return (
    `SELECT r.conrelid, r.conname, r.contype, ${columnNames("r.conrelid", "r.conkey")}, r.condeferrable, ` +
    `r.condeferred, r.convalidated, to_jsonb(r) ->> 'conenforced', r.connoinherit, pg_get_constraintdef(r.oid), ` +
    `pg_get_expr(r.conbin, r.conrelid), obj_description(r.oid, 'pg_constraint'), ` +
    `to_jsonb(i) ->> 'indnullsnotdistinct', i.indnkeyatts < i.indnatts, ` +
    `coalesce((to_jsonb(r) ->> 'conperiod')::boolean, false), r.confdeltype, r.confupdtype, r.confmatchtype, ` +
    `fn.nspname, f.relname, ${columnNames("r.confrelid", "r.confkey")}, ` +
    `(SELECT json_agg(k.attname ORDER BY k.attnum) FROM pg_catalog.pg_attribute k WHERE k.attrelid = r.conrelid ` +
    `AND to_jsonb(r) -> 'confdelsetcols' @> to_jsonb(k.attnum)) ` +
    `FROM ${relationsFrom(scope, TABLE_KINDS)} JOIN pg_catalog.pg_constraint r ON r.conrelid = c.oid ` +
    `AND r.contype IN ('p', 'u', 'f', 'c', 'x') AND r.conparentid = 0 AND (r.conislocal OR r.coninhcount = 0) ` +
    `LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = r.conindid AND r.contype IN ('p', 'u') ` +
    `LEFT JOIN pg_catalog.pg_class f ON f.oid = r.confrelid AND r.contype = 'f' ` +
    `LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace ORDER BY r.conrelid, r.conname`
  );
}

/** Indexes that no constraint and no parent's index gave. */
export function indexesQuery(scope: CatalogScope): string {
  const keys =
    `(SELECT json_agg(json_build_object('column', k.attname, ` +
    `'sql', CASE WHEN k.attname IS NULL THEN pg_get_indexdef(i.indexrelid, g.position, false) END, ` +
    `'options', i.indoption[g.position - 1], 'opclass', CASE WHEN NOT oc.opcdefault THEN ` +
    `json_build_array(oc.opcname, CASE WHEN NOT pg_opclass_is_visible(oc.oid) THEN ocn.nspname END) END, ` +
    `'collation', ${collationJson("i.indcollation[g.position - 1]", "coalesce(k.attcollation, 100)")}) ` +
    `ORDER BY g.position) FROM generate_series(1, i.indnkeyatts) g(position) ` +
    `LEFT JOIN pg_catalog.pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[g.position - 1] ` +
    `AND i.indkey[g.position - 1] > 0 ` +
    `LEFT JOIN pg_catalog.pg_opclass oc ON oc.oid = i.indclass[g.position - 1] ` +
    `LEFT JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace)`;
  const include =
    `(SELECT json_agg(k.attname ORDER BY g.position) FROM generate_series(i.indnkeyatts + 1, i.indnatts) g(position) ` +
    `JOIN pg_catalog.pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[g.position - 1])`;
  return (
    `SELECT i.indrelid, x.relname, i.indisunique, m.amname, ${keys}, ${include}, ` +
    `pg_get_expr(i.indpred, i.indrelid), to_json(x.reloptions), to_jsonb(i) ->> 'indnullsnotdistinct', ` +
    `obj_description(x.oid, 'pg_class') ` +
    `FROM ${relationsFrom(scope, "'r', 'p', 'm'")} JOIN pg_catalog.pg_index i ON i.indrelid = c.oid ` +
    `JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid AND NOT x.relispartition ` +
    `JOIN pg_catalog.pg_am m ON m.oid = x.relam ` +
    `WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint r WHERE r.conindid = i.indexrelid ` +
    `AND r.contype IN ('p', 'u', 'x')) ORDER BY i.indrelid, x.relname`
  );
}

const typesFrom = (scope: CatalogScope, kind: string): string =>
  `pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace AND ${inSchemas(scope)} ` +
  `AND t.typtype = '${kind}' AND ${notOfExtension("pg_type", "t.oid")}`;

export function enumsQuery(scope: CatalogScope): string {
  return (
    `SELECT n.nspname, t.typname, (SELECT json_agg(v.enumlabel ORDER BY v.enumsortorder) FROM pg_catalog.pg_enum v ` +
    `WHERE v.enumtypid = t.oid), obj_description(t.oid, 'pg_type') FROM ${typesFrom(scope, "e")} ORDER BY 1, 2`
  );
}

export function domainsQuery(scope: CatalogScope): string {
  const checks =
    `(SELECT json_agg(json_build_array(r.conname, pg_get_expr(r.conbin, 0), r.convalidated) ORDER BY r.conname) ` +
    `FROM pg_catalog.pg_constraint r WHERE r.contypid = o.oid AND r.contype = 'c')`;
  return (
    `SELECT n.nspname, o.typname, ${typeJson("o.typbasetype", "o.typtypmod", "o.typndims")}, o.typnotnull, ` +
    `o.typdefault, ${collationJson("o.typcollation", "b.typcollation")}, ${checks}, ` +
    `obj_description(o.oid, 'pg_type') FROM (SELECT t.*, n.nspname FROM ${typesFrom(scope, "d")}) o ` +
    `JOIN pg_catalog.pg_namespace n ON n.oid = o.typnamespace ` +
    `JOIN pg_catalog.pg_type b ON b.oid = o.typbasetype ORDER BY 1, 2`
  );
}

/** All sequences but those of identity columns. */
export function sequencesQuery(scope: CatalogScope): string {
  return (
    `SELECT s.oid, ${sequenceJson("")}, obj_description(s.oid, 'pg_class') FROM pg_catalog.pg_class s ` +
    `JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace ` +
    `JOIN pg_catalog.pg_namespace n ON n.oid = sn.oid AND ${inSchemas(scope)} ` +
    `JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid WHERE s.relkind = 'S' ` +
    `AND ${notOfExtension("pg_class", "s.oid")} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i ` +
    `WHERE i.classid = 'pg_catalog.pg_class'::regclass AND i.objid = s.oid AND i.deptype = 'i') ` +
    `ORDER BY sn.nspname, s.relname`
  );
}

// ---- what the model keeps as text: schema, name, signature, text, what it needs as [schema, name] pairs

/** The types, relations and functions that an object needs, system's aside. */
const needs = (catalog: string, oid: string): string =>
  `(SELECT json_agg(DISTINCT jsonb_build_array(z.nspname, z.name)) FROM (` +
  `SELECT dn.nspname, coalesce(dr.relname, de.typname, dt.typname) AS name FROM pg_catalog.pg_depend d ` +
  `JOIN pg_catalog.pg_type dt ON dt.oid = d.refobjid LEFT JOIN pg_catalog.pg_type de ON de.oid = dt.typelem ` +
  `AND dt.typcategory = 'A' LEFT JOIN pg_catalog.pg_class dr ON dr.oid = coalesce(de.typrelid, dt.typrelid) ` +
  `JOIN pg_catalog.pg_namespace dn ON dn.oid = dt.typnamespace WHERE d.refclassid = 'pg_catalog.pg_type'::regclass ` +
  `AND d.classid = 'pg_catalog.${catalog}'::regclass AND d.objid = ${oid} UNION ` +
  `SELECT dn.nspname, dr.relname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class dr ON dr.oid = d.refobjid ` +
  `JOIN pg_catalog.pg_namespace dn ON dn.oid = dr.relnamespace WHERE d.refclassid = 'pg_catalog.pg_class'::regclass ` +
  `AND d.classid = 'pg_catalog.${catalog}'::regclass AND d.objid = ${oid} UNION ` +
  `SELECT dn.nspname, dp.proname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_proc dp ON dp.oid = d.refobjid ` +
  `JOIN pg_catalog.pg_namespace dn ON dn.oid = dp.pronamespace WHERE d.refclassid = 'pg_catalog.pg_proc'::regclass ` +
  `AND d.classid = 'pg_catalog.${catalog}'::regclass AND d.objid = ${oid}) z ` +
  `WHERE z.nspname NOT IN ('pg_catalog', 'information_schema'))`;

export const extensionsQuery =
  "SELECT NULL, e.extname, NULL, " +
  "format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname), NULL " +
  "FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace " +
  "WHERE e.extname <> 'plpgsql' ORDER BY 2";

/** The locale of ICU has had three columns' names. */
export function collationsQuery(scope: CatalogScope): string {
  const locale = "coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale')";
  const provider = "CASE l.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END";
  const isExact = "coalesce((to_jsonb(l) ->> 'collisdeterministic')::boolean, true)";
  return (
    `SELECT n.nspname, l.collname, NULL, format('CREATE COLLATION %I.%I (provider = %s%s%s)', n.nspname, l.collname, ` +
    `${provider}, CASE WHEN ${isExact} THEN '' ELSE ', deterministic = false' END, ` +
    `CASE WHEN ${locale} IS NOT NULL THEN format(', locale = %L', ${locale}) WHEN l.collprovider = 'i' ` +
    `THEN format(', locale = %L', l.collcollate) ELSE format(', lc_collate = %L, lc_ctype = %L', l.collcollate, ` +
    `l.collctype) END), NULL FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_namespace n ` +
    `ON n.oid = l.collnamespace AND ${inSchemas(scope)} AND ${notOfExtension("pg_collation", "l.oid")} ORDER BY 1, 2`
  );
}

export function compositesQuery(scope: CatalogScope): string {
  return (
    `SELECT n.nspname, t.typname, NULL, format('CREATE TYPE %s AS (%s)', t.oid::regtype, ` +
    `(SELECT string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod), ` +
    `CASE WHEN a.attcollation <> y.typcollation THEN format(' COLLATE %s', a.attcollation::regcollation) END), ` +
    `', ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type y ON y.oid = a.atttypid ` +
    `WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)), ` +
    `${needs("pg_class", "c.oid")} FROM ${typesFrom(scope, "c")} ` +
    `JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' ORDER BY 1, 2`
  );
}

export function rangesQuery(scope: CatalogScope): string {
  return (
    `SELECT n.nspname, t.typname, NULL, format('CREATE TYPE %s AS RANGE (SUBTYPE = %s%s%s%s%s%s)', t.oid::regtype, ` +
    `format_type(r.rngsubtype, NULL), ` +
    `CASE WHEN NOT o.opcdefault THEN format(', SUBTYPE_OPCLASS = %I.%I', cn.nspname, o.opcname) END, ` +
    `CASE WHEN r.rngcollation <> y.typcollation THEN format(', COLLATION = %s', r.rngcollation::regcollation) END, ` +
    `CASE WHEN r.rngcanonical <> 0 THEN format(', CANONICAL = %s', r.rngcanonical::regproc) END, ` +
    `CASE WHEN r.rngsubdiff <> 0 THEN format(', SUBTYPE_DIFF = %s', r.rngsubdiff::regproc) END, ` +
    `(SELECT format(', MULTIRANGE_TYPE_NAME = %s', m.oid::regtype) FROM pg_catalog.pg_type m ` +
    `WHERE m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid)), NULL FROM ${typesFrom(scope, "r")} ` +
    `JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid JOIN pg_catalog.pg_type y ON y.oid = r.rngsubtype ` +
    `JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc JOIN pg_catalog.pg_namespace cn ON cn.oid = o.opcnamespace ` +
    `ORDER BY 1, 2`
  );
}

export function functionsQuery(scope: CatalogScope, kinds: "functions" | "procedures"): string {
  const kind = kinds === "functions" ? "'f', 'w'" : "'p'";
  return (
    `SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), pg_get_functiondef(p.oid), ` +
    `${needs("pg_proc", "p.oid")} FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ` +
    `ON n.oid = p.pronamespace AND ${inSchemas(scope)} AND p.prokind IN (${kind}) ` +
    `AND ${notOfExtension("pg_proc", "p.oid")} ORDER BY 1, 2, 3`
  );
}

export function aggregatesQuery(scope: CatalogScope): string {
  return (
    `SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), ` +
    `format('CREATE AGGREGATE %I.%I(%s) (SFUNC = %s, STYPE = %s%s%s)', n.nspname, p.proname, ` +
    `CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid) END, g.aggtransfn::regproc, ` +
    `format_type(g.aggtranstype, NULL), CASE WHEN g.aggfinalfn <> 0 THEN format(', FINALFUNC = %s', ` +
    `g.aggfinalfn::regproc) ELSE '' END, CASE WHEN g.agginitval IS NOT NULL THEN format(', INITCOND = %L', ` +
    `g.agginitval) ELSE '' END), ${needs("pg_proc", "p.oid")} FROM pg_catalog.pg_proc p ` +
    `JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace AND ${inSchemas(scope)} ` +
    `JOIN pg_catalog.pg_aggregate g ON g.aggfnoid = p.oid AND ${notOfExtension("pg_proc", "p.oid")} ORDER BY 1, 2, 3`
  );
}

export function statisticsQuery(scope: CatalogScope): string {
  return (
    `SELECT n.nspname, x.stxname, NULL, pg_get_statisticsobjdef(x.oid), ` +
    `json_build_array(json_build_array(rn.nspname, r.relname)) FROM pg_catalog.pg_statistic_ext x ` +
    `JOIN pg_catalog.pg_namespace n ON n.oid = x.stxnamespace AND ${inSchemas(scope)} ` +
    `JOIN pg_catalog.pg_class r ON r.oid = x.stxrelid ` +
    `JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace ORDER BY 1, 2`
  );
}

// ---- what belongs to a relation: its oid, then the same

export function triggersQuery(scope: CatalogScope): string {
  return (
    `SELECT c.oid, g.tgname, NULL, pg_get_triggerdef(g.oid), CASE WHEN pn.nspname <> 'pg_catalog' ` +
    `THEN json_build_array(json_build_array(pn.nspname, p.proname)) END ` +
    `FROM ${relationsFrom(scope, RELATION_KINDS)} JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid ` +
    `AND NOT g.tgisinternal AND coalesce(to_jsonb(g) ->> 'tgparentid', '0') = '0' ` +
    `JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace ` +
    `ORDER BY 1, 2`
  );
}

export function rulesQuery(scope: CatalogScope): string {
  return (
    `SELECT c.oid, w.rulename, NULL, pg_get_ruledef(w.oid), ${needs("pg_rewrite", "w.oid")} ` +
    `FROM ${relationsFrom(scope, RELATION_KINDS)} ` +
    `JOIN pg_catalog.pg_rewrite w ON w.ev_class = c.oid AND w.rulename <> '_RETURN' ORDER BY 1, 2`
  );
}

export function policiesQuery(scope: CatalogScope): string {
  return (
    `SELECT c.oid, o.polname, NULL, ` +
    `format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', o.polname, ` +
    `c.oid::regclass, CASE WHEN o.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, ` +
    `CASE o.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ` +
    `ELSE 'ALL' END, CASE WHEN o.polroles = '{0}' THEN 'PUBLIC' ELSE (SELECT string_agg(quote_ident(u.rolname), ', ' ` +
    `ORDER BY u.rolname) FROM pg_catalog.pg_roles u WHERE u.oid = ANY (o.polroles)) END, ` +
    `CASE WHEN o.polqual IS NOT NULL THEN format(' USING (%s)', pg_get_expr(o.polqual, o.polrelid)) ELSE '' END, ` +
    `CASE WHEN o.polwithcheck IS NOT NULL THEN format(' WITH CHECK (%s)', pg_get_expr(o.polwithcheck, o.polrelid)) ` +
    `ELSE '' END), ${needs("pg_policy", "o.oid")} FROM ${relationsFrom(scope, TABLE_KINDS)} ` +
    `JOIN pg_catalog.pg_policy o ON o.polrelid = c.oid ORDER BY 1, 2`
  );
}
