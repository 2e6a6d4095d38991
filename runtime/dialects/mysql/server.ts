// What a server says about itself when a connection opens, whether the URL's dialect fits it, and the session settings
// that make every server understand and answer alike.
import { CannotOpenDatabaseError } from "../../errors/errors.js";
import type { DatabaseUrl } from "../url.js";
import { quoteMysqlLiteral } from "./identifiers.js";

export interface Server {
  readonly isMariadb: boolean;
  /** As the server writes it, such as `10.11.19-MariaDB`. */
  readonly version: string;
  /** Bytes of the longest message that the server takes. */
  readonly maxPacket: number;
}

/** The question that `serverOf` reads the answer to. */
export const ASK_SERVER = "SELECT VERSION(), @@max_allowed_packet";

type Version = readonly [major: number, minor: number, patch: number];

/** INSERT … RETURNING is there. */
const OLDEST_MARIADB: Version = [10, 5, 0];
/** CHECK constraints and expressions as defaults are there. */
const OLDEST_MYSQL: Version = [8, 0, 16];

/** Throws `CannotOpenDatabaseError` where the URL's dialect is not the server's, or the server is too old for it. */
export function serverOf(row: readonly unknown[] | undefined, dialect: "mysql" | "mariadb", url: DatabaseUrl): Server {
  const version = String(row?.[0]);
  const isMariadb = /mariadb/i.test(version);
  if (dialect === "mariadb" && !isMariadb) {
    throw new CannotOpenDatabaseError(
      `the server at ${String(url)} is MySQL ${version}; write mysql:// in place of mariadb://`,
    );
  }
  // A MariaDB reached by mysql:// is held to what it is used as: without RETURNING, its 10.2 would do.
  const oldest = isMariadb ? OLDEST_MARIADB : OLDEST_MYSQL;
  if (isOlder(version, oldest)) {
    const name = isMariadb ? "MariaDB" : "MySQL";
    throw new CannotOpenDatabaseError(
      `the server at ${String(url)} is ${name} ${version}; ${oldest.join(".")} is the oldest that is supported`,
    );
  }
  return { isMariadb, version, maxPacket: Number(row?.[1]) };
}

/** Some MariaDBs put the version of MySQL that they replace, `5.5.5-`, before their own. */
function isOlder(version: string, oldest: Version): boolean {
  const numbers = /^(?:5\.5\.5-)?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
  for (const [index, least] of oldest.entries()) {
    const number = numbers[index] ?? 0;
    if (number !== least) return number < least;
  }
  return false;
}

/** What does not fit is refused, not cut; zero dates are errors; a key of 0 is a key. */
const STRICT = [
  "STRICT_TRANS_TABLES",
  "STRICT_ALL_TABLES",
  "NO_ZERO_DATE",
  "NO_ZERO_IN_DATE",
  "ERROR_FOR_DIVISION_BY_ZERO",
  "NO_AUTO_VALUE_ON_ZERO",
  "NO_ENGINE_SUBSTITUTION",
];

/** MariaDB's ONLY_FULL_GROUP_BY refuses columns that the grouped key determines; MySQL's does not. */
const MYSQL_ONLY = ["ONLY_FULL_GROUP_BY"];
/** `SET a = b, b = a` exchanges the two, as everywhere else. */
const MARIADB_ONLY = ["SIMULTANEOUS_ASSIGNMENT"];

/** The statement that makes the session; also after a reset, which goes back to what the server is set to. */
export function sessionStatement(server: Server, settings: ReadonlyMap<string, string | number>): string {
  const modes = [...STRICT, ...(server.isMariadb ? MARIADB_ONLY : MYSQL_ONLY)];
  const parts = [
    // Parameters compare by their characters beside one another, and beside JSON's text, which is of this collation.
    "NAMES utf8mb4 COLLATE utf8mb4_bin",
    "autocommit = 1",
    "time_zone = '+00:00'",
    `sql_mode = '${modes.join(",")}'`,
    // Longer results would be cut with no more than a warning.
    "group_concat_max_len = 1073741824",
  ];
  for (const [name, value] of settings) {
    parts.push(`SESSION ${name} = ${typeof value === "number" ? String(value) : quoteMysqlLiteral(value)}`);
  }
  return `SET ${parts.join(", ")}`;
}
