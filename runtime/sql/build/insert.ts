// `insert()` and what can be chained to it.
import { ArgumentError } from "../../errors/errors.js";
import { functionNode } from "../ast/expressions.js";
import type { ColumnNode, ConflictClause, InsertNode, TableNode, WriteExtras } from "../ast/nodes.js";
import { insertNode, type InsertParts } from "../ast/statements.js";
import { aliasNode } from "../ast/tables.js";
import type { DmlTarget, Insert, Sql } from "../typing.js";
import { conditionNode, describeArgument, partNode } from "./coerce.js";
import { elementOf, typed } from "./element.js";
import { Expression } from "./expression.js";
import { columnCount, selectOf } from "./query.js";
import { columnOfProperty, rowDefaults, targetTable } from "./sources.js";
import { assignmentsOf, insertRows } from "./values.js";
import { returningItems, WriteStatement } from "./write.js";

/**
 * `INSERT INTO` a table or a mapped class's table. Values come from `values()`, or from the parameters at execution:
 * one object a row. Rows of a class in a hierarchy say of which class they are, unless the values do.
 */
export function insert<T extends DmlTarget>(target: T): Insert<T> {
  const table = targetTable(target, "insert()");
  const defaults = rowDefaults(target);
  const parts = { table, columns: null, rows: [], select: null, defaults, conflict: null, returning: [] };
  return typed(new InsertStatement(insertNode(parts)));
}

class InsertStatement extends WriteStatement<InsertNode> {
  values(values: unknown): InsertStatement {
    return this.#with(insertRows(this.node.table, Array.isArray(values) ? values : [values], "values()"));
  }

  fromSelect(properties: readonly unknown[], select: unknown): InsertStatement {
    const node = partNode(selectOf(select, "fromSelect()"));
    const columns = this.#columns(properties, "fromSelect()");
    const given = columnCount(node.items);
    if (given !== columns.length) {
      throw new ArgumentError(`fromSelect() was given ${columns.length} properties and a select of ${given} columns`);
    }
    return this.#with({ columns, rows: [], select: node });
  }

  onConflictDoNothing(conflict: ConflictArguments = {}): InsertStatement {
    return this.#with({
      conflict: { ...this.#conflictTarget(conflict, "onConflictDoNothing()"), set: null, where: [] },
    });
  }

  onConflictDoUpdate(
    conflict: ConflictArguments & { readonly set: unknown; readonly where?: unknown },
  ): InsertStatement {
    const where = "onConflictDoUpdate()";
    const clause: ConflictClause = {
      ...this.#conflictTarget(conflict, where),
      set: assignmentsOf(this.node.table, conflict.set, where, "_set"),
      where: "where" in conflict ? [conditionNode(conflict.where, where)] : [],
    };
    if (clause.target.length === 0 && clause.constraint === undefined) {
      throw new ArgumentError(`${where} needs the columns of the unique key in target`);
    }
    if (clause.set?.length === 0) throw new ArgumentError(`${where} needs values in set`);
    return this.#with({ conflict: clause });
  }

  onDuplicateKeyUpdate(values: unknown): InsertStatement {
    const set = assignmentsOf(this.node.table, values, "onDuplicateKeyUpdate()", "_set");
    if (set.length === 0) throw new ArgumentError("onDuplicateKeyUpdate() needs values");
    return this.#with({ conflict: { target: [], set, where: [], anyKey: true } });
  }

  returning(...items: unknown[]): InsertStatement {
    return this.#with({ returning: returningItems(items) });
  }

  protected override withExtras(extras: WriteExtras): this {
    return this.#with({ extras }) as this; // the class has no subclasses
  }

  #conflictTarget({ target = [], targetWhere, constraint }: ConflictArguments, where: string): ConflictTargetParts {
    const columns = this.#columns(target, where);
    if (constraint !== undefined) {
      if (columns.length > 0) throw new ArgumentError(`${where} takes a target or a constraint, not both`);
      return { target: columns, constraint };
    }
    return targetWhere === undefined
      ? { target: columns }
      : { target: columns, targetWhere: [conditionNode(targetWhere, where)] };
  }

  /** Columns named by property, or given as the table's columns or the class's attributes. */
  #columns(given: readonly unknown[], where: string): readonly ColumnNode[] {
    const { table } = this.node;
    return given.map((each) => {
      if (typeof each === "string") return columnOfProperty(table, each, where);
      const node = elementOf(each)?.node;
      if (node?.kind === "column" && node.table === table) return node;
      throw new ArgumentError(
        `${where} takes property names and columns of '${table.name}', got ${describeArgument(each)}`,
      );
    });
  }

  #with(changed: Partial<InsertParts>): InsertStatement {
    const { node } = this;
    return new InsertStatement(
      insertNode({
        table: node.table,
        columns: changed.columns === undefined ? node.columns : changed.columns,
        rows: changed.rows ?? node.rows,
        select: changed.select === undefined ? node.select : changed.select,
        defaults: node.defaults,
        conflict: changed.conflict === undefined ? node.conflict : changed.conflict,
        returning: changed.returning ?? node.returning,
        extras: changed.extras ?? node.extras ?? null,
      }),
    );
  }
}

/** Which unique key a conflict is about. */
interface ConflictArguments {
  readonly target?: readonly unknown[];
  readonly targetWhere?: unknown;
  readonly constraint?: string;
}
type ConflictTargetParts = Pick<ConflictClause, "target" | "targetWhere" | "constraint">;

/** In `onConflictDoUpdate`: the value of this column that was to be inserted. */
export function excluded<T>(column: Sql<T>): Sql<T> {
  const { node, table } = tableColumn(column, "excluded()");
  const replica = aliasNode(table, "excluded").columns[node.index];
  if (replica === undefined) throw new ArgumentError(`excluded() does not know ${describeArgument(column)}`);
  return typed(new Expression(replica));
}

/** In `onDuplicateKeyUpdate`: the value of this column that was to be inserted. */
export function inserted<T>(column: Sql<T>): Sql<T> {
  const { node } = tableColumn(column, "inserted()");
  return typed(new Expression(functionNode("VALUES", [node], node.type)));
}

function tableColumn(column: unknown, where: string): { readonly node: ColumnNode; readonly table: TableNode } {
  const node = elementOf(column)?.node;
  if (node?.kind === "column" && node.table?.kind === "table") return { node, table: node.table };
  throw new ArgumentError(`${where} takes a table's column such as User.name, got ${describeArgument(column)}`);
}
