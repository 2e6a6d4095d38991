// One class as its module sees it: the columns with their types and numbers, the relationships with their types.
// Worked out once; the parts of the module (input types, members, mapping, finders) read it.
import type { ClassModel, RelationshipModel } from "../../model/class-model.js";
import type { ColumnType } from "../../model/column-type.js";
import type { StoredReference } from "../../model/expression-nullability.js";
import { fittedTo } from "../../model/expression-scale.js";
import type { ColumnModel } from "../../model/column-model.js";
import { allColumns, baseOf, lineOf, ownColumns } from "./class-columns.js";
import { referencedType, storageOf } from "./property-scope.js";
import { isGenerated, isWritable } from "./column-facts.js";
import type { ImportCollector } from "./imports.js";
import type { ClassPlan, EmitPlan } from "./plan.js";
import { type ColumnTypes, columnTypes } from "./value-types.js";

/** Statics that every function has by nature; they can be declared in an ambient namespace only. */
const functionProperties: ReadonlySet<string> = new Set(["name", "length", "caller", "arguments"]);

export interface PropertyPlan {
  readonly column: ColumnModel;
  /** The column's number in the class, its bases' counted. */
  readonly index: number;
  readonly name: string;
  readonly types: ColumnTypes;
  /** False for columns that only the database writes. */
  readonly writable: boolean;
  /** True where the constructor may go without it. */
  readonly optional: boolean;
  /** True where the column says which class of a hierarchy a row is. */
  readonly isDiscriminator: boolean;
}

export interface RelationPlan {
  readonly model: RelationshipModel;
  /** The relationship's number in the class, its bases' counted. */
  readonly index: number;
  readonly name: string;
  /** What the property gives. */
  readonly valueType: string;
  /** What the property and the constructor take. */
  readonly inputType: string;
  readonly writable: boolean;
}

export interface ComputedPlan {
  readonly model: NonNullable<ClassModel["properties"]>[number];
  readonly name: string;
  readonly types: ColumnTypes;
}

export interface ClassContents {
  readonly plan: ClassPlan;
  readonly output: EmitPlan;
  readonly imports: ImportCollector;
  /** The class that this one extends. */
  readonly base: ClassPlan | undefined;
  /** What the class itself has; its bases' are theirs. */
  readonly properties: readonly PropertyPlan[];
  readonly relations: readonly RelationPlan[];
  /** With those of its bases, which come first. */
  readonly allProperties: readonly PropertyPlan[];
  readonly allRelations: readonly RelationPlan[];
  /** Properties that are computed from columns. */
  readonly computed: readonly ComputedPlan[];
  readonly allComputed: readonly ComputedPlan[];
}

export function planClassContents(plan: ClassPlan, output: EmitPlan, imports: ImportCollector): ClassContents {
  const line = lineOf(plan, output);
  const relationships = line.flatMap(({ model }) => model.relationships);
  const related = new Set(
    relationships
      .filter((relationship) => relationship.direction === "many-to-one" && !relationship.viewonly)
      .flatMap((relationship) => relationship.pairs.map((pair) => pair.local)),
  );
  const discriminator = line[0]?.model.polymorphicOn;
  const allProperties = allColumns(plan, output).map((column, index) => ({
    column,
    index,
    name: column.property,
    types: columnTypes(column, output, imports),
    writable: isWritable(column) && !plan.readonly,
    optional: isOptional(column) || related.has(column.name) || column.name === discriminator,
    isDiscriminator: column.name === discriminator,
  }));
  const allRelations = relationships.map((model, index) => planRelation(model, index, plan, output, imports));
  return {
    plan,
    output,
    imports,
    base: baseOf(plan, output),
    properties: allProperties.slice(allProperties.length - ownColumns(plan, output).length),
    relations: allRelations.slice(allRelations.length - plan.model.relationships.length),
    allProperties,
    allRelations,
    computed: computedOf(plan, output, imports),
    allComputed: line.flatMap((each) => computedOf(each, output, imports)),
  };
}

function computedOf(plan: ClassPlan, output: EmitPlan, imports: ImportCollector): ComputedPlan[] {
  return (plan.model.properties ?? []).map((property) => {
    const { name, type, nullable } = property;
    const typeOf = (reference: StoredReference): ColumnType | undefined => referencedType({ plan, output }, reference);
    const expression = fittedTo(property.expression, storageOf(type, output), typeOf);
    return {
      model: { ...property, expression },
      name,
      types: columnTypes({ name, property: name, type, nullable }, output, imports),
    };
  });
}

function isOptional(column: ColumnModel): boolean {
  return column.nullable || isGenerated(column) || column.version === true;
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
  const target = classType(model.target, plan, output, imports);
  // Looked up where they are written: what a class inherits stands in its base's file.
  const types = (): RelationTypes =>
    model.collection ? collectionTypes(model, target, output, imports) : scalarTypes(model, target);
  return {
    model,
    index,
    name: model.name,
    get valueType() {
      return types().valueType;
    },
    get inputType() {
      return types().inputType;
    },
    writable: !model.viewonly && !plan.readonly,
  };
}

type RelationTypes = Pick<RelationPlan, "valueType" | "inputType">;

function scalarTypes({ optional }: RelationshipModel, target: string): RelationTypes {
  const valueType = target + (optional ? " | null" : "");
  return { valueType, inputType: valueType };
}

/** What a to-many property gives, and what it takes. */
function collectionTypes(
  model: RelationshipModel,
  target: string,
  output: EmitPlan,
  imports: ImportCollector,
): RelationTypes {
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
  const by = allColumns(output.classOf(model.target), output).find(({ property }) => property === collectionClass.by);
  const key = by === undefined ? "unknown" : columnTypes(by, output, imports).plain;
  return {
    valueType: `${imports.runtime("MapCollection")}<${key}, ${target}>`,
    inputType: `${items} | ${imports.global("ReadonlyMap")}<${key}, ${target}>`,
  };
}

/** The name of a class as a type: the class at hand itself, another one, or one of the user's own. */
export function classType(name: string, at: ClassPlan, output: EmitPlan, imports: ImportCollector): string {
  const { file, userModule } = output.classOf(name);
  if (userModule !== undefined) return imports.userType(userModule, name);
  return name === at.model.name ? name : imports.type(file, name);
}
