// Declarations to text: those that stand on one line, and the heads of those that have members.
import type {
  ClassDeclaration,
  DomainDeclaration,
  MixinDeclaration,
  SequenceDeclaration,
  TableDeclaration,
  TypeDeclaration,
  ViewDeclaration,
} from "../syntax/ast.js";
import { writeString } from "../syntax/literals.js";
import { writeName } from "../syntax/words.js";
import { printNamePath, printNames, printOptionValue, printRaw, printType } from "./print-expression.js";
import { printColumnOption, printSequenceOptions } from "./print-options.js";

export function printTypeAlias({ name, type, converter }: TypeDeclaration): string {
  const text = `type ${writeName(name.text)} = ${printType(type)}`;
  if (converter === undefined) return text;
  return `${text} as ${writeName(converter.name.text)} from ${writeString(converter.module.value)}`;
}

export function printDomain({ name, type, options }: DomainDeclaration): string {
  return [`domain ${printNamePath(name)} = ${printType(type)}`, ...options.map(printColumnOption)].join(" ");
}

export function printSequence({ name, type, options, comment }: SequenceDeclaration): string {
  const parts = [`sequence ${printNamePath(name)}`];
  if (type !== undefined) parts.push(`as ${printType(type)}`);
  if (options.length > 0) parts.push(printSequenceOptions(options));
  if (comment !== undefined) parts.push(`comment ${writeString(comment.value)}`);
  return parts.join(" ");
}

/** What stands before the `{` of a table or view. */
export function printTableHead(declaration: TableDeclaration | ViewDeclaration): string {
  const { name, was, className, module, mixins, comment } = declaration;
  const isMaterialized = declaration.kind === "view" && declaration.materialized;
  const parts = [isMaterialized ? "materialized view" : declaration.kind, printNamePath(name)];
  if (was !== undefined) parts.push(`was ${printNamePath(was)}`);
  if (className !== undefined) parts.push(`as ${writeName(className.text)}`);
  if (module !== undefined) parts.push(`from ${writeString(module.value)}`);
  if (mixins.length > 0) parts.push(`with ${printNames(mixins)}`);
  if (declaration.kind === "table") {
    parts.push(...inheritance(declaration));
    const { partitionOf } = declaration;
    if (partitionOf !== undefined) {
      parts.push(`partition of ${printNamePath(partitionOf.parent)} ${printRaw(partitionOf.bound)}`);
    }
  }
  if (comment !== undefined) parts.push(`comment ${writeString(comment.value)}`);
  return parts.join(" ");
}

/** What stands before the `{` of a class or mixin. */
export function printClassHead(declaration: ClassDeclaration | MixinDeclaration): string {
  const parts = [`${declaration.kind} ${writeName(declaration.name.text)}`];
  if (declaration.kind === "class" && declaration.module !== undefined) {
    parts.push(`from ${writeString(declaration.module.value)}`);
  }
  if (declaration.mixins.length > 0) parts.push(`with ${printNames(declaration.mixins)}`);
  if (declaration.kind === "class") parts.push(...inheritance(declaration));
  return parts.join(" ");
}

function inheritance({ base, identity }: Pick<TableDeclaration, "base" | "identity">): string[] {
  const parts = [];
  if (base !== undefined) parts.push(`${base.concrete ? "concrete extends" : "extends"} ${writeName(base.name.text)}`);
  if (identity !== undefined) parts.push(`polymorphic identity ${printOptionValue(identity.value)}`);
  return parts;
}
