// Members that show others: proxies, an attribute of what a relationship leads to, and composites, several columns as
// one value of the user's class.
import { InternalError } from "../../model/internal-error.js";
import type { ClassModel, RelationshipModel } from "../../model/class-model.js";
import { allColumns, lineOf } from "./class-columns.js";
import { type ClassContents, classType } from "./class-plan.js";
import { documented } from "./comments.js";
import type { GetterStructure, SetterStructure } from "./file-structure.js";
import { memberAccess, memberName } from "./identifiers.js";
import type { ClassPlan } from "./plan.js";
import { relationshipOf } from "./property-scope.js";
import { columnTypes } from "./value-types.js";

type Proxy = NonNullable<ClassModel["proxies"]>[number];
type Composite = NonNullable<ClassModel["composites"]>[number];

export function derivedGetters(contents: ClassContents): GetterStructure[] {
  const { proxies = [], composites = [] } = contents.plan.model;
  return [
    ...proxies.map((proxy) => proxyGetter(proxy, contents)),
    ...composites.map((composite) => compositeGetter(composite, contents)),
  ];
}

export function derivedSetters(contents: ClassContents): SetterStructure[] {
  if (contents.plan.readonly) return [];
  return (contents.plan.model.composites ?? []).map((composite) => compositeSetter(composite, contents));
}

/** Of a collection, the attributes of all in an array of their own. */
function proxyGetter(proxy: Proxy, contents: ClassContents): GetterStructure {
  const { relation, attribute, type } = proxied(proxy, contents);
  const related = memberAccess("this", proxy.relationship);
  const member = { ...documented(proxy.comment), name: memberName(proxy.name), returnType: type };
  if (relation.collection) {
    const elements = relation.collectionClass?.kind === "map" ? `${related}.values()` : related;
    const array = contents.imports.global("Array");
    return {
      ...member,
      statements: [`return ${array}.from(${elements}, (each) => ${memberAccess("each", attribute)});`],
    };
  }
  const value = memberAccess(related, attribute);
  return { ...member, statements: [`return ${relation.optional ? `${related} === null ? null : ` : ""}${value};`] };
}

/** What a class's proxy leads along, the property that it shows, and what it gives. */
function proxied(
  { relationship, attribute }: Proxy,
  contents: ClassContents,
): { readonly relation: RelationshipModel; readonly attribute: string; readonly type: string } {
  const { plan, output } = contents;
  const relation = relationshipOf({ plan, output }, relationship);
  const { property, type } = attributeOf(output.classOf(relation.target), attribute, contents);
  if (relation.collection) {
    return { relation, attribute: property, type: `readonly ${type.includes(" ") ? `(${type})` : type}[]` };
  }
  const isNullable = relation.optional && !type.endsWith("| null");
  return { relation, attribute: property, type: isNullable ? `${type} | null` : type };
}

interface Attribute {
  readonly property: string;
  readonly type: string;
}

/** What another class has under this name: a column, a computed property, or what is related. */
function attributeOf(target: ClassPlan, attribute: string, contents: ClassContents): Attribute {
  const { plan, output, imports } = contents;
  const column = allColumns(target, output).find(({ name }) => name === attribute);
  if (column !== undefined) return { property: column.property, type: columnTypes(column, output, imports).value };
  for (const each of lineOf(target, output)) {
    const { properties = [], relationships } = each.model;
    const computed = properties.find(({ name }) => name === attribute);
    if (computed !== undefined) {
      return { property: attribute, type: columnTypes({ ...computed, property: attribute }, output, imports).value };
    }
    const related = relationships.find(({ name }) => name === attribute);
    if (related === undefined) continue;
    const type = classType(related.target, plan, output, imports);
    if (related.collection) return { property: attribute, type: `${imports.global("Iterable")}<${type}>` };
    return { property: attribute, type: related.optional ? `${type} | null` : type };
  }
  throw new InternalError(`class ${target.model.name} has no attribute ${attribute}`);
}

/** `new Address(this.street, this.city)`; null where every column is NULL. */
function compositeGetter(composite: Composite, contents: ClassContents): GetterStructure {
  const { type, isNullable, fields } = compositeParts(composite, contents);
  const made = `new ${type}(${fields.join(", ")})`;
  const isNull = fields.map((field) => `${field} === null`).join(" && ");
  return {
    ...documented(composite.comment),
    name: memberName(composite.name),
    returnType: isNullable ? `${type} | null` : type,
    statements: [isNullable ? `return ${isNull} ? null : ${made};` : `return ${made};`],
  };
}

/** The class says what its columns are: `compositeValues()` gives them in the order of the constructor. */
function compositeSetter(composite: Composite, contents: ClassContents): SetterStructure {
  const { type, isNullable, fields } = compositeParts(composite, contents);
  const nulls = `[${fields.map(() => "null").join(", ")}]`;
  const values = isNullable ? `value === null ? ${nulls} : value.compositeValues()` : "value.compositeValues()";
  return {
    name: memberName(composite.name),
    parameters: [{ name: "value", type: isNullable ? `${type} | null` : type }],
    statements: [`[${fields.join(", ")}] = ${values};`],
  };
}

function compositeParts(
  { class: model, columns }: Composite,
  { allProperties, output, imports }: ClassContents,
): { readonly type: string; readonly isNullable: boolean; readonly fields: readonly string[] } {
  const parts = columns.map((name) => {
    const found = allProperties.find(({ column }) => column.name === name);
    if (found === undefined) throw new InternalError(`a composite names the column ${name}, which its class lacks`);
    return found;
  });
  return {
    type: imports.userValue(output.userModule(model), model.name),
    isNullable: parts.every(({ column }) => column.nullable),
    fields: parts.map(({ name }) => memberAccess("this", name)),
  };
}
