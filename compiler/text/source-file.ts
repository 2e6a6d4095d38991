// A source text with its name and an index of its lines: the compiler's input, and what code frames are cut from.
// Offsets are UTF-16 code units of `text`, which is kept exactly as it was read, byte order mark included.

export interface SourceFile {
  /** The path as the caller gave it; the `file` of every span in this text. */
  readonly name: string;
  readonly text: string;
  /** Offset at which each line starts; a line ends with LF, CRLF or a lone CR. */
  readonly lineStarts: readonly number[];
}

/** One-based, as editors count; the column counts UTF-16 code units. */
interface Position {
  readonly line: number;
  readonly column: number;
}

export const byteOrderMark = "\uFEFF";

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

export function createSourceFile(name: string, text: string): SourceFile {
  const lineStarts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const unit = text.charCodeAt(offset);
    if (unit === lineFeed || (unit === carriageReturn && text.charCodeAt(offset + 1) !== lineFeed)) {
      lineStarts.push(offset + 1);
    }
  }
  return { name, text, lineStarts };
}

/** The position of `offset`; offsets beyond the text are its end. A byte order mark takes no column. */
export function positionAt(source: SourceFile, offset: number): Position {
  const inside = Math.max(0, Math.min(offset, source.text.length));
  const index = lineIndexAt(source, inside);
  const column = inside - (source.lineStarts[index] ?? 0);
  const marked = index === 0 && column > 0 && source.text.startsWith(byteOrderMark);
  return { line: index + 1, column: marked ? column : column + 1 };
}

/** The text of a line, counted from one, without its line end and without a byte order mark. */
export function lineText(source: SourceFile, line: number): string {
  const start = source.lineStarts[line - 1];
  if (start === undefined) return "";
  const end = source.lineStarts[line] ?? source.text.length;
  const text = source.text.slice(start, end).replace(/\r?\n$|\r$/, "");
  return line === 1 && text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

/** Binary search for the last line that starts at or before `offset`. */
function lineIndexAt(source: SourceFile, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
