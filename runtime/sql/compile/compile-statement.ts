// A statement to SQL for one dialect. The result holds no values: it serves every statement of the same key.
import { CompileError, InternalError } from "../../errors/errors.js";
import { collectBinds } from "../ast/collect-binds.js";
import type { StatementNode } from "../ast/nodes.js";
import { CompileContext, PARAMETER_MARK } from "./compile-context.js";
import type { Compiled, ParameterSlot, StatementEffect } from "./compiled.js";
import { withParameters } from "./parameters.js";
import { resultShape } from "./result-columns.js";
import { returnedKey } from "./returned-key.js";
import { isSelfContained } from "./self-contained.js";
import type { SqlDialect } from "./sql-dialect.js";
import { writeStatement } from "./write-statement.js";

const EFFECTS: { readonly [Kind in StatementNode["kind"]]: StatementEffect } = {
  select: "read",
  insert: "write",
  update: "write",
  delete: "write",
  text: "other",
};

/**
 * Compiles the statement. An INSERT or UPDATE without values gets one parameter for each of `columnKeys` (property
 * names), or for every column. Throws `CompileError` for what the dialect cannot say.
 */
export function compileStatement(node: StatementNode, dialect: SqlDialect, columnKeys?: readonly string[]): Compiled {
  const start = performance.now();
  const complete = withParameters(node, columnKeys);
  const context = new CompileContext(dialect, collectBinds(complete));
  const key = returnedKey(complete, dialect);
  const returning = key === null ? "" : ` RETURNING ${dialect.quoteIdentifier(key.name)}`;
  const { segments, parameters } = inTextOrder(writeStatement(complete, context) + returning, context.slots);
  const compiledAt = performance.now();
  return {
    sql: joinSegments(segments, parameters, dialect),
    segments: parameters.some((slot) => slot.expanding) ? segments : null,
    effect: EFFECTS[complete.kind],
    isSelfContained: isSelfContained(complete),
    parameters,
    ...resultShape(complete, dialect),
    returnsKey: key !== null,
    insert: complete.kind === "insert" && complete.returning.length > 0 ? complete : null,
    compiledAt,
    compileTime: compiledAt - start,
  };
}

/** The text around the parameters, and the parameters as they follow each other in it. */
function inTextOrder(
  marked: string,
  slots: readonly ParameterSlot[],
): { readonly segments: readonly string[]; readonly parameters: readonly ParameterSlot[] } {
  const parameters: ParameterSlot[] = [];
  const segments: string[] = [];
  marked.split(PARAMETER_MARK).forEach((piece, index) => {
    if (index % 2 === 0) {
      segments.push(piece);
      return;
    }
    const slot = slots[Number(piece)];
    if (slot === undefined) throw new CompileError("the statement holds a NUL character, which no SQL text may");
    parameters.push(slot);
  });
  return { segments, parameters };
}

function joinSegments(segments: readonly string[], slots: readonly ParameterSlot[], dialect: SqlDialect): string {
  let sql = segments[0] ?? "";
  slots.forEach((slot, index) => {
    sql += dialect.placeholder(slot.name, index + 1) + (segments[index + 1] ?? "");
  });
  return sql;
}

/** The text of one execution and its values in placeholder order. */
interface WidenedStatement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * The text with one placeholder an element for every list. `values` holds one value for each parameter of the compiled
 * statement, encoded, an array where the parameter is a list.
 */
export function widenLists(compiled: Compiled, values: readonly unknown[], dialect: SqlDialect): WidenedStatement {
  const { segments, parameters } = compiled;
  if (segments === null) return { sql: compiled.sql, values };
  const flat: unknown[] = [];
  let sql = segments[0] ?? "";
  parameters.forEach((slot, index) => {
    const value = values[index];
    if (slot.expanding) {
      if (!Array.isArray(value)) throw new InternalError(`the list parameter '${slot.name}' was given no array`);
      sql +=
        slot.rowItems === undefined
          ? widened(slot.name, value, flat, dialect)
          : widenedRows(slot, value, flat, dialect);
    } else {
      flat.push(value);
      sql += dialect.placeholder(slot.name, flat.length);
    }
    sql += segments[index + 1] ?? "";
  });
  return { sql, values: flat };
}

function widened(name: string, list: readonly unknown[], flat: unknown[], dialect: SqlDialect): string {
  if (list.length === 0) return dialect.emptyList;
  const placeholders = list.map((element, index) => {
    flat.push(element);
    return dialect.placeholder(`${name}_${index + 1}`, flat.length);
  });
  return placeholders.join(", ");
}

function widenedRows(
  { name, rowItems = "" }: ParameterSlot,
  rows: readonly unknown[],
  flat: unknown[],
  dialect: SqlDialect,
): string {
  if (rows.length === 0) return `SELECT ${rowItems} FROM (SELECT 1) AS empty_set WHERE 1 != 1`;
  const texts = rows.map((row, at) => {
    if (!Array.isArray(row)) throw new InternalError(`a row of the list parameter '${name}' is no array`);
    return `(${widened(`${name}_${at + 1}`, row, flat, dialect)})`;
  });
  return (dialect.rowList === "values" ? "VALUES " : "") + texts.join(", ");
}
