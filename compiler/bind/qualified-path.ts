// The name a path of the source stands for, as the model has it.
import type { QualifiedName } from "../../model/qualified-name.js";
import type { NamePath } from "../syntax/ast.js";

export function qualifiedName(path: NamePath): QualifiedName {
  return path.schema === undefined ? { name: path.name.text } : { schema: path.schema.text, name: path.name.text };
}
