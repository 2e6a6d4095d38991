// `format`: a parsed file to its one canonical text. Comments stay, empty lines collapse to one, line ends become LF.
import { assertNever } from "../../model/internal-error.js";
import type {
  ClassDeclaration,
  Declaration,
  EnumDeclaration,
  EnumValue,
  MixinDeclaration,
  TableDeclaration,
  ViewDeclaration,
} from "../syntax/ast.js";
import { writeString } from "../syntax/literals.js";
import type { ParsedFile } from "../syntax/parse.js";
import { needsQuoting, writeName } from "../syntax/words.js";
import type { SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";
import { blockLines, closeBlock, type PrintedEntry } from "./block-lines.js";
import { type CommentedEntry, placeComments, printEntry } from "./place-comments.js";
import { printClassHead, printDomain, printSequence, printTableHead, printTypeAlias } from "./print-declarations.js";
import { printNamePath, printNames } from "./print-expression.js";
import { printMembers } from "./print-members.js";
import { printObject } from "./print-other-members.js";
import { indentStep, lineWidth } from "./print-options.js";

/**
 * The canonical text of a file that parsed without errors. Formatting the result again gives the same text, and
 * parsing it gives the same tree but for spans.
 */
export function formatSchema(parsed: ParsedFile): string {
  const { source, unit, comments } = parsed;
  const file = placeComments(source, 0, unit.declarations, comments);
  const opening = file.opening.map((text) => ({ text, blankBefore: false }));
  const printed = file.entries.map((entry) => printDeclaration(source, entry));
  const spaced = printed.map((entry, index) => separate(entry, printed[index - 1]));
  const [first, ...rest] = spaced;
  if (first === undefined) return blockLines([], [...opening, ...file.closing], "");
  return blockLines([{ ...first, leading: [...opening, ...first.leading] }, ...rest], file.closing, "");
}

/** An empty line before and after every declaration of more than one line. */
function separate(entry: PrintedEntry, previous: PrintedEntry | undefined): PrintedEntry {
  const apart = previous !== undefined && (previous.text.includes("\n") || entry.text.includes("\n"));
  if (!apart) return entry;
  const [comment, ...rest] = entry.leading;
  if (comment === undefined) return { ...entry, blankBefore: true };
  return { ...entry, leading: [{ ...comment, blankBefore: true }, ...rest] };
}

function printDeclaration(source: SourceFile, entry: CommentedEntry<Declaration>): PrintedEntry {
  const { item } = entry;
  switch (item.kind) {
    case "dialect":
      return printEntry(entry, `dialect ${printNames(item.names)}`, entry.inside);
    case "import":
      return printEntry(entry, `import ${writeString(item.path.value)}`, entry.inside);
    case "enum":
      return printEnum(source, { ...entry, item });
    case "typeAlias":
      return printEntry(entry, printTypeAlias(item), entry.inside);
    case "domain":
      return printEntry(entry, printDomain(item), entry.inside);
    case "sequence":
      return printEntry(entry, printSequence(item), entry.inside);
    case "object":
      return printEntry(entry, printObject(item), entry.inside);
    case "table":
    case "view":
      return printWithMembers(source, { ...entry, item }, printTableHead(item));
    case "class":
    case "mixin":
      return printWithMembers(source, { ...entry, item }, printClassHead(item));
    default:
      return assertNever(item);
  }
}

type WithMembers = TableDeclaration | ViewDeclaration | ClassDeclaration | MixinDeclaration;

function printWithMembers(source: SourceFile, entry: CommentedEntry<WithMembers>, head: string): PrintedEntry {
  const headEnd = headEndOf(entry.item);
  const inHead = entry.inside.filter((comment) => comment.span.start < headEnd).length;
  const block = placeComments(source, headEnd, entry.item.members, entry.inside.slice(inHead));
  const body = blockLines(printMembers(source, block.entries), block.closing, indentStep);
  return printEntry(entry, closeBlock(`${head} {`, block.opening, body), entry.inside.slice(0, inHead));
}

/** Where the last clause before the `{` ends. */
function headEndOf(declaration: WithMembers | EnumDeclaration): number {
  const {
    members: _members,
    values: _values,
    doc: _doc,
    span: _span,
    ...clauses
  } = {
    members: [],
    values: [],
    doc: undefined,
    ...declaration,
  };
  return Math.max(
    ...Object.values(clauses)
      .flatMap((clause) => spansIn(clause))
      .map(({ end }) => end),
  );
}

function spansIn(node: unknown): Span[] {
  if (typeof node !== "object" || node === null) return [];
  // Every node of the tree has its span under this name.
  if ("span" in node) return [node.span as Span];
  return Object.values(node).flatMap(spansIn);
}

function printEnum(source: SourceFile, entry: CommentedEntry<EnumDeclaration>): PrintedEntry {
  const declaration = entry.item;
  const was = declaration.was === undefined ? "" : ` was ${printNamePath(declaration.was)}`;
  const typeName = declaration.typeName === undefined ? "" : ` as ${writeName(declaration.typeName.text)}`;
  const comment = declaration.comment === undefined ? "" : ` comment ${writeString(declaration.comment.value)}`;
  const head = `enum ${printNamePath(declaration.name)}${was}${typeName}${comment} {`;
  const headEnd = headEndOf(declaration);
  const inHead = entry.inside.filter((comment) => comment.span.start < headEnd).length;
  const inner = entry.inside.slice(inHead);
  const block = placeComments(source, headEnd, declaration.values, inner);
  const inline = `${head} ${declaration.values.map(printEnumValue).join(", ")} }`;
  const grouped = block.entries.slice(1).some((value) => value.blankBefore);
  if (inner.length === 0 && !grouped && declaration.values.length > 0 && inline.length <= lineWidth) {
    return printEntry(entry, inline, entry.inside.slice(0, inHead));
  }
  const values = block.entries.map((value) => printEntry(value, printEnumValue(value.item), value.inside));
  return printEntry(
    entry,
    closeBlock(head, block.opening, blockLines(values, block.closing, indentStep)),
    entry.inside.slice(0, inHead),
  );
}

function printEnumValue({ value, was }: EnumValue): string {
  return was === undefined ? printLabel(value) : `${printLabel(value)} was ${printLabel(was)}`;
}

function printLabel(label: string): string {
  return needsQuoting(label) ? writeString(label) : label;
}
