// What a SQLite URL and `connectArgs` say about how to open the database: the path and the driver's options.
import { ArgumentError, UrlError } from "../../errors/errors.js";
import type { DatabaseUrl } from "../url.js";

const MEMORY = ":memory:";

const BOOLEAN_OPTIONS = ["readonly", "fileMustExist"];
const TIMEOUT_OPTION = "timeout";
const OPTIONS: readonly string[] = [...BOOLEAN_OPTIONS, TIMEOUT_OPTION, "verbose", "nativeBinding"];
const MAX_TIMEOUT = 0x7fffffff;

/** True where the URL names no file: the database lives as long as its connection. */
export function isInMemory(url: DatabaseUrl): boolean {
  return url.database === null || url.database === MEMORY;
}

/** The file's path as the URL has it, relative to the working directory, or `:memory:`. */
export function databasePath(url: DatabaseUrl): string {
  if (url.host !== null || url.username !== null || url.port !== null) {
    const file = [url.host, url.database].filter((part) => part !== null).join("/");
    throw new UrlError(
      `a SQLite URL has no host: write ${url.dialect}:///${file} for a path relative to the working directory, ` +
        `${url.dialect}:////${file} for an absolute one`,
    );
  }
  if (url.database === null) return MEMORY;
  if (url.database.trim() !== url.database) {
    throw new UrlError(`the path "${url.database}" begins or ends with a blank, which the driver would cut off`);
  }
  return url.database;
}

/** The driver's options. Throws where the URL's query or `connectArgs` holds one that there is not. */
export function connectOptions(
  url: DatabaseUrl,
  connectArgs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {};
  for (const [key, text] of url.query) options[key] = queryOption(key, text);
  for (const [key, value] of Object.entries(connectArgs)) {
    if (!OPTIONS.includes(key)) {
      throw new ArgumentError(`unknown connectArgs.${key} for SQLite; known are ${OPTIONS.join(", ")}`);
    }
    if (BOOLEAN_OPTIONS.includes(key) && typeof value !== "boolean") {
      throw new ArgumentError(`connectArgs.${key} is true or false, not ${JSON.stringify(value)}`);
    }
    if (key === TIMEOUT_OPTION && !isTimeout(value)) {
      throw new ArgumentError(`connectArgs.timeout is a whole number of milliseconds, not ${JSON.stringify(value)}`);
    }
    options[key] = value;
  }
  if (isInMemory(url) && options["readonly"] === true) {
    throw new ArgumentError("an in-memory database starts empty and cannot be readonly; name a file");
  }
  return options;
}

function queryOption(key: string, text: string): boolean | number {
  if (BOOLEAN_OPTIONS.includes(key)) {
    if (text !== "true" && text !== "false") throw new UrlError(`?${key}= takes true or false, not "${text}"`);
    return text === "true";
  }
  if (key === TIMEOUT_OPTION) {
    const timeout = text === "" ? Number.NaN : Number(text);
    if (!isTimeout(timeout)) throw new UrlError(`?timeout= takes a whole number of milliseconds, not "${text}"`);
    return timeout;
  }
  const known = [...BOOLEAN_OPTIONS, TIMEOUT_OPTION].join(", ");
  throw new UrlError(`a SQLite URL has no parameter "${key}"; known are ${known}`);
}

function isTimeout(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TIMEOUT;
}
