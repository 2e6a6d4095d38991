// What the parser does not see and the formatter must keep: comments, in source order.
import type { Span } from "../text/span.js";

export interface Comment {
  /** `doc` is a `///` line above what it documents. */
  readonly kind: "line" | "block" | "doc";
  /** As written, markers included, line ends as LF. */
  readonly text: string;
  readonly span: Span;
}
