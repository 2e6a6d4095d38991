// A statement to SQL for one dialect. The result holds no values: it serves every statement of the same key.
import { CompileError, InternalError } from "../../errors/errors.js";
import { collectBinds } from "../ast/collect-binds.js";
import type { StatementNode } from "../ast/nodes.js";
import { CompileContext, PARAMETER_MARK } from "./compile-context.js";
import type { Compiled, ParameterSlot, StatementEffect, WidenedText } from "./compiled.js";
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
  const widens = parameters.some((slot) => slot.expanding);
  const compiledAt = performance.now();
  return {
    sql: joinSegments(segments, parameters, dialect),
    segments: widens ? segments : null,
    ...(widens ? { widened: { sizes: NO_SIZES, sql: "" } } : {}),
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

const NO_SIZES: readonly number[] = [];

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
  const { segments, parameters, widened = { sizes: NO_SIZES, sql: "" } } = compiled;
  if (segments === null) return { sql: compiled.sql, values };
  const flat: unknown[] = [];
  const sizes: number[] = [];
  for (let at = 0; at < parameters.length; at++) {
    const slot = parameters[at];
    const value = values[at];
    if (slot?.expanding !== true) flat.push(value);
    else {
      const list = listOf(slot, value);
      sizes.push(list.length);
      for (const element of list) {
        if (slot.rowItems === undefined) flat.push(element);
        else for (const part of listOf(slot, element)) flat.push(part);
      }
    }
  }
  // The same text again as the same string: the driver's connection finds its prepared statement by it.
  if (!haveSizes(widened, sizes)) {
    widened.sql = widenedText(segments, parameters, values, dialect);
    widened.sizes = sizes;
  }
  return { sql: widened.sql, values: flat };
}

function haveSizes({ sizes }: WidenedText, others: readonly number[]): boolean {
  return sizes.length === others.length && others.every((size, at) => size === sizes[at]);
}

function listOf({ name, rowItems }: ParameterSlot, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new InternalError(
    `the list parameter '${name}' was given ${rowItems === undefined ? "no array" : "a row that is no array"}`,
  );
}

function widenedText(
  segments: readonly string[],
  parameters: readonly ParameterSlot[],
  values: readonly unknown[],
  dialect: SqlDialect,
): string {
  let count = 0;
  const placeholders = (name: string, list: readonly unknown[]): string =>
    list.map((_, at) => dialect.placeholder(`${name}_${at + 1}`, ++count)).join(", ");
  let sql = segments[0] ?? "";
  parameters.forEach((slot, index) => {
    if (!slot.expanding) sql += dialect.placeholder(slot.name, ++count);
    else {
      const list = listOf(slot, values[index]);
      if (slot.rowItems !== undefined) sql += rowsText(slot, list, dialect, placeholders);
      else sql += list.length === 0 ? dialect.emptyList : placeholders(slot.name, list);
    }
    sql += segments[index + 1] ?? "";
  });
  return sql;
}

function rowsText(
  slot: ParameterSlot,
  rows: readonly unknown[],
  dialect: SqlDialect,
  placeholders: (name: string, list: readonly unknown[]) => string,
): string {
  const { name, rowItems = "" } = slot;
  if (rows.length === 0) return `SELECT ${rowItems} FROM (SELECT 1) AS empty_set WHERE 1 != 1`;
  const texts = rows.map((row, at) => `(${placeholders(`${name}_${at + 1}`, listOf(slot, row))})`);
  return (dialect.rowList === "values" ? "VALUES " : "") + texts.join(", ");
}
