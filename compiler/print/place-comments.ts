// Where each comment belongs: above an entry, behind it on its line, inside it, or at the end of a block.
import type { Comment } from "../syntax/trivia.js";
import type { CommentLine, PrintedEntry } from "./block-lines.js";
import type { SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";

/** An entry of a block with the comments that go with it. */
export interface CommentedEntry<Item> {
  readonly item: Item;
  readonly leading: readonly CommentLine[];
  /** Whether an empty line stands between the entry and what is before it, its leading comments included. */
  readonly blankBefore: boolean;
  /** Comments between the entry's first and last character. */
  readonly inside: readonly Comment[];
  /** Comments after it on its last line. */
  readonly trailing: readonly string[];
}

interface CommentedBlock<Item> {
  /** Comments behind the line that opens the block. */
  readonly opening: readonly string[];
  readonly entries: readonly CommentedEntry<Item>[];
  /** Comments after the last entry. */
  readonly closing: readonly CommentLine[];
}

const lineEnd = /[\r\n]/;
const emptyLine = /(?:\r\n|\r(?!\n)|\n)[ \t\f\v]*[\r\n]/;

/** Sorts `comments`, which all stand after the offset `start`, among `items`; both are in source order. */
export function placeComments<Item extends { readonly span: Span }>(
  source: SourceFile,
  start: number,
  items: readonly Item[],
  comments: readonly Comment[],
): CommentedBlock<Item> {
  const opening: string[] = [];
  const entries: (CommentedEntry<Item> & { trailing: string[] })[] = [];
  let pending: CommentLine[] = [];
  let previousEnd = start;
  let next = 0;
  const between = (end: number): string => source.text.slice(previousEnd, end);
  const placeOutside = (comment: Comment): void => {
    const { start: at, end } = comment.span;
    const sameLine = pending.length === 0 && !lineEnd.test(between(at)) && comment.kind !== "doc";
    if (sameLine) (entries.at(-1)?.trailing ?? opening).push(comment.text);
    else pending.push({ text: comment.text, blankBefore: emptyLine.test(between(at)) });
    previousEnd = end;
  };
  for (const item of items) {
    let comment = comments[next];
    for (; isBefore(comment, item.span.start); comment = comments[++next]) placeOutside(comment);
    const blankBefore = emptyLine.test(between(item.span.start));
    const inside: Comment[] = [];
    for (; isBefore(comment, item.span.end); comment = comments[++next]) inside.push(comment);
    entries.push({ item, leading: pending, blankBefore, inside, trailing: [] });
    pending = [];
    previousEnd = item.span.end;
  }
  for (const comment of comments.slice(next)) placeOutside(comment);
  return { opening, entries, closing: pending };
}

function isBefore(comment: Comment | undefined, offset: number): comment is Comment {
  return comment !== undefined && comment.span.start < offset;
}

/** An entry's text with its comments; those `moved` out of it go on the lines above it. */
export function printEntry<Item>(entry: CommentedEntry<Item>, text: string, moved: readonly Comment[]): PrintedEntry {
  const { leading, blankBefore, trailing } = entry;
  if (moved.length === 0) return { text, leading, blankBefore, trailing };
  const hoisted = moved.map((comment, index) => hoist(comment, index === 0 && blankBefore));
  return { text, leading: [...leading, ...hoisted], blankBefore: false, trailing };
}

/** A `///` line becomes `//` when it moves above an entry, for it would otherwise begin to document the entry. */
function hoist(comment: Comment, blankBefore: boolean): CommentLine {
  return { text: comment.text.replace(/^\/\/\/+/, "//"), blankBefore };
}
