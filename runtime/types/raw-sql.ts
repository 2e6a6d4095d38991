// SQL written by hand where a schema object takes a fragment: defaults, checks, index conditions. Branded by a private
// field, so that an object made of data can never pass for one.
import type { RawSql as RawSqlModel } from "../../model/expression.js";
import { ArgumentError } from "../errors/errors.js";

/** A fragment for all dialects, or one a dialect with `default` for the others. */
type SqlVariants = string | { readonly default?: string; readonly [dialect: string]: string | undefined };

export class RawSql {
  readonly #variants: ReadonlyMap<string, string>;

  constructor(variants: ReadonlyMap<string, string>) {
    this.#variants = variants;
  }

  /** The fragment for a dialect by name, or undefined where neither it nor the others' was given. */
  for(dialect: string): string | undefined {
    return this.#variants.get(dialect) ?? this.#variants.get("default");
  }

  /** The fragment that was given for this dialect by name, or undefined. */
  own(dialect: string): string | undefined {
    return this.#variants.get(dialect);
  }

  /** The same as the schema model keeps it. */
  get model(): RawSqlModel {
    const variants = [...this.#variants].map(([dialect, text]) =>
      dialect === "default" ? { sql: text } : { dialect, sql: text },
    );
    return { kind: "raw", variants };
  }

  /** True for the objects that `sql` makes, of which no copy or look-alike is one. */
  static is(value: unknown): value is RawSql {
    return typeof value === "object" && value !== null && #variants in value;
  }
}

/**
 * A raw SQL fragment, put into the statement as it is: never from user input. Give one text, or one a dialect:
 * `sql({ default: "now()", sqlite: "CURRENT_TIMESTAMP" })`.
 */
export function sql(variants: SqlVariants): RawSql {
  const entries = typeof variants === "string" ? [["default", variants] as const] : Object.entries(variants);
  const known = new Map<string, string>();
  for (const [dialect, text] of entries) {
    if (text === undefined) continue;
    if (typeof text !== "string" || text.trim() === "") {
      throw new ArgumentError(`sql() takes SQL text; the ${dialect} variant is none.`);
    }
    known.set(dialect, text);
  }
  if (known.size === 0) throw new ArgumentError("sql() needs at least one SQL text.");
  return new RawSql(known);
}

/** The database's clock as a column default: each dialect writes it in the form in which it stores the type. */
export class ClockValue {
  readonly #name: "date" | "time" | "timestamp";

  constructor(name: "date" | "time" | "timestamp") {
    this.#name = name;
  }

  get name(): "date" | "time" | "timestamp" {
    return this.#name;
  }

  static is(value: unknown): value is ClockValue {
    return typeof value === "object" && value !== null && #name in value;
  }
}

/** `DEFAULT CURRENT_DATE`. */
export const currentDate: ClockValue = new ClockValue("date");
/** `DEFAULT CURRENT_TIME`. */
export const currentTime: ClockValue = new ClockValue("time");
/** `DEFAULT CURRENT_TIMESTAMP`: the schema language's `now()`. */
export const currentTimestamp: ClockValue = new ClockValue("timestamp");
