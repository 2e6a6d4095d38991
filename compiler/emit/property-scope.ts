// What the expression of a property refers to: columns of the class, and of the classes along its relationships.
import type { ColumnModel } from "../../model/column-model.js";
import type { RelationshipModel } from "../../model/class-model.js";
import type { ColumnType } from "../../model/column-type.js";
import type { StoredReference } from "../../model/expression-nullability.js";
import { InternalError } from "../../model/internal-error.js";
import { columnOfClass, lineOf } from "./class-columns.js";
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

/** The last relationship of a path. */
export function relationshipAlong(scope: PropertyScope, path: readonly string[]): RelationshipModel {
  return relationshipOf({ ...scope, plan: classAlong(scope, path.slice(0, -1)) }, path.at(-1) ?? "");
}

/** The class at the end of a path. */
export function classAlong(scope: PropertyScope, path: readonly string[]): ClassPlan {
  return path.reduce((plan, name) => scope.output.classOf(relationshipOf({ ...scope, plan }, name).target), scope.plan);
}

/** The column at the end of a path, by its database name. */
export function referencedColumn(scope: PropertyScope, path: readonly string[], name: string): ColumnModel {
  return columnOfClass(classAlong(scope, path), scope.output, name);
}

/** The type of what an expression refers to: of a domain's column, the type that the domain is made of. */
export function referencedType(scope: PropertyScope, reference: StoredReference): ColumnType | undefined {
  const path = "relationships" in reference ? reference.relationships : [];
  if (reference.name === undefined) return undefined;
  const { type } = referencedColumn(scope, path, reference.name);
  return storageOf(type, scope.output);
}

/** The type that a domain is made of, else the type itself. */
export function storageOf(type: ColumnType, output: EmitPlan): ColumnType {
  return type.kind === "domain" ? storageOf(output.domainOf(type.name).type, output) : type;
}
