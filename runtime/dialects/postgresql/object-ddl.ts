// How PostgreSQL looks for what is kept as SQL, and how it drops it. Extensions may serve others: they are left alone.
import type { SchemaObject } from "../../schema/schema-objects.js";
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import { quotePostgresqlIdentifier } from "./identifiers.js";

const SCHEMA = (object: SchemaObject): string =>
  object.schema === null ? "current_schema()" : quoteLiteral(object.schema);

/** A query that returns a row where the object exists; null for kinds that nobody knows. */
export function objectProbe(object: SchemaObject): string | null {
  const name = quoteLiteral(object.name);
  switch (object.definition.type) {
    case "function":
    case "procedure":
    case "aggregate": {
      const signature = quoteLiteral(object.definition.signature ?? "");
      return (
        `SELECT 1 FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace ` +
        `WHERE n.nspname = ${SCHEMA(object)} AND p.proname = ${name} ` +
        `AND pg_get_function_identity_arguments(p.oid) = ${signature}`
      );
    }
    case "type":
      return (
        `SELECT 1 FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace ` +
        `WHERE n.nspname = ${SCHEMA(object)} AND t.typname = ${name}`
      );
    case "collation":
      return (
        `SELECT 1 FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace ` +
        `WHERE n.nspname = ${SCHEMA(object)} AND l.collname = ${name}`
      );
    case "extension":
      return `SELECT 1 FROM pg_catalog.pg_extension WHERE extname = ${name}`;
    case "statistics":
      return (
        `SELECT 1 FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace ` +
        `WHERE n.nspname = ${SCHEMA(object)} AND s.stxname = ${name}`
      );
    case "trigger":
      return `SELECT 1 FROM pg_catalog.pg_trigger WHERE tgname = ${name} AND NOT tgisinternal`;
    case "rule":
      return `SELECT 1 FROM pg_catalog.pg_rewrite WHERE rulename = ${name}`;
    case "policy":
      return `SELECT 1 FROM pg_catalog.pg_policy WHERE polname = ${name}`;
    default:
      return null;
  }
}

const DROPPED: ReadonlySet<string> = new Set(["function", "procedure", "aggregate", "type", "statistics", "collation"]);

/** The statement that drops it; null for what goes with its table, and for what is left alone. */
export function dropObject({ definition, schema, name }: SchemaObject): string | null {
  const { type, signature } = definition;
  if (!DROPPED.has(type)) return null;
  const parts = schema === null ? [name] : [schema, name];
  const list = signature === undefined ? "" : `(${type === "aggregate" && signature === "" ? "*" : signature})`;
  return `DROP ${type.toUpperCase()} ${parts.map(quotePostgresqlIdentifier).join(".")}${list}`;
}
