// What a PostgreSQL URL and `connectArgs` say about how to connect: where to, how encrypted, with which settings.
import { ArgumentError, UrlError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { DatabaseUrl } from "../url.js";

/** What the driver needs to open a connection. */
export interface ConnectOptions {
  /** For pg's client; `ssl` is absent where nothing was said about it. */
  readonly client: Readonly<Record<string, unknown>>;
  /** Server settings that every transaction of the session starts with, whatever a borrower sets. */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether statements may stay prepared on the server; poolers between here and there may not allow it. */
  readonly prepare: boolean;
}

/** TLS as libpq's `sslmode` names it. Who asks for TLS gets it verified; nothing falls back silently. */
const SSL_MODES: ReadonlyMap<string, false | Readonly<Record<string, unknown>>> = new Map<
  string,
  false | Readonly<Record<string, unknown>>
>([
  ["disable", false],
  ["require", { rejectUnauthorized: true }],
  ["verify-full", { rejectUnauthorized: true }],
  ["verify-ca", { rejectUnauthorized: true, checkServerIdentity: () => undefined }],
  ["no-verify", { rejectUnauthorized: false }],
]);

/** Query parameters that are server settings, in milliseconds where they are times. */
const SETTINGS = ["search_path", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
const PARAMETERS = ["host", "sslmode", "application_name", "connect_timeout", "options", "prepare", ...SETTINGS];
const ARGUMENTS = ["prepare", "ssl", "password", "applicationName", "connectTimeout", "settings"];

/** Values and text always cross in one form, whatever the server's, the database's or the role's settings are. */
const FORMS: Readonly<Record<string, string>> = {
  TimeZone: "UTC",
  DateStyle: "ISO, MDY",
  IntervalStyle: "iso_8601",
  standard_conforming_strings: "on",
};
/** The same, but unknown to poolers, which refuse to start a session with them. */
const SERVER_FORMS: Readonly<Record<string, string>> = { bytea_output: "hex", extra_float_digits: "3" };

/**
 * The options for a connection to this URL. The URL's parameters are libpq's (`sslmode`, `host` for a socket's folder,
 * `application_name`, `connect_timeout` in seconds, `options`, some settings) and `prepare=off`; `connectArgs` are
 * `prepare`, `ssl` (TLS options of Node's), `password` (a function, too), `applicationName`, `connectTimeout` in
 * milliseconds and `settings` of the server's, and win.
 * Throws `UrlError` or `ArgumentError` for what there is not.
 */
export function connectOptions(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): ConnectOptions {
  for (const key of url.query.keys()) {
    if (PARAMETERS.includes(key)) continue;
    const also = key.startsWith("ssl") ? "; give certificates by connectArgs.ssl: { ca, cert, key }" : "";
    throw new UrlError(`a PostgreSQL URL has no parameter "${key}"; known are ${PARAMETERS.join(", ")}${also}`);
  }
  for (const key of Object.keys(connectArgs)) {
    if (ARGUMENTS.includes(key)) continue;
    throw new ArgumentError(`unknown connectArgs.${key} for PostgreSQL; known are ${ARGUMENTS.join(", ")}`);
  }
  const prepare = argument(connectArgs, "prepare", "boolean") ?? onOrOff(url, "prepare") ?? true;
  return {
    client: clientOptions(url, connectArgs),
    settings: { ...FORMS, ...(prepare ? SERVER_FORMS : {}), ...settingsOf(url, connectArgs) },
    prepare,
  };
}

function clientOptions(
  url: DatabaseUrl,
  connectArgs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {
    keepAlive: true,
    application_name:
      argument(connectArgs, "applicationName", "string") ?? url.query.get("application_name") ?? "athanor",
  };
  const host = url.query.get("host") ?? url.host;
  const password = passwordOf(connectArgs) ?? url.password;
  const ssl = sslOf(url, connectArgs);
  const timeout = connectTimeout(url, connectArgs);
  // What is left out, pg takes from the environment (PGHOST, PGUSER …) or from its defaults.
  if (host !== null) options["host"] = host;
  if (url.port !== null) options["port"] = url.port;
  if (url.username !== null) options["user"] = url.username;
  if (password !== null) options["password"] = password;
  if (url.database !== null) options["database"] = url.database;
  if (ssl !== undefined) options["ssl"] = ssl;
  if (timeout !== null) options["connectionTimeoutMillis"] = timeout;
  const startup = url.query.get("options");
  if (startup !== undefined) options["options"] = startup;
  return options;
}

type Argument<T> = T extends "boolean" ? boolean : T extends "number" ? number : string;

function argument<T extends "boolean" | "string" | "number">(
  connectArgs: Readonly<Record<string, unknown>>,
  key: string,
  type: T,
): Argument<T> | undefined {
  const value = connectArgs[key];
  if (value === undefined) return undefined;
  // Sound: `typeof` has just said so.
  if (typeof value === type) return value as Argument<T>;
  throw new ArgumentError(`connectArgs.${key} is a ${type}, not ${describeValue(value)}`);
}

function passwordOf(connectArgs: Readonly<Record<string, unknown>>): unknown {
  const { password = null } = connectArgs;
  if (password === null || typeof password === "string" || typeof password === "function") return password;
  throw new ArgumentError("connectArgs.password is a string or a function that gives one");
}

function onOrOff(url: DatabaseUrl, key: string): boolean | undefined {
  const text = url.query.get(key);
  if (text === undefined) return undefined;
  if (["on", "true", "1"].includes(text)) return true;
  if (["off", "false", "0"].includes(text)) return false;
  throw new UrlError(`?${key}= takes on or off, not "${text}"`);
}

function connectTimeout(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): number | null {
  const given = argument(connectArgs, "connectTimeout", "number");
  if (given !== undefined) {
    if (Number.isSafeInteger(given) && given >= 0) return given;
    throw new ArgumentError("connectArgs.connectTimeout is a whole number of milliseconds");
  }
  const text = url.query.get("connect_timeout");
  if (text === undefined) return null;
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1000;
  throw new UrlError(`?connect_timeout= takes a whole number of seconds, not "${text}"`);
}

function sslOf(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): unknown {
  const { ssl } = connectArgs;
  const byUrl = sslModeOf(url);
  if (ssl === undefined) return byUrl;
  if (typeof ssl === "boolean") return ssl;
  // Certificates from the arguments, and from the URL how far they are to be checked.
  if (typeof ssl === "object" && ssl !== null) return typeof byUrl === "object" ? { ...byUrl, ...ssl } : ssl;
  throw new ArgumentError(`connectArgs.ssl is true, false or TLS options, not ${describeValue(ssl)}`);
}

function sslModeOf(url: DatabaseUrl): false | object | undefined {
  const mode = url.query.get("sslmode");
  if (mode === undefined) return undefined;
  const options = SSL_MODES.get(mode);
  if (options !== undefined) return options;
  const why = mode === "allow" || mode === "prefer" ? "would send in clear where TLS fails" : "is no sslmode";
  throw new UrlError(`?sslmode=${mode} ${why}; write one of ${[...SSL_MODES.keys()].join(", ")}`);
}

function settingsOf(
  url: DatabaseUrl,
  connectArgs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const settings: Record<string, string> = {};
  for (const key of SETTINGS) {
    const text = url.query.get(key);
    if (text !== undefined) settings[key] = text;
  }
  const { settings: given = {} } = connectArgs;
  if (typeof given !== "object" || given === null) {
    throw new ArgumentError(`connectArgs.settings is an object of strings, not ${describeValue(given)}`);
  }
  for (const [key, value] of Object.entries(given)) {
    if (Object.hasOwn(FORMS, key) || Object.hasOwn(SERVER_FORMS, key)) {
      throw new ArgumentError(`connectArgs.settings.${key} is set by this package, which reads values in that form`);
    }
    if (typeof value !== "string" && typeof value !== "number") {
      throw new ArgumentError(`connectArgs.settings.${key} is a string, not ${describeValue(value)}`);
    }
    settings[key] = String(value);
  }
  return settings;
}
