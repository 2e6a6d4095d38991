// A database to the schema model that a schema file is written from: read, with typed expressions, and named.
import { canonicalModel } from "../model/canonical.js";
import { nameSchema } from "../model/reflected-classes.js";
import { typeExpressions } from "../model/reflected-expressions.js";
import type { SchemaModel } from "../model/schema-model.js";
import { createAsyncEngine } from "../runtime/engine/async-engine.js";
import { AthanorError } from "../runtime/errors/errors.js";
import { inspect } from "../runtime/orm/inspect.js";
import { CommandError, exitCodes } from "./terminal.js";

interface ReadingOptions {
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
}

/** Reads the database at `url`. Throws `CommandError` where it cannot be reached or lacks what is asked for. */
export async function readDatabase(url: string, options: ReadingOptions): Promise<ReadDatabase> {
  const read = inOrder(await failing(() => readModel(url, options)));
  const [dialect = ""] = read.dialects;
  const declared = options.dialect ?? read.dialects;
  const verbatim = nameSchema({ ...read, dialects: declared });
  return { typed: nameSchema({ ...typeExpressions(read, dialect), dialects: declared }), verbatim };
}

async function readModel(url: string, options: ReadingOptions): Promise<SchemaModel> {
  const engine = createAsyncEngine(url);
  try {
    const inspector = inspect(engine);
    const schemas = options.schema;
    const everything = await inspector.model(schemas === undefined ? {} : { schemas });
    if (options.tables === undefined) return everything;
    const patterns = options.tables.map(patternOf);
    const matching = (items: readonly { readonly name: string }[]): string[] =>
      items.map(({ name }) => name).filter((name) => patterns.some((pattern) => pattern.test(name)));
    const tables = matching(everything.tables);
    const views = matching(everything.views ?? []);
    if (tables.length + views.length === 0) {
      const help = `there are ${everything.tables.length} tables and ${everything.views?.length ?? 0} views`;
      throw new CommandError(`no table matches ${options.tables.join(", ")}`, exitCodes.refused, help);
    }
    return await inspector.model({ ...(schemas === undefined ? {} : { schemas }), tables, views });
  } finally {
    await engine.dispose();
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
