// Questions to a catalogue and the forms in which drivers give their answers.
import type { Expression, RawSql } from "../../model/expression.js";
import type { ExecutionReply, ExecutionRequest, SqlRow } from "../engine/execution.js";
import { probeStatement } from "../sql/compile/plain-statement.js";

/** The rows of a query of the catalogue. */
export function* ask(sql: string): Generator<ExecutionRequest, readonly SqlRow[], ExecutionReply> {
  const { rows } = yield { compiled: probeStatement(sql), parameters: [[]] };
  return rows;
}

/** A text, or undefined for NULL. */
export function optionalText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : String(value);
}

/** A text; empty for NULL. */
export function textOf(value: unknown): string {
  return optionalText(value) ?? "";
}

/** A flag in any of the drivers' forms. */
export function flagOf(value: unknown): boolean {
  return value === true || value === "t" || value === "true" || value === "YES" || value === 1 || value === 1n;
}

/** A whole number in any of the drivers' forms; undefined for NULL. */
export function numberOf(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

/** What the query gave as JSON; undefined for NULL. `T` is what the query says. */
export function jsonOf<T>(value: unknown): T | undefined {
  if (value === null || value === undefined) return undefined;
  const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
  // Sound: the query that is asked builds it so.
  return parsed === null ? undefined : (parsed as T);
}

/** A list of texts that the query gave as JSON; empty for NULL. */
export function listOf(value: unknown): string[] {
  return (jsonOf<unknown[]>(value) ?? []).map(textOf);
}

/** The items by key, in their order. */
export function groupBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** SQL of one dialect, word for word. */
export function rawSql(dialect: string, sql: string): RawSql & Expression {
  return { kind: "raw", variants: [{ dialect, sql }] };
}
