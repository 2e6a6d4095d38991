// A database to the schema model that a schema file is written from: read, with typed expressions, and named.
import { canonicalModel } from "../model/canonical.js";
import { nameSchema } from "../model/reflected-classes.js";
import { typeExpressions } from "../model/reflected-expressions.js";
import type { ColumnType } from "../model/column-type.js";
import { DatabaseLikeness } from "../model/database-likeness.js";
import type { QualifiedName } from "../model/qualified-name.js";
import type { SchemaModel } from "../model/schema-model.js";
import { createAsyncEngine } from "../runtime/engine/async-engine.js";
import { AthanorError } from "../runtime/errors/errors.js";
import type { SqlDialect } from "../runtime/sql/compile/sql-dialect.js";
import { inspect } from "../runtime/orm/inspect.js";
import { DeclaredType } from "../runtime/types/declared-type.js";
import { CommandError, exitCodes } from "./terminal.js";

export interface ReadingOptions {
  /** Patterns of table and view names, `*` for anything. */
  readonly tables?: readonly string[];
  readonly schema?: readonly string[];
  /** The dialects that the schema file says it is for; the database's own where left out. */
  readonly dialect?: readonly string[];
}

interface ReadDatabase {
  readonly typed: SchemaModel;
  /** The same with the database's own text for every expression. */
  readonly verbatim: SchemaModel;
  /** What makes no difference to this kind of database. */
  readonly likeness: DatabaseLikeness;
}

/**
 * Reads the database at `url`; what the schema `known` calls things stays. Throws `CommandError` where it cannot be
 * reached or lacks what is asked for.
 */
export async function readDatabase(url: string, options: ReadingOptions, known?: SchemaModel): Promise<ReadDatabase> {
  const { model, typeText } = await failing(() => readModel(url, options));
  const read = inOrder(model);
  const [dialect = ""] = read.dialects;
  const declared = options.dialect ?? read.dialects;
  return {
    typed: nameSchema({ ...typeExpressions(read, dialect), dialects: declared }, known),
    verbatim: nameSchema({ ...read, dialects: declared }, known),
    likeness: new DatabaseLikeness(dialect, typeText),
  };
}

interface ReadModel {
  readonly model: SchemaModel;
  /** What the database calls a type. */
  readonly typeText: (type: ColumnType) => string;
}

async function readModel(url: string, options: ReadingOptions): Promise<ReadModel> {
  const engine = createAsyncEngine(url);
  try {
    const inspector = inspect(engine);
    const schemas = options.schema === undefined ? {} : { schemas: options.schema };
    const everything = await inspector.model(schemas);
    const typeText = (type: ColumnType): string => typeTextOf(engine.dialect.sql, type);
    if (options.tables === undefined) return { model: everything, typeText };
    const { tables, views = [] } = everything;
    const wanted = (items: readonly QualifiedName[]): string[] =>
      items.filter((item) => isWantedName(item, { tables: options.tables ?? [] })).map(({ name }) => name);
    const names = { tables: wanted(tables), views: wanted(views) };
    if (names.tables.length + names.views.length === 0) {
      const help = `there are ${tables.length} tables and ${views.length} views`;
      throw new CommandError(`no table matches ${options.tables.join(", ")}`, exitCodes.refused, help);
    }
    return { model: await inspector.model({ ...schemas, ...names }), typeText };
  } finally {
    await engine.dispose();
  }
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

/** Whether a table or view is one that was asked for. */
export function isWantedName({ schema, name }: QualifiedName, options: ReadingOptions): boolean {
  const isPlace = options.schema === undefined || (schema !== undefined && options.schema.includes(schema));
  return isPlace && (options.tables === undefined || options.tables.some((pattern) => patternOf(pattern).test(name)));
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
