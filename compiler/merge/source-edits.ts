// Changes to a schema file's text that leave all else as it is: entries replaced, added, and marked as gone.
import type { DocComment } from "../syntax/ast.js";
import type { ParsedFile } from "../syntax/parse.js";
import type { Span } from "../text/span.js";

/** A declaration, a member or whatever else has a place of its own and may be documented. */
export interface Entry {
  readonly span: Span;
  readonly doc?: DocComment;
}

/** Stands in the line above what the database no longer has. */
const goneMark = "// gone from the database";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export class SourceEdits {
  readonly #file: ParsedFile;
  readonly #edits: Edit[] = [];

  constructor(file: ParsedFile) {
    this.#file = file;
  }

  get isEmpty(): boolean {
    return this.#edits.length === 0;
  }

  /** Puts `text` in the place of `entry` and its documentation; comments that stood inside go above it. */
  replace(entry: Entry, text: string): void {
    const start = startOf(entry);
    const inner = this.#file.comments.filter(
      ({ kind, span }) => kind !== "doc" && span.start >= start && span.end <= entry.span.end,
    );
    const kept = inner.map((comment) => `${comment.text}\n`).join("");
    this.#edits.push({ start, end: entry.span.end, text: kept + text });
  }

  /** Adds `text` at `offset`, in lines of its own. */
  insert(offset: number, text: string): void {
    this.#edits.push({ start: offset, end: offset, text: `\n${text}\n` });
  }

  /** Takes away what stands between declarations. */
  remove({ start, end }: Span): void {
    this.#edits.push({ start, end, text: "" });
  }

  /** Marks `entry` as gone; gives whether it was not marked before. */
  markGone(entry: Entry): boolean {
    if (this.#markBefore(entry) !== undefined) return false;
    const start = startOf(entry);
    this.#edits.push({ start, end: start, text: `${goneMark}\n` });
    return true;
  }

  /** Takes the mark away from what is there again. */
  unmark(entry: Entry): void {
    const mark = this.#markBefore(entry);
    if (mark !== undefined) this.#edits.push({ ...mark, text: "" });
  }

  /** The text with all changes made; they do not overlap. */
  apply(): string {
    let { text } = this.#file.source;
    for (const { start, end, text: replacement } of this.#edits.toSorted((left, right) => right.start - left.start)) {
      text = text.slice(0, start) + replacement + text.slice(end);
    }
    return text;
  }

  #markBefore(entry: Entry): { readonly start: number; readonly end: number } | undefined {
    const start = startOf(entry);
    const mark = this.#file.comments.findLast(({ span }) => span.end <= start);
    if (mark?.text !== goneMark) return undefined;
    const between = this.#file.source.text.slice(mark.span.end, start);
    return between.trim() === "" ? { start: mark.span.start, end: start } : undefined;
  }
}

function startOf({ span, doc }: Entry): number {
  return doc === undefined ? span.start : Math.min(doc.span.start, span.start);
}
