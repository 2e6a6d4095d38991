// The names that a table's constraints and indexes are given in the schema.
import type { MadeNameLabel } from "../../model/naming.js";
import type { BoundTable } from "../bind/symbols.js";
import type { Identifier } from "../syntax/ast.js";

interface WrittenName {
  readonly name: Identifier;
  /** What it names, by the word that ends made names of that kind. */
  readonly label: MadeNameLabel;
}

/** In the order of kinds: primary keys, uniques, foreign keys, checks, indexes. */
export function writtenNames(table: BoundTable): WrittenName[] {
  return [
    ...named("pkey", table.primaryKeys),
    ...named("key", table.uniques),
    ...named("fkey", table.foreignKeys),
    ...named("check", table.checks),
    ...table.indexes.flatMap(({ name }): WrittenName[] => (name === undefined ? [] : [{ name, label: "idx" }])),
  ];
}

function named(
  label: MadeNameLabel,
  constraints: readonly { readonly constraintName: Identifier | undefined }[],
): WrittenName[] {
  return constraints.flatMap(({ constraintName }) =>
    constraintName === undefined ? [] : [{ name: constraintName, label }],
  );
}
