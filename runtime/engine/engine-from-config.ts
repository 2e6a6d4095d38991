// Engines from settings as configuration files and environments hold them: text by name. Each is made what its option
// takes; a name that there is not is an error, so that a misspelt setting is not lost.
import { ArgumentError } from "../errors/errors.js";
import type { AsyncEngine, AsyncEngineConfig } from "./async-engine.js";
import { ASYNC_ENGINE_OPTION_NAMES, createAsyncEngine } from "./async-engine.js";
import { createEngine, type Engine, type EngineConfig, SYNC_ENGINE_OPTION_NAMES } from "./engine.js";

/** Settings by name; what is `undefined` is not set. */
export type EngineSettings = Readonly<Record<string, unknown>>;

const DEFAULT_PREFIX = "athanor.";

type Kind = "flag" | "number" | "text" | "flag or number" | "flag or text";

/** What text of a setting is made; the options that are not here take no text. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["url", "text"],
  ["echo", "flag or text"],
  ["loggingName", "text"],
  ["loggingToken", "text"],
  ["hideParameters", "flag"],
  ["enableFromLinting", "flag"],
  ["statementCacheSize", "number"],
  ["isolationLevel", "text"],
  ["readOnly", "flag"],
  ["timeoutMs", "number"],
  ["yieldPer", "number"],
  ["maxRowBuffer", "number"],
  ["insertManyPageSize", "number"],
  ["pool", "text"],
  ["poolSize", "number"],
  ["maxOverflow", "number"],
  ["poolTimeout", "number"],
  ["poolMaxWaiting", "number"],
  ["poolRecycle", "number"],
  ["poolPrePing", "flag or number"],
  ["poolUseLifo", "flag"],
  ["poolReset", "text"],
  ["poolLeakAfter", "number"],
  ["connectTimeout", "number"],
]);

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["off", false],
  ["0", false],
]);

/**
 * A synchronous engine from the settings whose names begin with `prefix`: `athanor.url`, `athanor.poolSize`; with the
 * prefix `DATABASE_`, also `DATABASE_URL` and `DATABASE_POOL_SIZE`. Errors: those of `createEngine`, and
 * `ArgumentError` for a setting that there is not or whose text cannot be read.
 */
export function engineFromConfig(settings: EngineSettings, prefix: string = DEFAULT_PREFIX): Engine {
  // Sound: createEngine checks names and values.
  return createEngine(optionsFrom(settings, prefix, SYNC_ENGINE_OPTION_NAMES) as unknown as EngineConfig);
}

/** The same for an asynchronous engine. */
export function asyncEngineFromConfig(settings: EngineSettings, prefix: string = DEFAULT_PREFIX): AsyncEngine {
  // Sound: as above.
  return createAsyncEngine(optionsFrom(settings, prefix, ASYNC_ENGINE_OPTION_NAMES) as unknown as AsyncEngineConfig);
}

function optionsFrom(
  settings: EngineSettings,
  prefix: string,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {};
  for (const [setting, value] of Object.entries(settings)) {
    if (!setting.startsWith(prefix) || value === undefined) continue;
    const written = setting.slice(prefix.length);
    const name = names.find((each) => plain(each) === plain(written));
    if (name === undefined) {
      throw new ArgumentError(`there is no setting "${setting}"; after "${prefix}" there may be ${names.join(", ")}`);
    }
    options[name] = typeof value === "string" ? fromText(setting, name, value) : value;
  }
  if (options["url"] === undefined) throw new ArgumentError(`the settings have no "${prefix}url"`);
  return options;
}

/** `POOL_SIZE`, `pool-size` and `poolSize` are one name. */
function plain(name: string): string {
  return name.replaceAll(/[_-]/g, "").toLowerCase();
}

function fromText(setting: string, name: string, text: string): unknown {
  const kind = KINDS.get(name);
  if (kind === undefined) throw new ArgumentError(`the setting "${setting}" cannot be text`);
  const flag = FLAGS.get(text.trim().toLowerCase());
  const isNumber = /^\s*\d+(\.\d+)?\s*$/.test(text);
  if (kind.endsWith("number") && isNumber && (kind === "number" || flag === undefined)) return Number(text);
  if (kind === "number" && text.trim() === "Infinity") return Infinity;
  if (kind.startsWith("flag") && flag !== undefined) return flag;
  if (kind.endsWith("text")) return text;
  throw new ArgumentError(`the setting "${setting}" is a ${kind}, which its text is not`);
}
