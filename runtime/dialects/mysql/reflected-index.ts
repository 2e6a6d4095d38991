// Indexes of the information schema as the schema model has them.
import type { ColumnModel } from "../../../model/column-model.js";
import type { IndexKeyModel, IndexModel } from "../../../model/schema-model.js";
import type { SqlRow } from "../../engine/execution.js";
import { groupBy, numberOf, optionalText, rawSql, textOf } from "../../reflect/catalog-rows.js";
import { INDEX_PREFIX, UNBOUNDED } from "./index-prefix.js";

/** An index, and what it is beside that. */
export interface ReadIndex {
  readonly model: IndexModel;
  /** Its columns; of an expression, nothing. */
  readonly columns: readonly string[];
  /** It has nothing that a constraint would not have: whole columns, in ascending order. */
  readonly isPlain: boolean;
}

/** The indexes of one table, from the rows of all their keys. */
export function readIndexes(rows: readonly SqlRow[], columns: readonly ColumnModel[], dialect: string): ReadIndex[] {
  return [...groupBy(rows, (row) => textOf(row[2])).values()].map((keys) => readIndex(keys, columns, dialect));
}

function readIndex(rows: readonly SqlRow[], columns: readonly ColumnModel[], dialect: string): ReadIndex {
  const [, , name, nonUnique, , , , type, note] = rows[0] ?? [];
  const unique = numberOf(nonUnique) === 0;
  const keys = rows.map((row) => readKey(row, unique, columns, dialect));
  // A unique index of long text is a hash to MariaDB, whatever was asked for.
  const method = textOf(type).toLowerCase();
  const isUsual = method === "btree" || (method === "hash" && unique);
  const comment = textOf(note);
  return {
    model: {
      name: textOf(name),
      unique,
      keys,
      ...(isUsual ? {} : { method }),
      ...(comment === "" ? {} : { comment }),
    },
    columns: keys.flatMap(({ expression }) => (expression.kind === "column" ? [expression.name] : [])),
    isPlain: isUsual && keys.every((key) => key.expression.kind === "column" && Object.keys(key).length === 1),
  };
}

function readKey(row: SqlRow, unique: boolean, columns: readonly ColumnModel[], dialect: string): IndexKeyModel {
  const [, , , , column, order, length, type, , expression] = row;
  const name = optionalText(column);
  const prefix = numberOf(length);
  const model = columns.find((each) => each.name === name);
  // What an index looks at of text of any length unless it is told.
  const isUsual = prefix === INDEX_PREFIX && !unique && model !== undefined && UNBOUNDED.has(model.type.kind);
  // A spatial index says a length that nobody can ask for.
  const shown = isUsual || textOf(type) === "SPATIAL" ? undefined : prefix;
  return {
    expression:
      name === undefined ? rawSql(dialect, textOf(expression).replaceAll("\\'", "'")) : { kind: "column", name },
    ...(textOf(order) === "D" ? { direction: "desc" } : {}),
    ...(shown === undefined ? {} : { prefix: shown }),
  };
}
