// Names in the example dialect stand in brackets, all of them.
import { ArgumentError } from "athanor";

export function quoteIdentifier(name: string): string {
  if (name.includes("]") || name.includes("\0")) {
    throw new ArgumentError(`the name ${JSON.stringify(name)} holds a character that no quoting makes safe here`);
  }
  return `[${name}]`;
}
