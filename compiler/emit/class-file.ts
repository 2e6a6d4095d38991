// The module of one mapped class: input types, the class itself, and its finders.
import {
  constructorOf,
  getters,
  namespaceAttributes,
  privateFields,
  setters,
  staticAttributes,
} from "./class-members.js";
import { mappingStatements } from "./class-mapping.js";
import { type ClassContents, classType, planClassContents } from "./class-plan.js";
import { documented } from "./comments.js";
import { derivedGetters, derivedSetters } from "./derived-members.js";
import type { FileStatement } from "./file-structure.js";
import { finderFunctions } from "./finders.js";
import type { ImportCollector } from "./imports.js";
import { initInterface, insertInterface, updateInterface, valuesInterface } from "./input-types.js";
import type { ClassPlan, EmitPlan } from "./plan.js";

export function classStatements(plan: ClassPlan, output: EmitPlan, imports: ImportCollector): FileStatement[] {
  const contents = planClassContents(plan, output, imports);
  const { name } = plan.model;
  const columns = contents.allProperties.map(({ column }) => column);
  const discriminator =
    plan.model.polymorphicIdentity === undefined
      ? undefined
      : contents.allProperties.find(({ isDiscriminator }) => isDiscriminator)?.column;
  const inputs = plan.readonly
    ? []
    : [
        insertInterface(plan.insertType, name, columns, output, imports, discriminator),
        updateInterface(plan.updateType, name, columns, output, imports),
      ];
  return [
    ...(plan.readonly ? [] : [initInterface(contents, imports)]),
    valuesInterface(contents),
    ...inputs,
    ...parentStatement(contents),
    classStatement(contents),
    ...namespaceStatement(contents),
    ...finderFunctions(contents),
  ];
}

/**
 * `const ManagerParent: new (init: EmployeeInit) => Employee = Employee;`: a subclass takes the instance side alone,
 * because the statics of its own say other types.
 */
function parentStatement({ plan, base, output, imports }: ClassContents): FileStatement[] {
  if (base === undefined || plan.parentName === undefined) return [];
  const { name } = base.model;
  const value =
    base.userModule === undefined ? imports.value(base.file, name) : imports.userValue(base.userModule, name);
  const instance = classType(name, plan, output, imports);
  const type = `new (init: ${imports.type(base.file, base.initType)}) => ${instance}`;
  return [{ kind: "constant", structure: { name: plan.parentName, type, initializer: value, isLocal: true } }];
}

function classStatement(contents: ClassContents): FileStatement {
  const { plan, imports } = contents;
  return {
    kind: "class",
    structure: {
      ...documented(plan.model.comment ?? plan.table.model.comment),
      isExported: true,
      name: plan.declaredName,
      ...(plan.userModule === undefined ? {} : { isAbstract: true }),
      extends: plan.parentName ?? imports.runtime("Entity"),
      properties: [...staticAttributes(contents), ...privateFields(contents)],
      staticBlocks: [{ statements: mappingStatements(contents) }],
      ctors: [constructorOf(contents)],
      getAccessors: [...getters(contents), ...derivedGetters(contents)],
      setAccessors: [...setters(contents), ...derivedSetters(contents)],
    },
  };
}

function namespaceStatement(contents: ClassContents): FileStatement[] {
  const statements = namespaceAttributes(contents);
  if (statements.length === 0) return [];
  return [
    {
      kind: "namespace",
      structure: {
        docs: ["Attributes named like a property of every function: TypeScript lets them be declared here only."],
        name: contents.plan.declaredName,
        statements,
      },
    },
  ];
}
