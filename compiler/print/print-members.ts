// Table members to text: names and types of columns in columns of their own, options behind them or, where the line
// is too long or holds comments, in a trailing block.
import type { ColumnMember, ColumnOption, OptionsMember, RelationshipMember, TableMember } from "../syntax/ast.js";
import { writeName } from "../syntax/words.js";
import type { SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";
import { blockLines, closeBlock, type PrintedEntry } from "./block-lines.js";
import { type CommentedEntry, placeComments, printEntry } from "./place-comments.js";
import { printType } from "./print-expression.js";
import { printDialectOption, printOtherMember } from "./print-other-members.js";
import {
  firstLineLength,
  indentStep,
  lineWidth,
  printColumnOption,
  printColumnOptionWithin,
  printRelationshipOption,
} from "./print-options.js";

/** Wider names, types and relationship heads are not waited for by the others. */
const widestCell = 40;
const widestHead = 56;
const memberIndent = indentStep;

/** The members of one table, to stand between its braces. */
export function printMembers(source: SourceFile, entries: readonly CommentedEntry<TableMember>[]): PrintedEntry[] {
  const layout = measure(entries.map((entry) => entry.item));
  const heads = relationshipHeads(entries);
  return entries.map((entry, index) => {
    switch (entry.item.kind) {
      case "column":
        return printColumn(source, { ...entry, item: entry.item }, layout);
      case "relationship":
        return printRelationship(source, { ...entry, item: entry.item }, heads[index] ?? 0);
      case "options":
        return printOptions(source, { ...entry, item: entry.item });
      default:
        return printEntry(entry, printOtherMember(entry.item), entry.inside);
    }
  });
}

interface ColumnLayout {
  readonly nameWidth: number;
  readonly typeWidth: number;
}

function measure(members: readonly TableMember[]): ColumnLayout {
  const columns = members.filter((member) => member.kind === "column");
  return {
    nameWidth: widest(columns.map((column) => writeName(column.name.text, "member"))),
    typeWidth: widest(columns.filter((column) => column.options.length > 0).map((column) => printType(column.type))),
  };
}

/** The longest of the texts that are no wider than a cell may be. */
function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => (length > width && length <= widestCell ? length : width), 0);
}

// ---- columns

function printColumn(source: SourceFile, entry: CommentedEntry<ColumnMember>, layout: ColumnLayout): PrintedEntry {
  const { name, type, options } = entry.item;
  const start = writeName(name.text, "member").padEnd(layout.nameWidth);
  const typeText = printType(type);
  if (options.length === 0) return printEntry(entry, `${start}  ${typeText}`, entry.inside);
  const texts = options.map(printColumnOption);
  const inline = `${start}  ${typeText.padEnd(layout.typeWidth)}  ${joinOptions(options, texts)}`;
  const fits = memberIndent.length + firstLineLength(inline) <= lineWidth;
  const inlined = fits && !wouldMerge(options) && !hasCommentAfter(entry, type.span);
  if (inlined) return printEntry(entry, inline, entry.inside);
  const print = (option: ColumnOption) => printColumnOptionWithin(option, memberIndent + indentStep);
  return printWithBlock(source, entry, { text: `${start}  ${typeText}`, end: type.span.end }, options, print);
}

/** Options that are one or two plain words stand close together; others have two spaces between. */
function joinOptions(options: readonly ColumnOption[], texts: readonly string[]): string {
  let text = texts[0] ?? "";
  for (let index = 1; index < options.length; index++) {
    const close = isFlag(options[index - 1]) && isFlag(options[index]);
    text += (close ? " " : "  ") + (texts[index] ?? "");
  }
  return text;
}

function isFlag(option: ColumnOption | undefined): boolean {
  if (option === undefined || (option.kind === "unique" && option.constraintName !== undefined)) return false;
  return ["primaryKey", "unique", "index", "identity", "serial", "autoincrement", "deferred", "version"].includes(
    option.kind,
  );
}

