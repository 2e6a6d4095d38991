// What each database of the tests can do, by dialect and server version: the one place of the tests that knows.

/** Something that a test may need. */
export type Capability =
  | "array-parameters"
  | "concurrent-writers"
  | "deadlock-detection"
  | "full-isolation"
  | "insert-returning"
  | "update-returning"
  | "length-checks"
  | "transactional-ddl"
  | "server-sessions"
  | "statement-timeout"
  | "lock-timeout"
  | "commit-tag"
  | "serializable-conflicts"
  | "big-packets-refused";

type Rule = (version: string) => boolean;
const always: Rule = () => true;

const TABLE: Readonly<Record<string, Partial<Record<Capability, Rule>>>> = {
  sqlite: { "insert-returning": always, "update-returning": always, "transactional-ddl": always },
  postgresql: {
    "array-parameters": always,
    "concurrent-writers": always,
    "deadlock-detection": always,
    "full-isolation": always,
    "insert-returning": always,
    "length-checks": always,
    "update-returning": always,
    "transactional-ddl": always,
    "server-sessions": always,
    "statement-timeout": always,
    "lock-timeout": always,
    "commit-tag": always,
    "serializable-conflicts": always,
  },
  mysql: {
    "concurrent-writers": always,
    "deadlock-detection": always,
    "full-isolation": always,
    "insert-returning": isMariadb,
    "length-checks": always,
    "server-sessions": always,
    "statement-timeout": isMariadb,
    "lock-timeout": always,
    "big-packets-refused": always,
  },
};

/** By what `version()` says. */
export function isMariadb(version: string): boolean {
  return /mariadb/i.test(version);
}

/** What a server can do. */
export function capabilitiesOf(dialect: string, version: string): ReadonlySet<Capability> {
  const rules = Object.entries(TABLE[dialect] ?? {});
  // Object.entries widens the keys, which the table's type fixes.
  return new Set(rules.filter(([, rule]) => rule(version)).map(([name]) => name as Capability));
}
