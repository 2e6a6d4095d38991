// The questions that the information schema is asked: one each, whatever the number of tables.

/** What the questions are about, as SQL literals. */
export interface CatalogScope {
  readonly schemas: readonly string[];
  /** Tables; absent for all. */
  readonly only?: readonly string[];
}

function within(scope: CatalogScope, schema: string, table: string): string {
  const only = scope.only === undefined ? "" : ` AND ${table} IN (${orNull(scope.only)})`;
  return `${schema} IN (${orNull(scope.schemas)})${only}`;
}

function orNull(literals: readonly string[]): string {
  return literals.length === 0 ? "NULL" : literals.join(", ");
}

export const serverQuery = "SELECT version(), database()";

export const schemaNamesQuery =
  "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN " +
  "('information_schema', 'performance_schema', 'mysql', 'sys') ORDER BY schema_name";

/** Tables, views and sequences. */
export function relationsQuery(scope: CatalogScope): string {
  return (
    "SELECT table_schema, table_name, table_type, engine, table_collation, create_options, table_comment " +
    `FROM information_schema.tables WHERE ${within(scope, "table_schema", "table_name")} ` +
    "ORDER BY table_schema, table_name"
  );
}

export function columnsQuery(scope: CatalogScope): string {
  return (
    "SELECT table_schema, table_name, column_name, column_default, is_nullable, column_type, collation_name, extra, " +
    "column_comment, generation_expression FROM information_schema.columns " +
    `WHERE ${within(scope, "table_schema", "table_name")} ORDER BY table_schema, table_name, ordinal_position`
  );
}

/** MySQL has a column for the expressions of its keys; MariaDB has neither. */
export function indexesQuery(scope: CatalogScope, isMariadb: boolean): string {
  return (
    "SELECT table_schema, table_name, index_name, non_unique, column_name, collation, sub_part, index_type, " +
    `index_comment, ${isMariadb ? "NULL" : "expression"} FROM information_schema.statistics ` +
    `WHERE ${within(scope, "table_schema", "table_name")} ORDER BY table_schema, table_name, index_name, seq_in_index`
  );
}

export function foreignKeysQuery(scope: CatalogScope): string {
  return (
    "SELECT k.table_schema, k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema, " +
    "k.referenced_table_name, k.referenced_column_name, r.delete_rule, r.update_rule " +
    "FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r " +
    "ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name " +
    "AND r.table_name = k.table_name " +
    `WHERE ${within(scope, "k.table_schema", "k.table_name")} AND k.referenced_table_name IS NOT NULL ` +
    "ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position"
  );
}

export function checksQuery(scope: CatalogScope, isMariadb: boolean): string {
  if (isMariadb) {
    return (
      "SELECT constraint_schema, table_name, constraint_name, check_clause, level, 'YES' " +
      `FROM information_schema.check_constraints WHERE ${within(scope, "constraint_schema", "table_name")} ` +
      "ORDER BY constraint_schema, table_name, constraint_name"
    );
  }
  return (
    "SELECT t.table_schema, t.table_name, t.constraint_name, c.check_clause, 'Table', t.enforced " +
    "FROM information_schema.table_constraints t JOIN information_schema.check_constraints c " +
    "ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name " +
    `WHERE ${within(scope, "t.table_schema", "t.table_name")} AND t.constraint_type = 'CHECK' ` +
    "ORDER BY t.table_schema, t.table_name, t.constraint_name"
  );
}

export function viewsQuery(scope: CatalogScope, isMariadb: boolean): string {
  return (
    "SELECT table_schema, table_name, check_option, security_type, " +
    `${isMariadb ? "algorithm" : "NULL"} FROM information_schema.views WHERE ` +
    `${within(scope, "table_schema", "table_name")} ORDER BY table_schema, table_name`
  );
}

export function triggersQuery(scope: CatalogScope): string {
  return (
    "SELECT event_object_schema, event_object_table, trigger_name, action_timing, event_manipulation, " +
    `action_statement FROM information_schema.triggers ` +
    `WHERE ${within(scope, "event_object_schema", "event_object_table")} ` +
    "ORDER BY event_object_schema, event_object_table, event_manipulation, action_timing, action_order"
  );
}

/** Functions, procedures and events: kind, schema, name. */
export function programsQuery({ schemas }: CatalogScope): string {
  const list = orNull(schemas);
  return (
    "SELECT lower(routine_type), routine_schema, routine_name FROM information_schema.routines " +
    `WHERE routine_schema IN (${list}) UNION ALL SELECT 'event', event_schema, event_name ` +
    `FROM information_schema.events WHERE event_schema IN (${list}) ORDER BY 1, 2, 3`
  );
}
