// How the SELECT, INSERT, UPDATE and DELETE of MySQL and MariaDB differ from the common form.
import type { LockParts, SqlDialect } from "../../sql/compile/sql-dialect.js";
import { mysqlOverrides } from "./expressions.js";
import { quoteMysqlIdentifier, quoteMysqlLiteral } from "./identifiers.js";
import { mysqlCodecFor } from "./types.js";

/** More rows than any table has: OFFSET needs a LIMIT. */
const ALL_ROWS = "18446744073709551615";

const WAITS: Readonly<Record<LockParts["wait"], string>> = { block: "", nowait: " NOWAIT", skipLocked: " SKIP LOCKED" };

const SELECT_KEYS = "read the rows by their keys, in the same transaction";
const LACKS = {
  distinctOn: "number the rows with row_number()",
  fetch: "use limit()",
  fullJoin: "use the UNION of two outer joins",
  materialized: "",
  returningUpdate: SELECT_KEYS,
  tablesample: "order by func.random() and limit the rows",
  withinGroup: "number the rows with a window function",
} as const;

/** What both servers write alike. */
const shared = {
  placeholder: () => "?",
  quoteIdentifier: quoteMysqlIdentifier,
  quoteLiteral: quoteMysqlLiteral,
  codecFor: mysqlCodecFor,
  limitClause: ({ limit, offset }) =>
    offset === null ? `\n LIMIT ${limit ?? ALL_ROWS}` : `\n LIMIT ${offset}, ${limit ?? ALL_ROWS}`,
  emptyList: "SELECT NULL FROM DUAL WHERE 1 != 1",
  valuesForm: "union",
  updateFrom: "multiTable",
  deleteFrom: "multiTable",
  insertDefaults: "() VALUES ()",
  insertCtes: "beforeSelect",
  upsert: "duplicateKey",
  filter: "case",
  rollup: "with",
  // NULL is less than anything; where it has to stand elsewhere, it is sorted by itself first.
  orderTerm: (term, direction, nulls) => {
    const ordered = direction === null ? term : `${term} ${direction.toUpperCase()}`;
    if (nulls === null || (nulls === "first") === (direction !== "desc")) return ordered;
    return `${term} IS ${nulls === "first" ? "NOT NULL" : "NULL"}, ${ordered}`;
  },
  constants: new Map([["now", "CURRENT_TIMESTAMP(6)"]]),
  hasIlike: false,
} satisfies Partial<SqlDialect>;

function isShared({ strength }: LockParts): boolean {
  return strength === "share" || strength === "keyShare";
}

export const mysqlSql: SqlDialect = {
  ...shared,
  name: "mysql",
  lacks: { ...LACKS, returningInsert: SELECT_KEYS, returningDelete: SELECT_KEYS },
  lockClause: (parts) => {
    const of = parts.of.length === 0 ? "" : ` OF ${parts.of.join(", ")}`;
    return (isShared(parts) ? " FOR SHARE" : " FOR UPDATE") + of + WAITS[parts.wait];
  },
  overrides: mysqlOverrides({ cast: "JSON", nullDocument: "CAST('null' AS JSON)" }),
};

/** From 10.5 on, which `connectMysql` sees to. */
export const mariadbSql: SqlDialect = {
  ...shared,
  name: "mariadb",
  lacks: { ...LACKS, lateral: "use a subquery in the select list", lockOf: "leave out which tables are meant" },
  lockClause: (parts) => (isShared(parts) ? " LOCK IN SHARE MODE" : " FOR UPDATE") + WAITS[parts.wait],
  overrides: mysqlOverrides({ cast: "CHAR", nullDocument: "'null'" }),
};
