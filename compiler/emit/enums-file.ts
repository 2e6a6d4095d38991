// `enums.ts`: each enum as a union of its values, and the values as a list to iterate over.
import { VariableDeclarationKind } from "ts-morph";
import { documented } from "./comments.js";
import type { FileStatement, FileStructure } from "./file-structure.js";
import { stringArray, stringLiteral } from "./literals.js";
import { type EmitPlan, type EnumPlan, enumsFile } from "./plan.js";

export function enumsFileStructure(plan: EmitPlan, header: readonly string[]): FileStructure {
  return { path: enumsFile, header, imports: [], statements: plan.enums.flatMap(enumStatements) };
}

function enumStatements({ model, typeName, valuesName }: EnumPlan): FileStatement[] {
  return [
    {
      kind: "typeAlias",
      structure: {
        ...documented(model.comment),
        isExported: true,
        name: typeName,
        type: model.values.map(stringLiteral).join(" | ") || "never",
      },
    },
    {
      kind: "variable",
      structure: {
        ...documented(`Every \`${typeName}\`, in the schema's order.`),
        isExported: true,
        declarationKind: VariableDeclarationKind.Const,
        declarations: [{ name: valuesName, initializer: `${stringArray(model.values)} as const` }],
      },
    },
  ];
}
