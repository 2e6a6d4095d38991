// What both kinds of engine can be told, and the context that follows from it.
import type { Dialect } from "../dialects/dialect.js";
import { ArgumentError } from "../errors/errors.js";
import { wholeNumber } from "../pool/pool-options.js";
import { type Clock, systemClock } from "./clock.js";
import type { EngineContext } from "./context.js";
import { Echo, type EngineLogger } from "./echo.js";
import { STATEMENT_EVENTS } from "./engine-events.js";
import { EventHub } from "../events/event-hub.js";
import { StatementCache } from "./statement-cache.js";
import { type JsonDeserializer, type JsonSerializer, withJson } from "./json-codecs.js";
import { Translations } from "./translated-schemas.js";
import { type AnyEvents, Watch } from "./watch.js";

/** How an engine behaves; everything may be left out. */
export interface CommonOptions {
  /** Log each statement, to `logger` or to standard error; true where not given but a logger is. `debug`: rows, too. */
  readonly echo?: boolean | "debug";
  /** Where the log goes: a function of a line, or an object with `info(line)` and perhaps `debug(line)`. */
  readonly logger?: EngineLogger;
  /** Tells this engine's lines from other engines': `athanor.engine.Engine.name`. */
  readonly loggingName?: string;
  /** Leave parameters out of the log and of error messages. */
  readonly hideParameters?: boolean;
  /** Options for the driver, such as `readonly`, `fileMustExist` or `timeout` (milliseconds) of SQLite. */
  readonly connectArgs?: Readonly<Record<string, unknown>>;
  /** Compiled statements kept; 500 where not given. */
  readonly statementCacheSize?: number;
  /** Warn of statements that join every row of one source with every row of another; true where not given. */
  readonly enableFromLinting?: boolean;
  /** Makes text of what a JSON column is given; `JSON.stringify` where not given. */
  readonly jsonSerializer?: JsonSerializer;
  /** Makes a value of a JSON column's text; `JSON.parse` where not given. */
  readonly jsonDeserializer?: JsonDeserializer;
  /** The clocks, for tests of the log. */
  readonly clock?: Clock;
}

export const COMMON_OPTION_NAMES: readonly (keyof CommonOptions)[] = [
  "echo",
  "logger",
  "loggingName",
  "hideParameters",
  "connectArgs",
  "statementCacheSize",
  "enableFromLinting",
  "jsonSerializer",
  "jsonDeserializer",
  "clock",
];

const DEFAULT_CACHE_SIZE = 500;

/** Throws `ArgumentError` for an option that there is not: a misspelt one would be lost silently. */
export function checkOptionNames(method: string, config: object, names: readonly string[]): void {
  for (const key of Object.keys(config)) {
    if (!names.includes(key)) throw new ArgumentError(`${method} has no option "${key}"; it has ${names.join(", ")}`);
  }
}

/** What an engine with these options shares with its connections. `classHub`: who listens to all of its class. */
export function createContext(plain: Dialect, options: CommonOptions, classHub: EventHub<AnyEvents>): EngineContext {
  const { logger = null, hideParameters = false, echo = logger !== null, clock = systemClock } = options;
  const size = wholeNumber("statementCacheSize", options.statementCacheSize ?? DEFAULT_CACHE_SIZE, 1);
  const cache = new StatementCache(size);
  const name = options.loggingName ?? null;
  const log = new Echo({ logger, hideParameters, clock, name, rows: echo === "debug" });
  return {
    dialect: withJson(plain, options.jsonSerializer, options.jsonDeserializer),
    watch: new Watch(echo === false ? null : log, new EventHub(classHub, STATEMENT_EVENTS)),
    hideParameters,
    lintsFroms: options.enableFromLinting !== false,
    cache,
    cacheSalt: 0,
    base: null,
    translations: new Translations(() => cache.sibling()),
  };
}
