// Members that stand on one line: constraints, indexes, what objects alone see, and what is kept as SQL.
import { assertNever } from "../../model/internal-error.js";
import type {
  ColumnMember,
  CompositeMember,
  ConstraintMember,
  DialectOption,
  IndexMember,
  ObjectDeclaration,
  OptionsMember,
  PolymorphicMember,
  PropertyMember,
  ProxyMember,
  RelationshipMember,
  TableMember,
} from "../syntax/ast.js";
import { writeString } from "../syntax/literals.js";
import { writeName } from "../syntax/words.js";
import {
  printExpression,
  printList,
  printNamePath,
  printNames,
  printOptionValue,
  printRaw,
  printType,
} from "./print-expression.js";
import {
  indentStep,
  printConstraint,
  printConstraintName,
  printIndexKey,
  printReferenceWithin,
} from "./print-options.js";

type OtherMember = Exclude<TableMember, ColumnMember | RelationshipMember | OptionsMember>;

export function printOtherMember(member: OtherMember): string {
  switch (member.kind) {
    case "indexMember":
      return printIndex(member);
    case "definition":
      return `definition ${printRaw(member.sql)}`;
    case "object":
      return printObject(member);
    case "property":
    case "proxy":
    case "composite":
    case "polymorphicOn":
    case "polymorphicIdentity":
      return printClassMember(member);
    default:
      return printConstraintMember(member);
  }
}

function printConstraintMember(member: ConstraintMember): string {
  switch (member.kind) {
    case "primaryKeyConstraint":
      return printConstraint(member, `primary key (${printNames(member.columns)})`);
    case "uniqueConstraint":
      return printConstraint(member, `unique (${printNames(member.columns)})`);
    case "checkConstraint":
      return printConstraint(member, `check (${printExpression(member.expression)})`);
    case "rawElement":
      return printConstraint(member, printRaw(member.sql));
    case "foreignKeyConstraint": {
      const prefix = `${printConstraintName(member)}foreign key (${printNames(member.columns)}) `;
      return printReferenceWithin(prefix, member, indentStep);
    }
    default:
      return assertNever(member);
  }
}

function printIndex(member: IndexMember): string {
  const parts = [member.unique ? "unique index" : "index"];
  if (member.name !== undefined) parts.push(writeName(member.name.text));
  if (member.was !== undefined) parts.push(`was ${writeName(member.was.text)}`);
  parts.push(`(${member.keys.map(printIndexKey).join(", ")})`);
  if (member.method !== undefined) parts.push(`using ${writeName(member.method.text)}`);
  if (member.include !== undefined) parts.push(`include (${printNames(member.include)})`);
  if (member.nullsNotDistinct === true) parts.push("nulls not distinct");
  if (member.storage !== undefined) {
    const list = member.storage.map(({ name, value }) => `${writeName(name.text)} = ${printOptionValue(value)}`);
    parts.push(`with (${list.join(", ")})`);
  }
  if (member.where !== undefined) parts.push(`where (${printExpression(member.where)})`);
  if (member.only !== undefined) parts.push(`only ${printNames(member.only)}`);
  if (member.comment !== undefined) parts.push(`comment ${writeString(member.comment.value)}`);
  return parts.join(" ");
}

export function printObject(object: ObjectDeclaration): string {
  const signature = object.signature === undefined ? "" : `(${object.signature})`;
  const names = object.after.map((name) => printNamePath(name)).join(", ");
  const after = names === "" ? "" : ` after ${names}`;
  const head = `object ${writeName(object.type.text)} ${printNamePath(object.name)}`;
  return `${head}${signature}${after} ${printRaw(object.sql)}`;
}

function printClassMember(member: PropertyMember | ProxyMember | CompositeMember | PolymorphicMember): string {
  switch (member.kind) {
    case "property":
      return `${printPropertyHead(member)} = ${printExpression(member.expression)}`;
    case "proxy": {
      const far = `${writeName(member.relationship.text)}.${writeName(member.attribute.text)}`;
      return `proxy ${writeName(member.name.text)} = ${far}`;
    }
    case "composite": {
      const { name, module } = member.value;
      const value = `${writeName(name.text)} (${printNames(member.columns)}) from ${writeString(module.value)}`;
      return `composite ${writeName(member.name.text)}: ${value}`;
    }
    case "polymorphicOn":
      return `polymorphic on ${writeName(member.column.text)}`;
    case "polymorphicIdentity":
      return `polymorphic identity ${printOptionValue(member.value)}`;
    default:
      return assertNever(member);
  }
}

function printPropertyHead({ name, type }: PropertyMember): string {
  return `property ${writeName(name.text)}: ${printType(type)}`;
}

export function printDialectOption(option: DialectOption): string {
  const { name, value } = printDialectOptionParts(option);
  return value === undefined ? name : `${name} = ${value}`;
}

/** The two sides of an option of a dialect, as written but for blanks. */
export function printDialectOptionParts({ words, arguments: list, value }: DialectOption): {
  readonly name: string;
  readonly value?: string;
} {
  const text = words.map((word) => writeName(word.text)).join(" ");
  const name = list === undefined ? text : `${text} (${printList(list)})`;
  return value === undefined ? { name } : { name, value: printOptionValue(value) };
}
