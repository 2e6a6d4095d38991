// Which names SQLite wants between quotes: its keywords that cannot stand for a name, beside what is not plain.
import { identifierQuoter, RESERVED_WORDS } from "../../sql/compile/identifiers.js";

const KEYWORDS = `abort action add after alter always attach autoincrement before begin by cascade commit conflict cross
  current database default delete detach drop each escape every exclude exclusive exists explain fail filter first
  following generated glob groups if ignore immediate index indexed insert instead key last match materialized no
  nothing nulls others over partition plan pragma preceding query raise range recursive regexp reindex release rename
  replace restrict rollback row rows savepoint temp temporary ties transaction trigger unbounded update vacuum values
  view virtual within without`.split(/\s+/);

/** A name as it stands in SQLite's SQL. */
export const quoteSqliteIdentifier: (name: string) => string = identifierQuoter(
  new Set([...RESERVED_WORDS, ...KEYWORDS]),
);
