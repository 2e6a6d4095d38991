// Column options, relationship options and index keys to source text, each on one line where it fits.
import { assertNever } from "../../model/internal-error.js";
import type {
  ColumnOption,
  Identifier,
  IndexKey,
  InlineRelationship,
  ReferenceClause,
  RelationshipOption,
} from "../syntax/ast.js";
import { writeString } from "../syntax/literals.js";
import { writeName } from "../syntax/words.js";
import { printExpression, printNamePath, printNames } from "./print-expression.js";

/** Lines longer than this are broken where the language allows it. */
export const lineWidth = 100;
export const indentStep = "  ";

/** One column option on one line. */
export function printColumnOption(option: ColumnOption): string {
  switch (option.kind) {
    case "primaryKey":
      return `${printConstraintName(option.constraintName)}primary key`;
    case "unique":
      return `${printConstraintName(option.constraintName)}unique`;
    case "check":
      return `${printConstraintName(option.constraintName)}check (${printExpression(option.expression)})`;
    case "references":
      return printConstraintName(option.constraintName) + printReference(option.reference);
    case "index":
      return option.unique ? "unique index" : "index";
    case "identity":
      return option.always ? "identity always" : "identity";
    case "autoincrement":
      return "autoincrement";
    case "default":
      return `default ${printExpression(option.value)}`;
    case "collate":
      return `collate ${printNamePath(option.name)}`;
    case "comment":
      return `comment ${writeString(option.text.value)}`;
    case "map":
      return `map ${writeName(option.name.text)}`;
    default:
      return assertNever(option);
  }
}

export function printConstraintName(name: Identifier | undefined): string {
  return name === undefined ? "" : `constraint ${writeName(name.text)} `;
}

/** One column option that starts a line; its relationship blocks are broken where the line would be too long. */
export function printColumnOptionWithin(option: ColumnOption, indent: string): string {
  if (option.kind !== "references") return printColumnOption(option);
  return printReferenceWithin(printConstraintName(option.constraintName), option.reference, indent);
}

/** `prefix references …`, its last blocks over several lines where the line would be too long. */
export function printReferenceWithin(prefix: string, reference: ReferenceClause, indent: string): string {
  const broken: BlockPrinter = (options) => printBrokenBlock(options, indent);
  const attempts = [
    prefix + printReference(reference),
    prefix + printReference(reference, printInlineBlock, broken),
    prefix + printReference(reference, broken, broken),
  ];
  return attempts.find((text) => indent.length + firstLineLength(text) <= lineWidth) ?? attempts[0] ?? prefix;
}

/** The width of what stands on a text's first line; raw SQL may hold more lines. */
export function firstLineLength(text: string): number {
  const end = text.indexOf("\n");
  return end < 0 ? text.length : end;
}

type BlockPrinter = (options: readonly RelationshipOption[]) => string;

function printReference(reference: ReferenceClause, printFirst = printInlineBlock, printSecond = printFirst): string {
  const { relationship, backref } = reference;
  const columns = reference.columns === undefined ? "" : `(${printNames(reference.columns)})`;
  const parts = [`references ${printNamePath(reference.table)}${columns}`];
  for (const action of reference.actions) parts.push(`on ${action.event} ${action.action}`);
  if (reference.deferrable !== undefined) {
    parts.push(reference.deferrable.initiallyDeferred ? "deferrable initially deferred" : "deferrable");
  }
  let text = parts.join(" ");
  if (relationship !== undefined) text += `  relationship ${printInlineRelationship(relationship, printFirst)}`;
  if (backref !== undefined) text += ` backref ${printInlineRelationship(backref, printSecond)}`;
  return text;
}

function printInlineRelationship(relationship: InlineRelationship, printBlock: BlockPrinter): string {
  const name = writeName(relationship.name.text);
  return relationship.options.length === 0 ? name : `${name} ${printBlock(relationship.options)}`;
}

function printInlineBlock(options: readonly RelationshipOption[]): string {
  return `{ ${options.map(printRelationshipOption).join("; ")} }`;
}

function printBrokenBlock(options: readonly RelationshipOption[], indent: string): string {
  const lines = options.map((option) => `${indent}${indentStep}${printRelationshipOption(option)}\n`);
  return `{\n${lines.join("")}${indent}}`;
}

export function printRelationshipOption(option: RelationshipOption): string {
  switch (option.kind) {
    case "backPopulates":
      return `back_populates ${writeName(option.name.text)}`;
    case "cascade":
      return `cascade ${option.words
        .map((word) =>
          word.text
            .split("-")
            .map((part) => writeName(part))
            .join("-"),
        )
        .join(", ")}`;
    case "secondary":
      return `secondary ${printNamePath(option.table)}`;
    case "foreignKeys":
      return `foreign_keys (${printNames(option.columns)})`;
    case "remoteSide":
      return `remote_side (${printNames(option.columns)})`;
    case "orderBy":
      return `order_by ${option.keys.map(printIndexKey).join(", ")}`;
    case "lazy":
      return `lazy ${writeName(option.strategy.text)}`;
    case "passiveDeletes":
      return "passive_deletes";
    case "singleParent":
      return "single_parent";
    case "viewonly":
      return "viewonly";
    default:
      return assertNever(option);
  }
}

export function printIndexKey(key: IndexKey): string {
  const parts = [printExpression(key.expression)];
  if (key.collation !== undefined) parts.push(`collate ${printNamePath(key.collation)}`);
  if (key.direction !== undefined) parts.push(key.direction);
  if (key.nulls !== undefined) parts.push(`nulls ${key.nulls}`);
  return parts.join(" ");
}
