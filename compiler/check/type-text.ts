// Types as the schema writes them, for messages and for casts.
import type { ColumnType, NamedKind } from "../../model/column-type.js";
import { printType } from "../print/print-expression.js";
import type { TypeReference } from "../syntax/ast.js";

/** A resolved type as the schema would write it: `varchar(30)`, `integer unsigned`. */
export function describeType(type: ColumnType): string {
  switch (type.kind) {
    case "enum":
    case "domain":
      return type.name;
    case "array":
      return `${describeType(type.element)}[]`;
    case "native": {
      const list = (type.arguments ?? []).map((each) => (typeof each === "number" ? String(each) : `'${each}'`));
      return `${type.dialect}.${type.name}${list.length === 0 ? "" : `(${list.join(",")})`}${unsigned(type)}`;
    }
    case "raw":
      return "a type written as SQL";
    default:
      return describeNamed(type);
  }
}

function unsigned(type: object): string {
  return "unsigned" in type && type.unsigned === true ? " unsigned" : "";
}

function describeNamed(type: Extract<ColumnType, { kind: NamedKind }>): string {
  const parts: number[] = [];
  if ("length" in type && type.length !== undefined) parts.push(type.length);
  if ("precision" in type && type.precision !== undefined) parts.push(type.precision);
  if ("scale" in type && type.scale !== undefined) parts.push(type.scale);
  return `${type.kind}${parts.length === 0 ? "" : `(${parts.join(",")})`}${unsigned(type)}`;
}

/** A type reference as it is written, without `?`. */
export function typeText(reference: TypeReference): string {
  if (reference.kind === "rawType") return printType({ ...reference, nullable: false });
  const list = reference.arguments.map((argument) =>
    argument.kind === "number" ? argument.digits : argument.kind === "string" ? `'${argument.value}'` : argument.text,
  );
  return `${reference.name.name.text}${list.length === 0 ? "" : `(${list.join(",")})`}`;
}
