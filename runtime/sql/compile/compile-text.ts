// A statement as people look at it: its text and its values, on the default dialect unless another is named.
import { CompileError } from "../../errors/errors.js";
import { collectValues } from "../ast/collect-binds.js";
import { UNSET } from "../ast/expressions.js";
import type { BindNode, StatementNode } from "../ast/nodes.js";
import type { CompiledText } from "../typing.js";
import { compileStatement, widenLists } from "./compile-statement.js";
import type { Compiled } from "./compiled.js";
import { defaultDialect } from "./default-dialect.js";
import { withClientValues } from "./client-values.js";
import { withParameters } from "./parameters.js";
import type { SqlDialect } from "./sql-dialect.js";

/**
 * Values not given are left out of `params` and are undefined in `positional`. With `literalBinds` the text holds the
 * values; throws `CompileError` where one is missing then.
 */
export function compileText(
  node: StatementNode,
  dialect: SqlDialect = defaultDialect,
  literalBinds = false,
): CompiledText {
  const complete = withClientValues(withParameters(node));
  const compiled = compileStatement(complete, dialect);
  const named: [string, unknown][] = [];
  const values = textValues(compiled, collectValues(complete), named);
  const widened = widenLists(compiled, values, dialect);
  const sql = literalBinds ? literalText(complete, dialect, values, widened.values) : widened.sql;
  return {
    sql,
    params: Object.fromEntries(named),
    positional: literalBinds ? [] : widened.values,
    toString: () => sql,
  };
}

/** The encoded values in placeholder order; those that have one go to `named` as they were given. */
function textValues(compiled: Compiled, binds: readonly BindNode[], named: [string, unknown][]): readonly unknown[] {
  return compiled.parameters.map((slot) => {
    const value = binds[slot.bind]?.value;
    if (value === UNSET) return slot.expanding ? [] : undefined;
    named.push([slot.name, value]);
    const { encode } = slot;
    if (encode === null || value === null) return value;
    return Array.isArray(value) && slot.expanding ? value.map(encode) : encode(value);
  });
}

/** The text with each placeholder's value in its place. */
function literalText(
  node: StatementNode,
  dialect: SqlDialect,
  values: readonly unknown[],
  flat: readonly unknown[],
): string {
  const placeholder = (name: string, position: number): string => literal(name, flat[position - 1], dialect);
  const literalDialect: SqlDialect = { ...dialect, placeholder };
  return widenLists(compileStatement(node, literalDialect), values, literalDialect).sql;
}

function literal(name: string, value: unknown, dialect: SqlDialect): string {
  const own = dialect.literal?.(value) ?? null;
  if (own !== null) return own;
  switch (typeof value) {
    case "string":
      return dialect.quoteLiteral(value);
    case "number":
    case "bigint":
      return value < 0 ? `(${value})` : String(value);
    case "boolean":
      return dialect.booleans?.[value ? "true" : "false"] ?? String(value);
    case "undefined":
      throw new CompileError(`the parameter '${name}' has no value to stand in the text`);
    default:
      return objectLiteral(value, dialect);
  }
}

function objectLiteral(value: unknown, dialect: SqlDialect): string {
  if (value === null) return "NULL";
  if (value instanceof Uint8Array) {
    return `X'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
  }
  return dialect.quoteLiteral(String(value));
}
