// Which types hold values that can be told equal: what a foreign key's columns and those it refers to must have.
import type { ColumnType } from "./column-type.js";

/** Lengths and precisions may differ; the kind of value may not. Texts of any kind compare with one another. */
export function haveSameValues(left: ColumnType, right: ColumnType): boolean {
  if (isText(left) && isText(right)) return true;
  if (left.kind === "enum" || right.kind === "enum") {
    return left.kind === "enum" && right.kind === "enum" && left.name === right.name;
  }
  if (left.kind === "array" && right.kind === "array") return haveSameValues(left.element, right.element);
  // What the types of one dialect hold is not known here.
  if (isOpaque(left) || isOpaque(right)) return true;
  return left.kind === right.kind && isUnsigned(left) === isUnsigned(right);
}

function isOpaque({ kind }: ColumnType): boolean {
  return kind === "native" || kind === "raw";
}

function isUnsigned(type: ColumnType): boolean {
  return "unsigned" in type && type.unsigned === true;
}

function isText({ kind }: ColumnType): boolean {
  return kind === "char" || kind === "varchar" || kind === "text";
}
