// Members that show others: proxies, an attribute of what a relationship leads to, and composites, several columns as
// one value of the user's class.
import { InternalError } from "../../model/internal-error.js";
import type { ClassModel, RelationshipModel } from "../../model/class-model.js";
import { allColumns, lineOf } from "./class-columns.js";
import { isWritable } from "./column-facts.js";
import { type ClassContents, classType } from "./class-plan.js";
import { documented } from "./comments.js";
import type { GetterStructure, SetterStructure } from "./file-structure.js";
import { keyName, memberAccess, memberName } from "./identifiers.js";
import { stringLiteral } from "./literals.js";
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
  const { proxies = [], composites = [] } = contents.plan.model;
  return [
    ...proxies.flatMap((proxy) => proxySetter(proxy, contents)),
    ...composites.map((composite) => compositeSetter(composite, contents)),
  ];
}

/** What stands for the proxies, those of its bases included, in statements. */
export function proxyAttributes(contents: ClassContents): { name: string; type: string }[] {
  return lineOf(contents.plan, contents.output).flatMap(({ model }) =>
    (model.proxies ?? []).map((proxy) => {
      const { relation, item, type } = proxied(proxy, contents);
      const kind = contents.imports.runtime(relation.collection ? "ProxyMany" : "ProxyOne");
      return { name: proxy.name, type: `${kind}<${stringLiteral(proxy.name)}, ${relation.collection ? item : type}>` };
    }),
  );
}

/** The proxies of the class itself, for its mapping. */
export function proxyLines(contents: ClassContents): string[] {
  const { proxies = [] } = contents.plan.model;
  if (proxies.length === 0) return [];
  const lines = proxies.map((proxy) => {
    const names = [proxy.relationship, proxied(proxy, contents).attribute].map(stringLiteral);
    return `${keyName(proxy.name)}: [${names.join(", ")}],`;
  });
  return ["proxies: {", ...lines, "},"];
}

/** Of a collection, the attributes of all: in an array of their own, or in one that writes through. */
function proxyGetter(proxy: Proxy, contents: ClassContents): GetterStructure {
  const { relation, attribute, item, type, isWritable } = proxied(proxy, contents);
  const related = memberAccess("this", proxy.relationship);
  const member = { ...documented(proxy.comment), name: memberName(proxy.name) };
  if (relation.collection && isWritable) {
    const { imports } = contents;
    const value = `${imports.runtime("showCollection")}(this, ${stringLiteral(proxy.name)})`;
    return {
      ...member,
      returnType: `${imports.runtime("ProxyCollection")}<${item}>`,
      statements: [`return ${value};`],
    };
  }
  if (relation.collection) {
    const elements = relation.collectionClass?.kind === "map" ? `${related}.values()` : related;
    const array = contents.imports.global("Array");
    const value = `${array}.from(${elements}, (each) => ${memberAccess("each", attribute)})`;
    return { ...member, returnType: type, statements: [`return ${value};`] };
  }
  const value = memberAccess(related, attribute);
  return {
    ...member,
    returnType: type,
    statements: [`return ${relation.optional ? `${related} === null ? null : ` : ""}${value};`],
  };
}

function proxySetter(proxy: Proxy, contents: ClassContents): SetterStructure[] {
  const { relation, item, type, isWritable } = proxied(proxy, contents);
  if (!isWritable) return [];
  const { imports } = contents;
  const assign = imports.runtime(relation.collection ? "assignShown" : "assignThrough");
  return [
    {
      name: memberName(proxy.name),
      parameters: [{ name: "value", type: relation.collection ? `${imports.global("Iterable")}<${item}>` : type }],
      statements: [`${assign}(this, ${stringLiteral(proxy.name)}, value);`],
    },
  ];
}

/** What a class's proxy leads along, the property that it shows, and what it gives. */
interface Proxied {
  readonly relation: RelationshipModel;
  readonly attribute: string;
  /** Of one related object; of a collection that it has, one of these. */
  readonly item: string;
  readonly type: string;
  /** False where there is nothing to make of a value that is given: computed properties, views, maps by key. */
  readonly isWritable: boolean;
}

function proxied({ relationship, attribute }: Proxy, contents: ClassContents): Proxied {
  const { plan, output } = contents;
  const relation = relationshipOf({ plan, output }, relationship);
  const target = output.classOf(relation.target);
  const { property, item, type, isAssigned } = attributeOf(target, attribute, contents);
  const isFixed = relation.viewonly || target.readonly || plan.readonly || relation.collectionClass?.kind === "map";
  const shared = { relation, attribute: property, item, isWritable: isAssigned && !isFixed };
  if (relation.collection) return { ...shared, type: `readonly ${type.includes(" ") ? `(${type})` : type}[]` };
  return { ...shared, type: relation.optional && !type.endsWith("| null") ? `${type} | null` : type };
}

interface Attribute extends Pick<Proxied, "item" | "type"> {
  readonly property: string;
  readonly isAssigned: boolean;
}

/** What another class has under this name: a column, a computed property, or what is related. */
function attributeOf(target: ClassPlan, attribute: string, { plan, output, imports }: ClassContents): Attribute {
  const column = allColumns(target, output).find(({ name }) => name === attribute);
  if (column !== undefined) {
    const type = columnTypes(column, output, imports).value;
    return { property: column.property, item: type, type, isAssigned: isWritable(column) };
  }
  for (const { model } of lineOf(target, output)) {
    const computed = (model.properties ?? []).find(({ name }) => name === attribute);
    if (computed !== undefined) {
      const type = columnTypes({ ...computed, property: attribute }, output, imports).value;
      return { property: attribute, item: type, type, isAssigned: false };
    }
    const related = model.relationships.find(({ name }) => name === attribute);
    if (related === undefined) continue;
    const item = classType(related.target, plan, output, imports);
    const type = related.collection
      ? `${imports.global("Iterable")}<${item}>`
      : related.optional
        ? `${item} | null`
        : item;
    return { property: attribute, item, type, isAssigned: !related.collection && !related.viewonly };
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
