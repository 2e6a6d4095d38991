// Where something stands in a source file: half-open offsets in UTF-16 code units.

export interface Span {
  /** The file's path as the caller gave it. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The smallest span that covers both, which must lie in one file. */
export function coverSpans(first: Span, second: Span): Span {
  return { file: first.file, start: Math.min(first.start, second.start), end: Math.max(first.end, second.end) };
}
