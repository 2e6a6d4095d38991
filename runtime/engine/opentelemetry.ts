// Spans for OpenTelemetry, one a statement, by its conventions for database clients. Built on the engine's events and
// on the shape of a tracer: this package depends on none, and a program that does not ask for it pays nothing.
import type { DatabaseUrl } from "../dialects/url.js";
import { AthanorError } from "../errors/errors.js";
import type { EngineEvents, StatementEvent } from "./engine-events.js";
import { type EventTargetOf, listen, unlisten } from "../events/event-hub.js";

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
  /** False leaves the statements' text out of the spans. It holds placeholders, never values; true where not given. */
  readonly queryText?: boolean;
}

/** An engine of either kind. */
interface Instrumentable<C, D, O, R> extends EventTargetOf<EngineEvents<C, D, O, R>> {
  readonly url: DatabaseUrl;
  readonly dialect: { readonly name: string };
}

const SPAN_KIND_CLIENT = 2;
const STATUS_ERROR = 2;

/** What a statement does, and to which table, where it names just one. */
const TARGET =
  /^\s*(INSERT\s+(?:\w+\s+)?INTO|UPDATE|DELETE\s+FROM|(?:CREATE|DROP|ALTER)\s+TABLE)\s+("[^"]+"|`[^`]+`|[\w.]+)/i;
const SOURCE = /\sFROM\s+("[^"]+"|`[^`]+`|[\w.]+)(?!\s*,)/i;
const SEVERAL_SOURCES = /\bJOIN\b|\bSELECT\b[^]*\bSELECT\b|^\s*WITH\b/i;

/** Begins to emit spans for what `engine` executes. The function returned ends that. */
export function instrument<C, D, O, R>(
  engine: Instrumentable<C, D, O, R>,
  tracer: SpanTracer,
  { queryText = true }: InstrumentationOptions = {},
): () => void {
  const spans = new WeakMap<StatementEvent<C>, TracerSpan>();
  const common = commonAttributes(engine);
  const before = (statement: StatementEvent<C>): void => {
    const own = statementAttributes(statement);
    const attributes = { ...common, ...own, ...(queryText ? { "db.query.text": statement.sql } : {}) };
    spans.set(statement, tracer.startSpan(spanName(attributes), { kind: SPAN_KIND_CLIENT, attributes }));
  };
  const after = ({ statement }: EngineEvents<C, D>["afterCursorExecute"]): void => {
    spans.get(statement)?.end();
  };
  const failed = ({ statement, error }: EngineEvents<C, D>["handleError"]): void => {
    const span = statement === null ? undefined : spans.get(statement);
    if (span !== undefined) endFailed(span, error);
  };
  listen(engine, "beforeCursorExecute", before);
  listen(engine, "afterCursorExecute", after);
  listen(engine, "handleError", failed);
  return () => {
    unlisten(engine, "beforeCursorExecute", before);
    unlisten(engine, "afterCursorExecute", after);
    unlisten(engine, "handleError", failed);
  };
}

type Attributes = Readonly<Record<string, string | number>>;

function commonAttributes({
  url,
  dialect,
}: Pick<Instrumentable<unknown, unknown, unknown, unknown>, "url" | "dialect">): Attributes {
  return {
    "db.system.name": dialect.name,
    ...(url.database === null ? {} : { "db.namespace": url.database }),
    ...(url.host === null ? {} : { "server.address": url.host }),
    ...(url.port === null ? {} : { "server.port": url.port }),
  };
}

function statementAttributes({ sql, parameters, many }: StatementEvent<unknown>): Attributes {
  const operation = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase();
  const table = TARGET.exec(sql)?.[2] ?? (SEVERAL_SOURCES.test(sql) ? undefined : SOURCE.exec(sql)?.[1]);
  return {
    ...(operation === undefined ? {} : { "db.operation.name": operation }),
    ...(table === undefined ? {} : { "db.collection.name": table.replaceAll(/["`]/g, "") }),
    // A batch of one is none, by the conventions.
    ...(many && parameters.length > 1 ? { "db.operation.batch.size": parameters.length } : {}),
  };
}

/** `SELECT user_account`; the database's name or the server's where no table is known. */
function spanName(attributes: Attributes): string {
  const target = attributes["db.collection.name"] ?? attributes["db.namespace"] ?? attributes["server.address"];
  const words = [attributes["db.operation.name"], target].filter((word) => word !== undefined);
  return words.length === 0 ? String(attributes["db.system.name"]) : words.join(" ");
}

function endFailed(span: TracerSpan, error: unknown): void {
  const cause = error instanceof Error ? error : null;
  span.setAttribute("error.type", cause?.name ?? "_OTHER");
  const status = error instanceof AthanorError ? statusCode(error.cause) : null;
  if (status !== null) span.setAttribute("db.response.status_code", status);
  span.setStatus({ code: STATUS_ERROR, message: cause?.message.split("\n")[0] ?? String(error) });
  if (cause !== null) span.recordException(cause);
  span.end();
}

/** The database's own code, which drivers put into `code`. */
function statusCode(cause: unknown): string | null {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return null;
  return typeof cause.code === "string" ? cause.code : null;
}
