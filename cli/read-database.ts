// A database to the schema model that a schema file is written from: read, with typed expressions, and named.
import { canonicalModel } from "../model/canonical.js";
import { nameSchema } from "../model/reflected-classes.js";
import { typeExpressions } from "../model/reflected-expressions.js";
import { keepLooseForeignKeys } from "../model/loose-foreign-keys.js";
import { withNeededObjects } from "../model/needed-objects.js";
import { broughtAlong } from "../model/reflected-report.js";
import type { ColumnType } from "../model/column-type.js";
import { keepColumnlessViews } from "../model/columnless-views.js";
import { DatabaseLikeness } from "../model/database-likeness.js";
import type { QualifiedName } from "../model/qualified-name.js";
import type { SchemaModel } from "../model/schema-model.js";
import { type AsyncEngine, createAsyncEngine } from "../runtime/engine/async-engine.js";
import { AthanorError } from "../runtime/errors/errors.js";
import type { SqlDialect } from "../runtime/sql/compile/sql-dialect.js";
import { inspect } from "../runtime/orm/inspect.js";
import type { AsyncInspector } from "../runtime/reflect/inspector.js";
import { inspectorOf, withReferredTables } from "../runtime/schema/reflected-tables.js";
import { DeclaredType } from "../runtime/types/declared-type.js";
import { CommandError, exitCodes } from "./terminal.js";

export interface ReadingOptions {
  /** Patterns of table and view names, `*` for anything. What their foreign keys lead to comes along. */
  readonly tables?: readonly string[];
  readonly schema?: readonly string[];
  /** The dialects that the schema file says it is for; the database's own where left out. */
  readonly dialect?: readonly string[];
}

interface ReadDatabase {
  readonly typed: SchemaModel;
  /** The same with the database's own text for every expression. */
  readonly verbatim: SchemaModel;
  /** Which tables nobody asked for and why they are there, a line each. */
  readonly broughtAlong: readonly string[];
  /** What no schema file can say, a line each; undefined where only some tables were asked for. */
  readonly leftOut: readonly string[] | undefined;
  /** Whether a declaration of this kind and name was looked for, so that it is gone where it was not found. */
  isInScope(kind: string, name: QualifiedName): boolean;
  /** What makes no difference to this kind of database. */
  readonly likeness: DatabaseLikeness;
}

/**
 * Reads the database at `url`; what the schema `known` calls things stays. Throws `CommandError` where it cannot be
 * reached or lacks what is asked for.
 */
export async function readDatabase(url: string, options: ReadingOptions, known?: SchemaModel): Promise<ReadDatabase> {
  const { model, defaultSchema, broughtAlong: along, leftOut, typeText } = await failing(() => readModel(url, options));
  const [dialect = ""] = model.dialects;
  const views = keepColumnlessViews(keepLooseForeignKeys(model, dialect), dialect);
  const read = inOrder(views.schema);
  const declared = options.dialect ?? read.dialects;
  return {
    typed: nameSchema({ ...typeExpressions(read, dialect), dialects: declared }, known),
    verbatim: nameSchema({ ...read, dialects: declared }, known),
    broughtAlong: along,
    leftOut: leftOut && [...leftOut, ...views.leftOut],
    isInScope: (kind, name) => isAskedFor(kind, name, options, defaultSchema),
    likeness: new DatabaseLikeness(dialect, typeText),
  };
}

interface ReadModel {
  readonly model: SchemaModel;
  /** The schema of names without one. */
  readonly defaultSchema: string;
  readonly broughtAlong: readonly string[];
  readonly leftOut: readonly string[] | undefined;
  /** What the database calls a type. */
  readonly typeText: (type: ColumnType) => string;
}

async function readModel(url: string, options: ReadingOptions): Promise<ReadModel> {
  const engine = createAsyncEngine(url);
  try {
    const inspector = inspect(engine);
    const everything = await inspector.model(options.schema === undefined ? {} : { schemas: options.schema });
    const asked = await readAsked(inspector, options, everything);
    const referred = await engine.runOperation(withReferredTables(inspectorOf(engine), asked, () => false));
    const { model, names } = withNeeded(referred, everything, options);
    const typeText = (type: ColumnType): string => typeTextOf(engine.dialect.sql, type);
    const [defaultSchema, leftOut] = [await inspector.getDefaultSchemaName(), await readLeftOut(engine, options)];
    const along = [...broughtAlong(model, asked), ...names.map((name) => `${name} brought along by its name in SQL`)];
    return { model, defaultSchema, broughtAlong: along, leftOut, typeText };
  } finally {
    await engine.dispose();
  }
}

async function readLeftOut(engine: AsyncEngine, options: ReadingOptions): Promise<readonly string[] | undefined> {
  if (options.tables !== undefined) return undefined;
  const inspector = inspectorOf(engine);
  if (inspector.leftOut === undefined) return [];
  return engine.runOperation(inspector.leftOut(options.schema === undefined ? {} : { schemas: options.schema }));
}

/** All is there where all was asked for. */
function withNeeded(
  model: SchemaModel,
  everything: SchemaModel,
  { tables }: ReadingOptions,
): ReturnType<typeof withNeededObjects> {
  return tables === undefined ? { model, names: [] } : withNeededObjects(model, everything);
}

async function readAsked(
  inspector: AsyncInspector,
  { tables: patterns, schema }: ReadingOptions,
  everything: SchemaModel,
): Promise<SchemaModel> {
  const schemas = schema === undefined ? {} : { schemas: schema };
  if (patterns === undefined) return everything;
  const { tables, views = [] } = everything;
  const wanted = (items: readonly QualifiedName[]): string[] =>
    items.map(({ name }) => name).filter((name) => matchesAny(name, patterns));
  const names = { tables: wanted(tables), views: wanted(views) };
  if (names.tables.length + names.views.length === 0) {
    const help = `there are ${tables.length} tables and ${views.length} views`;
    throw new CommandError(`no table matches ${patterns.join(", ")}`, exitCodes.refused, help);
  }
  return inspector.model({ ...schemas, ...names });
}

/** Types that are declared go by their name; what the dialect cannot say goes by what it is. */
function typeTextOf(sql: SqlDialect, type: ColumnType): string {
  if (type.kind === "enum" || type.kind === "domain") return type.name;
  try {
    return sql.codecFor(new DeclaredType(type, JSON.stringify(type))).ddl;
  } catch (failure) {
    if (failure instanceof AthanorError) return JSON.stringify(type);
    throw failure;
  }
}

/** Everything by name, but for what has to be created in the order it came in. */
function inOrder(model: SchemaModel): SchemaModel {
  const { views, objects } = model;
  return {
    ...canonicalModel(model),
    ...(views === undefined ? {} : { views }),
    ...(objects === undefined ? {} : { objects }),
  };
}

/** Whether the options ask for what a schema file declares. */
function isAskedFor(kind: string, { schema, name }: QualifiedName, options: ReadingOptions, own: string): boolean {
  const { tables: patterns, schema: schemas = [own] } = options;
  if (!schemas.includes(schema ?? own)) return false;
  // Patterns are about tables and views alone.
  return patterns === undefined || ((kind === "table" || kind === "view") && matchesAny(name, patterns));
}

function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => patternOf(pattern).test(name));
}

/** `user_*` as a regular expression over whole names. */
function patternOf(glob: string): RegExp {
  const escaped = glob.replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "su");
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof AthanorError)) throw failure;
    throw new CommandError(`cannot read the database: ${failure.message}`, exitCodes.refused);
  }
}
