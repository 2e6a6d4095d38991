// How many rows travel in one statement: as a list of VALUES, or, where the database has arrays, as one array a column,
// which makes one statement do for any number of rows.
import type { ExecutionRequest } from "../../engine/execution.js";
import { InternalError } from "../../errors/errors.js";
import { bindNode, functionNode, listBindNode, orderNode, UNSET } from "../../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode, SelectNode, TableFunctionNode, TableNode } from "../../sql/ast/nodes.js";
import { bareSelect, copySelect } from "../../sql/ast/statements.js";
import { type ColumnSpec, tableFunctionNode } from "../../sql/ast/tables.js";
import type { Compiled } from "../../sql/compile/compiled.js";
import { widenLists } from "../../sql/compile/compile-statement.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { unknownType } from "../../types/declared-type.js";

/** What one parameter of the statement holds: one value, one column of all rows, or the list of all rows. */
export type RowForm = "values" | "arrays" | "list";

/** True where these columns can travel as arrays. */
export function canTravelAsArrays(columns: readonly ColumnNode[], dialect: SqlDialect): boolean {
  const { columnArray } = dialect;
  return columnArray !== undefined && columns.length > 0 && columns.every(({ type }) => columnArray(type) !== null);
}

/** `unnest($1::integer[], $2::varchar[]) AS name(a, b)`, its rows numbered by one more column where asked for. */
export function unnested(name: string, columns: readonly ColumnSpec[], number: string | null): TableFunctionNode {
  const arrays = columns.map((column) => listBindNode(column.name, column.type, UNSET));
  return tableFunctionNode({
    name,
    call: functionNode("unnest", arrays, unknownType),
    columns: number === null ? columns : [...columns, { name: number, type: unknownType }],
    ordinality: number !== null,
    derived: true,
  });
}

/** Such rows, in the order in which they were given. */
export function selectInOrder(name: string, columns: readonly ColumnSpec[]): SelectNode {
  const source = unnested(name, columns, freeName("row_number", columns));
  const number = source.columns.at(-1);
  const select = copySelect(bareSelect(source.columns.slice(0, -1)));
  select.froms = [source];
  select.orderBy = number === undefined ? [] : [orderNode(number, null)];
  return select;
}

/** A name that no table of the statement has. */
export function sourceName(table: TableNode): string {
  return table.name === "changed" ? "changed_rows" : "changed";
}

/** A name that none of the columns has. */
export function freeName(wanted: string, columns: readonly { readonly name: string }[]): string {
  return columns.some(({ name }) => name === wanted) ? freeName(`${wanted}_`, columns) : wanted;
}

/** A placeholder for a column's value. */
export function parameterOf(column: Pick<ColumnNode, "name" | "type">): ExpressionNode {
  return bindNode(column.name, column.type, UNSET);
}

/** A statement for many rows. */
interface SentStatement {
  readonly compiled: Compiled;
  readonly form: RowForm;
  /** What one row of parameters consists of. */
  readonly parameters: readonly { readonly column: Pick<ColumnNode, "type"> }[];
}

/**
 * The request that sends all rows by one statement.
 * @param values encoded, one row after another
 */
export function requestOf(
  { compiled, form, parameters }: SentStatement,
  values: readonly unknown[],
  dialect: SqlDialect,
): ExecutionRequest {
  if (form === "values") return { compiled, parameters: [values] };
  const width = parameters.length;
  if (form === "list") {
    const rows = width === 1 ? values : inRows(values, width);
    const { sql, values: flat } = widenLists(compiled, [rows], dialect);
    return { compiled, sql, parameters: [flat] };
  }
  const arrays = parameters.map(({ column: { type } }, at) => {
    const encode = dialect.columnArray?.(type);
    if (encode === undefined || encode === null) throw new InternalError(`There are no arrays of ${type.key}`);
    const elements: unknown[] = [];
    for (let index = at; index < values.length; index += width) elements.push(values[index]);
    return encode(elements);
  });
  return { compiled, parameters: [arrays] };
}

function inRows(values: readonly unknown[], width: number): unknown[][] {
  const rows: unknown[][] = [];
  for (let at = 0; at < values.length; at += width) rows.push(values.slice(at, at + width));
  return rows;
}
