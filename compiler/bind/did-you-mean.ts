// The help line of an unknown name: the nearest name in scope, as a question.
import { nearestName } from "../diagnostics/suggest.js";

/** "did you mean `x`?", or undefined where no name in scope is near. */
export function didYouMean(name: string, inScope: Iterable<string>): string | undefined {
  const nearest = nearestName(name, inScope);
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}
