// Making a session as it was when it began, in one round trip: DISCARD ALL, but for the statements that this package
// prepared itself, which hold nothing of a borrower's. Its own statements are prepared as well: planned once.
import type { PgConnection } from "./pg-package.js";

/** Parsing and planning these each time would take longer than all the rest of a checkout. */
const STATEMENTS = [
  "CLOSE ALL",
  "SET SESSION AUTHORIZATION DEFAULT",
  "RESET ALL",
  "UNLISTEN *",
  "DISCARD TEMP",
  "DISCARD SEQUENCES",
  "SELECT pg_advisory_unlock_all(), EXISTS (SELECT FROM pg_prepared_statement() WHERE from_sql)",
];

export class SessionReset {
  readonly #prepares: boolean;
  #prepared = false;

  constructor(prepares: boolean) {
    this.#prepares = prepares;
  }

  /** Writes the messages. The row that comes back says `t` in its second column where PREPARE has left something. */
  write(connection: PgConnection, rollback: boolean): void {
    if (rollback) this.#writeOne(connection, "ROLLBACK", "");
    STATEMENTS.forEach((text, index) => {
      this.#writeOne(connection, text, this.#prepares ? `athanor_reset_${String(index)}` : "");
    });
    connection.sync();
  }

  /** To be told when the messages were answered: the server has the statements now. */
  succeeded(): void {
    this.#prepared = this.#prepares;
  }

  /** To be told when the server has no prepared statements any more. */
  forget(): void {
    this.#prepared = false;
  }

  #writeOne(connection: PgConnection, text: string, name: string): void {
    if (name === "" || !this.#prepared) connection.parse({ name, text });
    connection.bind({ portal: "", statement: name, values: [] });
    connection.execute({ portal: "", rows: 0 });
  }
}
