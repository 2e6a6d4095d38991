// Finder functions: one select a unique key, typed by the key's columns.
import { InternalError } from "../../model/internal-error.js";
import type { ClassContents, PropertyPlan } from "./class-plan.js";
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
  const { plan, imports } = contents;
  const className = plan.model.name;
  const select = imports.runtime("select");
  const names = new NameScope([className, select]);
  const keys = finder.columns.map((column) => {
    const property = propertyOf(column, contents);
    return { property, parameter: names.claim(...parameterNames(property.name)) };
  });
  const conditions = keys.map(
    ({ property, parameter }) => `${memberAccess(className, property.name)}.eq(${parameter})`,
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
      statements: [listCode(`return ${select}(${className}).where(`, conditions, ");", 1)],
    },
  };
}

function propertyOf(column: string, { properties }: ClassContents): PropertyPlan {
  const property = properties.find((candidate) => candidate.column.name === column);
  if (property === undefined) throw new InternalError(`a key names the column ${column}, which its table lacks`);
  return property;
}

function parameterNames(property: string): [string, ...string[]] {
  if (isBindable(property)) return [property, `${property}Value`];
  const name = `${constantName(property)}Value`;
  return [isBindable(name) ? name : "value"];
}
