// The target dialects: what the root files declare, or the configuration. Known names only are passed on.
import { dialects as knownDialects, findCapabilities } from "../../model/capabilities.js";
import { didYouMean } from "../bind/did-you-mean.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic, Staged } from "../diagnostics/diagnostic.js";
import type { SourceUnit } from "../syntax/ast.js";

export function checkDialects(
  units: readonly SourceUnit[],
  roots: readonly string[],
  configured: readonly string[],
): Staged<readonly string[]> {
  const diagnostics: Diagnostic[] = [];
  const targets = new Set(configured);
  for (const unit of units) {
    const seen = new Set<string>();
    for (const declaration of unit.declarations) {
      if (declaration.kind !== "dialect") continue;
      if (!roots.includes(unit.file)) diagnostics.push(diagnostic("S2034", declaration.span));
      for (const { text, span } of declaration.names) {
        if (seen.has(text)) diagnostics.push(diagnostic("S2035", span, text));
        else if (findCapabilities(text) === undefined) diagnostics.push(unknownDialect(text, span));
        else targets.add(text);
        seen.add(text);
      }
    }
  }
  return { value: [...targets], diagnostics };
}

function unknownDialect(name: string, span: SourceUnit["span"]): Diagnostic {
  const names = knownDialects.map((dialect) => dialect.name);
  const right = knownDialects.find(({ aliases }) => aliases.includes(name.toLowerCase()));
  const place = { span, help: right === undefined ? didYouMean(name, names) : `write \`${right.name}\`` };
  return diagnostic("S2008", place, name, names.map((known) => `\`${known}\``).join(", "));
}
