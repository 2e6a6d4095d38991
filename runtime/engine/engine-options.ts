// What both kinds of engine can be told, and the context that follows from it.
import type { Dialect } from "../dialects/dialect.js";
import { ArgumentError } from "../errors/errors.js";
import { wholeNumber } from "../pool/pool-options.js";
import { type Clock, systemClock } from "./clock.js";
import type { EngineContext } from "./context.js";
import { Echo, type EngineLogger } from "./echo.js";
import { StatementCache } from "./statement-cache.js";
import { Watch } from "./watch.js";

/** How an engine behaves; everything may be left out. */
export interface CommonOptions {
  /** Log each statement, to `logger` or to standard error; true where not given but a logger is. */
  readonly echo?: boolean;
  /** Where the log goes: a function of a line, or an object with `info(line)`. */
  readonly logger?: EngineLogger;
  /** Leave parameters out of the log and of error messages. */
  readonly hideParameters?: boolean;
  /** Options for the driver, such as `readonly`, `fileMustExist` or `timeout` (milliseconds) of SQLite. */
  readonly connectArgs?: Readonly<Record<string, unknown>>;
  /** Compiled statements kept; 500 where not given. */
  readonly statementCacheSize?: number;
  /** The clocks, for tests of the log. */
  readonly clock?: Clock;
}

export const COMMON_OPTION_NAMES: readonly (keyof CommonOptions)[] = [
  "echo",
  "logger",
  "hideParameters",
  "connectArgs",
  "statementCacheSize",
  "clock",
];

const DEFAULT_CACHE_SIZE = 500;

/** Throws `ArgumentError` for an option that there is not: a misspelt one would be lost silently. */
export function checkOptionNames(method: string, config: object, names: readonly string[]): void {
  for (const key of Object.keys(config)) {
    if (!names.includes(key)) throw new ArgumentError(`${method} has no option "${key}"; it has ${names.join(", ")}`);
  }
}

/** What an engine with these options shares with its connections. */
export function createContext(dialect: Dialect, options: CommonOptions): EngineContext {
  const hideParameters = options.hideParameters ?? false;
  const echoes = options.echo ?? options.logger !== undefined;
  const clock = options.clock ?? systemClock;
  return {
    dialect,
    watch: new Watch(echoes ? new Echo({ logger: options.logger ?? null, hideParameters, clock }) : null),
    hideParameters,
    cache: new StatementCache(wholeNumber("statementCacheSize", options.statementCacheSize ?? DEFAULT_CACHE_SIZE, 1)),
  };
}
