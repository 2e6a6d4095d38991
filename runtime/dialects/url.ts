// Database URLs: `dialect+driver://user:password@host:port/database?key=value`. Parsing only; which dialects exist is
// the registry's business. The password never shows: not in `String(url)`, JSON, inspection or an error message.
import { ArgumentError, UrlError } from "../errors/errors.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const SCHEME = /^([A-Za-z][A-Za-z0-9_]*)(?:\+([A-Za-z0-9_-]+))?:\/\//;
const PORT = /^[0-9]{1,5}$/;
/** Parameters whose values are as secret as a password, if a driver or a proxy knows such. */
const SECRET_PARAMETER = /pass|pwd|secret|token|key/i;
const SHAPE = "dialect://user:password@host:port/database?key=value, or sqlite:///file.db";

/** The parts of a URL, decoded. What the URL does not say is null. */
interface UrlParts {
  readonly dialect: string;
  readonly driver?: string | null;
  readonly username?: string | null;
  readonly password?: string | null;
  readonly host?: string | null;
  readonly port?: number | null;
  readonly database?: string | null;
  readonly query?: Readonly<Record<string, string>>;
}

/** A parsed database URL. Immutable; printing it shows `***` in place of the password. */
export class DatabaseUrl {
  readonly dialect: string;
  readonly driver: string | null;
  readonly username: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly database: string | null;
  readonly query: ReadonlyMap<string, string>;
  readonly #password: string | null;

  constructor(parts: UrlParts) {
    this.dialect = parts.dialect;
    this.driver = parts.driver ?? null;
    this.username = parts.username ?? null;
    this.#password = parts.password ?? null;
    this.host = parts.host ?? null;
    this.port = parts.port ?? null;
    this.database = parts.database ?? null;
    this.query = new Map(Object.entries(parts.query ?? {}));
  }

  /** The password in clear, for the driver. */
  get password(): string | null {
    return this.#password;
  }

  /** The same URL with other parts; null takes a part away. `query` replaces all of it. */
  set(parts: Partial<UrlParts>): DatabaseUrl {
    const query = Object.fromEntries(this.query);
    const { dialect, driver, username, host, port, database } = this;
    return new DatabaseUrl({
      dialect,
      driver,
      username,
      password: this.#password,
      host,
      port,
      database,
      query,
      ...parts,
    });
  }

  /** The same URL with these parameters beside or in place of those that it has; null takes one away. */
  updateQuery(parameters: Readonly<Record<string, string | null>>): DatabaseUrl {
    const merged = Object.entries({ ...Object.fromEntries(this.query), ...parameters });
    return this.set({ query: Object.fromEntries(merged.filter((each): each is [string, string] => each[1] !== null)) });
  }

  /** The URL as text; with `showPassword`, one that `parseUrl` reads back to the same parts. */
  render(options: { readonly showPassword?: boolean } = {}): string {
    let text = this.dialect + (this.driver === null ? "" : `+${this.driver}`) + "://";
    if (this.username !== null || this.#password !== null) {
      text += encodeURIComponent(this.username ?? "");
      if (this.#password !== null) {
        text += `:${options.showPassword === true ? encodeURIComponent(this.#password) : "***"}`;
      }
      text += "@";
    }
    if (this.host !== null) text += this.host.includes(":") ? `[${this.host}]` : encodeURIComponent(this.host);
    if (this.port !== null) text += `:${String(this.port)}`;
    if (this.database !== null) text += `/${this.database.replaceAll(/[%?#]/g, encodeURIComponent)}`;
    const hides = options.showPassword !== true;
    const pairs = [...this.query].map(([key, value]) => {
      const shown = hides && SECRET_PARAMETER.test(key) ? "***" : encodeURIComponent(value);
      return `${encodeURIComponent(key)}=${shown}`;
    });
    return pairs.length === 0 ? text : `${text}?${pairs.join("&")}`;
  }

  toString(): string {
    return this.render();
  }

  toJSON(): string {
    return this.render();
  }

  [INSPECT](): string {
    return `DatabaseUrl(${this.render()})`;
  }
}

/**
 * Parses a database URL; a `DatabaseUrl` passes as it is.
 * Throws `UrlError` where the text is not one, with the password masked.
 */
export function parseUrl(url: string | DatabaseUrl): DatabaseUrl {
  if (url instanceof DatabaseUrl) return url;
  if (typeof url !== "string") throw new ArgumentError(`a database URL is a string, not ${typeof url}`);
  const scheme = SCHEME.exec(url);
  if (scheme === null) {
    const start = url.includes("://") ? `${url.slice(0, url.indexOf("://"))}://` : url.replace(/^.*@/s, "…@");
    throw new UrlError(`"${start}" does not begin like a database URL; write ${SHAPE}`);
  }
  const rest = url.slice(scheme[0].length);
  const queryAt = rest.indexOf("?");
  const path = queryAt < 0 ? rest : rest.slice(0, queryAt);
  const slash = path.indexOf("/");
  const authority = slash < 0 ? path : path.slice(0, slash);
  const at = authority.lastIndexOf("@");
  if (authority.indexOf("@") !== at) throw unencoded(url, "more than one @ before the database's name");
  const database = slash < 0 ? null : decode(url, path.slice(slash + 1), "database");
  return new DatabaseUrl({
    dialect: (scheme[1] ?? "").toLowerCase(),
    driver: scheme[2] ?? null,
    ...credentials(url, at < 0 ? null : authority.slice(0, at)),
    ...address(url, authority.slice(at + 1)),
    database: database === "" ? null : database,
    query: queryAt < 0 ? {} : queryOf(url, rest.slice(queryAt + 1)),
  });
}

function credentials(url: string, text: string | null): Pick<UrlParts, "username" | "password"> {
  if (text === null) return {};
  const colon = text.indexOf(":");
  if (colon < 0) return { username: decode(url, text, "user name") };
  return {
    username: colon === 0 ? null : decode(url, text.slice(0, colon), "user name"),
    password: decode(url, text.slice(colon + 1), "password"),
  };
}

function address(url: string, text: string): Pick<UrlParts, "host" | "port"> {
  if (text === "") return {};
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(text);
  if (match === null) throw unencoded(url, "a host that cannot be read");
  const host = match[1] ?? decode(url, match[2] ?? "", "host");
  const port = match[3];
  if (port !== undefined && (!PORT.test(port) || Number(port) > 65535)) {
    throw unencoded(url, "a port that is not a number between 0 and 65535");
  }
  return { host: host === "" ? null : host, port: port === undefined ? null : Number(port) };
}

function queryOf(url: string, text: string): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const key = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? "" : pair.slice(equals + 1);
    pairs.push([decode(url, key, "query"), decode(url, value.replaceAll("+", " "), "query")]);
  }
  // fromEntries defines own properties, so that no key reaches a prototype.
  return Object.fromEntries(pairs);
}

function decode(url: string, text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new UrlError(`the ${part} in ${masked(url)} has a % that starts no character; write %25 for a percent sign`, {
      cause,
    });
  }
}

function unencoded(url: string, what: string): UrlError {
  const advice = "in a user name or password, write @ as %40, : as %3A, / as %2F and ? as %3F";
  return new UrlError(`the URL ${masked(url)} has ${what}; ${advice}`);
}

/** Everything that could be a password, were the URL whole, is cut out. */
function masked(url: string): string {
  return url.replace(/:\/\/([^:@/]*):.*@/s, "://$1:***@").replace(/(:\/\/[^/@]*):[^/@]*$/s, "$1:***");
}
