// The rule about modules of the user's that the schema names.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { StringLiteral } from "../syntax/ast.js";
import type { Findings } from "./rule.js";

/** S2037: a module is a relative path with forward slashes, or the name of a package. */
export function* moduleIsPath({ value, span }: StringLiteral): Findings {
  const isPath = /^(?:\.{1,2}\/|[@a-z0-9#])/i.test(value) && !/[\s\\'"`\p{Cc}]/u.test(value);
  if (!isPath) yield diagnostic("S2037", span, value);
}
