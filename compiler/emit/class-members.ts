// The members of a generated class: static attributes for SQL, private fields, the constructor, and accessors.
import type { Scope } from "ts-morph";
import {
  type ClassContents,
  type ComputedPlan,
  classType,
  isFunctionProperty,
  type PropertyPlan,
  type RelationPlan,
} from "./class-plan.js";
import { lineOf } from "./class-columns.js";
import { isGenerated } from "./column-facts.js";
import { proxyAttributes } from "./derived-members.js";
import { documented } from "./comments.js";
import type { ConstructorStructure, Field, GetterStructure, SetterStructure } from "./file-structure.js";
import { memberAccess, memberName } from "./identifiers.js";
import { stringLiteral } from "./literals.js";
import { getterStatement } from "./property-getter.js";
import { isMutable } from "./value-types.js";

// The value of ts-morph's `Scope.Private`, without loading it for one word.
const privateScope = "private" as Scope.Private;

/** Where an instance keeps the value of property `name`. */
export function fieldAccess(target: string, name: string): string {
  return memberAccess(target, `_${name}`);
}

/** `$mapper` and the attributes that can be fields of the class; declared only, `mapClass` makes them. */
export function staticAttributes(contents: ClassContents): Field[] {
  const { plan, imports } = contents;
  const meta = [
    stringLiteral(plan.model.name),
    plan.columnsType,
    primaryKeyType(contents),
    ...(plan.readonly ? ["never", "never"] : [plan.insertType, plan.updateType]),
  ];
  return [
    ...userClassField(contents),
    staticField("$mapper", `${imports.runtime("Meta")}<${meta.join(", ")}>`),
    ...attributesOf(contents)
      .filter((attribute) => !isFunctionProperty(attribute.name))
      .map((attribute) => staticField(memberName(attribute.name), attribute.type)),
  ];
}

/** The attributes that only an ambient namespace can declare, as its statements; none for most classes. */
export function namespaceAttributes(contents: ClassContents): string[] {
  return attributesOf(contents)
    .filter((attribute) => isFunctionProperty(attribute.name))
    .flatMap(({ name, type }) =>
      // No module may bind `arguments`, but it may export something by that name.
      name === "arguments"
        ? [`const argumentsAttribute: ${type};`, "export { argumentsAttribute as arguments };"]
        : [`export const ${name}: ${type};`],
    );
}

/** The fields behind the properties, all set at birth and in one order, so that all instances have one shape. */
export function privateFields({ properties, relations }: ClassContents): Field[] {
  const [first, ...rest] = [
    ...properties.map((property) => privateField(property.name, property.types.stored)),
    ...relations.map((relation) => privateField(relation.name, relation.valueType)),
  ];
  // An empty line parts them from the statics.
  return first === undefined ? [] : [{ ...first, leadingTrivia: "\n" }, ...rest];
}

export function constructorOf(contents: ClassContents): ConstructorStructure {
  const { plan, properties, allProperties, relations, imports } = contents;
  if (plan.readonly) return { parameters: [{ name: "init", type: "never" }], statements: ["super(init);"] };
  const optional = allProperties.every((property) => property.optional || !property.writable);
  const assignments = [
    ...properties.filter((property) => property.writable).map((property) => assignFromInit(property, contents)),
    ...relations
      .filter((relation) => relation.writable)
      .map((relation) => {
        const given = memberAccess("given", relation.name);
        return `if (${given} !== undefined) ${assignCall(relation, given, contents)};`;
      }),
  ];
  return {
    parameters: [{ name: "init", type: plan.initType, ...(optional ? { initializer: "{}" } : {}) }],
    statements: [
      "super(init);",
      ...(assignments.length === 0 ? [] : [...givenValues(imports.runtime("initialValues")), ...assignments]),
    ],
  };
}

/** The values that listeners leave of those that were given; none where an object is made of a row. */
function givenValues(initialValues: string): string[] {
  return [`const given = ${initialValues}(this, init);`, "if (given === null) return;"];
}

export function getters(contents: ClassContents): GetterStructure[] {
  return [
    ...contents.properties.map((property) => ({
      ...documented(property.column.comment),
      name: memberName(property.name),
      returnType: property.types.value,
      statements: columnGetter(property, contents),
    })),
    ...contents.relations.map((relation) => ({
      ...documented(relation.model.comment),
      name: memberName(relation.name),
      returnType: relation.valueType,
      statements: relationGetter(relation, contents),
    })),
    ...contents.computed.map(({ model, name, types }) => ({
      ...documented(model.comment),
      name: memberName(name),
      returnType: types.value,
      statements: [getterStatement(model.expression, model.type, types.value, contents)],
    })),
  ];
}

export function setters(contents: ClassContents): SetterStructure[] {
  const { properties, relations, imports } = contents;
  return [
    ...properties
      .filter((property) => property.writable)
      .map((property) => {
        const field = fieldAccess("this", property.name);
        const { value } = property.types;
        return {
          name: memberName(property.name),
          parameters: [{ name: "value", type: `${value} | ${imports.runtime("Sql")}<${value}>` }],
          statements: [`${field} = ${imports.runtime("assignColumn")}(this, ${property.index}, ${field}, value);`],
        };
      }),
    ...relations
      .filter((relation) => relation.writable)
      .map((relation) => ({
        name: memberName(relation.name),
        parameters: [{ name: "value", type: relation.inputType }],
        statements: [`${assignCall(relation, "value", contents)};`],
      })),
  ];
}