/** `unique` and `index` side by side on one line would be read as `unique index`. */
function wouldMerge(options: readonly ColumnOption[]): boolean {
  return options.some((option, index) => {
    const next = options[index + 1];
    return option.kind === "unique" && next?.kind === "index" && !next.unique;
  });
}

// ---- relationships

function relationshipHead(member: RelationshipMember): string {
  const arity = member.arity === "many" ? "[]" : member.arity === "optional" ? "?" : "";
  return `relationship ${writeName(member.name.text)}: ${writeName(member.target.text)}${arity}`;
}

/** For each entry the width of its head: neighbouring relationships share the widest. */
function relationshipHeads(entries: readonly CommentedEntry<TableMember>[]): number[] {
  const widths: number[] = [];
  let run: number[] = [];
  let width = 0;
  const closeRun = (): void => {
    for (const index of run) widths[index] = width;
    run = [];
    width = 0;
  };
  for (const [index, { item }] of entries.entries()) {
    if (item.kind !== "relationship") {
      closeRun();
      continue;
    }
    run.push(index);
    const { length } = relationshipHead(item);
    if (length <= widestHead) width = Math.max(width, length);
  }
  closeRun();
  return widths;
}

function printRelationship(source: SourceFile, entry: CommentedEntry<RelationshipMember>, width: number): PrintedEntry {
  const { options, target } = entry.item;
  const head = relationshipHead(entry.item);
  if (options.length === 0) return printEntry(entry, head, entry.inside);
  const inline = `${head.padEnd(width)}  ${options.map(printRelationshipOption).join("  ")}`;
  const fits = memberIndent.length + inline.length <= lineWidth;
  if (fits && !hasCommentAfter(entry, target.span)) return printEntry(entry, inline, entry.inside);
  return printWithBlock(source, entry, { text: head, end: target.span.end }, options, printRelationshipOption);
}

// ---- options in a trailing block

/** Whether a comment stands among the options, which follow `head`: only a block can keep it in place. */
function hasCommentAfter(entry: CommentedEntry<TableMember>, head: Span): boolean {
  return entry.inside.some((comment) => comment.span.start >= head.end);
}

/** What stands before an entry's options: its text, and where it ends in the source. */
interface Head {
  readonly text: string;
  readonly end: number;
}

function printWithBlock<Option extends { readonly span: Span }>(
  source: SourceFile,
  entry: CommentedEntry<TableMember>,
  head: Head,
  options: readonly Option[],
  print: (option: Option) => string,
): PrintedEntry {
  const inHead = entry.inside.filter((comment) => comment.span.start < head.end);
  const block = placeComments(source, head.end, options, entry.inside.slice(inHead.length));
  const lines = block.entries.map((line) => {
    const printed = printEntry({ ...line, blankBefore: false }, print(line.item), line.inside);
    return { ...printed, leading: printed.leading.map(closeUp) };
  });
  const body = blockLines(lines, block.closing.map(closeUp), memberIndent + indentStep);
  return printEntry(entry, closeBlock(`${head.text} {`, block.opening, body, memberIndent), inHead);
}

/** Options stand without empty lines between. */
function closeUp(line: { readonly text: string }) {
  return { text: line.text, blankBefore: false };
}

// ---- options of a dialect

function printOptions(source: SourceFile, entry: CommentedEntry<OptionsMember>): PrintedEntry {
  const { dialect, entries } = entry.item;
  const head = `options ${writeName(dialect.text)} {`;
  const inHead = entry.inside.filter((comment) => comment.span.start < dialect.span.end);
  const inBlock = entry.inside.slice(inHead.length);
  const inline = entries.length === 0 ? `${head}}` : `${head} ${entries.map(printDialectOption).join("; ")} }`;
  if (inBlock.length === 0 && memberIndent.length + inline.length <= lineWidth) {
    return printEntry(entry, inline, inHead);
  }
  const block = placeComments(source, dialect.span.end, entries, inBlock);
  const lines = block.entries.map((line) => printEntry(line, printDialectOption(line.item), line.inside));
  const body = blockLines(lines, block.closing, memberIndent + indentStep);
  return printEntry(entry, closeBlock(head, block.opening, body, memberIndent), inHead);
}
