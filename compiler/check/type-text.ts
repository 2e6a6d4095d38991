// Types as the schema writes them, for messages and for casts.
import type { ColumnType } from "../../model/column-type.js";
import type { TypeReference } from "../syntax/ast.js";

/** A resolved type as the schema would write it: `varchar(30)`, `integer unsigned`. */
export function describeType(type: ColumnType): string {
  if (type.kind === "enum") return type.name;
  const parts: number[] = [];
  if ("length" in type && type.length !== undefined) parts.push(type.length);
  if ("precision" in type && type.precision !== undefined) parts.push(type.precision);
  if ("scale" in type && type.scale !== undefined) parts.push(type.scale);
  const unsigned = "unsigned" in type && type.unsigned === true ? " unsigned" : "";
  return `${type.kind}${parts.length === 0 ? "" : `(${parts.join(",")})`}${unsigned}`;
}

/** A type reference as it is written, without `?`. */
export function typeText(reference: TypeReference): string {
  const list = reference.arguments.map((argument) =>
    argument.kind === "number" ? argument.digits : argument.kind === "string" ? `'${argument.value}'` : argument.text,
  );
  return `${reference.name.name.text}${list.length === 0 ? "" : `(${list.join(",")})`}`;
}
