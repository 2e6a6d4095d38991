// What a CREATE INDEX, CREATE VIEW or CREATE TRIGGER of `sqlite_schema` says.
import type { Expression } from "../../../model/expression.js";
import type { IndexKeyModel, IndexModel } from "../../../model/schema-model.js";
import { rawSql } from "../../reflect/catalog-rows.js";
import { withoutParentheses } from "../../reflect/sql-tokens.js";
import { TokenReader } from "../../reflect/token-reader.js";
import { SQLITE_QUOTING } from "./table-text.js";

/** Reads a CREATE INDEX. */
export function readIndexText(name: string, sql: string): IndexModel {
  const reader = new TokenReader(sql, SQLITE_QUOTING);
  reader.accept("create");
  const unique = reader.accept("unique");
  while (!reader.atEnd && !reader.sees("(")) reader.next();
  const keys = splitList(reader.parenthesized()).map(readKey);
  const where = reader.accept("where") ? reader.rest() : "";
  return { name, unique, keys, ...(where === "" ? {} : { where: rawSql("sqlite", where) }) };
}

/** `column` or an expression, then COLLATE and a direction. */
function readKey(sql: string): IndexKeyModel {
  const reader = new TokenReader(sql, SQLITE_QUOTING);
  const expression = columnAt(reader) ?? expressionAt(reader);
  const collation = reader.accept("collate") ? reader.name() : undefined;
  const direction = reader.acceptOneOf(["desc", "asc"]);
  return {
    expression,
    ...(collation === undefined ? {} : { collation }),
    ...(direction === "desc" ? { direction } : {}),
  };
}

/** The column, where the key is no more than its name. */
function columnAt(reader: TokenReader): Expression | undefined {
  const [first, second] = [reader.peek(), reader.peek(1)];
  if (first === undefined || first.kind === "number" || first.kind === "symbol") return undefined;
  const isAlone = second === undefined || ["collate", "asc", "desc"].includes(second.text.toLowerCase());
  if (isAlone) reader.next();
  return isAlone ? { kind: "column", name: first.value } : undefined;
}

function expressionAt(reader: TokenReader): Expression {
  let end = 0;
  while (!reader.atEnd && !isKeyEnd(reader)) {
    if (reader.sees("(")) {
      reader.parenthesized();
      end = reader.peek()?.start ?? reader.sql.length;
    } else {
      end = reader.next()?.end ?? end;
    }
  }
  return rawSql("sqlite", withoutParentheses(reader.sql.slice(0, end).trim(), SQLITE_QUOTING));
}

/** True where only COLLATE and a direction are left. */
function isKeyEnd(reader: TokenReader): boolean {
  const last = reader.peek(1) === undefined;
  if (reader.sees("asc") || reader.sees("desc")) return last;
  if (!reader.sees("collate")) return false;
  const after = reader.peek(2)?.text.toLowerCase();
  return after === undefined || ((after === "asc" || after === "desc") && reader.peek(3) === undefined);
}

/** The parts between the commas that stand in no parentheses. */
function splitList(sql: string): string[] {
  const reader = new TokenReader(sql, SQLITE_QUOTING);
  const parts: string[] = [];
  let from = 0;
  while (!reader.atEnd) {
    if (reader.sees("(")) {
      reader.parenthesized();
      continue;
    }
    const token = reader.next();
    if (token?.kind !== "symbol" || token.text !== ",") continue;
    parts.push(sql.slice(from, token.start).trim());
    from = token.end;
  }
  return [...parts, sql.slice(from).trim()];
}

/** The option of a view that says its columns' names, where its SELECT has others. */
export const NAMED_COLUMNS = "named columns";

interface WrittenView {
  readonly select: string;
  /** Whether the view says the names of its columns itself. */
  readonly namesColumns: boolean;
}

/** Reads a CREATE VIEW. */
export function readViewText(sql: string): WrittenView {
  const reader = new TokenReader(sql, SQLITE_QUOTING);
  reader.accept("create");
  reader.acceptOneOf(["temp", "temporary"]);
  reader.accept("view");
  reader.accept("if", "not", "exists");
  reader.next();
  const namesColumns = reader.sees("(");
  if (namesColumns) reader.parenthesized();
  reader.accept("as");
  return { select: withoutEnd(reader.rest()), namesColumns };
}

function withoutEnd(sql: string): string {
  return sql.replace(/[;\s]+$/, "");
}

/** True for triggers of views. */
export function isInsteadOf(sql: string): boolean {
  const reader = new TokenReader(sql, SQLITE_QUOTING);
  while (!reader.atEnd && !reader.sees("instead", "of") && !reader.sees("begin")) reader.next();
  return reader.sees("instead", "of");
}
