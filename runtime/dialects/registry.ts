// From a URL to the dialect that serves it. The only place that lists the dialects, those of other packages included.
import { ArgumentError, InvalidRequestError, UrlError } from "../errors/errors.js";
import type { Dialect } from "./dialect.js";
import { DIALECT_NAMES, type DialectNames } from "./driver-names.js";
import { mariadb, mysql } from "./mysql/dialect.js";
import { postgresql } from "./postgresql/dialect.js";
import { sqlite } from "./sqlite/dialect.js";
import type { DatabaseUrl } from "./url.js";

const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  [sqlite.name, sqlite],
  [postgresql.name, postgresql],
  [mysql.name, mysql],
  [mariadb.name, mariadb],
]);

/** Dialects from outside this package, with what URLs may say about them. */
const REGISTERED = new Map<string, { readonly dialect: Dialect; readonly names: DialectNames }>();

/** What the name of a registered dialect or of its driver may be, so that URLs can hold it. */
const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Makes a dialect from outside this package known under its name, so that `name://` URLs lead to it; with `driver`,
 * also `name+driver://`. Registering the same dialect again changes nothing.
 * Throws `ArgumentError` for a name that no URL can hold, `InvalidRequestError` where the name is another dialect's.
 */
export function registerDialect(dialect: Dialect, options: { readonly driver?: string } = {}): void {
  const { name } = dialect;
  for (const each of [name, options.driver ?? name]) {
    if (NAME.test(each)) continue;
    throw new ArgumentError(`a dialect's name is lower-case letters, digits and _, not ${JSON.stringify(each)}`);
  }
  const taken = canonicalName(name) !== null;
  if (taken && REGISTERED.get(name)?.dialect !== dialect) {
    throw new InvalidRequestError(`there is a dialect "${name}" already; register this one under another name`);
  }
  const schemes = options.driver === undefined ? [name] : [name, `${name}+${options.driver}`];
  REGISTERED.set(name, { dialect, names: { schemes, aliases: [], pythonDrivers: [] } });
}

/** The dialect that a URL names. Throws `UrlError` where there is none, saying what to write instead. */
export function dialectOf(url: DatabaseUrl): Dialect {
  const name = canonicalName(url.dialect);
  const names = name === null ? undefined : (DIALECT_NAMES.get(name) ?? REGISTERED.get(name)?.names);
  const dialect = name === null ? undefined : (DIALECTS.get(name) ?? REGISTERED.get(name)?.dialect);
  if (name === null || names === undefined || dialect === undefined) {
    const known = [...DIALECT_NAMES.keys(), ...REGISTERED.keys()].map((each) => `${each}://`).join(", ");
    throw new UrlError(`unknown dialect "${url.dialect}" in ${String(url)}; known are ${known}`);
  }
  checkDriver(url, name, names);
  return dialect;
}

function canonicalName(written: string): string | null {
  if (DIALECT_NAMES.has(written) || REGISTERED.has(written)) return written;
  for (const [name, { aliases }] of DIALECT_NAMES) if (aliases.includes(written)) return name;
  return null;
}

function checkDriver(url: DatabaseUrl, name: string, names: DialectNames): void {
  const driver = url.driver;
  if (driver === null || names.schemes.includes(`${name}+${driver}`)) return;
  const spellings = names.schemes.map((each) => `${each}://`).join(" or ");
  const why = names.pythonDrivers.includes(driver.toLowerCase())
    ? `"${driver}" is a Python driver; in ${String(url)}`
    : `unknown driver "${driver}" for ${name} in ${String(url)};`;
  throw new UrlError(`${why} write ${spellings}`);
}
