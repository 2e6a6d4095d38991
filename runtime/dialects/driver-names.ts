// What may stand before `://` in a URL, and what to write in place of a name that belongs elsewhere. Data only.

/** What a URL may say about one dialect. */
export interface DialectNames {
  /** How the dialect, alone or with a driver, is written. */
  readonly schemes: readonly string[];
  /** Other spellings of the dialect. */
  readonly aliases: readonly string[];
  /** Drivers of Python's, which URLs copied from there name. */
  readonly pythonDrivers: readonly string[];
}

const words = (text: string): readonly string[] => text.split(/\s+/);

const MYSQL_DRIVERS_OF_PYTHON = words(
  "pymysql mysqldb mysqlclient mysqlconnector mariadbconnector aiomysql asyncmy cymysql pyodbc",
);

export const DIALECT_NAMES: ReadonlyMap<string, DialectNames> = new Map<string, DialectNames>([
  [
    "sqlite",
    {
      schemes: ["sqlite", "sqlite+better-sqlite3"],
      aliases: ["sqlite3"],
      pythonDrivers: words("pysqlite aiosqlite pysqlcipher pysqlite_numeric"),
    },
  ],
  [
    "postgresql",
    {
      schemes: ["postgresql", "postgresql+pg"],
      aliases: ["postgres"],
      pythonDrivers: words("psycopg2 psycopg psycopg_async psycopg2cffi asyncpg pg8000 pygresql"),
    },
  ],
  ["mysql", { schemes: ["mysql", "mysql+mysql2"], aliases: [], pythonDrivers: MYSQL_DRIVERS_OF_PYTHON }],
  ["mariadb", { schemes: ["mariadb", "mariadb+mysql2"], aliases: [], pythonDrivers: MYSQL_DRIVERS_OF_PYTHON }],
]);
