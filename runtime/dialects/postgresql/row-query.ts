// One round trip on pg's queue: a subclass of `pg.Query` (pg takes no other in its pipeline) that reads rows as arrays
// of text and settles only when the server is ready again, so that the transaction's state is known by then.
import type { PgConnection, PgField, PgPackage, PgQuery } from "./pg-package.js";

/** What came back. */
export interface QueryReply {
  readonly rows: unknown[][];
  /** Null where the answer described no columns: there are none, or nobody asked. */
  readonly fields: readonly PgField[] | null;
  /** That of the last statement. */
  readonly commandTag: string | null;
  /** True where the portal has more rows. */
  readonly suspended: boolean;
}

type RowQueryConstructor = new (
  messages: Buffer,
  replied: (reply: QueryReply) => void,
  failed: (error: unknown) => void,
) => PgQuery;

const classes = new WeakMap<PgPackage, RowQueryConstructor>();

/** The query class over the loaded package's own: one for all connections, whose calls thus stay alike. */
export function rowQueryClass(pg: PgPackage): RowQueryConstructor {
  let known = classes.get(pg);
  if (known === undefined) {
    known = makeClass(pg);
    classes.set(pg, known);
  }
  return known;
}

/** `messages` are what is sent, SYNC included. */
function makeClass(pg: PgPackage): RowQueryConstructor {
  return class RowQuery extends pg.Query implements PgQuery {
    readonly #messages: Buffer;
    readonly #replied: (reply: QueryReply) => void;
    readonly #failed: (error: unknown) => void;
    readonly #rows: unknown[][] = [];
    #fields: readonly PgField[] | null = null;
    #commandTag: string | null = null;
    #suspended = false;

    constructor(messages: Buffer, replied: (reply: QueryReply) => void, failed: (error: unknown) => void) {
      // What pg makes of a text is not used; it makes least of an empty one.
      super("");
      this.#messages = messages;
      this.#replied = replied;
      this.#failed = failed;
    }

    override submit({ stream }: PgConnection): null {
      // Where it is not, pg is about to tell of the connection's end.
      if (stream.writable) stream.write(this.#messages);
      return null;
    }

    handleRowDescription(message: { readonly fields: readonly PgField[] }): void {
      this.#fields = message.fields;
    }

    handleDataRow(message: { readonly fields: unknown[] }): void {
      this.#rows.push(message.fields);
    }

    handleCommandComplete(message: { readonly text: string }): void {
      this.#commandTag = message.text;
    }

    handlePortalSuspended(): void {
      this.#suspended = true;
    }

    // The answer to an empty statement has nothing to keep.
    handleEmptyQuery(): void {}

    handleCopyInResponse(connection: PgConnection): void {
      connection.sendCopyFail("COPY … FROM STDIN needs a stream of data, which a statement has not");
      // The SYNC that was sent before is taken for a part of the data.
      connection.sync();
    }

    handleReadyForQuery(): void {
      const replied = this.#replied;
      replied({
        rows: this.#rows,
        fields: this.#fields,
        commandTag: this.#commandTag,
        suspended: this.#suspended,
      });
    }

    /** The server's errors are told when it is ready for the next statement; all others at once. */
    handleError(error: unknown, connection: PgConnection): void {
      const failed = this.#failed;
      if (isServerError(error)) whenReady(connection, () => failed(error));
      else failed(error);
    }
  };
}

/** Calls back once, when the server is ready for the next statement or the connection has ended. */
function whenReady(connection: PgConnection, callback: () => void): void {
  const settle = (): void => {
    connection.removeListener("readyForQuery", settle);
    connection.removeListener("end", settle);
    callback();
  };
  connection.on("readyForQuery", settle);
  connection.on("end", settle);
}

/** True for an error that the server sent and after which it goes on. */
function isServerError(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("severity" in error)) return false;
  return error.severity !== "FATAL" && error.severity !== "PANIC" && error.severity !== undefined;
}
