// The rule about imports: each is there for something.
import type { Import } from "../bind/collect-units.js";
import type { BoundSchema } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Findings } from "./rule.js";

export interface ImportGraph {
  readonly roots: readonly string[];
  readonly imports: readonly Import[];
  /** Reported already. */
  readonly circular: readonly Import[];
}

/** S2033, a warning: an import is used, or is what brings its file into the schema. */
export function* importsAreUsed({ roots, imports, circular }: ImportGraph, { uses }: BoundSchema): Findings {
  const importers = new Map<string, Import[]>();
  for (const entry of imports) importers.set(entry.to, [...(importers.get(entry.to) ?? []), entry]);
  for (const entry of imports) {
    const all = importers.get(entry.to) ?? [];
    const isRepeated = all.some((other) => other !== entry && other.from === entry.from && isBefore(other, entry));
    const isUsed = uses.get(entry.from)?.has(entry.to) === true;
    const isOnlyWay = all.length === 1 && !roots.includes(entry.to);
    if (circular.includes(entry)) continue;
    if (isRepeated || (!isUsed && !isOnlyWay)) {
      yield diagnostic("S2033", entry.declaration.span, entry.declaration.path.value);
    }
  }
}

function isBefore(first: Import, second: Import): boolean {
  return first.declaration.span.start < second.declaration.span.start;
}
