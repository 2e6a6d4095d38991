// The description of a column while it is written: a SQL type plus options, each call giving a new description, so
// that one can be shared between tables. The table's columns are made from it.
import type { SequenceOptions } from "../../model/sequence-options.js";
import { ArgumentError } from "../errors/errors.js";
import type { Decimal } from "./decimal.js";
import { describeValue } from "./describe-value.js";
import { ClockValue, RawSql } from "./raw-sql.js";
import type { DeclaredType } from "./declared-type.js";
import type { CheckOptions, KeyOptions, ReferenceOptions, UniqueOptions } from "./constraint-options.js";
import type { SqlType } from "./sql-type.js";
import type { Instant, PlainDate, PlainDateTime, PlainTime } from "./temporal.js";

export interface ColumnIndexOptions {
  readonly name?: string;
  readonly unique?: boolean;
}

/** An owned sequence: its name where it is not `table_column_seq`, and what it counts. */
export interface SerialOptions extends SequenceOptions {
  /** `name` or `schema.name`. */
  readonly name?: string;
}

/** What a DEFAULT may be: a value of the type, raw SQL or the database's clock. */
type ColumnDefault<T> =
  | NonNullable<T>
  | RawSql
  | ClockValue
  | (NonNullable<T> extends Decimal | PlainDate | PlainTime | PlainDateTime | Instant ? string : never);

/** The same, or a function that makes the value. */
type ClientDefault<T> = ColumnDefault<T> | (() => T);

export interface ColumnOptions {
  readonly nullable: boolean;
  /** The column's name where it is not the property's. */
  readonly name?: string;
  readonly primaryKey?: KeyOptions;
  readonly identity?: { readonly always: boolean; readonly sequence: SequenceOptions };
  readonly serial?: SerialOptions;
  readonly autoincrement?: boolean;
  readonly unique?: UniqueOptions;
  readonly index?: ColumnIndexOptions;
  readonly default?: unknown;
  readonly generated?: { readonly expression: string | RawSql; readonly stored: boolean };
  readonly clientDefault?: unknown;
  readonly onUpdate?: unknown;
  readonly references?: ReferenceOptions & { readonly target: string };
  readonly checks?: readonly (CheckOptions & { readonly condition: string | RawSql })[];
  readonly collation?: string;
  readonly comment?: string;
  /** The column comes with the table's parent: CREATE TABLE does not say it again. */
  readonly inherited?: true;
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

  get inner(): DeclaredType | undefined {
    return this.type.inner;
  }

  get nullableElements(): boolean | undefined {
    return this.type.nullableElements;
  }

  /** `PRIMARY KEY`; several columns of a table that say so make one composite key. */
  primaryKey(options: KeyOptions = {}): ColumnBuilder<NonNullable<T>> {
    return this.#with<NonNullable<T>>({ primaryKey: options, nullable: false });
  }

  /** The database numbers the rows; with `always` it refuses numbers from outside. The rest is what it counts. */
  identity(options: SequenceOptions & { readonly always?: boolean } = {}): ColumnBuilder<T> {
    const { always = false, ...sequence } = options;
    return this.#with<T>({ identity: { always, sequence: checkedSequence(sequence) } });
  }

  /** PostgreSQL's `SERIAL`: a sequence that the column owns and takes its default from; elsewhere like `identity`. */
  serial(options: SerialOptions = {}): ColumnBuilder<T> {
    return this.#with<T>({ serial: checkedSequence(options) });
  }

  /** `identity` plus SQLite's AUTOINCREMENT, which gives no number twice; with `false`, keys come from outside. */
  autoincrement(on = true): ColumnBuilder<T> {
    return on
      ? this.#with<T>({ autoincrement: true, identity: this.options.identity ?? { always: false, sequence: {} } })
      : this.#with<T>({ autoincrement: false });
  }

  /** Takes NULL; without it a column is NOT NULL. */
  nullable(): ColumnBuilder<T | null> {
    return this.#with<T | null>({ nullable: true });
  }

  unique(options: UniqueOptions = {}): ColumnBuilder<T> {
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

  /**
   * `GENERATED ALWAYS AS (expression)`: the database computes it from the row's other columns, when they are written
   * (`stored`) or when it is read. The expression is SQL and never comes from user input.
   */
  generated(expression: string | RawSql, options: { readonly stored?: boolean } = {}): ColumnBuilder<T> {
    if (!RawSql.is(expression) && (typeof expression !== "string" || expression.trim() === "")) {
      throw new ArgumentError(`generated() takes SQL, got ${describeValue(expression)}.`);
    }
    return this.#with<T>({ generated: { expression, stored: options.stored === true } });
  }

  /**
   * For rows inserted without a value, made here and not by the database: a value, a function called for each row,
   * `sql("…")` or the clock.
   */
  clientDefault(value: ClientDefault<T>): ColumnBuilder<T> {
    return this.#with<T>({ clientDefault: given(value, "clientDefault()") });
  }

  /**
   * What every UPDATE that does not set the column sets it to: a value, a function called each time, `sql("…")` or the
   * clock. MySQL has `ON UPDATE` for its clock.
   */
  onUpdate(value: ClientDefault<T>): ColumnBuilder<T> {
    return this.#with<T>({ onUpdate: given(value, "onUpdate()") });
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
  check(condition: string | RawSql, options: CheckOptions = {}): ColumnBuilder<T> {
    return this.#with<T>({ checks: [...(this.options.checks ?? []), { ...options, condition }] });
  }

  collate(collation: string): ColumnBuilder<T> {
    return this.#with<T>({ collation });
  }

  /** The column is the parent's: of a partition, or of a table that inherits. */
  inherited(): ColumnBuilder<T> {
    return this.#with<T>({ inherited: true });
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

const NUMBERS = ["start", "increment", "minValue", "maxValue", "cache"] as const;

/** Numbers reach the SQL text. Throws `ArgumentError` where one is none. */
export function checkedSequence<Options extends SequenceOptions>(options: Options): Options {
  for (const name of NUMBERS) {
    const digits = options[name];
    if (digits === undefined || (typeof digits === "string" && /^-?\d+$/.test(digits))) continue;
    throw new ArgumentError(`A sequence's ${name} is a whole number as text, got ${describeValue(digits)}.`);
  }
  return options;
}

function given<Value>(value: Value, where: string): Value {
  if (value !== undefined && value !== null) return value;
  throw new ArgumentError(`${where} takes a value, a function or sql("…"), got ${describeValue(value)}.`);
}
