// What a CREATE TABLE of `sqlite_schema` says: the only place that knows constraint names, CHECKs, conflict clauses,
// AUTOINCREMENT and when foreign keys are checked. SQLite keeps that text true through every ALTER.
import type { ConstraintTiming, ReferentialAction } from "../../../model/schema-model.js";
import { type SqlQuoting, sqlTokens } from "../../reflect/sql-tokens.js";
import { TokenReader } from "../../reflect/token-reader.js";
import { quoteSqliteIdentifier as quoted } from "./identifiers.js";

export const SQLITE_QUOTING: SqlQuoting = { brackets: true };

export interface WrittenColumn {
  readonly name: string;
  /** As declared, arguments included; empty where there is none. */
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: string;
  readonly collation?: string;
  readonly generated?: { readonly sql: string; readonly stored: boolean };
}

/** A constraint, named where the text names it. */
interface WrittenConstraint {
  readonly name: string | undefined;
  readonly timing: ConstraintTiming;
}

export interface WrittenKey extends WrittenConstraint {
  readonly columns: readonly string[];
  /** The keys as written, where they say more than names: a collation or a descending order. */
  readonly ordered?: string;
}

interface WrittenPrimaryKey extends WrittenKey {
  readonly autoincrement: boolean;
}

export interface WrittenCheck extends WrittenConstraint {
  readonly sql: string;
  /** The column at which it stands. */
  readonly column?: string;
}

export interface WrittenForeignKey extends WrittenKey {
  readonly table: string;
  /** Empty where the primary key is meant. */
  readonly targets: readonly string[];
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly match?: "full";
}

export interface WrittenTable {
  readonly columns: readonly WrittenColumn[];
  readonly primaryKey: WrittenPrimaryKey | undefined;
  readonly uniques: readonly WrittenKey[];
  readonly checks: readonly WrittenCheck[];
  readonly foreignKeys: readonly WrittenForeignKey[];
  readonly withoutRowid: boolean;
  readonly strict: boolean;
}

/** Reads a CREATE TABLE. */
export function readTableText(sql: string): WrittenTable {
  return new TableReader(sql).table();
}

const CONSTRAINT_WORDS = [
  "constraint",
  "primary",
  "not",
  "null",
  "unique",
  "check",
  "default",
  "collate",
  "references",
  "generated",
  "as",
  "on",
] as const;
const ACTIONS = ["cascade", "restrict", "no action", "set null", "set default"] as const;
const CONFLICTS = ["rollback", "abort", "fail", "ignore", "replace"] as const;

