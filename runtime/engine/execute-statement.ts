// The two ends of an execution: from what the user wrote to a request, and from the reply to a result. What lies
// between them, running the request, is the connection's; so both faces share both ends.
import { ArgumentError, ObjectNotExecutableError } from "../errors/errors.js";
import { DdlElement } from "../schema/ddl-elements.js";
import type { AnyNode, StatementNode } from "../sql/ast/nodes.js";
import { elementOf } from "../sql/build/element.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { StatementOptions } from "../sql/statement-options.js";
import { unknownType } from "../types/declared-type.js";
import { describeValue } from "../types/describe-value.js";
import type { ParameterSet, StatementParameters } from "./bind-values.js";
import type { EngineContext } from "./context.js";
import { decodeEvery, decodeRows } from "./decode-rows.js";
import type { ExecutionReply, ExecutionRequest, SqlRow } from "./execution.js";
import { insertedKeys } from "./inserted-keys.js";
import { planReading, type ReadPlan } from "./read-plan.js";
import { Result } from "./result.js";
import { type AnyRow, RowShape } from "./row.js";
import {
  compiledStatement,
  completeSet,
  filledSet,
  manyRequest,
  optionsOf,
  singleRequest,
} from "./statement-request.js";

export type { StatementParameters } from "./bind-values.js";

/** A statement ready to run. */
export interface PreparedStatement {
  /** Null for DDL. */
  readonly node: StatementNode | null;
  readonly request: ExecutionRequest;
  /** The sets as they were given, by name. */
  readonly sets: readonly ParameterSet[];
  /** The values of each set by parameter name, those that the statement holds itself included. */
  readonly insertedParams: () => readonly ParameterSet[];
  /** True where an array of sets was given, of one perhaps. */
  readonly many: boolean;
}

interface ShapedRows {
  readonly rows: readonly SqlRow[] | null;
  readonly shape: RowShape;
}

const NO_PARAMETERS: ParameterSet = Object.freeze({});
const NO_ROWS: ShapedRows = { rows: null, shape: new RowShape([]) };

/** The row classes of compiled texts. */
const shapes = new WeakMap<Compiled, RowShape>();

/** How the rows of compiled statements are read. */
const plans = new WeakMap<Compiled, ReadPlan>();

/** Makes a statement ready. Errors: see `Connection.execute`. */
export function prepareStatement(
  context: EngineContext,
  statement: unknown,
  parameters: StatementParameters | undefined,
): PreparedStatement {
  if (statement instanceof DdlElement) return prepareDefinition(context, statement, parameters);
  const written = statementNode(statement);
  if (isMany(parameters)) return prepareMany(context, written, parameters);
  const given = parameters ?? NO_PARAMETERS;
  checkSet(given);
  const found = compiledStatement(context, written, given);
  const set = filledSet(found, given);
  const insertedParams = (): readonly ParameterSet[] => [completeSet(found, set)];
  return { node: found.node, request: singleRequest(context, found, set), sets: [set], many: false, insertedParams };
}

function prepareMany(
  context: EngineContext,
  written: StatementNode,
  given: readonly ParameterSet[],
): PreparedStatement {
  const [first] = given;
  if (first === undefined) throw new ArgumentError("execute was given an empty list of parameter sets");
  for (const set of given) checkSet(set);
  const found = compiledStatement(context, written, first);
  const sets = given.map((set) => filledSet(found, set));
  const insertedParams = (): readonly ParameterSet[] => sets.map((set) => completeSet(found, set));
  return { node: found.node, request: manyRequest(context, found, sets), sets, many: true, insertedParams };
}

function prepareDefinition(
  context: EngineContext,
  definition: DdlElement,
  parameters: StatementParameters | undefined,
): PreparedStatement {
  if (parameters !== undefined) throw new ArgumentError("DDL takes no parameters");
  const compiled = definition.compile({ dialect: context.dialect });
  return { node: null, request: { compiled, parameters: [[]] }, sets: [], many: false, insertedParams: () => [] };
}

/**
 * The result of a statement that ran. `lastInsertIds` holds the numbers that the database gave to rows, one a set,
 * where it did; `columnNames` says what columns a text returned, null where it returns no rows.
 */
export function finishStatement<R, F>(
  context: EngineContext,
  prepared: PreparedStatement,
  reply: ExecutionReply,
  lastInsertIds: (number | bigint)[],
  columnNames: (sql: string) => readonly string[] | null,
): Result<R, F> {
  const { node, request, sets, many, insertedParams } = prepared;
  if (node === null) return new Result({ ...NO_ROWS, rowCount: 0, lastInsertId: null, insertedKeys: null });
  const { compiled } = request;
  const { rowCount, lastInsertId } = reply;
  if (!many && lastInsertId !== null) lastInsertIds.push(lastInsertId);
  return new Result({
    ...(node.kind === "text" && compiled.columns === null
      ? textRows(context, compiled, columnNames(request.sql ?? compiled.sql), reply.rows)
      : typedRows(context, compiled, reply.rows)),
    rowCount,
    lastInsertId,
    insertedKeys: node.kind === "insert" ? () => insertedKeys(node, context.dialect.sql, sets, lastInsertIds) : null,
    insertedParams: node.kind === "insert" || node.kind === "update" ? insertedParams : null,
  });
}

