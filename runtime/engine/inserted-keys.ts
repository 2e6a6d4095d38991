// The primary keys of rows that an INSERT wrote: what was given, or the number that the database gave.
import { InvalidRequestError } from "../errors/errors.js";
import { UNSET } from "../sql/ast/expressions.js";
import type { ColumnNode, InsertNode, TableNode } from "../sql/ast/nodes.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { ParameterSet } from "./bind-values.js";
import { type AnyRow, RowShape } from "./row.js";

const shapes = new WeakMap<TableNode, RowShape>();
const NUMBERED: ReadonlySet<string> = new Set(["smallint", "integer", "bigint"]);

/**
 * One key a parameter set; a part that only the database knows (a default, an expression) is null.
 * Throws `InvalidRequestError` where one statement wrote several rows or returns rows itself.
 */
export function insertedKeys(
  node: InsertNode,
  dialect: SqlDialect,
  sets: readonly ParameterSet[],
  lastInsertIds: readonly (number | bigint | null)[],
): readonly AnyRow[] {
  if (node.returning.length > 0) {
    throw new InvalidRequestError("this insert has returning(): read the key from its rows");
  }
  if (node.select !== null || node.rows.length > 1) {
    throw new InvalidRequestError("one statement inserted several rows: ask for their keys with returning()");
  }
  const { primaryKey } = node.table;
  const shape = shapeOf(node.table);
  return sets.map((set, index) => {
    const lastInsertId = lastInsertIds[index] ?? null;
    return shape.row(
      primaryKey.map((column) => givenValue(node, column, set) ?? numberOf(node, column, dialect, lastInsertId)),
    );
  });
}

/** The value that went into the column; null or undefined where none did. */
function givenValue(node: InsertNode, column: ColumnNode, set: ParameterSet): unknown {
  const index = node.columns?.indexOf(column) ?? -1;
  const expression = node.rows[0]?.[index];
  if (expression?.kind !== "bind") return null;
  if (!expression.unique && Object.hasOwn(set, expression.name)) return set[expression.name];
  return expression.value === UNSET ? null : expression.value;
}

/** The database's number, where it numbers this column. After a conflict the number is an earlier row's. */
function numberOf(
  node: InsertNode,
  column: ColumnNode,
  dialect: SqlDialect,
  lastInsertId: number | bigint | null,
): number | bigint | null {
  const numbered = node.table.primaryKey.length === 1 && NUMBERED.has(column.type.logical.kind);
  if (!numbered || node.conflict !== null || lastInsertId === null) return null;
  return dialect.codecFor(column.type).bigint ? BigInt(lastInsertId) : lastInsertId;
}

function shapeOf(table: TableNode): RowShape {
  let shape = shapes.get(table);
  if (shape === undefined) {
    shape = new RowShape(table.primaryKey.map((column) => column.property));
    shapes.set(table, shape);
  }
  return shape;
}
