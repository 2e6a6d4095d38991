// `update()` and `deleteFrom()` and what can be chained to them. Without `where` they touch every row of a table, as in
// SQL, and every row of a class.
import type { DeleteNode, ExpressionNode, UpdateNode, WriteExtras } from "../ast/nodes.js";
import { deleteNode, type DeleteParts, NO_WRITE_EXTRAS, updateNode, type UpdateParts } from "../ast/statements.js";
import type { Delete, DmlTarget, Update } from "../typing.js";
import { conditionNode } from "./coerce.js";
import { typed } from "./element.js";
import { scatteredClass, targetTable, writeCriteria } from "./sources.js";
import { assignmentsOf } from "./values.js";
import { returningItems, WriteStatement } from "./write.js";

/** `UPDATE` a table or a mapped class's table; values come from `values()` or from the parameters at execution. */
export function update<T extends DmlTarget>(target: T): Update<T> {
  const table = targetTable(target, "update()");
  const parts = { table, assignments: null, values: null, where: writeCriteria(target), returning: [] };
  return typed(new UpdateStatement(updateNode({ ...parts, extras: extrasOf(target) })));
}

/** `DELETE FROM` a table or a mapped class's table; of a class that shares its table, its own rows. */
export function deleteFrom<T extends DmlTarget>(target: T): Delete {
  const table = targetTable(target, "deleteFrom()");
  const parts = { table, where: writeCriteria(target), returning: [], extras: extrasOf(target) };
  return typed(new DeleteStatement(deleteNode(parts)));
}

function extrasOf(target: unknown): WriteExtras | null {
  const scattered = scatteredClass(target);
  return scattered === null ? null : { ...NO_WRITE_EXTRAS, target: scattered };
}

export class UpdateStatement extends WriteStatement<UpdateNode> {
  where(...conditions: unknown[]): UpdateStatement {
    return this.#with({ where: [...this.node.where, ...conditionNodes(conditions)] });
  }

  values(values: unknown): UpdateStatement {
    const { table, extras } = this.node;
    const assignments = assignmentsOf(extras?.target?.from ?? table, values, "values()");
    const fresh = new Set(assignments.map((assignment) => assignment.column));
    const kept = (this.node.assignments ?? []).filter((assignment) => !fresh.has(assignment.column));
    return this.#with({ assignments: [...kept, ...assignments] });
  }

  returning(...items: unknown[]): UpdateStatement {
    return this.#with({ returning: returningItems(items) });
  }

  /** Options for the ORM: `withLoaderCriteria(…)`. */
  options(...options: unknown[]): UpdateStatement {
    return this.withOptions(options);
  }

  /** Other sources that it reads, beside those that its conditions refer to. */
  from(...sources: unknown[]): UpdateStatement {
    return this.reading(sources, "from()");
  }

  protected override withExtras(extras: WriteExtras): this {
    return this.#with({ extras }) as this; // the class has no subclasses
  }

  #with(changed: Partial<UpdateParts>): UpdateStatement {
    const { node } = this;
    return new UpdateStatement(
      updateNode({
        table: node.table,
        assignments: changed.assignments === undefined ? node.assignments : changed.assignments,
        values: node.values,
        where: changed.where ?? node.where,
        returning: changed.returning ?? node.returning,
        extras: changed.extras ?? node.extras ?? null,
      }),
    );
  }
}

export class DeleteStatement extends WriteStatement<DeleteNode> {
  where(...conditions: unknown[]): DeleteStatement {
    return this.#with({ where: [...this.node.where, ...conditionNodes(conditions)] });
  }

  returning(...items: unknown[]): DeleteStatement {
    return this.#with({ returning: returningItems(items) });
  }

  /** Options for the ORM: `withLoaderCriteria(…)`. */
  options(...options: unknown[]): DeleteStatement {
    return this.withOptions(options);
  }

  /** Other sources that it reads, beside those that its conditions refer to. */
  using(...sources: unknown[]): DeleteStatement {
    return this.reading(sources, "using()");
  }

  protected override withExtras(extras: WriteExtras): this {
    return this.#with({ extras }) as this; // the class has no subclasses
  }

  #with(changed: Partial<DeleteParts>): DeleteStatement {
    const { node } = this;
    return new DeleteStatement(
      deleteNode({
        table: node.table,
        where: changed.where ?? node.where,
        returning: changed.returning ?? node.returning,
        extras: changed.extras ?? node.extras ?? null,
      }),
    );
  }
}

function conditionNodes(conditions: readonly unknown[]): ExpressionNode[] {
  return conditions.map((condition) => conditionNode(condition, "where()"));
}
