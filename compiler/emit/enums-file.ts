// `enums.ts`: each enum as a union of its values, and the values as a list to iterate over.
import { documented } from "./comments.js";
import type { FileStatement } from "./file-structure.js";
import { listCode } from "./layout.js";
import { stringLiteral } from "./literals.js";
import type { EnumPlan } from "./plan.js";

export function enumStatements({ model, typeName, valuesName }: EnumPlan): FileStatement[] {
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
      kind: "constant",
      structure: {
        ...documented(`Every \`${typeName}\`, in the schema's order.`),
        name: valuesName,
        initializer: listCode("[", model.values.map(stringLiteral), "] as const", 0),
      },
    },
  ];
}
