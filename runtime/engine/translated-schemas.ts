// Schemas by other names at execution (`schemaTranslateMap`): for each map a dialect of its own, which writes the other
// names, with a cache of its own. So a statement that was compiled for one map is never executed for another.
import type { Dialect } from "../dialects/dialect.js";
import { CompileError } from "../errors/errors.js";
import type { StatementCache } from "./statement-cache.js";

/** The dialect that writes the other names, and where statements compiled for it are kept. */
export interface Translation {
  readonly dialect: Dialect;
  readonly cache: StatementCache | null;
}

type SchemaMap = Readonly<Record<string, string>>;

/** Maps whose statements are kept: each of them has a cache of its own. */
const MOST_MAPS = 100;

/** Those of one engine. */
export class Translations {
  readonly #made = new Map<string, Translation>();
  readonly #newCache: () => StatementCache;

  constructor(newCache: () => StatementCache) {
    this.#newCache = newCache;
  }

  /** The translation by this map; `plain` where there is none. Throws `CompileError` where the dialect cannot. */
  of(map: SchemaMap | null, plain: Translation): Translation {
    if (map === null) return plain;
    const names = Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify(names);
    const made = this.#made.get(key) ?? {
      dialect: translated(plain.dialect, new Map(names)),
      cache: this.#newCache(),
    };
    // Put in again, so that the first is the one used longest ago.
    this.#made.delete(key);
    this.#made.set(key, made);
    if (this.#made.size > MOST_MAPS) this.#dropOldest();
    return made;
  }

  #dropOldest(): void {
    for (const oldest of this.#made.keys()) {
      this.#made.delete(oldest);
      return;
    }
  }
}

function translated(dialect: Dialect, names: ReadonlyMap<string, string>): Dialect {
  const translateSchema = (schema: string | null): string | null => {
    const name = names.get(schema ?? "") ?? schema;
    return name === "" ? null : name;
  };
  const sql = { ...dialect.sql, translateSchema };
  if (dialect.ddl.withSql === undefined) throw new CompileError(`${dialect.name} cannot call schemas by other names`);
  return { ...dialect, sql, ddl: dialect.ddl.withSql(sql) };
}
