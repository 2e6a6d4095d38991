// Qualified names as map keys: one spelling for `schema.name` everywhere a table or enum is looked up.
import type { QualifiedName } from "./schema-model.js";

/** `name`, or `schema.name`; dots and quotes inside a part are quoted so that no two names share a key. */
export function qualifiedKey(name: QualifiedName): string {
  return name.schema === undefined ? keyPart(name.name) : `${keyPart(name.schema)}.${keyPart(name.name)}`;
}

function keyPart(part: string): string {
  return /[."]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part;
}
