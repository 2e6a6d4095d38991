// Which columns a class has: of its own table or a part of it, and those of the classes that it extends. The runtime
// numbers them so: a base's first.
import type { ColumnModel } from "../../model/column-model.js";
import { InternalError } from "../../model/internal-error.js";
import type { ClassPlan, EmitPlan, TablePlan } from "./plan.js";

/** The class that `plan` extends. */
export function baseOf({ model }: ClassPlan, output: EmitPlan): ClassPlan | undefined {
  return model.inheritance === undefined ? undefined : output.classOf(model.inheritance.base);
}

/** The class and those that it extends, the root first. */
export function lineOf(plan: ClassPlan, output: EmitPlan): ClassPlan[] {
  const base = baseOf(plan, output);
  return base === undefined ? [plan] : [...lineOf(base, output), plan];
}

/** The columns that the class adds to those of its base. */
export function ownColumns(plan: ClassPlan, output: EmitPlan): readonly ColumnModel[] {
  const { model, table } = plan;
  const { columns } = table.model;
  const base = baseOf(plan, output);
  const named = model.columns === undefined ? undefined : new Set(model.columns);
  const mapped = named === undefined ? columns : columns.filter((column) => named.has(column.name));
  if (base === undefined || model.inheritance === undefined) return mapped;
  if (model.inheritance.kind === "joined") {
    // The key is the base's.
    const key = new Set(keyOf(table));
    return columns.filter((column) => !key.has(column.name));
  }
  const inherited = new Set(allColumns(base, output).map((column) => column.name));
  return mapped.filter((column) => !inherited.has(column.name));
}

/** All columns of the class, its bases' first. */
export function allColumns(plan: ClassPlan, output: EmitPlan): readonly ColumnModel[] {
  return lineOf(plan, output).flatMap((each) => ownColumns(each, output));
}

/** The tables that a row of the class lies in: its own, then with joined inheritance those of its bases. */
export function tablesOf(plan: ClassPlan, output: EmitPlan): readonly TablePlan[] {
  const base = baseOf(plan, output);
  const kind = plan.model.inheritance?.kind;
  if (base === undefined || kind === "concrete") return [plan.table];
  return kind === "single" ? tablesOf(base, output) : [plan.table, ...tablesOf(base, output)];
}

/**
 * The column of the class that the database calls `name`. The key of a joined subclass's own table is the base's key
 * under another name.
 */
export function columnOfClass(plan: ClassPlan, output: EmitPlan, name: string): ColumnModel {
  const column = allColumns(plan, output).find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const base = baseOf(plan, output);
  if (base === undefined) throw new InternalError(`class ${plan.model.name} has no column ${name}`);
  const position = plan.model.inheritance?.kind === "joined" ? keyOf(plan.table).indexOf(name) : -1;
  return columnOfClass(base, output, keyOf(base.table)[position] ?? name);
}

/** The columns of a table's primary key. */
export function keyOf({ model }: TablePlan): readonly string[] {
  return model.primaryKey?.columns ?? [];
}

/** True where other classes extend the class, or it extends one. */
export function isOfHierarchy(plan: ClassPlan, output: EmitPlan): boolean {
  if (plan.model.inheritance !== undefined) return true;
  return output.bases.has(plan.model.name);
}
