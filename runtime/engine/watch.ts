// Who looks at what an engine does: its log and those who listen to its events, who may also change what is done.
import type { Compiled } from "../sql/compile/compiled.js";
import { AthanorError, DisconnectError } from "../errors/errors.js";
import type { Echo, Origin } from "./echo.js";
import {
  type EngineEvents,
  type ExecutedInstead,
  type ReplyInstead,
  type SentInstead,
  STATEMENT_EVENTS,
  type StatementEvent,
} from "./engine-events.js";
import { EventHub } from "../events/event-hub.js";
import type { StatementParameters } from "./bind-values.js";
import type { ExecutionReply, SqlRow } from "./execution.js";
import type { CompleteOptions } from "./execution-options.js";

/** Inside an engine neither face is known; the engine's own type says what its connections are. */
export type AnyEvents = EngineEvents<object, object, unknown, unknown>;

/** A driver's reply, as far as those who look on see it. */
interface SeenReply {
  readonly rows: readonly SqlRow[];
  readonly rowCount: number;
  /** Asked for where rows are logged only. */
  readonly columnNames: readonly string[] | null | (() => readonly string[]);
}

/** A statement that the program asked for. */
interface Asked {
  readonly statement: unknown;
  readonly parameters: StatementParameters | undefined;
}

export class Watch {
  readonly hub: EventHub<AnyEvents>;
  readonly #echo: Echo | null;

  constructor(echo: Echo | null, hub: EventHub<AnyEvents>) {
    this.#echo = echo;
    this.hub = hub;
  }

  /** For a copy of the engine, whose listeners come after this one's. */
  child(): Watch {
    return new Watch(this.#echo, new EventHub(this.hub, STATEMENT_EVENTS));
  }

  /** The same with a token before each line of the log. */
  withToken(token: string | null): Watch {
    return this.#echo === null ? this : new Watch(this.#echo.withToken(token), this.hub);
  }

  /** True where somebody looks at statements: read before each. */
  get active(): boolean {
    return this.#echo !== null || this.hub.isHot;
  }

  /** What is executed where the program asks for a statement. */
  asked(connection: object, asked: Asked, options: CompleteOptions): Asked {
    if (!this.hub.has("beforeExecute")) return asked;
    return this.hub.transform("beforeExecute", { connection, ...asked, options }, (event, answer) => ({
      ...event,
      // Sound: the event's type says what a listener answers with.
      ...(answer as ExecutedInstead),
    }));
  }

  /** What was asked for is done. */
  answered<R>(connection: object, { statement, parameters }: Asked, options: CompleteOptions, result: R): R {
    if (this.hub.has("afterExecute")) {
      this.hub.emit("afterExecute", { connection, statement, parameters, options, result });
    }
    return result;
  }

  /** A statement is about to be sent: what is sent is what this returns. Call it while `active` only. */
  before(
    connection: object,
    compiled: Compiled,
    origin: Origin,
    sql: string,
    parameters: readonly SqlRow[],
    many: boolean,
  ): StatementEvent<object> {
    const statement = this.hub.transform(
      "beforeCursorExecute",
      { connection, sql, parameters, many, compiled },
      // Sound: the event's type says what a listener answers with.
      (event, answer) => ({ ...event, ...(answer as SentInstead) }),
    );
    this.#echo?.compiled(compiled, origin, statement.sql, statement.parameters, many);
    return statement;
  }

  /** A reply in place of the driver's, or a promise of one; `undefined` where the driver is to be asked. */
  instead(driver: object, statement: StatementEvent<object>): unknown {
    return this.hub.ask("doExecute", { driver, statement });
  }

  after(statement: StatementEvent<object>, reply: SeenReply): void {
    this.sawRows(reply);
    this.hub.emit("afterCursorExecute", { statement, rowCount: reply.rowCount });
  }

  /** Rows came, for the log. */
  sawRows({ rows, columnNames }: SeenReply): void {
    if (this.#echo?.showsRows !== true) return;
    const names = typeof columnNames === "function" ? columnNames() : columnNames;
    if (names !== null && names.length > 0) this.#echo.rows(names, rows);
  }

  /** Something failed: the error to throw, which may be a listener's. `connection` is null where there is none. */
  failed(connection: object | null, error: unknown, statement: StatementEvent<object> | null): unknown {
    if (!this.hub.has("handleError")) return error;
    const event = { connection, error, statement, ...causeOf(error) };
    return this.hub.transform("handleError", event, (before, answer) => ({ ...before, error: answer })).error;
  }

  /** `text`: what the log says, such as `BEGIN (implicit)`. */
  transaction(name: "begin" | "commit" | "rollback", connection: object, text: string): void {
    this.#echo?.event(text);
    if (this.hub.has(name)) this.hub.emit(name, { connection });
  }

  /** A statement of the engine's own: a savepoint. */
  savepoint(
    name: "savepoint" | "rollbackSavepoint" | "releaseSavepoint",
    connection: object,
    savepoint: string,
    sql: string,
  ): void {
    this.#echo?.unkeyed(sql);
    this.hub.emit(name, { connection, name: savepoint });
  }

  /** A line for the log alone. */
  note(text: string): void {
    this.#echo?.event(text);
  }
}

function causeOf(error: unknown): { readonly cause: unknown; readonly isDisconnect: boolean } {
  return {
    cause: error instanceof AthanorError ? error.cause : undefined,
    isDisconnect: error instanceof DisconnectError,
  };
}

/** A listener's reply as a driver's. */
export function completeReply(
  answer: unknown,
): ExecutionReply & { readonly rows: SqlRow[]; readonly columnNames: readonly string[] | null } {
  // Sound: the event's type says what a listener answers with.
  const { rows = [], columnNames = null, rowCount = rows.length, lastInsertId = null } = answer as ReplyInstead;
  // Copies: rows are decoded in place.
  return { rows: rows.map((row) => row.slice()), rowCount, lastInsertId, columnNames };
}
