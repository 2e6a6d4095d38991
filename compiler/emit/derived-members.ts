// Members that show others: proxies, an attribute of what a relationship leads to, and composites, several columns as
// one value of the user's class.
import { InternalError } from "../../model/internal-error.js";
import type { ClassModel } from "../../model/class-model.js";
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
function proxyGetter({ name, relationship, attribute, comment }: Proxy, contents: ClassContents): GetterStructure {
  const { plan, output } = contents;
  const { target, collection, optional, collectionClass } = relationshipOf({ plan, output }, relationship);
  const type = attributeType(output.classOf(target), attribute, contents);
  const related = memberAccess("this", relationship);
  const member = { ...documented(comment), name: memberName(name) };
  if (collection) {
    const elements = collectionClass?.kind === "map" ? `${related}.values()` : related;
    const array = contents.imports.global("Array");
    const value = `${array}.from(${elements}, (each) => ${memberAccess("each", attribute)})`;
    const element = type.includes(" ") ? `(${type})` : type;
    return { ...member, returnType: `readonly ${element}[]`, statements: [`return ${value};`] };
  }
  if (!optional) return { ...member, returnType: type, statements: [`return ${memberAccess(related, attribute)};`] };
  return {
    ...member,
    returnType: type.endsWith("| null") ? type : `${type} | null`,
    statements: [`return ${related} === null ? null : ${memberAccess(related, attribute)};`],
  };
}

/** What property `attribute` of another class gives: a column, a computed property, or what is related. */
function attributeType(target: ClassPlan, attribute: string, { plan, output, imports }: ClassContents): string {
  const column = allColumns(target, output).find(({ property }) => property === attribute);
  if (column !== undefined) return columnTypes(column, output, imports).value;
  for (const { model } of lineOf(target, output)) {
    const computed = (model.properties ?? []).find(({ name }) => name === attribute);
    if (computed !== undefined) return columnTypes({ ...computed, property: attribute }, output, imports).value;
    const related = model.relationships.find(({ name }) => name === attribute);
    if (related === undefined) continue;
    const type = classType(related.target, plan, output, imports);
    if (!related.collection) return related.optional ? `${type} | null` : type;
    return `${imports.global("Iterable")}<${type}>`;
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
