// The description of a column while it is written: a SQL type plus options, each call giving a new description, so
// that one can be shared between tables. The table's columns are made from it.
import type { ReferentialAction } from "../../model/schema-model.js";
import { ArgumentError } from "../errors/errors.js";
import type { Decimal } from "./decimal.js";
import { describeValue } from "./describe-value.js";
import { ClockValue, RawSql } from "./raw-sql.js";
import type { DeclaredType } from "./declared-type.js";
import type { SqlType } from "./sql-type.js";
import type { Instant, PlainDate, PlainDateTime, PlainTime } from "./temporal.js";

export interface ReferenceOptions {
  readonly name?: string;
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  /** Checked at the end of the transaction where asked for, or always with `initiallyDeferred`. */
  readonly deferrable?: boolean | { readonly initiallyDeferred: boolean };
}

export interface ConstraintName {
  readonly name?: string;
}

export interface ColumnIndexOptions extends ConstraintName {
  readonly unique?: boolean;
}

/** What a DEFAULT may be: a value of the type, raw SQL or the database's clock. */
type ColumnDefault<T> =
  | NonNullable<T>
  | RawSql
  | ClockValue
  | (NonNullable<T> extends Decimal | PlainDate | PlainTime | PlainDateTime | Instant ? string : never);

export interface ColumnOptions {
  readonly nullable: boolean;
  /** The column's name where it is not the property's. */
  readonly name?: string;
  readonly primaryKey?: ConstraintName;
  readonly identity?: { readonly always: boolean };
  readonly autoincrement?: boolean;
  readonly unique?: ConstraintName;
  readonly index?: ColumnIndexOptions;
  readonly default?: unknown;
  readonly references?: ReferenceOptions & { readonly target: string };
  readonly checks?: readonly (ConstraintName & { readonly condition: string | RawSql })[];
  readonly collation?: string;
  readonly comment?: string;
}

const REQUIRED: ColumnOptions = { nullable: false };

/**
 * A column's description; `T` is its TypeScript value. NOT NULL unless `nullable()` says otherwise.
 */
export class ColumnBuilder<T> implements SqlType<T> {
  declare readonly value?: T;
  readonly type: DeclaredType;
  readonly options: ColumnOptions;

  constructor(type: DeclaredType, options: ColumnOptions = REQUIRED) {
    this.type = type;
    this.options = options;
  }

  get logical(): DeclaredType["logical"] {
    return this.type.logical;
  }

  get key(): string {
    return this.type.key;
  }

  get enumValues(): readonly string[] | undefined {
    return this.type.enumValues;
  }

  /** `PRIMARY KEY`; several columns of a table that say so make one composite key. */
  primaryKey(options: ConstraintName = {}): ColumnBuilder<NonNullable<T>> {
    return this.#with<NonNullable<T>>({ primaryKey: options, nullable: false });
  }

  /** The database numbers the rows; with `always` it refuses numbers from outside. */
  identity(options: { readonly always?: boolean } = {}): ColumnBuilder<T> {
    return this.#with<T>({ identity: { always: options.always === true } });
  }

  /** `identity` plus SQLite's AUTOINCREMENT, which gives no number twice; with `false`, keys come from outside. */
  autoincrement(on = true): ColumnBuilder<T> {
    return on
      ? this.#with<T>({ autoincrement: true, identity: this.options.identity ?? { always: false } })
      : this.#with<T>({ autoincrement: false });
  }

  /** Takes NULL; without it a column is NOT NULL. */
  nullable(): ColumnBuilder<T | null> {
    return this.#with<T | null>({ nullable: true });
  }

  unique(options: ConstraintName = {}): ColumnBuilder<T> {
    return this.#with<T>({ unique: options });
  }

  /** An index of its own, named `ix_<table>_<column>` unless it is told otherwise. */
  index(options: ColumnIndexOptions = {}): ColumnBuilder<T> {
    return this.#with<T>({ index: options });
  }

  /** The database's DEFAULT: a value, `sql("…")`, or `currentTimestamp` and its kin. */
  default(value: ColumnDefault<T>): ColumnBuilder<T> {
    if (value === undefined || value === null) {
      throw new ArgumentError(`default() takes a value, got ${describeValue(value)}; leave it out for no default.`);
    }
    return this.#with<T>({ default: value });
  }

  /** `REFERENCES`: the target as `table.column` or `schema.table.column`, looked up when it is first needed. */
  references(target: string, options: ReferenceOptions = {}): ColumnBuilder<T> {
    return this.#with<T>({ references: { ...options, target } });
  }

  /** The column's name in the database, where it is not the property's. */
  named(name: string): ColumnBuilder<T> {
    if (typeof name !== "string" || name === "") {
      throw new ArgumentError(`named() takes the column's name, got ${describeValue(name)}.`);
    }
    return this.#with<T>({ name });
  }

  /** `CHECK (condition)`; the condition is SQL and never comes from user input. */
  check(condition: string | RawSql, options: ConstraintName = {}): ColumnBuilder<T> {
    return this.#with<T>({ checks: [...(this.options.checks ?? []), { ...options, condition }] });
  }

  collate(collation: string): ColumnBuilder<T> {
    return this.#with<T>({ collation });
  }

  comment(comment: string): ColumnBuilder<T> {
    return this.#with<T>({ comment });
  }

  /** The type as it was called; options are not shown. */
  toString(): string {
    return String(this.type);
  }

  #with<U>(change: Partial<ColumnOptions>): ColumnBuilder<U> {
    return new ColumnBuilder<U>(this.type, { ...this.options, ...change });
  }
}