/** What stands for the columns and relationships in SQL. */
function attributesOf(contents: ClassContents): { name: string; type: string }[] {
  return [
    ...contents.allProperties.map((property) => ({ name: property.name, type: attributeType(property, contents) })),
    ...contents.allRelations.map((relation) => ({ name: relation.name, type: relationType(relation, contents) })),
    ...contents.allComputed.map((property) => ({ name: property.name, type: computedType(property, contents) })),
    ...proxyAttributes(contents),
  ];
}

/** The user's class over this one, whose objects are made of rows; `index.ts` sets it. */
function userClassField({ plan, output, imports }: ClassContents): Field[] {
  if (plan.userModule === undefined) return [];
  const type = `typeof ${classType(plan.model.name, plan, output, imports)}`;
  return [{ ...documented("The class of the objects; `index.ts` says which."), ...staticField("$class", type) }];
}

function staticField(name: string, type: string): Field {
  return { hasDeclareKeyword: true, isStatic: true, isReadonly: true, name, type };
}

function privateField(name: string, type: string): Field {
  return {
    scope: privateScope,
    name: memberName(`_${name}`),
    type: `${type} | undefined`,
    initializer: "undefined",
  };
}

function attributeType({ name, types }: PropertyPlan, { plan, imports }: ClassContents): string {
  return `${imports.runtime("Attr")}<${stringLiteral(plan.model.name)}, ${stringLiteral(name)}, ${types.value}>`;
}

function computedType({ name, types }: ComputedPlan, { plan, imports }: ClassContents): string {
  return `${imports.runtime("Attr")}<${stringLiteral(plan.model.name)}, ${stringLiteral(name)}, ${types.value}>`;
}

function relationType({ name, model }: RelationPlan, { plan, output, imports }: ClassContents): string {
  const kind = imports.runtime(model.collection ? "RelMany" : "RelOne");
  const target = classType(model.target, plan, output, imports);
  const names = [plan.model.name, name].map(stringLiteral);
  return `${kind}<${[...names, target, stringLiteral(model.target)].join(", ")}>`;
}

/** The key that `session.get` takes: one value, or a tuple in key order. */
function primaryKeyType(contents: ClassContents): string {
  const { allProperties } = contents;
  const columns = keyColumns(contents);
  const types = columns.map((name) => allProperties.find((property) => property.column.name === name)?.types.plain);
  if (types.length === 0) return "never";
  return types.length === 1 ? `${types[0]}` : `readonly [${types.join(", ")}]`;
}

/** Joined tables have the key of the table at their root. */
function keyColumns({ plan, output }: ClassContents): readonly string[] {
  const keyed = plan.model.inheritance?.kind === "joined" ? (lineOf(plan, output)[0] ?? plan) : plan;
  return keyed.table.model.primaryKey?.columns ?? [];
}

/** An unset nullable column reads null from birth, unless the database's default may say otherwise. */
function assignFromInit({ name, column, isDiscriminator }: PropertyPlan, { imports }: ClassContents): string {
  const value = memberAccess("given", name);
  if (isDiscriminator) {
    const identity = `${imports.runtime("polymorphicIdentity")}(this)`;
    return `${fieldAccess("this", name)} = ${value} === undefined ? ${identity} : ${value};`;
  }
  const nullFromBirth = column.nullable && !isGenerated(column);
  return `${fieldAccess("this", name)} = ${nullFromBirth ? `${value} === undefined ? null : ${value}` : value};`;
}

function assignCall(relation: RelationPlan, value: string, { imports }: ClassContents): string {
  const assign = imports.runtime(relation.model.collection ? "assignCollection" : "assignRelated");
  return `${assign}(this, ${relation.index}, ${value})`;
}

function columnGetter({ name, index, column, types }: PropertyPlan, { output, imports }: ClassContents): string[] {
  const field = fieldAccess("this", name);
  const load = imports.runtime("loadColumn");
  // The session is to know of what may change in place.
  const shown = (value: string): string =>
    isMutable(column, output) ? `${imports.runtime("showColumn")}(this, ${index}, ${value})` : value;
  const loaded = `${field} === undefined ? ${load}(this, ${index}) : ${field}`;
  if (types.late === undefined) return [`return ${shown(loaded)};`];
  return [
    `const value = ${loaded};`,
    `return ${shown(`${types.late.isEncoded("value")} ? (${field} = ${types.late.decode("value")}) : value`)};`,
  ];
}

function relationGetter({ name, index, model }: RelationPlan, { imports }: ClassContents): string[] {
  const field = fieldAccess("this", name);
  const load = imports.runtime(model.collection ? "loadCollection" : "loadRelated");
  return [`return ${field} === undefined ? ${load}(this, ${index}) : ${field};`];
}
