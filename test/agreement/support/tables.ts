// The tables that the random queries read: three of one shape, small enough for every row to matter.
import { Bool, Integer, MetaData, Table, Text } from "athanor";

export const metadata = new MetaData();

const columns = () => ({
  id: Integer().primaryKey(),
  ref: Integer().nullable(),
  n: Integer().nullable(),
  s: Text().nullable(),
  f: Bool().nullable(),
});

/** Always read. */
const item = new Table("item", metadata, columns());
/** Joined to `item` by some queries. */
const part = new Table("part", metadata, columns());
/** Read by subqueries. */
const note = new Table("note", metadata, columns());

export const tables = { item, part, note };
export type TableName = keyof typeof tables;

export const TABLE_NAMES: readonly TableName[] = ["item", "part", "note"];

/** A row of any of them. */
export interface DataRow {
  readonly id: number;
  readonly ref: number | null;
  readonly n: number | null;
  readonly s: string | null;
  readonly f: boolean | null;
}

/** What the tables hold while some queries run. */
export type Data = Readonly<Record<TableName, readonly DataRow[]>>;
