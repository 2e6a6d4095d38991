// One class as its module sees it: the columns with their types and numbers, the relationships with their types.
// Worked out once; the parts of the module (input types, members, mapping, finders) read it.
import type { RelationshipModel } from "../../model/class-model.js";
import type { ColumnModel } from "../../model/column-model.js";
import { isGenerated } from "./column-facts.js";
import type { ImportCollector } from "./imports.js";
import type { ClassPlan, EmitPlan } from "./plan.js";
import { type ColumnTypes, columnTypes } from "./value-types.js";

/** Statics that every function has by nature; they can be declared in an ambient namespace only. */
const functionProperties: ReadonlySet<string> = new Set(["name", "length", "caller", "arguments"]);

export interface PropertyPlan {
  readonly column: ColumnModel;
  /** The column's number in the table. */
  readonly index: number;
  readonly name: string;
  readonly types: ColumnTypes;
  /** False for columns that only the database writes. */
  readonly writable: boolean;
  /** True where the constructor may go without it. */
  readonly optional: boolean;
}

export interface RelationPlan {
  readonly model: RelationshipModel;
  /** The relationship's number in the class. */
  readonly index: number;
  readonly name: string;
  /** What the property gives. */
  readonly valueType: string;
  /** What the property and the constructor take. */
  readonly inputType: string;
  readonly writable: boolean;
}

export interface ClassContents {
  readonly plan: ClassPlan;
  readonly output: EmitPlan;
  readonly imports: ImportCollector;
  readonly properties: readonly PropertyPlan[];
  readonly relations: readonly RelationPlan[];
}

export function planClassContents(plan: ClassPlan, output: EmitPlan, imports: ImportCollector): ClassContents {
  const { relationships } = plan.model;
  const related = new Set(
    relationships
      .filter((relationship) => relationship.direction === "many-to-one" && !relationship.viewonly)
      .flatMap((relationship) => relationship.pairs.map((pair) => pair.local)),
  );
  return {
    plan,
    output,
    imports,
    properties: plan.table.model.columns.map((column, index) => ({
      column,
      index,
      name: column.property,
      types: columnTypes(column, output, imports),
      writable: column.identity?.always !== true,
      optional: column.nullable || isGenerated(column) || column.version === true || related.has(column.name),
    })),
    relations: relationships.map((model, index) => planRelation(model, index, plan, output, imports)),
  };
}

/** True where the static attribute `name` cannot be a field of the class. */
export function isFunctionProperty(name: string): boolean {
  return functionProperties.has(name);
}

function planRelation(
  model: RelationshipModel,
  index: number,
  plan: ClassPlan,
  output: EmitPlan,
  imports: ImportCollector,
): RelationPlan {
  const target = model.target === plan.model.name ? model.target : importClass(model.target, output, imports);
  const types = model.collection
    ? collectionTypes(model, target, output, imports)
    : { valueType: target + (model.optional ? " | null" : "") };
  return { model, index, name: model.name, inputType: types.valueType, ...types, writable: !model.viewonly };
}

/** What a to-many property gives, and what it takes. */
function collectionTypes(
  model: RelationshipModel,
  target: string,
  output: EmitPlan,
  imports: ImportCollector,
): { readonly valueType: string; readonly inputType: string } {
  const items = `${imports.global("Iterable")}<${target}>`;
  const { collectionClass } = model;
  if (model.lazy === "write_only") {
    return { valueType: `${imports.runtime("WriteOnlyCollection")}<typeof ${target}>`, inputType: items };
  }
  if (collectionClass === undefined) {
    return { valueType: `${imports.runtime("Collection")}<${target}>`, inputType: items };
  }
  if (collectionClass.kind === "set") {
    return { valueType: `${imports.runtime("SetCollection")}<${target}>`, inputType: items };
  }
  const by = output.classOf(model.target).table.model.columns.find(({ property }) => property === collectionClass.by);
  const key = by === undefined ? "unknown" : columnTypes(by, output, imports).plain;
  return {
    valueType: `${imports.runtime("MapCollection")}<${key}, ${target}>`,
    inputType: `${items} | ${imports.global("ReadonlyMap")}<${key}, ${target}>`,
  };
}

function importClass(name: string, output: EmitPlan, imports: ImportCollector): string {
  return imports.type(output.classOf(name).file, name);
}
