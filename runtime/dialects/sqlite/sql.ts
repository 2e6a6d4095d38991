// How SQLite's SELECT, INSERT, UPDATE and DELETE differ from the common form.
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { sqliteOverrides } from "./expressions.js";
import { quoteSqliteIdentifier } from "./identifiers.js";
import { sqliteCodecFor } from "./types.js";

export const sqliteSql: SqlDialect = {
  name: "sqlite",
  placeholder: () => "?",
  quoteIdentifier: quoteSqliteIdentifier,
  quoteLiteral,
  codecFor: sqliteCodecFor,
  // OFFSET needs a LIMIT before it, and a negative one is none.
  limitClause: ({ limit, offset, noLimit, noOffset }) =>
    `\n LIMIT ${limit ?? noLimit()} OFFSET ${offset ?? noOffset()}`,
  emptyList: "SELECT 1 FROM (SELECT 1) WHERE 1!=1",
  rowList: "values",
  valuesForm: "with",
  setMember: "subquery",
  // A writer locks the whole database.
  lockClause: () => "",
  deleteFrom: "none",
  booleans: { true: "1", false: "0" },
  lacks: {
    distinctOn: "number the rows by func.rowNumber().over(…) and take the first",
    exceptAll: "use except()",
    fetch: "use limit()",
    grouping: "put one select a grouping together by unionAll()",
    intersectAll: "use intersect()",
    lateral: "use a scalar subquery",
    quantified: "compare with a subquery's min or max, or use in()",
    tablesample: "order by func.random() and limit the rows",
    withinGroup: "",
  },
  numbersInSequence: true,
  // SQLite keeps the pages that a statement changes until it ends, in memory up to 64 KiB and in a file beyond. Ten new
  // rows that each change a page of an index stay within that; more are no faster, and can be half as fast.
  batchRows: { insert: [10], update: [200, 100, 50, 20], delete: [500, 200, 100, 50, 20] },
  // In the form in which points in time are stored: SQLite's own CURRENT_TIMESTAMP has neither fraction nor zone.
  constants: new Map([["now", "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')"]]),
  functionNames: new Map([
    ["aggregate_strings", "group_concat"],
    ["greatest", "max"],
    ["least", "min"],
  ]),
  hasIlike: false,
  overrides: sqliteOverrides,
};
