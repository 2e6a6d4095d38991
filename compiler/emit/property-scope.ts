// What the expression of a property refers to: columns of the class, and of the classes along its relationships.
import type { ColumnModel } from "../../model/column-model.js";
import type { RelationshipModel } from "../../model/class-model.js";
import { InternalError } from "../../model/internal-error.js";
import { allColumns, lineOf } from "./class-columns.js";
import type { ClassPlan, EmitPlan } from "./plan.js";

export interface PropertyScope {
  readonly plan: ClassPlan;
  readonly output: EmitPlan;
}

/** The relationship called `name` of a class or of one that it extends. */
export function relationshipOf({ plan, output }: PropertyScope, name: string): RelationshipModel {
  for (const { model } of lineOf(plan, output)) {
    const found = model.relationships.find((relationship) => relationship.name === name);
    if (found !== undefined) return found;
  }
  throw new InternalError(`class ${plan.model.name} has no relationship ${name}`);
}

/** The class at the end of a path. */
export function classAlong(scope: PropertyScope, path: readonly string[]): ClassPlan {
  return path.reduce((plan, name) => scope.output.classOf(relationshipOf({ ...scope, plan }, name).target), scope.plan);
}

/** The column at the end of a path, by its database name. */
export function referencedColumn(scope: PropertyScope, path: readonly string[], name: string): ColumnModel {
  const plan = classAlong(scope, path);
  const column = allColumns(plan, scope.output).find((candidate) => candidate.name === name);
  if (column === undefined) throw new InternalError(`class ${plan.model.name} has no column ${name}`);
  return column;
}
