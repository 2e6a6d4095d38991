// What a stage says about its input. Plain data: rendering and exit codes are decided elsewhere.
import type { Span } from "../text/span.js";
import type { DiagnosticCode } from "./catalog.js";

export interface Label {
  readonly span: Span;
  /** A few words beside the marked text; empty for none. */
  readonly text: string;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  /** One sentence that names the thing and states the fact. */
  readonly message: string;
  readonly primary: Label;
  /** Other places that matter, such as "first declared here". */
  readonly related: readonly Label[];
  /** What to do next. */
  readonly help?: string;
}

/** What every compiler stage returns: as much of its output as could be made, and what is wrong. */
export interface Staged<Value> {
  readonly value: Value;
  readonly diagnostics: readonly Diagnostic[];
}