const LITERAL = /^(?:[-+]?(?:\d+\.?\d*|\.\d+)|'(?:[^']|'')*')$/;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class TableReader {
  readonly #reader: TokenReader;
  readonly #columns: WrittenColumn[] = [];
  readonly #uniques: WrittenKey[] = [];
  readonly #checks: WrittenCheck[] = [];
  readonly #foreignKeys: WrittenForeignKey[] = [];
  #primaryKey: WrittenPrimaryKey | undefined;

  constructor(sql: string) {
    this.#reader = new TokenReader(sql, SQLITE_QUOTING);
  }

  table(): WrittenTable {
    const reader = this.#reader;
    while (!reader.atEnd && !reader.sees("(")) reader.next();
    reader.next();
    while (!reader.atEnd && !reader.accept(")")) {
      if (!this.#tableConstraint()) this.#column();
      reader.accept(",");
    }
    const options = reader.rest().toLowerCase();
    return {
      columns: this.#columns,
      primaryKey: this.#primaryKey,
      uniques: this.#uniques,
      checks: this.#checks,
      foreignKeys: this.#foreignKeys,
      withoutRowid: /\bwithout\s+rowid\b/.test(options),
      strict: /\bstrict\b/.test(options),
    };
  }

  #constraintName(): string | undefined {
    return this.#reader.accept("constraint") ? this.#reader.name() : undefined;
  }

  /** Columns come first, so that a quoted name can begin no constraint. */
  #tableConstraint(): boolean {
    const reader = this.#reader;
    const name = this.#constraintName();
    if (reader.accept("primary", "key")) {
      const { columns, ...keys } = this.#keys();
      // The rowid has its own order, whatever is said.
      const ordered = columns.length === 1 ? {} : keys;
      this.#primaryKey = { name, columns, ...ordered, timing: this.#conflict(), autoincrement: false };
    } else if (reader.sees("unique", "(")) {
      reader.next();
      this.#uniques.push({ name, ...this.#keys(), timing: this.#conflict() });
    } else if (reader.sees("check", "(")) {
      reader.next();
      this.#checks.push({ name, sql: reader.parenthesized(), timing: this.#conflict() });
    } else if (reader.accept("foreign", "key")) {
      const columns = reader.names();
      reader.accept("references");
      this.#foreignKeys.push(this.#reference(name, columns));
    } else {
      return name !== undefined;
    }
    return true;
  }

  #keys(): Pick<WrittenKey, "columns" | "ordered"> {
    const text = this.#reader.parenthesized();
    const columns = new TokenReader(`(${text})`, SQLITE_QUOTING).names();
    const isOrdered = sqlTokens(text, SQLITE_QUOTING).some(
      ({ kind, value }) => kind === "word" && /^(?:desc|collate)$/i.test(value),
    );
    return isOrdered ? { columns, ordered: text } : { columns };
  }

  #column(): void {
    const reader = this.#reader;
    const column: Mutable<WrittenColumn> = { name: reader.name(), type: this.#type(), notNull: false };
    while (!reader.atEnd && !reader.sees(",") && !reader.sees(")")) {
      const name = this.#constraintName();
      // A word that means nothing here cannot be in a text that SQLite took; it is passed over.
      if (!this.#columnConstraint(column, name)) reader.next();
    }
    this.#columns.push(column);
  }

  #columnConstraint(column: Mutable<WrittenColumn>, name: string | undefined): boolean {
    const reader = this.#reader;
    const columns = [column.name];
    if (reader.accept("primary", "key")) {
      // At its column, a descending key is no alias of the rowid.
      const isDescending = reader.acceptOneOf(["asc", "desc"]) === "desc";
      const ordered = isDescending ? { ordered: `${quoted(column.name)} DESC` } : {};
      const timing = this.#conflict();
      this.#primaryKey = { name, columns, ...ordered, timing, autoincrement: reader.accept("autoincrement") };
    } else if (reader.accept("not", "null")) {
      column.notNull = true;
      this.#conflict();
    } else if (reader.accept("null")) {
      this.#conflict();
    } else if (reader.accept("unique")) {
      this.#uniques.push({ name, columns, timing: this.#conflict() });
    } else if (reader.sees("check", "(")) {
      reader.next();
      this.#checks.push({ name, sql: reader.parenthesized(), column: column.name, timing: this.#conflict() });
    } else if (reader.accept("default")) {
      column.default = this.#default();
    } else if (reader.accept("collate")) {
      column.collation = reader.name();
    } else if (reader.accept("references")) {
      this.#foreignKeys.push(this.#reference(name, columns));
    } else if (reader.accept("generated", "always", "as") || reader.accept("as")) {
      const sql = reader.parenthesized();
      column.generated = { sql, stored: reader.acceptOneOf(["stored", "virtual"]) === "stored" };
    } else {
      return false;
    }
    return true;
  }

  /** Any words up to the first constraint, and what stands in parentheses after them. */
  #type(): string {
    const reader = this.#reader;
    const words: string[] = [];
    for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
      const isName = token.kind === "word" || token.kind === "quoted" || token.kind === "string";
      if (!isName || CONSTRAINT_WORDS.some((word) => reader.sees(word))) break;
      words.push(reader.name());
    }
    const size = reader.sees("(") ? `(${reader.parenthesized()})` : "";
    return words.join(" ") + size;
  }

  /** An expression in its parentheses, or a literal with its sign; a literal needs none. */
  #default(): string {
    const reader = this.#reader;
    if (reader.sees("(")) {
      const inner = reader.parenthesized();
      return LITERAL.test(inner) ? inner : `(${inner})`;
    }
    const sign = reader.acceptOneOf(["-", "+"]) ?? "";
    return sign + (reader.next()?.text ?? "");
  }

  #conflict(): ConstraintTiming {
    if (!this.#reader.accept("on", "conflict")) return {};
    const onConflict = this.#reader.acceptOneOf(CONFLICTS);
    return onConflict === undefined || onConflict === "abort" ? {} : { onConflict };
  }

  #reference(name: string | undefined, columns: readonly string[]): WrittenForeignKey {
    const reader = this.#reader;
    const key: Mutable<WrittenForeignKey> = {
      name,
      columns,
      table: reader.name(),
      targets: reader.names(),
      timing: {},
    };
    for (;;) {
      if (reader.accept("on", "delete")) {
        const action = reader.acceptOneOf(ACTIONS);
        if (action !== undefined) key.onDelete = action;
      } else if (reader.accept("on", "update")) {
        const action = reader.acceptOneOf(ACTIONS);
        if (action !== undefined) key.onUpdate = action;
      } else if (reader.accept("match")) {
        if (reader.name().toLowerCase() === "full") key.match = "full";
      } else if (reader.accept("not", "deferrable")) {
        reader.acceptOneOf(["initially deferred", "initially immediate"]);
      } else if (reader.accept("deferrable")) {
        const initially = reader.acceptOneOf(["initially deferred", "initially immediate"]);
        key.timing = { deferrable: { initiallyDeferred: initially === "initially deferred" } };
      } else {
        return key;
      }
    }
  }
}
