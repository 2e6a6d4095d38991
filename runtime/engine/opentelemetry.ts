// Spans for OpenTelemetry, one a statement, by its conventions for database clients. Built on the engine's events and
// on the shape of a tracer: this package depends on none, and a program that does not ask for it pays nothing.
import type { DatabaseUrl } from "../dialects/url.js";
import { AthanorError } from "../errors/errors.js";
import { type EventTargetOf, listen, unlisten } from "../events/event-hub.js";
import type { EngineEvents, StatementEvent } from "./engine-events.js";
import { maskedSql, summaryOf, summaryText } from "./sql-summary.js";

/** What is used of `@opentelemetry/api`'s `Span`. */
export interface TracerSpan {
  setStatus(status: { readonly code: number; readonly message?: string }): unknown;
  setAttribute(name: string, value: string | number): unknown;
  recordException(error: Error): unknown;
  end(): void;
}

/** What is used of its `Tracer`: `trace.getTracer("my-program")` is one. */
export interface SpanTracer {
  startSpan(
    name: string,
    options: { readonly kind: number; readonly attributes: Readonly<Record<string, string | number>> },
  ): TracerSpan;
}

export interface InstrumentationOptions {
  /** False leaves the statements' text out of the spans. It holds no values, not even literals; true. */
  readonly queryText?: boolean;
  /** Tell how many rows a query returned (`db.response.returned_rows`); false. */
  readonly returnedRows?: boolean;
  /** Put the database's own words and the stack of an error into the span: they may hold values; false. */
  readonly errorDetails?: boolean;
}

/** An engine of either kind. */
interface Instrumentable<C, D, O, R> extends EventTargetOf<EngineEvents<C, D, O, R>> {
  readonly url: DatabaseUrl;
  readonly dialect: { readonly name: string; readonly defaultPort?: number; readonly sql: QuotingDialect };
}

interface QuotingDialect {
  readonly quoteIdentifier: (name: string) => string;
}

const SPAN_KIND_CLIENT = 2;
const STATUS_ERROR = 2;

type Attributes = Readonly<Record<string, string | number>>;

/** Begins to emit spans for what `engine` executes. The function returned ends that. */
export function instrument<C, D, O, R>(
  engine: Instrumentable<C, D, O, R>,
  tracer: SpanTracer,
  { queryText = true, returnedRows = false, errorDetails = false }: InstrumentationOptions = {},
): () => void {
  const spans = new WeakMap<StatementEvent<C>, TracerSpan>();
  const common = commonAttributes(engine);
  // Where names stand in other quotes, double ones hold text.
  const quotedText = !engine.dialect.sql.quoteIdentifier("a b").startsWith('"');
  const before = (statement: StatementEvent<C>): void => {
    const text: Attributes = queryText ? { "db.query.text": maskedSql(statement.sql, quotedText) } : {};
    const attributes = { ...common, ...statementAttributes(statement), ...text };
    spans.set(statement, tracer.startSpan(spanName(attributes), { kind: SPAN_KIND_CLIENT, attributes }));
  };
  const after = ({ statement, rowCount }: EngineEvents<C, D>["afterCursorExecute"]): void => {
    const span = spans.get(statement);
    if (returnedRows && statement.compiled.effect === "read") span?.setAttribute("db.response.returned_rows", rowCount);
    span?.end();
  };
  const failed = ({ statement, error }: EngineEvents<C, D>["handleError"]): void => {
    const span = statement === null ? undefined : spans.get(statement);
    if (span !== undefined) endFailed(span, error, errorDetails);
  };
  // First or last in the row of listeners: the statement is seen as it is sent.
  listen(engine, "beforeCursorExecute", before);
  listen(engine, "afterCursorExecute", after);
  listen(engine, "handleError", failed);
  return () => {
    unlisten(engine, "beforeCursorExecute", before);
    unlisten(engine, "afterCursorExecute", after);
    unlisten(engine, "handleError", failed);
  };
}

function commonAttributes<C, D, O, R>({ url, dialect }: Instrumentable<C, D, O, R>): Attributes {
  return {
    "db.system.name": dialect.name,
    ...(url.database === null ? {} : { "db.namespace": url.database }),
    ...(url.host === null ? {} : { "server.address": url.host }),
    ...(url.host === null || url.port === null || url.port === dialect.defaultPort ? {} : { "server.port": url.port }),
  };
}

function statementAttributes({ sql, parameters, many }: StatementEvent<unknown>): Attributes {
  const summary = summaryOf(sql);
  const { operation, targets } = summary;
  const [target] = targets;
  return {
    ...(operation === null ? {} : { "db.operation.name": operation, "db.query.summary": summaryText(summary) }),
    ...(target === undefined || targets.length > 1 ? {} : { "db.collection.name": target }),
    // A batch of one is none, by the conventions.
    ...(many && parameters.length > 1 ? { "db.operation.batch.size": parameters.length } : {}),
  };
}

/** The summary, `SELECT user_account`; what the statement is sent to where no table is known. */
function spanName(attributes: Attributes): string {
  const { "db.operation.name": operation, "db.query.summary": summary } = attributes;
  if (summary !== undefined && summary !== operation) return String(summary);
  const { "server.address": address, "server.port": port } = attributes;
  const server = address === undefined || port === undefined ? address : `${String(address)}:${String(port)}`;
  const words = [operation, attributes["db.namespace"] ?? server].filter((word) => word !== undefined);
  return words.length === 0 ? String(attributes["db.system.name"]) : words.join(" ");
}

function endFailed(span: TracerSpan, error: unknown, details: boolean): void {
  const cause = error instanceof Error ? error : null;
  const name = cause?.name ?? "_OTHER";
  const code = error instanceof AthanorError ? statusCode(error.cause) : null;
  span.setAttribute("error.type", name);
  if (code !== null) span.setAttribute("db.response.status_code", code);
  const message = details ? (cause?.message.split("\n")[0] ?? String(error)) : code;
  span.setStatus(message === null ? { code: STATUS_ERROR } : { code: STATUS_ERROR, message });
  if (cause !== null && details) span.recordException(cause);
  span.end();
}

/** The database's own code, which drivers put into `code`. */
function statusCode(cause: unknown): string | null {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return null;
  return typeof cause.code === "string" ? cause.code : null;
}
