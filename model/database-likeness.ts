// Whether two parts of schema models are the same to a database: what code calls them, and what the database would not
// keep or adds by itself, makes no difference. Each part has a key; parts with one key are alike.
import { type Capabilities, findCapabilities } from "./capabilities.js";
import type { ColumnModel } from "./column-model.js";
import type { ColumnType } from "./column-type.js";
import type { Expression } from "./expression.js";
import { expressionSql } from "./expression-sql.js";
import { InternalError } from "./internal-error.js";
import { qualifiedKey } from "./qualified-name.js";
import type {
  CheckModel,
  ConstraintTiming,
  DomainModel,
  EnumModel,
  ForeignKeyModel,
  IndexModel,
  KeyModel,
  ObjectModel,
  SequenceModel,
  TableModel,
  UniqueModel,
  ViewModel,
} from "./schema-model.js";
import type { SequenceOptions } from "./sequence-options.js";
import { quoteIdentifier } from "./sql-identifier.js";
import { withCasts } from "./sql-text/explicit-casts.js";
import { sqlKey } from "./sql-text/tokens.js";

/** The keys of parts for one dialect. */
export class DatabaseLikeness {
  readonly #capabilities: Capabilities;
  readonly #typeText: (type: ColumnType) => string;

  /** `typeText` is what the database calls a type when a column of it is created. */
  constructor(dialect: string, typeText: (type: ColumnType) => string) {
    const capabilities = findCapabilities(dialect);
    if (capabilities === undefined) throw new InternalError(`no capabilities of dialect ${dialect}`);
    this.#capabilities = capabilities;
    this.#typeText = typeText;
  }

  /** Whether the database keeps comments. */
  get keepsComments(): boolean {
    return this.#capabilities.catalogue.comments;
  }

  isSameType(one: ColumnType, other: ColumnType): boolean {
    return this.#typeText(one).toLowerCase() === this.#typeText(other).toLowerCase();
  }

