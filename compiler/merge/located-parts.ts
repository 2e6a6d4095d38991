// Where a table's constraints and indexes stand in its source: each part of the lowered table with its member, or with
// the column that holds it. Parts that a mixin brings stand nowhere in the table.
import type { TableModel } from "../../model/schema-model.js";
import type { ColumnMember, ColumnOption, TableDeclaration, TableMember } from "../syntax/ast.js";

export interface Place {
  readonly member: TableMember;
  /** The column, where the part is one of its options. */
  readonly column?: ColumnMember;
  readonly option?: ColumnOption;
}

type PartKind = "primaryKey" | "unique" | "check" | "foreignKey" | "index";

const optionKinds: Partial<Readonly<Record<ColumnOption["kind"], PartKind>>> = {
  primaryKey: "primaryKey",
  unique: "unique",
  check: "check",
  references: "foreignKey",
  index: "index",
};

const memberKinds: Partial<Readonly<Record<TableMember["kind"], PartKind>>> = {
  primaryKeyConstraint: "primaryKey",
  uniqueConstraint: "unique",
  checkConstraint: "check",
  foreignKeyConstraint: "foreignKey",
  indexMember: "index",
};

/** The places of `table`'s parts, by the parts themselves: `table` is what lowering made of `declaration`. */
export function locateParts(declaration: TableDeclaration, table: TableModel): ReadonlyMap<object, Place> {
  const places = placesByKind(declaration);
  const parts: Readonly<Record<PartKind, readonly object[]>> = {
    primaryKey: table.primaryKey === undefined ? [] : [table.primaryKey],
    unique: table.uniques,
    check: table.checks,
    foreignKey: table.foreignKeys,
    index: table.indexes,
  };
  const located = new Map<object, Place>();
  for (const [kind, list] of places) {
    // Lowering keeps source order, and what mixins bring comes last.
    for (const [index, place] of list.entries()) {
      const part = parts[kind][index];
      if (part !== undefined) located.set(part, place);
    }
  }
  return located;
}

function placesByKind({ members }: TableDeclaration): ReadonlyMap<PartKind, Place[]> {
  const places = new Map<PartKind, Place[]>();
  const add = (kind: PartKind | undefined, place: Place): void => {
    if (kind !== undefined) places.set(kind, [...(places.get(kind) ?? []), place]);
  };
  for (const member of members) {
    if (member.kind !== "column") add(memberKinds[member.kind], { member });
    else for (const option of member.options) add(optionKinds[option.kind], { member, column: member, option });
  }
  return places;
}
