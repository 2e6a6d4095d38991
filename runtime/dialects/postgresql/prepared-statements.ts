// The statements that one connection keeps prepared on the server: their names, and what is known of their columns. The
// one used longest ago goes when there are too many.
import type { PgField } from "./pg-package.js";
import type { WireMessages } from "./wire-messages.js";

const PREPARED_LIMIT = 250;

export interface PreparedStatement {
  /** Empty where the server is to keep nothing. */
  readonly name: string;
  readonly text: string;
  /** True once the server was sent the text under this name. */
  parsed: boolean;
  /** Undefined until its first answer; null where it returns no rows. */
  fields: readonly PgField[] | null | undefined;
}

export class PreparedStatements {
  readonly #prefix: string;
  // A Map iterates in order of insertion; a statement that is used moves to the end.
  readonly #statements = new Map<string, PreparedStatement>();
  readonly #forgotten: string[] = [];
  #last: PreparedStatement | null = null;
  #counter = 0;

  /** `prefix` begins the names. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The statement of this text, with a name of its own from now on. */
  get(text: string): PreparedStatement {
    if (this.#last !== null && this.#last.text === text) return this.#last;
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      this.#counter += 1;
      statement = { name: `${this.#prefix}${String(this.#counter)}`, text, parsed: false, fields: undefined };
      if (this.#statements.size >= PREPARED_LIMIT) this.#forgetOldest();
    } else {
      this.#statements.delete(text);
    }
    this.#statements.set(text, statement);
    this.#last = statement;
    return statement;
  }

  /** Makes the next use of this text prepare it anew. */
  forget(statement: PreparedStatement): void {
    // It may have gone already, and its text have a successor.
    if (this.#statements.get(statement.text) !== statement) return;
    if (statement.parsed) this.#forgotten.push(statement.name);
    this.#statements.delete(statement.text);
    this.#last = null;
  }

  /** Makes the next use of every text prepare it anew. */
  forgetAll(): void {
    for (const statement of this.#statements.values()) this.forget(statement);
  }

  /** Forgets all: the server has none of them any more. */
  clear(): void {
    this.#statements.clear();
    this.#forgotten.length = 0;
    this.#last = null;
  }

  /** Writes the messages that rid the server of what was forgotten. */
  closeForgotten(messages: WireMessages): void {
    if (this.#forgotten.length === 0) return;
    for (const name of this.#forgotten) messages.closeStatement(name);
    this.#forgotten.length = 0;
  }

  #forgetOldest(): void {
    for (const oldest of this.#statements.values()) {
      this.forget(oldest);
      return;
    }
  }
}