  column(column: ColumnModel, table: { readonly columns: readonly ColumnModel[] }): string {
    const { type, nullable, default: initial, identity, serial, autoincrement, generated, collation } = column;
    return JSON.stringify([
      this.#typeText(type).toLowerCase(),
      nullable,
      initial === undefined || initial.kind === "null" ? null : this.#expression(initial, table.columns, type),
      identity === undefined ? null : [identity.always, sequenceKey(identity.sequence)],
      serial === undefined ? null : sequenceKey(serial.sequence),
      autoincrement ?? false,
      generated === undefined ? null : [this.#expression(generated.expression, table.columns), generated.stored],
      collation ?? null,
      this.#comment(column.comment),
    ]);
  }

  primaryKey(key: KeyModel): string {
    return JSON.stringify([key.name, key.columns, this.#timing(key)]);
  }

  unique(unique: UniqueModel): string {
    return JSON.stringify([unique.name, unique.columns, unique.nullsNotDistinct ?? false, this.#timing(unique)]);
  }

  check(check: CheckModel, table: TableModel): string {
    return JSON.stringify([check.name, this.#expression(check.expression, table.columns), this.#timing(check)]);
  }

  foreignKey(foreignKey: ForeignKeyModel): string {
    const { name, columns, references, onDelete, onUpdate, onDeleteColumns, match } = foreignKey;
    const target = [qualifiedKey(references.table), references.columns];
    const actions = [onDelete, onUpdate].map((action) => (action === "no action" ? null : action));
    return JSON.stringify([name, columns, target, actions, onDeleteColumns, match, this.#timing(foreignKey)]);
  }

  index(index: IndexModel, table: { readonly columns: readonly ColumnModel[] }): string {
    const { name, unique, keys, where, method, include, nullsNotDistinct, storage } = index;
    return JSON.stringify([
      name,
      unique,
      keys.map(({ expression, direction, nulls, collation, operatorClass, prefix }) => [
        this.#expression(expression, table.columns),
        direction ?? "asc",
        nulls,
        collation,
        operatorClass,
        prefix,
      ]),
      where === undefined ? null : this.#expression(where, table.columns),
      method ?? "btree",
      include,
      nullsNotDistinct,
      storage,
      this.#comment(index.comment),
    ]);
  }

  /** All of a table that is no column, constraint or index. */
  tableItself({ comment, rawElements = [], options = [], partitionOf, objects = [] }: TableModel): string {
    return JSON.stringify([this.#comment(comment), rawElements, options, partitionOf, objects.map(objectKey)]);
  }

  enumeration({ values, comment }: EnumModel): string {
    return JSON.stringify([values, this.#comment(comment)]);
  }

  domain(domain: DomainModel): string {
    const { type, nullable, default: initial, collation, checks } = domain;
    const value: ColumnModel = { name: "value", property: "value", type, nullable };
    return JSON.stringify([
      this.#typeText(type),
      nullable,
      initial === undefined ? null : this.#expression(initial, [value], type),
      collation,
      checks.map(({ name, expression }) => [name, this.#expression(expression, [value])]),
      this.#comment(domain.comment),
    ]);
  }

  sequence({ type, options, comment }: SequenceModel): string {
    return JSON.stringify([type, sequenceKey(options), this.#comment(comment)]);
  }

  /** Types of a view's columns may be put right by hand, so that only their names count. */
  view(view: ViewModel): string {
    const indexes = view.indexes.map((index) => this.index(index, view));
    const names = view.columns.map(({ name }) => name);
    return JSON.stringify([
      view.materialized,
      names,
      this.#rawText(view.definition),
      indexes,
      view.options ?? [],
      this.#comment(view.comment),
    ]);
  }

  object(object: ObjectModel): string {
    return this.#rawText(object.sql) ?? "";
  }

  #comment(comment: string | undefined): string | null {
    return this.#capabilities.catalogue.comments ? (comment ?? null) : null;
  }

  #timing({ deferrable, notValid, notEnforced, onConflict, comment }: ConstraintTiming): unknown {
    return [deferrable?.initiallyDeferred, notValid, notEnforced, onConflict, this.#comment(comment)];
  }

  /** The expression's SQL, in one form for all spellings of it. */
  #expression(expression: Expression, columns: readonly ColumnModel[], type?: ColumnType): string {
    const { catalogue } = this.#capabilities;
    const text = this.#sql(expression, columns, type);
    if (text === undefined) return JSON.stringify(expression);
    const key = sqlKey(text, catalogue) ?? text;
    return key.replace(/^\["symbol \(",(.*),"symbol \)"\]$/, "[$1]");
  }

  #sql(expression: Expression, columns: readonly ColumnModel[], type?: ColumnType): string | undefined {
    const { catalogue, spelling, name: dialect } = this.#capabilities;
    if (expression.kind === "raw") return this.#rawText(expression);
    const columnType = (name: string): ColumnType | undefined => columns.find((column) => column.name === name)?.type;
    const context = { columnType, ...(type === undefined ? {} : { type }) };
    const quote = (name: string): string => quoteIdentifier(name, spelling.identifierQuote);
    const spelled = catalogue.casts ? withCasts(expression, { ...context, quote }) : undefined;
    return spelled ?? expressionSql(expression, dialect, context);
  }

  #rawText({ variants }: { readonly variants: readonly { readonly dialect?: string; readonly sql: string }[] }) {
    const own = variants.find(({ dialect }) => dialect === this.#capabilities.name);
    return (own ?? variants.find(({ dialect }) => dialect === undefined))?.sql;
  }
}

function unlessStandard(standard: string, value: string | undefined): string | null {
  return value === undefined || value === standard ? null : value;
}

function sequenceKey({ start, increment, minValue, maxValue, cache, cycle }: SequenceOptions = {}): unknown {
  return [
    unlessStandard("1", start),
    unlessStandard("1", increment),
    minValue,
    maxValue,
    unlessStandard("1", cache),
    cycle,
  ];
}

function objectKey({ type, signature, sql, ...name }: ObjectModel): unknown {
  return [type, qualifiedKey(name), signature, sql];
}
