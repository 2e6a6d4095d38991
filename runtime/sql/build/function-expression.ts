// A function's result, and what only functions can do: be windows, filtered aggregates and tables.
import { ArgumentError, InternalError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { filterNode, windowNode, withinGroupNode } from "../ast/advanced-expressions.js";
import type { ExpressionNode, FunctionNode, TableFunctionNode, WindowFrame } from "../ast/nodes.js";
import { tableFunctionNode } from "../ast/tables.js";
import type { TableValuedOptions, WindowOptions } from "../typing.js";
import { columnsOf } from "./alias.js";
import { conditionNode, requireExpression } from "./coerce.js";
import { elementOf } from "./element.js";
import { Expression } from "./expression.js";
import { SourceElement } from "./sources.js";

/** An aggregate that may still become a window function. */
class AggregateExpression<Node extends ExpressionNode> extends Expression<Node> {
  /** `OVER (…)`: as a window function. */
  over(window: WindowOptions = {}): Expression {
    const partitionBy = oneOrMany(window.partitionBy).map((each) => requireExpression(each, "over()"));
    const orderBy = oneOrMany(window.orderBy).map((each) => orderNodeOf(each, "over()"));
    return new Expression(windowNode(this.node, partitionBy, orderBy, frameOf(window)));
  }
}

export class FunctionExpression extends AggregateExpression<FunctionNode> {
  /** `FILTER (WHERE …)`: over those rows alone that meet the conditions. */
  filter(...conditions: unknown[]): AggregateExpression<ExpressionNode> {
    if (conditions.length === 0) throw new ArgumentError("filter() needs at least one condition");
    const nodes = conditions.map((condition) => conditionNode(condition, "filter()"));
    return new AggregateExpression(filterNode(this.node, nodes));
  }

  /** `WITHIN GROUP (ORDER BY …)`. */
  withinGroup(...order: unknown[]): AggregateExpression<ExpressionNode> {
    if (order.length === 0) throw new ArgumentError("withinGroup() needs an order");
    const nodes = order.map((each) => orderNodeOf(each, "withinGroup()"));
    return new AggregateExpression(withinGroupNode(this.node, nodes));
  }

  /** The function as a table of one column, and that column. */
  columnValued(name: string, type: SqlType): Expression {
    if (typeof name !== "string" || name === "") throw new ArgumentError("columnValued() needs a name");
    const columns = [{ name, type }];
    const parts = { name, call: this.node, columns, ordinality: false, derived: false, scalar: true };
    const [column] = tableFunctionNode(parts).columns;
    if (column === undefined) throw new InternalError(`the function ${name} has no column`);
    return new Expression(column);
  }

  /** The function as a table with these columns. */
  tableValued(
    name: string,
    columns: Readonly<Record<string, SqlType>>,
    options: TableValuedOptions = {},
  ): TableFunctionSource {
    if (typeof name !== "string" || name === "") throw new ArgumentError("tableValued() needs a name");
    const specs = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
    if (specs.length === 0) throw new ArgumentError("tableValued() needs at least one column");
    const ordinality = options.ordinality === true;
    const derived = options.named === true || ordinality;
    return new TableFunctionSource(tableFunctionNode({ name, call: this.node, columns: specs, ordinality, derived }));
  }
}

class TableFunctionSource extends SourceElement<TableFunctionNode> {
  readonly c: Readonly<Record<string, Expression>>;

  constructor(node: TableFunctionNode) {
    super(node);
    this.c = columnsOf(node);
  }

  get name(): string {
    return this.node.name;
  }
}

function oneOrMany(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function orderNodeOf(value: unknown, where: string): ExpressionNode {
  const element = elementOf(value);
  if (element !== null && element.role === "order" && element.node.kind === "order") return element.node;
  return requireExpression(value, where);
}

function frameOf({ rows, range, groups }: WindowOptions): WindowFrame | null {
  const given = Object.entries({ rows, range, groups }).filter(([, bounds]) => bounds !== undefined);
  const [only] = given;
  if (only === undefined) return null;
  if (given.length > 1) throw new ArgumentError("over() takes one of rows, range and groups");
  const [unit, bounds] = only;
  if (!Array.isArray(bounds) || bounds.length !== 2) {
    throw new ArgumentError(`over(): ${unit} takes [start, end], got ${describeValue(bounds)}`);
  }
  const [start, end]: readonly unknown[] = bounds;
  const frame: WindowFrame = {
    unit: unit === "rows" || unit === "range" ? unit : "groups",
    start: bound(start),
    end: bound(end),
  };
  if (frame.start !== null && frame.end !== null && frame.start > frame.end) {
    throw new ArgumentError(`over(): the frame [${frame.start}, ${frame.end}] ends before it begins`);
  }
  return frame;
}

function bound(value: unknown): number | null {
  if (value === null || (typeof value === "number" && Number.isSafeInteger(value))) return value;
  throw new ArgumentError(`a window frame's bound is a whole number or null, got ${describeValue(value)}`);
}
