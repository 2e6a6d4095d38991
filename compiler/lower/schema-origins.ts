// Which schema file declares what: generated files name in their headers the files that they are made from.
import { qualifiedKey } from "../../model/qualified-name.js";
import type { BoundSchema } from "../bind/symbols.js";

/** Schema files by what they declare, relative to the project's root. */
export interface SchemaOrigins {
  /** By the class's name. */
  readonly classes: ReadonlyMap<string, string>;
  /** By the enum's qualified name. */
  readonly enums: ReadonlyMap<string, string>;
  /** The files that declare tables, views, domains, sequences or objects, in source order. */
  readonly tables: readonly string[];
}

export function schemaOrigins(schema: BoundSchema): SchemaOrigins {
  const { classes, enums, tables, domains, sequences, objects } = schema;
  const declarations = [
    ...tables.map(({ symbol }) => symbol.declaration),
    ...[...domains, ...sequences].map(({ declaration }) => declaration),
    ...objects,
  ];
  return {
    classes: new Map(classes.map(({ name, declaration }) => [name, declaration.span.file])),
    enums: new Map(enums.map(({ name, declaration }) => [qualifiedKey(name), declaration.span.file])),
    tables: [...new Set(declarations.map(({ span }) => span.file))],
  };
}
