// The inspector: what is in a database, in the words of the schema model. One class over both kinds of engine; what it
// was told once it keeps, so that many questions cost the statements of one.
import type { ColumnModel } from "../../model/column-model.js";
import { qualifiedKey, type QualifiedName } from "../../model/qualified-name.js";
import type {
  CheckModel,
  DomainModel,
  EnumModel,
  ForeignKeyModel,
  IndexModel,
  KeyModel,
  SchemaModel,
  TableModel,
  TableOptionsModel,
  UniqueModel,
  ViewModel,
} from "../../model/schema-model.js";
import type { Operation } from "../engine/execution.js";
import { ArgumentError, InvalidRequestError, NoSuchTableError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import type { DialectInspector } from "./dialect-inspector.js";
import { selectParts } from "./select-parts.js";

/** What an inspector needs of a synchronous engine or connection. */
export interface InspectionTarget {
  readonly dialect: { readonly name: string; readonly inspector?: DialectInspector };
  runOperation<T>(operation: Operation<T>): T;
}

/** And of an asynchronous one. */
export interface AsyncInspectionTarget {
  readonly dialect: InspectionTarget["dialect"];
  runOperation<T>(operation: Operation<T>): Promise<T>;
}

/** `T` of a synchronous engine, a promise of it of an asynchronous one. */
type Answer<Target, T> = Target extends InspectionTarget ? T : Promise<T>;

export interface InspectorOptions {
  /** The schema; the connection's default one where left out. */
  readonly schema?: string;
}

export interface ModelOptions {
  /** Whole schemas by name; the default one where left out. */
  readonly schemas?: readonly string[];
  /** Only these tables, by name. */
  readonly tables?: readonly string[];
  /** Only these views, by name; all with `true` (the default, unless `tables` says which), none with `false`. */
  readonly views?: boolean | readonly string[];
}

/** A table's or view's parts, for the questions about all of them. */
type Relation = TableModel | ViewModel;

export class Inspector<Target extends InspectionTarget | AsyncInspectionTarget = InspectionTarget> {
  readonly #target: Target;
  readonly #dialect: DialectInspector;
  readonly #schemas = new Map<string | undefined, SchemaModel>();
  #defaultSchema: string | undefined;

  /**
   * Use `inspect(engine)`. Throws `InvalidRequestError` where the dialect cannot be inspected.
   */
  constructor(target: Target) {
    if (typeof target?.runOperation !== "function") {
      throw new ArgumentError(`inspect() takes an engine or a connection, got ${describeValue(target)}.`);
    }
    const { name, inspector } = target.dialect;
    if (inspector === undefined) throw new InvalidRequestError(`The dialect ${name} has no inspector.`);
    this.#target = target;
    this.#dialect = inspector;
  }

  /** The engine or connection that is asked. */
  get bind(): Target {
    return this.#target;
  }

  /** Forgets what was read: the next question goes to the database. */
  clearCache(): void {
    this.#schemas.clear();
  }

  /**
   * What is there as the database's half of a schema model: tables, views, enums, domains, sequences, and as text what
   * no model holds. Expressions are the database's own text. With `tables` or `views`, only those and the types that
   * they need. Throws `NoSuchTableError` where one of them does not exist.
   */
  model(options: ModelOptions = {}): Answer<Target, SchemaModel> {
    return this.#run(modelOf(this.#dialect, options));
  }

  /** Every schema but the system's own. */
  getSchemaNames(): Answer<Target, readonly string[]> {
    return this.#run(this.#dialect.schemaNames());
  }

  /** The schema of names without one. */
  getDefaultSchemaName(): Answer<Target, string> {
    return this.#run(this.#defaultName());
  }

  /** The tables by name, partitions among them, views not. */
  getTableNames(options: InspectorOptions = {}): Answer<Target, readonly string[]> {
    return this.#ask(options, ({ tables }) => tables.map(({ name }) => name));
  }

  /** The views by name, materialised ones not. */
  getViewNames(options: InspectorOptions = {}): Answer<Target, readonly string[]> {
    return this.#ask(options, ({ views = [] }) => views.filter((view) => !view.materialized).map(({ name }) => name));
  }

  getMaterializedViewNames(options: InspectorOptions = {}): Answer<Target, readonly string[]> {
    return this.#ask(options, ({ views = [] }) => views.filter((view) => view.materialized).map(({ name }) => name));
  }

  /** The sequences that stand by themselves; those of identity and serial columns are told with the column. */
  getSequenceNames(options: InspectorOptions = {}): Answer<Target, readonly string[]> {
    return this.#ask(options, ({ sequences = [] }) => sequences.map(({ name }) => name));
  }

  getEnums(options: InspectorOptions = {}): Answer<Target, readonly EnumModel[]> {
    return this.#ask(options, ({ enums }) => enums);
  }

  getDomains(options: InspectorOptions = {}): Answer<Target, readonly DomainModel[]> {
    return this.#ask(options, ({ domains = [] }) => domains);
  }

  /** True where there is a table or view of this name. */
  hasTable(name: string, options: InspectorOptions = {}): Answer<Target, boolean> {
    return this.#ask(options, (model) => relations(model).some((relation) => relation.name === name));
  }

  hasSchema(name: string): Answer<Target, boolean> {
    return this.#run(hasSchema(this.#dialect, name));
  }

  hasSequence(name: string, options: InspectorOptions = {}): Answer<Target, boolean> {
    return this.#ask(options, ({ sequences = [] }) => sequences.some((sequence) => sequence.name === name));
  }

  hasIndex(table: string, index: string, options: InspectorOptions = {}): Answer<Target, boolean> {
    return this.#relation(table, options, ({ indexes }) => indexes.some(({ name }) => name === index));
  }

  /** A table with all that belongs to it. Throws `NoSuchTableError`, as all questions about one table do. */
  getTable(name: string, options: InspectorOptions = {}): Answer<Target, TableModel> {
    return this.#ask(options, ({ tables }) => found(tables, name, options));
  }

  /** The columns of a table or view, in order. */
  getColumns(name: string, options: InspectorOptions = {}): Answer<Target, readonly ColumnModel[]> {
    return this.#relation(name, options, ({ columns }) => columns);
  }

  /** The primary key; undefined where there is none. */
  getPkConstraint(name: string, options: InspectorOptions = {}): Answer<Target, KeyModel | undefined> {
    return this.#relation(name, options, (relation) => asTable(relation)?.primaryKey);
  }

  getForeignKeys(name: string, options: InspectorOptions = {}): Answer<Target, readonly ForeignKeyModel[]> {
    return this.#relation(name, options, (relation) => asTable(relation)?.foreignKeys ?? []);
  }

  /** The indexes that are there by themselves, those of keys and unique constraints left out. */
  getIndexes(name: string, options: InspectorOptions = {}): Answer<Target, readonly IndexModel[]> {
    return this.#relation(name, options, ({ indexes }) => indexes);
  }

  getUniqueConstraints(name: string, options: InspectorOptions = {}): Answer<Target, readonly UniqueModel[]> {
    return this.#relation(name, options, (relation) => asTable(relation)?.uniques ?? []);
  }

  getCheckConstraints(name: string, options: InspectorOptions = {}): Answer<Target, readonly CheckModel[]> {
    return this.#relation(name, options, (relation) => asTable(relation)?.checks ?? []);
  }

  /** The comment of a table or view; undefined where there is none. */
  getTableComment(name: string, options: InspectorOptions = {}): Answer<Target, string | undefined> {
    return this.#relation(name, options, ({ comment }) => comment);
  }

  /** What the dialect's CREATE TABLE says after the columns, such as `strict` or `engine = MyISAM`. */
  getTableOptions(name: string, options: InspectorOptions = {}): Answer<Target, TableOptionsModel["entries"]> {
    return this.#relation(name, options, (relation) => relation.options?.flatMap(({ entries }) => entries) ?? []);
  }

  /** The SELECT of a view, as the database keeps it. */
  getViewDefinition(name: string, options: InspectorOptions = {}): Answer<Target, string> {
    return this.#ask(options, ({ views = [] }) => found(views, name, options).definition.variants[0]?.sql ?? "");
  }

  /** The columns of every table and view, by name. */
  getMultiColumns(options: InspectorOptions = {}): Answer<Target, ReadonlyMap<string, readonly ColumnModel[]>> {
    return this.#multi(options, ({ columns }) => columns);
  }

  getMultiPkConstraint(options: InspectorOptions = {}): Answer<Target, ReadonlyMap<string, KeyModel | undefined>> {
    return this.#multi(options, (relation) => asTable(relation)?.primaryKey);
  }

  getMultiForeignKeys(options: InspectorOptions = {}): Answer<Target, ReadonlyMap<string, readonly ForeignKeyModel[]>> {
    return this.#multi(options, (relation) => asTable(relation)?.foreignKeys ?? []);
  }

  getMultiIndexes(options: InspectorOptions = {}): Answer<Target, ReadonlyMap<string, readonly IndexModel[]>> {
    return this.#multi(options, ({ indexes }) => indexes);
  }

  getMultiUniqueConstraints(
    options: InspectorOptions = {},
  ): Answer<Target, ReadonlyMap<string, readonly UniqueModel[]>> {
    return this.#multi(options, (relation) => asTable(relation)?.uniques ?? []);
  }

  getMultiCheckConstraints(options: InspectorOptions = {}): Answer<Target, ReadonlyMap<string, readonly CheckModel[]>> {
    return this.#multi(options, (relation) => asTable(relation)?.checks ?? []);
  }

  getMultiTableComment(options: InspectorOptions = {}): Answer<Target, ReadonlyMap<string, string | undefined>> {
    return this.#multi(options, ({ comment }) => comment);
  }

  #multi<T>(options: InspectorOptions, part: (relation: Relation) => T): Answer<Target, ReadonlyMap<string, T>> {
    return this.#ask(options, (model) => new Map(relations(model).map((one) => [one.name, part(one)] as const)));
  }

  #relation<T>(name: string, options: InspectorOptions, part: (relation: Relation) => T): Answer<Target, T> {
    return this.#ask(options, (model) => part(found(relations(model), name, options)));
  }

  #ask<T>(options: InspectorOptions, answer: (model: SchemaModel) => T): Answer<Target, T> {
    return this.#run(this.#answered(options, answer));
  }

  *#answered<T>({ schema }: InspectorOptions, answer: (model: SchemaModel) => T): Operation<T> {
    let model = this.#schemas.get(schema);
    if (model === undefined) {
      model = yield* this.#dialect.read(schema === undefined ? {} : { schemas: [schema] });
      this.#schemas.set(schema, model);
    }
    return answer(model);
  }

  *#defaultName(): Operation<string> {
    this.#defaultSchema ??= yield* this.#dialect.defaultSchema();
    return this.#defaultSchema;
  }

  #run<T>(operation: Operation<T>): Answer<Target, T> {
    // Sound: the target's kind says whether it gives a value or a promise, and `Answer` says the same of it.
    return this.#target.runOperation(operation) as Answer<Target, T>;
  }

  toString(): string {
    return "Inspector()";
  }
}

