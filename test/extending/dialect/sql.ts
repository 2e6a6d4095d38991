// How the example dialect writes SELECT, INSERT, UPDATE and DELETE. The words differ from SQLite's own wherever SQLite
// understands two ways to say a thing.
import { type SqlDialect, sqlite } from "athanor";
import { quoteIdentifier } from "./identifiers.js";
import { codecFor } from "./types.js";

export const sql: SqlDialect = {
  // What SQLite has and lacks, this dialect has and lacks.
  ...sqlite.sql,
  name: "bracketlite",
  placeholder: () => "?",
  quoteIdentifier,
  codecFor,
  // The offset first, after the row count's word.
  limitClause: ({ limit, offset }) => `\n LIMIT ${offset ?? "0"}, ${limit ?? "-1"}`,
  constants: new Map([["now", "datetime('now')"]]),
  overrides: {
    ...sqlite.sql.overrides,
    // `length(x)` under another name.
    function: (node, writer) =>
      node.name === "length" ? `char_count(${node.operands.map((each) => writer.write(each)).join(", ")})` : null,
  },
};
