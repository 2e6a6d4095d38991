// What a MySQL or MariaDB URL and `connectArgs` say about how to connect: where to, how encrypted, with which settings.
import { ArgumentError, UrlError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { DatabaseUrl } from "../url.js";

/** What the driver needs to open a connection. */
interface ConnectOptions {
  /** For mysql2; what is left out, it has defaults for. */
  readonly client: Readonly<Record<string, unknown>>;
  /** Session variables, by name, beside those that this package sets itself. */
  readonly settings: ReadonlyMap<string, string | number>;
}

type TlsOptions = Readonly<Record<string, unknown>>;

/** TLS as MySQL's `ssl-mode` names it. Who asks for TLS gets it verified; nothing falls back silently. */
const SSL_MODES: ReadonlyMap<string, TlsOptions | null> = new Map<string, TlsOptions | null>([
  ["disabled", null],
  ["required", { rejectUnauthorized: true, verifyIdentity: true }],
  ["verify_identity", { rejectUnauthorized: true, verifyIdentity: true }],
  ["verify_ca", { rejectUnauthorized: true }],
  ["no-verify", { rejectUnauthorized: false }],
]);

const PARAMETERS = ["socket", "ssl-mode", "connect_timeout", "charset"];
const ARGUMENTS = ["socketPath", "ssl", "password", "connectTimeout", "settings"];

/** Values cross in one form and compare in one way, because of these. */
const OWN_SETTINGS: ReadonlySet<string> = new Set([
  "autocommit",
  "character_set_client",
  "character_set_connection",
  "character_set_results",
  "sql_mode",
  "time_zone",
]);
const SETTING = /^[a-z][a-z0-9_]*$/;

/**
 * The options for a connection to this URL. The URL's parameters are `socket` (a path), `ssl-mode`, `connect_timeout`
 * in seconds and `charset`, which can only be utf8mb4; `connectArgs` are `socketPath`, `ssl` (TLS options of Node's),
 * `password`, `connectTimeout` in milliseconds and `settings`, session variables by name, and win.
 * Throws `UrlError` or `ArgumentError` for what there is not.
 */
export function connectOptions(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): ConnectOptions {
  for (const key of url.query.keys()) {
    if (PARAMETERS.includes(key)) continue;
    const also = key.startsWith("ssl") ? "; give certificates by connectArgs.ssl: { ca, cert, key }" : "";
    throw new UrlError(`a ${url.dialect} URL has no parameter "${key}"; known are ${PARAMETERS.join(", ")}${also}`);
  }
  for (const key of Object.keys(connectArgs)) {
    if (ARGUMENTS.includes(key)) continue;
    throw new ArgumentError(`unknown connectArgs.${key} for ${url.dialect}; known are ${ARGUMENTS.join(", ")}`);
  }
  const charset = url.query.get("charset") ?? "utf8mb4";
  if (charset.toLowerCase() !== "utf8mb4") {
    throw new UrlError(`?charset=${charset} cannot hold every text; connections are utf8mb4, so leave it out`);
  }
  return { client: clientOptions(url, connectArgs), settings: settingsOf(connectArgs) };
}

function clientOptions(
  url: DatabaseUrl,
  connectArgs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {};
  const socketPath = textArgument(connectArgs, "socketPath") ?? url.query.get("socket");
  const password = textArgument(connectArgs, "password") ?? url.password;
  const ssl = sslOf(url, connectArgs);
  const timeout = connectTimeout(url, connectArgs);
  if (url.host !== null) options["host"] = url.host;
  if (url.port !== null) options["port"] = url.port;
  if (socketPath !== undefined) options["socketPath"] = socketPath;
  if (url.username !== null) options["user"] = url.username;
  if (password !== null) options["password"] = password;
  if (url.database !== null) options["database"] = url.database;
  if (ssl !== null) options["ssl"] = ssl;
  if (timeout !== null) options["connectTimeout"] = timeout;
  return options;
}

function textArgument(connectArgs: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = connectArgs[key];
  if (value === undefined || typeof value === "string") return value;
  throw new ArgumentError(`connectArgs.${key} is a string`);
}

function connectTimeout(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): number | null {
  const given = connectArgs["connectTimeout"];
  if (given !== undefined) {
    if (typeof given === "number" && Number.isSafeInteger(given) && given >= 0) return given;
    throw new ArgumentError("connectArgs.connectTimeout is a whole number of milliseconds");
  }
  const text = url.query.get("connect_timeout");
  if (text === undefined) return null;
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1000;
  throw new UrlError(`?connect_timeout= takes a whole number of seconds, not "${text}"`);
}

function sslOf(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): TlsOptions | null {
  const { ssl } = connectArgs;
  if (ssl !== undefined) {
    if (ssl === false) return null;
    if (ssl === true) return { rejectUnauthorized: true, verifyIdentity: true };
    if (typeof ssl === "object" && ssl !== null) return { verifyIdentity: true, ...ssl };
    throw new ArgumentError(`connectArgs.ssl is true, false or TLS options, not ${describeValue(ssl)}`);
  }
  const mode = url.query.get("ssl-mode");
  if (mode === undefined) return null;
  const options = SSL_MODES.get(mode.toLowerCase());
  // A copy: mysql2 writes into it.
  if (options !== undefined) return options === null ? null : { ...options };
  const why = mode.toLowerCase() === "preferred" ? "would send in clear where TLS fails" : "is no ssl-mode";
  throw new UrlError(`?ssl-mode=${mode} ${why}; write one of ${[...SSL_MODES.keys()].join(", ")}`);
}

function settingsOf(connectArgs: Readonly<Record<string, unknown>>): ReadonlyMap<string, string | number> {
  const { settings: given = {} } = connectArgs;
  if (typeof given !== "object" || given === null) {
    throw new ArgumentError(`connectArgs.settings is an object of session variables, not ${describeValue(given)}`);
  }
  const settings = new Map<string, string | number>();
  for (const [name, value] of Object.entries(given)) {
    if (!SETTING.test(name)) throw new ArgumentError(`connectArgs.settings.${name} is no name of a session variable`);
    if (OWN_SETTINGS.has(name)) {
      throw new ArgumentError(`connectArgs.settings.${name} is set by this package, which relies on it`);
    }
    if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value))) {
      throw new ArgumentError(`connectArgs.settings.${name} is a string or a number, not ${describeValue(value)}`);
    }
    settings.set(name, value);
  }
  return settings;
}
