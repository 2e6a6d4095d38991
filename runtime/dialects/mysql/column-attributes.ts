// What the servers say of a column beside its type, its value and its comment. The language has no words for it, so it
// stays the server's own text behind the type: hidden, compressed and unversioned columns, and the two by which a table
// with system versions says when a row held.
import type { ColumnType } from "../../../model/column-type.js";
import type { RawElementModel } from "../../../model/schema-model.js";
import type { SqlRow } from "../../engine/execution.js";
import { rawSql, textOf } from "../../reflect/catalog-rows.js";
import { quoteMysqlIdentifier } from "./identifiers.js";

/** The type with what else is said, from a row of `columnsQuery`; undefined where nothing is. */
export function attributedType(row: SqlRow, dialect: string): ColumnType | undefined {
  const type = textOf(row[5]);
  const extra = textOf(row[7]).toUpperCase();
  const words = [
    ...(isPeriodEdge(row) ? [`GENERATED ALWAYS AS ${textOf(row[9])}`] : []),
    ...["INVISIBLE", "WITHOUT SYSTEM VERSIONING"].filter((word) => extra.includes(word)),
  ];
  if (words.length === 0 && !/\bCOMPRESSED\b/.test(type)) return undefined;
  const { variants } = rawSql(dialect, [type, ...words].join(" "));
  return { kind: "raw", sql: { kind: "raw", variants } };
}

/** Whether the column is one of the two that bound a row's time. */
export function isPeriodEdge(row: SqlRow): boolean {
  const expression = textOf(row[9]).toUpperCase();
  return expression === START || expression === END;
}

/** What makes the two a period; nothing for a table without them. */
export function rowPeriod(columns: readonly SqlRow[], dialect: string): RawElementModel[] {
  const names = [START, END].flatMap((edge) =>
    columns.filter((row) => textOf(row[9]).toUpperCase() === edge).map((row) => quoteMysqlIdentifier(textOf(row[2]))),
  );
  return names.length === 2 ? [{ sql: rawSql(dialect, `PERIOD FOR SYSTEM_TIME (${names.join(", ")})`) }] : [];
}

const START = "ROW START";
const END = "ROW END";
