// The tables that a table inherits from, as its options say it: PostgreSQL's `inherits (parent, other.parent)`.
import { sqlTokens } from "../reflect/sql-tokens.js";
import type { DialectOptions } from "./extras.js";

interface Parent {
  readonly schema: string | null;
  readonly table: string;
}

/** The parents, in order; `defaultSchema` is that of names without one. */
export function inheritedFrom(
  options: Readonly<Record<string, DialectOptions>>,
  defaultSchema: string | null,
): readonly Parent[] {
  const lists = Object.values(options).flatMap((entries) =>
    Object.keys(entries).filter((name) => /^inherits\b/i.test(name)),
  );
  return lists.flatMap((list) => parentsIn(list, defaultSchema));
}

function parentsIn(list: string, defaultSchema: string | null): Parent[] {
  const parents: Parent[] = [];
  let parts: string[] = [];
  for (const { kind, value, text } of sqlTokens(list).slice(1)) {
    if (kind === "quoted") parts.push(value);
    // Words mean the same in any case.
    if (kind === "word") parts.push(value.toLowerCase());
    if (text !== "," && text !== ")") continue;
    const table = parts.at(-1);
    if (table !== undefined) parents.push({ schema: parts.length > 1 ? (parts[0] ?? null) : defaultSchema, table });
    parts = [];
  }
  return parents;
}
