// The one constructor of diagnostics: wording comes from the catalogue, places and particulars from the stage.
import type { Span } from "../text/span.js";
import { catalog, type DiagnosticCode, type MessageArguments } from "./catalog.js";
import type { Diagnostic, Label } from "./diagnostic.js";

/** Where a diagnostic points, and what it shows there. */
interface Place {
  readonly span: Span;
  /** A few words beside the marked text. */
  readonly label?: string;
  readonly related?: readonly Label[];
  /** Replaces the catalogue's help, for advice that only the stage can give. */
  readonly help?: string | undefined;
}

/** Builds the diagnostic `code`; `args` are what its message in the catalogue asks for. */
export function diagnostic<Code extends DiagnosticCode>(
  code: Code,
  at: Span | Place,
  ...args: MessageArguments<Code>
): Diagnostic {
  const place: Place = "span" in at ? at : { span: at };
  const template = catalog[code];
  const help = place.help ?? (typeof template.help === "function" ? template.help(...args) : template.help);
  return {
    code,
    severity: template.severity,
    message: template.message(...args),
    primary: { span: place.span, text: place.label ?? "" },
    related: place.related ?? [],
    ...(help === undefined ? {} : { help }),
  };
}
