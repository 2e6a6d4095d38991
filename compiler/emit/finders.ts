// Finder functions: one select a unique key, typed by the key's columns.
import { InternalError } from "../../model/internal-error.js";
import { type ClassContents, classType, type PropertyPlan } from "./class-plan.js";
import { documented } from "./comments.js";
import type { FileStatement } from "./file-structure.js";
import { constantName, isBindable, memberAccess } from "./identifiers.js";
import { listCode } from "./layout.js";
import { NameScope } from "./names.js";
import type { FinderPlan } from "./plan.js";

/** `findUserById(id)` and its kin, one for the primary key and each unique key. */
export function finderFunctions(contents: ClassContents): FileStatement[] {
  return contents.plan.finders.map((finder) => finderFunction(finder, contents));
}

function finderFunction(finder: FinderPlan, contents: ClassContents): FileStatement {
  const { plan, output, imports } = contents;
  const { declaredName } = plan;
  const className = classType(plan.model.name, plan, output, imports);
  // Modules of the user's own are imported as types alone: the generated base knows the class that is over it.
  const value = plan.userModule === undefined ? declaredName : `${declaredName}.$class`;
  const select = imports.runtime("select");
  const names = new NameScope([className, declaredName, select]);
  const keys = finder.properties.map((name) => {
    const property = propertyOf(name, contents);
    return { property, parameter: names.claim(...parameterNames(property.name)) };
  });
  const conditions = keys.map(
    ({ property, parameter }) => `${memberAccess(declaredName, property.name)}.eq(${parameter})`,
  );
  const properties = keys.map(({ property }) => `\`${property.name}\``).join(" and ");
  const key = finder.primary ? "primary key" : "unique key";
  return {
    kind: "function",
    structure: {
      ...documented(`Selects the \`${className}\` with this ${properties}, its ${key}.`),
      isExported: true,
      name: finder.name,
      parameters: keys.map(({ property, parameter }) => ({ name: parameter, type: property.types.plain })),
      returnType: `${imports.runtime("Select")}<[typeof ${className}]>`,
      statements: [listCode(`return ${select}(${value}).where(`, conditions, ");", 1)],
    },
  };
}

function propertyOf(name: string, { allProperties }: ClassContents): PropertyPlan {
  const property = allProperties.find((candidate) => candidate.name === name);
  if (property === undefined) throw new InternalError(`a key has the property ${name}, which its class lacks`);
  return property;
}

function parameterNames(property: string): [string, ...string[]] {
  if (isBindable(property)) return [property, `${property}Value`];
  const name = `${constantName(property)}Value`;
  return [isBindable(name) ? name : "value"];
}
