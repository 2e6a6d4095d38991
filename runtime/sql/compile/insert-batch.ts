// An INSERT of one row made into one of many rows, for INSERTs of many sets of parameters that return rows. The values
// of a batch are those of its sets, one after the other.
import { collectBinds } from "../ast/collect-binds.js";
import { castNode, orderNode, rawNode } from "../ast/expressions.js";
import type { ExpressionNode, InsertNode } from "../ast/nodes.js";
import { bareSelect, copySelect, insertNode, type InsertParts } from "../ast/statements.js";
import { valuesNode } from "../ast/tables.js";
import { unknownType } from "../../types/declared-type.js";
import type { Compiled } from "./compiled.js";
import { compileStatement } from "./compile-statement.js";
import type { SqlDialect } from "./sql-dialect.js";

const SOURCE = "parameter_sets";
const COUNTER = "set_number";

/** Compiled batches of a statement by their number of rows. */
const batches = new WeakMap<Compiled, Map<number, Compiled>>();

/** Sizes kept of one statement: a full page, and the remainders seen last. */
const KEPT_SIZES = 16;

/**
 * The statement for `count` rows at once; null where it cannot be one: it returns nothing, has a conflict clause or
 * parameters outside of its values. `ordered`: the rows come `FROM (VALUES …) ORDER BY`, in the order of the sets.
 */
export function insertBatch(compiled: Compiled, count: number, dialect: SqlDialect, ordered: boolean): Compiled | null {
  const node = compiled.insert ?? null;
  if (node === null || !canBatch(node, compiled)) return null;
  let known = batches.get(compiled);
  if (known === undefined) batches.set(compiled, (known = new Map()));
  let batch = known.get(count);
  if (batch === undefined) {
    batch = compileStatement(ordered ? orderedRows(node, count) : plainRows(node, count), dialect);
    for (const oldest of known.keys()) {
      if (known.size < KEPT_SIZES) break;
      known.delete(oldest);
    }
    known.set(count, batch);
  }
  return batch;
}

function canBatch(node: InsertNode, compiled: Compiled): boolean {
  const [row, ...others] = node.rows;
  if (row === undefined || others.length > 0 || (node.columns ?? []).length === 0) return false;
  if (node.returning.length === 0 || node.conflict !== null || compiled.segments !== null) return false;
  return collectBinds(insertNode({ ...partsOf(node), returning: [] })).length === compiled.parameters.length;
}

function partsOf({ table, columns, rows, select, defaults, conflict, returning, extras }: InsertNode): InsertParts {
  return { table, columns, rows, select, defaults, conflict, returning, extras: extras ?? null };
}

function plainRows(node: InsertNode, count: number): InsertNode {
  const [row = []] = node.rows;
  return insertNode({ ...partsOf(node), rows: Array.from({ length: count }, () => row) });
}

function orderedRows(node: InsertNode, count: number): InsertNode {
  const [row = []] = node.rows;
  const columns = node.columns ?? [];
  // The database takes the types of a column of VALUES from its first row.
  const typed = row.map((value, index) => castNode(value, columns[index]?.type ?? unknownType));
  const specs = columns.map((column, index) => ({ name: `p${String(index)}`, type: column.type }));
  const rows = Array.from({ length: count }, (_, index) => numbered(index === 0 ? typed : row, index));
  const source = valuesNode(SOURCE, [...specs, { name: COUNTER, type: unknownType }], rows);
  const counter = source.columns.at(-1);
  const select = copySelect(bareSelect(source.columns.slice(0, -1)));
  select.froms = [source];
  select.orderBy = counter === undefined ? [] : [orderNode(counter, null)];
  return insertNode({ ...partsOf(node), rows: [], select });
}

/** The row with its number behind it. */
function numbered(values: readonly ExpressionNode[], index: number): readonly ExpressionNode[] {
  return [...values, rawNode(String(index), unknownType)];
}
