// The part of a rendered diagnostic that shows source: a numbered line with the span marked below it.
import { showCharacters } from "../text/display-width.js";
import { lineText, positionAt, type SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";

export interface MarkedLine {
  readonly number: number;
  readonly text: string;
  /** Blanks and then the mark, to stand below `text`. */
  readonly mark: string;
}

/** Longer lines are cut around the mark. */
const widestLine = 120;
const contextBeforeMark = 40;
/** How much of a line around a mark is looked at, in UTF-16 code units. */
const nearMark = 1000;

/** The lines to show for a span: its line, or its first and last line where it covers several. */
export function markLines(source: SourceFile, span: Span, markCharacter: "^" | "-"): MarkedLine[] {
  const start = positionAt(source, span.start);
  const end = positionAt(source, Math.max(span.start, span.end));
  const firstText = lineText(source, start.line);
  if (start.line === end.line) return [markLine(start.line, firstText, start.column, end.column, markCharacter)];
  const first = markLine(start.line, firstText, start.column, firstText.length + 1, markCharacter);
  const lastText = lineText(source, end.line);
  const indent = lastText.length - lastText.trimStart().length;
  if (end.column <= indent + 1) return [first];
  return [first, markLine(end.line, lastText, indent + 1, end.column, markCharacter)];
}

/** Columns count UTF-16 code units from one; an empty range is marked as one character. */
function markLine(number: number, text: string, from: number, to: number, character: string): MarkedLine {
  const nearStart = wholeCharacterStart(text, from - nearMark);
  let unit = nearStart + 1;
  let before = 0;
  let marked = 0;
  const shown = showCharacters(text.slice(nearStart, wholeCharacterStart(text, from + nearMark)));
  for (const { units, width } of shown) {
    if (unit < from) before += width;
    else if (unit < to) marked += width;
    unit += units;
  }
  const whole = shown.map((part) => part.text).join("");
  const mark = character.repeat(Math.max(1, marked));
  if (before + mark.length <= widestLine && whole.length <= 2 * widestLine) {
    return { number, text: whole.trimEnd(), mark: " ".repeat(before) + mark };
  }
  return cutLine(number, shown, before, mark);
}

/** `offset`, or the one before it where that would split a surrogate pair; not before the line's start. */
function wholeCharacterStart(text: string, offset: number): number {
  if (offset <= 0) return 0;
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}

function cutLine(number: number, shown: ReturnType<typeof showCharacters>, before: number, mark: string): MarkedLine {
  const from = Math.max(0, before - contextBeforeMark);
  let column = 0;
  let text = "";
  let skipped = 0;
  for (const part of shown) {
    if (column < from) skipped += part.width;
    else if (column < from + widestLine) text += part.text;
    column += part.width;
  }
  const start = skipped > 0 ? "…" : "";
  const rest = column > from + widestLine ? "…" : "";
  const room = Math.max(1, widestLine - (before - skipped));
  return {
    number,
    text: start + text + rest,
    mark: " ".repeat(before - skipped + start.length) + mark.slice(0, room),
  };
}
