// What each database of the tests can do: the one place of the tests that knows. What a database lacks is said here,
// with the reason; a test that needs it is then not made at all, and whatever else is skipped fails in CI.

/** Something that a test may need, in the words of the report at the end of a run. */
const CAPABILITIES = {
  "array-parameters": "a list as one parameter",
  "concurrent-writers": "transactions that write side by side",
  "deadlock-detection": "deadlocks, found by the server",
  "full-isolation": "the isolation levels between",
  "insert-returning": "INSERT … RETURNING",
  "update-returning": "UPDATE … RETURNING",
  "length-checks": "a check of a text's length",
  "transactional-ddl": "tables that come and go with a transaction",
  "server-sessions": "sessions on a server",
  "statement-timeout": "a limit of the server's for a statement",
  "lock-timeout": "a limit of the server's for a lock",
  "commit-tag": "an answer to COMMIT that may say ROLLBACK",
  "serializable-conflicts": "failures of transactions that cannot be put in order",
  "big-packets-refused": "a limit for a message",
} as const;

export type Capability = keyof typeof CAPABILITIES;

/** Something that a database does not have. */
interface Lack {
  readonly database: "sqlite" | "postgresql" | "mysql" | "mariadb";
  readonly capabilities: readonly Capability[];
  readonly reason: string;
}

const LACKS: readonly Lack[] = [
  {
    database: "sqlite",
    capabilities: ["concurrent-writers", "deadlock-detection", "lock-timeout", "serializable-conflicts"],
    reason: "one transaction writes at a time, and the engine queues the others itself",
  },
  { database: "sqlite", capabilities: ["full-isolation"], reason: "every transaction is serializable" },
  {
    database: "sqlite",
    capabilities: ["server-sessions", "statement-timeout", "commit-tag", "big-packets-refused"],
    reason: "it runs inside the process; there is no server",
  },
  { database: "sqlite", capabilities: ["length-checks"], reason: "varchar(n) holds text of any length" },
  { database: "sqlite", capabilities: ["array-parameters"], reason: "it has no arrays" },
  { database: "postgresql", capabilities: ["big-packets-refused"], reason: "a message may be as long as a value" },
  {
    database: "mariadb",
    capabilities: ["array-parameters", "commit-tag", "update-returning"],
    reason: "its SQL and its protocol have none",
  },
  { database: "mariadb", capabilities: ["transactional-ddl"], reason: "it commits before it changes a table" },
  { database: "mariadb", capabilities: ["serializable-conflicts"], reason: "it lets one of the two wait instead" },
  {
    database: "mysql",
    capabilities: ["array-parameters", "commit-tag", "insert-returning", "update-returning", "statement-timeout"],
    reason: "its SQL and its protocol have none",
  },
  { database: "mysql", capabilities: ["transactional-ddl"], reason: "it commits before it changes a table" },
  { database: "mysql", capabilities: ["serializable-conflicts"], reason: "it lets one of the two wait instead" },
];

/** By what `version()` says. */
export function isMariadb(version: string): boolean {
  return /mariadb/i.test(version);
}

/** What a database of this dialect can do: all but what it is said to lack. */
export function capabilitiesOf(dialect: string): ReadonlySet<Capability> {
  const lacking = new Set(LACKS.filter(({ database }) => database === dialect).flatMap((lack) => lack.capabilities));
  // Object.keys widens the names, which the table's type fixes.
  return new Set((Object.keys(CAPABILITIES) as Capability[]).filter((capability) => !lacking.has(capability)));
}

/** What a database of this dialect lacks, and why: for people, one line each. */
export function lacksOf(dialect: string): readonly string[] {
  return LACKS.filter(({ database }) => database === dialect).map(
    ({ capabilities, reason }) =>
      `${dialect} (${reason}): ${capabilities.map((capability) => CAPABILITIES[capability]).join("; ")}`,
  );
}
