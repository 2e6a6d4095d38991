// DDL and the questions around it as compiled statements: text without parameters that no cache keeps.
import type { Compiled, StatementEffect } from "./compiled.js";

/** A statement that defines something; `write` makes its text, and the time that takes is kept for the log. */
export function ddlStatement(write: () => string): Compiled {
  return statement(write, "define");
}

/** A query of the catalogue. */
export function probeStatement(sql: string): Compiled {
  return statement(() => sql, "read");
}

function statement(write: () => string, effect: StatementEffect): Compiled {
  const start = performance.now();
  const sql = write();
  const compiledAt = performance.now();
  return {
    sql,
    segments: null,
    items: null,
    effect,
    parameters: [],
    columns: null,
    bigintRows: false,
    compiledAt,
    compileTime: compiledAt - start,
  };
}
