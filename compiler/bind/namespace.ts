// Names that share one namespace: the first declaration of a name has it, the others are reported.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../text/span.js";

interface Named {
  readonly name: { readonly span: Span };
}

/** What a name is declared as. */
type Noun = "table" | "view" | "sequence" | "enum" | "type" | "domain" | "mixin" | "object";

/** Codes of their own for the declarations that are most often repeated. */
const repeated: Partial<Record<Noun, "S2010" | "S2013">> = { table: "S2010", enum: "S2013" };

export class Namespace {
  readonly #taken = new Map<string, { readonly span: Span; readonly noun: Noun }>();
  readonly #diagnostics: Diagnostic[];

  constructor(diagnostics: Diagnostic[]) {
    this.#diagnostics = diagnostics;
  }

  /** Takes `key` for a declaration; false where another has it, which is reported. */
  take(key: string, declaration: Named, noun: Noun): boolean {
    const { span } = declaration.name;
    const earlier = this.#taken.get(key);
    if (earlier === undefined) {
      this.#taken.set(key, { span, noun });
      return true;
    }
    const place = { span, related: [{ span: earlier.span, text: "first declared here" }] };
    const code = earlier.noun === noun ? repeated[noun] : undefined;
    this.#diagnostics.push(
      code === undefined ? diagnostic("S2018", place, key, earlier.noun, noun) : diagnostic(code, place, key),
    );
    return false;
  }
}
