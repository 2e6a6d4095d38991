// Values that are made here, not by the database, for a column that a statement leaves out.
import { dialects } from "../../model/capabilities.js";
import type { ColumnType } from "../../model/column-type.js";
import { expressionSql } from "../../model/expression-sql.js";
import { ClockValue, RawSql, sql } from "./raw-sql.js";
import type { SqlType } from "./sql-type.js";

/** One value for all rows, a function that makes one for each row, or SQL that stands in the statement. */
export type ClientValue =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "made"; readonly make: () => unknown }
  | { readonly kind: "sql"; readonly sql: RawSql };

/** What a column of this type was given by `clientDefault()` or `onUpdate()`; null where nothing. */
export function clientValue(value: unknown, { logical }: SqlType): ClientValue | null {
  if (value === undefined) return null;
  if (RawSql.is(value)) return { kind: "sql", sql: value };
  if (ClockValue.is(value)) return { kind: "sql", sql: logical.kind === "null" ? CLOCK : clockOf(logical) };
  // Sound: a function without parameters is called with none.
  return typeof value === "function" ? { kind: "made", make: value as () => unknown } : { kind: "value", value };
}

const CLOCK = sql("CURRENT_TIMESTAMP");

/** Each database's clock in the form in which it stores the type. */
function clockOf(type: ColumnType): RawSql {
  const now = { kind: "call", name: "now", arguments: [] } as const;
  const own = dialects.map(({ name }) => [name, expressionSql(now, name, { type })] as const);
  return sql({ default: "CURRENT_TIMESTAMP", ...Object.fromEntries(own) });
}
