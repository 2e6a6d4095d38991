// The log: SQLAlchemy's layout, one line for the SQL and one for its parameters; with `echo: "debug"`, the rows, too.
// `2025-11-13 11:19:30,155 INFO athanor.engine.Engine BEGIN (implicit)`
import type { Compiled } from "../sql/compile/compiled.js";
import type { Clock } from "./clock.js";
import type { SqlRow } from "./execution.js";
import { HIDDEN_PARAMETERS, parameterText } from "./parameter-text.js";

/** Where log lines go: a function, or an object with `info` and perhaps `debug`, as most loggers are. */
export type EngineLogger = ((line: string) => unknown) | { info(line: string): void; debug?(line: string): void };

interface EchoOptions {
  readonly logger: EngineLogger | null;
  readonly hideParameters: boolean;
  readonly clock: Clock;
  /** Told apart from other engines' by it: `athanor.engine.Engine.name`. */
  readonly name?: string | null;
  /** Stands before each message: `[token] COMMIT`. */
  readonly token?: string | null;
  /** Rows are logged, too. */
  readonly rows?: boolean;
}

/** Where a statement's compiled form came from. */
export type Origin = "compiled" | "cached" | "uncached";

export class Echo {
  readonly #options: EchoOptions;

  constructor(options: EchoOptions) {
    this.#options = options;
  }

  /** The same log with another token. */
  withToken(token: string | null): Echo {
    return new Echo({ ...this.#options, token });
  }

  /** `BEGIN (implicit)`, `COMMIT`, `ROLLBACK`. */
  event(text: string): void {
    this.#line("info", text);
  }

  /** A statement that was compiled, with the parameter sets sent along. */
  compiled(compiled: Compiled, origin: Origin, sql: string, sets: readonly SqlRow[], many: boolean): void {
    this.#statement(sql, this.#originText(compiled, origin), sets, many);
  }

  /** Savepoints: no cache key. */
  unkeyed(sql: string): void {
    this.#statement(sql, "no key 0.00000s", [[]], false);
  }

  get showsRows(): boolean {
    return this.#options.rows ?? false;
  }

  /** What a statement returned, as the driver gave it. Call it where `showsRows` only. */
  rows(columnNames: readonly string[], rows: readonly SqlRow[]): void {
    this.#line("debug", `Col ${parameterText([columnNames], false)}`);
    for (const row of rows) {
      this.#line("debug", `Row ${this.#options.hideParameters ? HIDDEN_PARAMETERS : parameterText([row], false)}`);
    }
  }

  #originText(compiled: Compiled, origin: Origin): string {
    if (compiled.raw === true) return "raw sql";
    const compileSeconds = (compiled.compileTime / 1000).toFixed(5);
    if (compiled.effect === "define") return `no key ${compileSeconds}s`;
    if (origin === "uncached") return `caching disabled ${compileSeconds}s`;
    if (origin === "compiled") return `generated in ${compileSeconds}s`;
    const seconds = (this.#options.clock.monotonic() - compiled.compiledAt) / 1000;
    return `cached since ${String(Number(seconds.toPrecision(4)))}s ago`;
  }

  #statement(sql: string, origin: string, sets: readonly SqlRow[], many: boolean): void {
    this.#line("info", sql);
    const parameters = this.#options.hideParameters ? HIDDEN_PARAMETERS : parameterText(sets, many);
    this.#line("info", `[${origin}] ${parameters}`);
  }

  #line(level: "info" | "debug", text: string): void {
    const { clock, name = null, token = null, logger } = this.#options;
    const origin = `athanor.engine.Engine${name === null ? "" : `.${name}`}`;
    const message = token === null ? text : `[${token}] ${text}`;
    const line = `${timeStamp(clock.now())} ${level.toUpperCase()} ${origin} ${message}`;
    if (logger === null) process.stderr.write(`${line}\n`);
    else if (typeof logger === "function") logger(line);
    else if (level === "debug" && logger.debug !== undefined) logger.debug(line);
    else logger.info(line);
  }
}

/** Local time, as logs have it: `2025-11-13 11:19:30,155`. */
function timeStamp(date: Date): string {
  const day = `${String(date.getFullYear())}-${padded(date.getMonth() + 1)}-${padded(date.getDate())}`;
  const time = `${padded(date.getHours())}:${padded(date.getMinutes())}:${padded(date.getSeconds())}`;
  return `${day} ${time},${padded(date.getMilliseconds(), 3)}`;
}

function padded(part: number, digits = 2): string {
  return String(part).padStart(digits, "0");
}