/** The result of text that was sent as it is: its columns are what the driver says, null where it returns no rows. */
export function finishRaw(
  context: EngineContext,
  compiled: Compiled,
  { rows, rowCount, lastInsertId }: ExecutionReply,
  columnNames: readonly string[] | null,
): Result<AnyRow> {
  const shaped = textRows(context, compiled, columnNames, rows);
  return new Result({ ...shaped, rowCount, lastInsertId, insertedKeys: null });
}

/**
 * The rows of a query that are read from the database one after the other. `names` are the columns of a text; null
 * where the statement returns no rows.
 */
export function finishLater<R, F>(
  context: EngineContext,
  prepared: PreparedStatement,
  rows: IterableIterator<SqlRow>,
  names: readonly string[],
): Result<R, F> {
  function* decoded(): IterableIterator<SqlRow> {
    for (const row of rows) yield* shapeRows(context, prepared, [row], names).rows;
  }
  const { shape } = shapeRows(context, prepared, [], names);
  return new Result({ rows: decoded(), shape, rowCount: -1, lastInsertId: null, insertedKeys: null });
}

/** A portion of the rows of a query, decoded. */
export function shapeRows(
  context: EngineContext,
  { node, request }: PreparedStatement,
  rows: readonly SqlRow[],
  names: readonly string[],
): { readonly rows: readonly SqlRow[]; readonly shape: RowShape } {
  const { compiled } = request;
  const isText = node?.kind === "text" && compiled.columns === null;
  const { shape } = isText ? textRows(context, compiled, names, rows) : typedRows(context, compiled, rows);
  return { rows, shape };
}

/** What a statement says of its own execution; null where nothing, or where it is none. */
export function optionsOfStatement(statement: unknown): StatementOptions | null {
  const node = elementOf(statement)?.node;
  return node === undefined || !isStatement(node) ? null : optionsOf(node);
}

function isStatement(node: AnyNode): node is StatementNode {
  return STATEMENTS.has(node.kind);
}

const STATEMENTS: ReadonlySet<string> = new Set<StatementNode["kind"]>([
  "select",
  "insert",
  "update",
  "delete",
  "text",
]);

function statementNode(statement: unknown): StatementNode {
  const node = elementOf(statement)?.node;
  if (node === undefined || !isStatement(node)) throw notExecutable(statement);
  return node;
}

function notExecutable(statement: unknown): ObjectNotExecutableError {
  if (typeof statement === "string") {
    const start = statement.length > 60 ? `${statement.slice(0, 60)}…` : statement;
    return new ObjectNotExecutableError(
      `a plain string is not executed: write text(${JSON.stringify(start)}), with :names where values go`,
    );
  }
  return new ObjectNotExecutableError(
    `execute takes what select(), insert(), update(), deleteFrom() or text() makes, got ${describeValue(statement)}`,
  );
}

function isMany(parameters: StatementParameters | undefined): parameters is readonly ParameterSet[] {
  return Array.isArray(parameters);
}

function checkSet(set: unknown): void {
  if (typeof set === "object" && set !== null && !Array.isArray(set)) return;
  throw new ArgumentError(
    `parameters are an object of values by name, or an array of such objects, not ${describeValue(set)}`,
  );
}

/** Rows whose columns the statement knows. */
function typedRows(context: EngineContext, compiled: Compiled, rows: readonly SqlRow[]): ShapedRows {
  const { columns } = compiled;
  if (columns === null) return NO_ROWS;
  let plan = plans.get(compiled);
  if (plan === undefined) plans.set(compiled, (plan = planReading(columns, context.dialect.sql)));
  decodeRows(rows, plan.early);
  return { rows, shape: plan.shape };
}

/** Rows whose columns only the database knows; after a change of the schema they may be others than before. */
function textRows(
  context: EngineContext,
  compiled: Compiled,
  names: readonly string[] | null,
  rows: readonly SqlRow[],
): ShapedRows {
  if (names === null) return NO_ROWS;
  const { decode } = context.dialect.sql.codecFor(unknownType);
  if (decode !== null) decodeEvery(rows, decode);
  let shape = shapes.get(compiled);
  if (shape === undefined || !shape.hasKeys(names)) {
    shape = new RowShape(names);
    shapes.set(compiled, shape);
  }
  return { rows, shape };
}