/** An inspector of an asynchronous engine: every answer is a promise. */
export type AsyncInspector = Inspector<AsyncInspectionTarget>;

function* modelOf(dialect: DialectInspector, { schemas, tables, views }: ModelOptions): Operation<SchemaModel> {
  const named = [...(tables ?? []), ...(Array.isArray(views) ? views : [])];
  const isPart = tables !== undefined && views !== true;
  const model = yield* dialect.read({
    ...(schemas === undefined ? {} : { schemas }),
    ...(isPart ? { only: named } : {}),
  });
  return selectParts(model, tables, views ?? tables === undefined);
}

function* hasSchema(dialect: DialectInspector, name: string): Operation<boolean> {
  return (yield* dialect.schemaNames()).includes(name);
}

function relations({ tables, views = [] }: SchemaModel): readonly Relation[] {
  return [...tables, ...views];
}

function asTable(relation: Relation): TableModel | undefined {
  return "foreignKeys" in relation ? relation : undefined;
}

function found<Part extends QualifiedName>(parts: readonly Part[], name: string, { schema }: InspectorOptions): Part {
  const part = parts.find((each) => each.name === name);
  if (part !== undefined) return part;
  throw new NoSuchTableError(qualifiedKey(schema === undefined ? { name } : { schema, name }));
}
