// Qualified names, and their one spelling as map keys everywhere a table or enum is looked up.

/** A table's, enum's or sequence's name as the database has it. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

/** `name`, or `schema.name`; dots and quotes inside a part are quoted so that no two names share a key. */
export function qualifiedKey(name: QualifiedName): string {
  return name.schema === undefined ? keyPart(name.name) : `${keyPart(name.schema)}.${keyPart(name.name)}`;
}

/** The name that `qualifiedKey` made `key` of. */
export function qualifiedNameOf(key: string): QualifiedName {
  const parts = [...key.matchAll(/"((?:[^"]|"")*)"|[^."]+/g)].map(
    ([text, quoted]) => quoted?.replaceAll('""', '"') ?? text,
  );
  const [first = "", second] = parts;
  return second === undefined ? { name: first } : { schema: first, name: second };
}

function keyPart(part: string): string {
  return /[."]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part;
}
