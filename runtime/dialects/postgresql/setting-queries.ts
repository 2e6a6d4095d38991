// Settings of tables that only ALTER TABLE gives, a statement each.
import { type CatalogScope, relationsFrom, TABLE_KINDS } from "./catalog-queries.js";

/** Where settings of one kind are found, and the statement that makes one. */
interface Setting {
  readonly type: string;
  readonly name: string;
  readonly text: string;
  /** What follows the tables: joins, and a condition. */
  readonly from: string;
}

/** `ALTER TABLE` with each setting of a table that is not the server's own: the table's oid, kind, name, text. */
export function settingsQuery(scope: CatalogScope): string {
  const selects = [...OF_TABLES, ...OF_COLUMNS].map(
    ({ type, name, text, from }, rank) =>
      `SELECT c.oid, '${type}', ${name}::text, ${text}, ${rank} FROM ${relationsFrom(scope, TABLE_KINDS)} ${from}`,
  );
  return `${selects.join(" UNION ALL ")} ORDER BY 1, 5, 3`;
}

function alterTable(words: string, ...values: readonly string[]): string {
  return `format('ALTER TABLE %s ${words}', ${["c.oid::regclass", ...values].join(", ")})`;
}

function alterColumn(words: string, ...values: readonly string[]): string {
  return alterTable(`ALTER COLUMN %I ${words}`, "a.attname", ...values).replace("TABLE %s", "TABLE ONLY %s");
}

/** In which sessions a trigger or rule works. */
function stateOf(column: string): string {
  return `CASE ${column} WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END`;
}

const indexJoin = (condition: string): string =>
  `JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.${condition} ` +
  `JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid`;

const OF_TABLES: readonly Setting[] = [
  {
    type: "of type",
    name: "c.relname",
    text: alterTable("OF %s", "c.reloftype::regtype"),
    from: "WHERE c.reloftype <> 0",
  },
  {
    type: "cluster",
    name: "x.relname",
    text: alterTable("CLUSTER ON %I", "x.relname"),
    from: indexJoin("indisclustered"),
  },
  {
    type: "replica identity",
    name: "c.relname",
    text: alterTable("REPLICA IDENTITY %s", "CASE c.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END"),
    from: "WHERE c.relreplident IN ('f', 'n')",
  },
  {
    type: "replica identity",
    name: "x.relname",
    text: alterTable("REPLICA IDENTITY USING INDEX %I", "x.relname"),
    from: indexJoin("indisreplident"),
  },
  {
    type: "trigger state",
    name: "g.tgname",
    text: alterTable("%s TRIGGER %I", stateOf("g.tgenabled"), "g.tgname"),
    from: "JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled <> 'O'",
  },
  {
    type: "rule state",
    name: "w.rulename",
    text: alterTable("%s RULE %I", stateOf("w.ev_enabled"), "w.rulename"),
    from: "JOIN pg_catalog.pg_rewrite w ON w.ev_class = c.oid AND w.ev_enabled <> 'O'",
  },
];

const columns =
  "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped " +
  "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid";

const OF_COLUMNS: readonly Setting[] = [
  {
    type: "statistics target",
    name: "a.attname",
    text: alterColumn("SET STATISTICS %s", "a.attstattarget"),
    from: `${columns} WHERE a.attstattarget >= 0`,
  },
  {
    // What a partition has from its parent, but for the value.
    type: "default",
    name: "a.attname",
    text: alterColumn("SET DEFAULT %s", "coalesce(pg_get_expr(d.adbin, d.adrelid), 'NULL')"),
    from:
      `${columns} JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid AND h.inhseqno = 1 AND NOT a.attislocal ` +
      "JOIN pg_catalog.pg_attribute p ON p.attrelid = h.inhparent AND p.attname = a.attname " +
      "LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum " +
      "LEFT JOIN pg_catalog.pg_attrdef pd ON pd.adrelid = p.attrelid AND pd.adnum = p.attnum " +
      "WHERE a.attgenerated = '' AND a.attidentity = '' AND pg_get_expr(d.adbin, d.adrelid) " +
      "IS DISTINCT FROM pg_get_expr(pd.adbin, pd.adrelid)",
  },
  {
    type: "storage",
    name: "a.attname",
    text: alterColumn(
      "SET STORAGE %s",
      "CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END",
    ),
    from: `${columns} WHERE a.attstorage <> t.typstorage AND a.attinhcount = 0`,
  },
  {
    type: "compression",
    name: "a.attname",
    text: alterColumn(
      "SET COMPRESSION %s",
      "CASE to_jsonb(a) ->> 'attcompression' WHEN 'l' THEN 'lz4' ELSE 'pglz' END",
    ),
    from: `${columns} WHERE to_jsonb(a) ->> 'attcompression' IN ('p', 'l')`,
  },
  {
    type: "column options",
    name: "a.attname",
    text: alterColumn("SET (%s)", "array_to_string(a.attoptions, ', ')"),
    from: `${columns} WHERE a.attoptions IS NOT NULL`,
  },
];
