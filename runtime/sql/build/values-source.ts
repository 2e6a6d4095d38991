// `values()`: rows of values as a table.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { bindNode } from "../ast/expressions.js";
import type { ExpressionNode, ValuesNode } from "../ast/nodes.js";
import { valuesNode } from "../ast/tables.js";
import type { Sql, Source, TypedSource } from "../typing.js";
import { columnsOf } from "./alias.js";
import { requireExpression } from "./coerce.js";
import { elementOf, typed } from "./element.js";
import type { Expression } from "./expression.js";
import { SourceElement } from "./sources.js";

/** One row, by the columns' types. */
type ValuesRow<C> = {
  readonly [K in keyof C]: C[K] extends SqlType<infer T> ? T | null | Sql<T | null> : never;
};

class ValuesSource extends SourceElement<ValuesNode> {
  readonly c: Readonly<Record<string, Expression>>;

  constructor(node: ValuesNode) {
    super(node);
    this.c = columnsOf(node);
  }

  get name(): string {
    return this.node.name;
  }
}

/**
 * `(VALUES (…), (…)) AS name (…)`: rows of parameters as a table. Every row has every column:
 * `values("v", { id: Integer(), name: Text() }, [{ id: 1, name: "x" }])`.
 */
export function values<const N extends string, const C extends Readonly<Record<string, SqlType>>>(
  name: N,
  columns: C,
  rows: readonly ValuesRow<C>[],
): Source<N, TypedSource<N, C>> {
  if (typeof name !== "string" || name === "") throw new ArgumentError("values() needs a name");
  const specs = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
  if (specs.length === 0) throw new ArgumentError("values() needs at least one column");
  if (!Array.isArray(rows) || rows.length === 0) throw new ArgumentError("values() needs at least one row");
  const nodes = rows.map((row: unknown, at) => specs.map((column) => cell(row, at, column)));
  return typed(new ValuesSource(valuesNode(name, specs, nodes)));
}

function cell(row: unknown, at: number, column: { readonly name: string; readonly type: SqlType }): ExpressionNode {
  if (typeof row !== "object" || row === null) {
    throw new ArgumentError(`values(): row ${at} is an object of values by column, got ${describeValue(row)}`);
  }
  const value: unknown = Object.hasOwn(row, column.name) ? Reflect.get(row, column.name) : undefined;
  if (value === undefined) {
    throw new ArgumentError(`values(): row ${at} has no '${column.name}'; pass null for NULL`);
  }
  return elementOf(value) === null ? bindNode("param", column.type, value) : requireExpression(value, "values()");
}
