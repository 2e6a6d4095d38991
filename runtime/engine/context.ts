// What an engine, of either face, shares with its connections.
import type { Dialect } from "../dialects/dialect.js";
import { AthanorError, type StatementErrorDetails } from "../errors/errors.js";
import { freshKey } from "../sql/ast/intern.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { StatementOptions } from "../sql/statement-options.js";
import type { Origin } from "./echo.js";
import type { SqlRow } from "./execution.js";
import { type CompleteOptions, mergeOptions } from "./execution-options.js";
import { HIDDEN_PARAMETERS, parameterText } from "./parameter-text.js";
import { StatementCache } from "./statement-cache.js";
import { type Translation, Translations } from "./translated-schemas.js";
import type { Watch } from "./watch.js";

/** Frames of a database error's stack: the caller stands below those of this package, a flush's are many. */
const ERROR_FRAMES = 50;

export interface EngineContext {
  readonly dialect: Dialect;
  readonly watch: Watch;
  readonly hideParameters: boolean;
  /** Statements are looked at for sources that nothing joins. */
  readonly lintsFroms: boolean;
  /** Null where nothing is to be kept. */
  readonly cache: StatementCache | null;
  /** Tells this dialect's statements from others' where a cache is shared between dialects; 0 where it is not. */
  readonly cacheSalt: number;
  /** What the options make of this context is made of: the engine's own. */
  readonly base: EngineContext | null;
  readonly translations: Translations;
}

/** The context in which something with these options runs. */
export function contextFor(context: EngineContext, options: CompleteOptions): EngineContext {
  const { loggingToken, schemaTranslateMap, compiledCache } = options;
  const base = context.base ?? context;
  if (loggingToken === null && schemaTranslateMap === null && compiledCache === undefined) return base;
  const translation: Translation = base.translations.of(schemaTranslateMap, base);
  return {
    ...base,
    base,
    dialect: translation.dialect,
    cache: compiledCache === undefined ? translation.cache : compiledCache,
    cacheSalt: compiledCache === undefined ? 0 : saltOf(translation.dialect.sql),
    watch: base.watch.withToken(loggingToken),
  };
}

const salts = new WeakMap<SqlDialect, number>();

function saltOf(dialect: SqlDialect): number {
  let salt = salts.get(dialect);
  if (salt === undefined) salts.set(dialect, (salt = freshKey()));
  return salt;
}

/** The context in which a statement runs that says so much of itself, over `options` that hold where it runs. */
export function contextOfStatement(
  context: EngineContext,
  options: CompleteOptions,
  ofStatement: StatementOptions | null,
): EngineContext {
  if (ofStatement === null) return context;
  return contextFor(context, mergeOptions(options, ofStatement, context.dialect));
}

/** Notes that a statement is executed, and says where its compiled form came from. */
export function originOf({ cache }: EngineContext, compiled: Compiled): Origin {
  if (cache === null) return "uncached";
  return cache.count(compiled) ? "cached" : "compiled";
}

/** The driver's error as this package's, with the statement and its parameters, masked where asked for. */
export function statementError(
  context: EngineContext,
  cause: unknown,
  sql: string | undefined,
  parameters: SqlRow | undefined,
): AthanorError {
  if (cause instanceof AthanorError) return cause;
  const details = statementDetails(context, cause, sql, parameters);
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Math.max(limit, ERROR_FRAMES);
  try {
    return context.dialect.translateError(cause, details);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** What an error tells of its statement. */
export function statementDetails(
  context: EngineContext,
  cause: unknown,
  sql: string | undefined,
  parameters: SqlRow | undefined,
): StatementErrorDetails {
  return { sql, parameters: shownParameters(context, parameters), cause, showValues: !context.hideParameters };
}

function shownParameters(context: EngineContext, parameters: SqlRow | undefined): string | undefined {
  if (parameters === undefined || parameters.length === 0) return undefined;
  return context.hideParameters ? HIDDEN_PARAMETERS : parameterText([parameters], false);
}
