// Who looks at what an engine does: its log and those who listen to its events.
import type { LeakReport, PoolObserver } from "../pool/pool-options.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { Echo } from "./echo.js";
import { EventHub, type EngineEvents, type StatementEvent } from "./events.js";
import type { SqlRow } from "./execution.js";

/** Inside an engine neither face is known; the engine's own type says what its connections are. */
type AnyEvents = EngineEvents<object, object>;

const STATEMENT_EVENTS = ["beforeExecute", "afterExecute", "error"] as const;

export class Watch {
  readonly hub: EventHub<AnyEvents>;
  readonly #echo: Echo | null;
  /** True where somebody looks at statements: read before each. */
  active: boolean;

  constructor(echo: Echo | null) {
    this.#echo = echo;
    this.active = echo !== null;
    this.hub = new EventHub(() => {
      this.active = echo !== null || STATEMENT_EVENTS.some((name) => this.hub.has(name));
    });
  }

  /** A statement is about to be sent. Call it while `active` only. */
  before(
    connection: object,
    compiled: Compiled,
    sql: string,
    parameters: readonly SqlRow[],
    many: boolean,
  ): StatementEvent<object> {
    this.#echo?.compiled(compiled, sql, parameters, many);
    const statement = { connection, sql, parameters, many, compiled };
    this.hub.emit("beforeExecute", statement);
    return statement;
  }

  after(statement: StatementEvent<object>, rowCount: number): void {
    this.hub.emit("afterExecute", { statement, rowCount });
  }

  failed(connection: object, error: unknown, statement: StatementEvent<object> | null): void {
    this.hub.emit("error", { connection, error, statement });
  }

  /** `text`: what the log says, such as `BEGIN (implicit)`. */
  transaction(name: "begin" | "commit" | "rollback", connection: object, text: string): void {
    this.#echo?.event(text);
    this.hub.emit(name, { connection });
  }

  /** A statement of the engine's own: a savepoint. */
  savepoint(sql: string): void {
    this.#echo?.unkeyed(sql);
  }

  /** A line for the log alone. */
  note(text: string): void {
    this.#echo?.event(text);
  }

  /** What a pool tells. `ended`: a lease ended. */
  poolObserver(ended: (lease: object) => void): PoolObserver {
    return {
      opened: async (driver) => {
        await Promise.all(this.hub.emit("connect", { driver }));
      },
      closed: (driver) => {
        quietly(() => this.hub.emit("close", { driver }));
      },
      invalidated: (driver, error) => {
        quietly(() => this.hub.emit("invalidate", { driver, error }));
      },
      leaked: (leak) => {
        if (this.hub.has("leak")) quietly(() => this.hub.emit("leak", leak));
        else warnOfLeak(leak);
      },
      ended,
    };
  }
}

/** The pool's own work must not end half-way because of a listener. */
function quietly(emit: () => void): void {
  try {
    emit();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

function warnOfLeak({ kind, heldFor, stack }: LeakReport): void {
  const what = kind === "kept" ? "has not been closed for" : "was never closed, but forgotten after";
  const where = stack === null ? "poolLeakAfter tells where such are taken" : `it was taken here:\n${stack}`;
  process.emitWarning(`a database connection ${what} ${String(Math.round(heldFor))} ms; ${where}`, {
    type: "ConnectionLeakWarning",
  });
}
