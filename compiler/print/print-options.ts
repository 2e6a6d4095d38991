// Column options, relationship options and index keys to source text, each on one line where it fits.
import { assertNever } from "../../model/internal-error.js";
import type {
  ColumnOption,
  ConstraintAttribute,
  ConstraintParts,
  IndexKey,
  InlineRelationship,
  NamePath,
  ReferenceClause,
  RelationshipOption,
  SequenceOption,
} from "../syntax/ast.js";
import { writeString } from "../syntax/literals.js";
import { writeName } from "../syntax/words.js";
import { printExpression, printNamePath, printNames, printRaw } from "./print-expression.js";

/** Lines longer than this are broken where the language allows it. */
export const lineWidth = 100;
export const indentStep = "  ";

/** One column option on one line. */
export function printColumnOption(option: ColumnOption): string {
  switch (option.kind) {
    case "primaryKey":
      return printConstraint(option, "primary key");
    case "unique":
      return printConstraint(option, "unique");
    case "check":
      return printConstraint(option, `check (${printExpression(option.expression)})`);
    case "references":
      return printConstraintName(option) + printReference(option.reference, option.attributes);
    case "rawElement":
      return printConstraint(option, printRaw(option.sql));
    case "index":
      return (
        (option.unique ? "unique index" : "index") + (option.method ? ` using ${writeName(option.method.text)}` : "")
      );
    case "collate":
      return `collate ${printNamePath(option.name)}`;
    case "comment":
      return `comment ${writeString(option.text.value)}`;
    case "map":
    case "was":
      return `${option.kind} ${writeName(option.name.text)}`;
    case "deferred":
    case "version":
      return option.kind;
    default:
      return printValueOption(option);
  }
}

type ValueOption = Extract<
  ColumnOption,
  { kind: "identity" | "serial" | "autoincrement" | "default" | "onUpdate" | "generate" | "generated" }
>;

function printValueOption(option: ValueOption): string {
  switch (option.kind) {
    case "identity": {
      const word = option.always ? "identity always" : "identity";
      return option.sequence === undefined ? word : `${word} (${printSequenceOptions(option.sequence)})`;
    }
    case "serial": {
      const parts = option.name === undefined ? [] : [printSequenceName(option.name)];
      if (option.sequence !== undefined) parts.push(printSequenceOptions(option.sequence));
      return parts.length === 0 ? "serial" : `serial (${parts.join(" ")})`;
    }
    case "autoincrement":
      return "autoincrement";
    case "default":
      return `default ${printExpression(option.value)}`;
    case "onUpdate":
      return `onupdate ${printExpression(option.value)}`;
    case "generate": {
      const name = writeName(option.name.text);
      return option.module === undefined
        ? `generate ${name}()`
        : `generate ${name} from ${writeString(option.module.value)}`;
    }
    case "generated":
      return `as (${printExpression(option.expression)}) ${option.stored ? "stored" : "virtual"}`;
    default:
      return assertNever(option);
  }
}

/** The word `cycle` alone would be the option. */
function printSequenceName(name: NamePath): string {
  const text = printNamePath(name);
  return text === "cycle" ? `"${text}"` : text;
}

export function printSequenceOptions(options: readonly SequenceOption[]): string {
  return options
    .map((option) => (option.kind === "cycle" ? "cycle" : `${option.kind} ${option.value.digits}`))
    .join(" ");
}

/** `[constraint name] text [attributes]`. */
export function printConstraint(constraint: Omit<ConstraintParts, "span">, text: string): string {
  return [printConstraintName(constraint) + text, ...constraint.attributes.map(printAttribute)].join(" ");
}

export function printConstraintName({ constraintName, was }: Omit<ConstraintParts, "span">): string {
  if (constraintName === undefined) return "";
  return `constraint ${writeName(constraintName.text)} ${was === undefined ? "" : `was ${writeName(was.text)} `}`;
}

function printAttribute(attribute: ConstraintAttribute): string {
  switch (attribute.kind) {
    case "deferrable":
      return attribute.initiallyDeferred ? "deferrable initially deferred" : "deferrable";
    case "notValid":
      return "not valid";
    case "notEnforced":
      return "not enforced";
    case "nullsNotDistinct":
      return "nulls not distinct";
    case "onConflict":
      return `on conflict ${writeName(attribute.resolution.text)}`;
    case "comment":
      return `comment ${writeString(attribute.text.value)}`;
    default:
      return assertNever(attribute);
  }
}

/** One column option that starts a line; its relationship blocks are broken where the line would be too long. */
export function printColumnOptionWithin(option: ColumnOption, indent: string): string {
  if (option.kind !== "references") return printColumnOption(option);
  return printReferenceWithin(printConstraintName(option), option, indent);
}

/** `prefix references …`, its last blocks over several lines where the line would be too long. */
export function printReferenceWithin(
  prefix: string,
  {
    reference,
    attributes,
  }: { readonly reference: ReferenceClause; readonly attributes: readonly ConstraintAttribute[] },
  indent: string,
): string {
  const broken: BlockPrinter = (options) => printBrokenBlock(options, indent);
  const attempts = [
    prefix + printReference(reference, attributes),
    prefix + printReference(reference, attributes, printInlineBlock, broken),
    prefix + printReference(reference, attributes, broken, broken),
  ];
  return attempts.find((text) => indent.length + firstLineLength(text) <= lineWidth) ?? attempts[0] ?? prefix;
}

/** The width of what stands on a text's first line; raw SQL may hold more lines. */
export function firstLineLength(text: string): number {
  const end = text.indexOf("\n");
  return end < 0 ? text.length : end;
}

type BlockPrinter = (options: readonly RelationshipOption[]) => string;

function printReference(
  reference: ReferenceClause,
  attributes: readonly ConstraintAttribute[],
  printFirst = printInlineBlock,
  printSecond = printFirst,
): string {
  const { relationship, backref, match } = reference;
  const columns = reference.columns === undefined ? "" : `(${printNames(reference.columns)})`;
  const parts = [`references ${printNamePath(reference.table)}${columns}`];
  for (const { event, action, columns: list } of reference.actions) {
    parts.push(`on ${event} ${action}${list === undefined ? "" : ` (${printNames(list)})`}`);
  }
  if (match !== undefined) parts.push(match.full ? "match full" : "match simple");
  parts.push(...attributes.map(printAttribute));
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
    case "primaryjoin":
    case "secondaryjoin":
      return `${option.kind} (${printExpression(option.expression)})`;
    case "collectionClass":
      return `collection_class ${writeName(option.name.text)}${option.by ? ` by ${writeName(option.by.text)}` : ""}`;
    case "passiveDeletes":
      return option.all ? "passive_deletes all" : "passive_deletes";
    case "passiveUpdates":
      return option.value ? "passive_updates" : "passive_updates false";
    case "postUpdate":
      return "post_update";
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
  if (key.operatorClass !== undefined) parts.push(`ops ${printNamePath(key.operatorClass)}`);
  if (key.prefix !== undefined) parts.push(`prefix ${key.prefix.digits}`);
  if (key.direction !== undefined) parts.push(key.direction);
  if (key.nulls !== undefined) parts.push(`nulls ${key.nulls}`);
  return parts.join(" ");
}
