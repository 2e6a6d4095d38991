// Text that was not compiled, in the form of what was: DDL, questions around it, the program's own. No cache keeps it.
import type { Compiled, StatementEffect } from "./compiled.js";

/** A statement that defines something; `write` makes its text, and the time that takes is kept for the log. */
export function ddlStatement(write: () => string): Compiled {
  const start = performance.now();
  const sql = write();
  const compiledAt = performance.now();
  return { ...plain(sql, "define"), compiledAt, compileTime: compiledAt - start };
}

/** A query of the catalogue. */
export function probeStatement(sql: string): Compiled {
  return rawStatement(sql, "read");
}

/**
 * Text that is sent as it stands, in the driver's own parameter style. `effect`: what it does to data, `other` where
 * nobody knows.
 */
export function rawStatement(sql: string, effect: StatementEffect): Compiled {
  return { ...plain(sql, effect), raw: true };
}

function plain(sql: string, effect: StatementEffect): Compiled {
  return {
    sql,
    segments: null,
    items: null,
    effect,
    parameters: [],
    columns: null,
    bigintRows: false,
    compiledAt: 0,
    compileTime: 0,
  };
}
