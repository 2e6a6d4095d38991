// The statement log: SQLAlchemy's layout, one line for the SQL and one for its parameters.
// `2025-11-13 11:19:30,155 INFO athanor.engine.Engine BEGIN (implicit)`
import type { Compiled } from "../sql/compile/compiled.js";
import type { Clock } from "./clock.js";
import type { SqlRow } from "./execution.js";
import { HIDDEN_PARAMETERS, parameterText } from "./parameter-text.js";

/** Where log lines go: a function, or an object with an `info` method, as most loggers are. */
export type EngineLogger = ((line: string) => void) | { info(line: string): void };

interface EchoOptions {
  readonly logger: EngineLogger | null;
  readonly hideParameters: boolean;
  readonly clock: Clock;
}

export class Echo {
  readonly #write: (line: string) => void;
  readonly #hideParameters: boolean;
  readonly #clock: Clock;
  /** Statements that were logged before: what comes again came from a cache. */
  readonly #seen = new WeakSet<Compiled>();

  constructor(options: EchoOptions) {
    const { logger } = options;
    if (logger === null) this.#write = toStandardError;
    else if (typeof logger === "function") this.#write = logger;
    else this.#write = (line) => logger.info(line);
    this.#hideParameters = options.hideParameters;
    this.#clock = options.clock;
  }

  /** `BEGIN (implicit)`, `COMMIT`, `ROLLBACK`. */
  event(text: string): void {
    this.#line(text);
  }

  /** A statement that was compiled, with the parameter sets sent along. */
  compiled(compiled: Compiled, sql: string, sets: readonly SqlRow[], many: boolean): void {
    this.#statement(sql, this.#origin(compiled), sets, many);
  }

  /** Savepoints: no cache key. */
  unkeyed(sql: string): void {
    this.#statement(sql, "no key 0.00000s", [[]], false);
  }

  #origin(compiled: Compiled): string {
    const compileSeconds = (compiled.compileTime / 1000).toFixed(5);
    if (compiled.effect === "define") return `no key ${compileSeconds}s`;
    // Compiled queries know their columns: this one was sent as it was written.
    if (compiled.effect === "read" && compiled.columns === null) return "raw sql";
    if (this.#seen.has(compiled)) {
      const seconds = (this.#clock.monotonic() - compiled.compiledAt) / 1000;
      return `cached since ${String(Number(seconds.toPrecision(4)))}s ago`;
    }
    this.#seen.add(compiled);
    return `generated in ${compileSeconds}s`;
  }

  #statement(sql: string, origin: string, sets: readonly SqlRow[], many: boolean): void {
    this.#line(sql);
    this.#line(`[${origin}] ${this.#hideParameters ? HIDDEN_PARAMETERS : parameterText(sets, many)}`);
  }

  #line(text: string): void {
    this.#write(`${timeStamp(this.#clock.now())} INFO athanor.engine.Engine ${text}`);
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
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
