// The two ends of an execution: from what the user wrote to a request, and from the reply to a result. What lies
// between them, running the request, is the connection's; so both faces share both ends.
import { ArgumentError, ObjectNotExecutableError } from "../errors/errors.js";
import { DdlElement } from "../schema/ddl-elements.js";
import type { StatementNode } from "../sql/ast/nodes.js";
import { elementOf } from "../sql/build/element.js";
import type { Compiled } from "../sql/compile/compiled.js";
import { unknownType } from "../types/declared-type.js";
import { describeValue } from "../types/describe-value.js";
import type { ParameterSet } from "./bind-values.js";
import type { EngineContext } from "./context.js";
import { decodeEvery, decodeRows } from "./decode-rows.js";
import type { ExecutionReply, ExecutionRequest, SqlRow } from "./execution.js";
import { insertedKeys } from "./inserted-keys.js";
import { Result } from "./result.js";
import { RowShape } from "./row.js";
import { compiledStatement, manyRequest, singleRequest } from "./statement-request.js";

/** Values by parameter name; an array of such sets executes the statement once for each. */
export type StatementParameters = ParameterSet | readonly ParameterSet[];

/** A statement ready to run. */
export interface PreparedStatement {
  /** Null for DDL. */
  readonly node: StatementNode | null;
  readonly request: ExecutionRequest;
  /** The sets as they were given, by name. */
  readonly sets: readonly ParameterSet[];
  /** True where an array of sets was given, of one perhaps. */
  readonly many: boolean;
}

interface ShapedRows {
  readonly rows: readonly SqlRow[] | null;
  readonly shape: RowShape;
}

const NO_ROWS: ShapedRows = { rows: null, shape: new RowShape([]) };

/** The row classes of compiled statements. */
const shapes = new WeakMap<Compiled, RowShape>();

/** Makes a statement ready. Errors: see `Connection.execute`. */
export function prepareStatement(
  context: EngineContext,
  statement: unknown,
  parameters: StatementParameters | undefined,
): PreparedStatement {
  if (statement instanceof DdlElement) return prepareDefinition(context, statement, parameters);
  const written = statementNode(statement);
  const many = isMany(parameters);
  const sets: readonly ParameterSet[] = many ? parameters : [parameters ?? {}];
  const [first] = sets;
  if (first === undefined) throw new ArgumentError("execute was given an empty list of parameter sets");
  for (const set of sets) checkSet(set);
  const found = compiledStatement(context, written, first);
  const request = many ? manyRequest(context, found, sets) : singleRequest(context, found, first);
  return { node: found.node, request, sets, many };
}

function prepareDefinition(
  context: EngineContext,
  definition: DdlElement,
  parameters: StatementParameters | undefined,
): PreparedStatement {
  if (parameters !== undefined) throw new ArgumentError("DDL takes no parameters");
  const compiled = definition.compile({ dialect: context.dialect });
  return { node: null, request: { compiled, parameters: [[]] }, sets: [], many: false };
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
  const { node, request, sets, many } = prepared;
  if (node === null) return new Result({ ...NO_ROWS, rowCount: 0, lastInsertId: null, insertedKeys: null });
  const { compiled } = request;
  const { rowCount, lastInsertId } = reply;
  if (!many && lastInsertId !== null) lastInsertIds.push(lastInsertId);
  return new Result({
    ...(node.kind === "text" && compiled.columns === null
      ? textRows(context, compiled, columnNames(request.sql ?? compiled.sql), reply.rows)
      : typedRows(compiled, reply.rows)),
    rowCount,
    lastInsertId,
    insertedKeys: node.kind === "insert" ? () => insertedKeys(node, context.dialect.sql, sets, lastInsertIds) : null,
  });
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
  const { shape } = isText ? textRows(context, compiled, names, rows) : typedRows(compiled, rows);
  return { rows, shape };
}

function statementNode(statement: unknown): StatementNode {
  const node = elementOf(statement)?.node;
  switch (node?.kind) {
    case "select":
    case "insert":
    case "update":
    case "delete":
    case "text":
      return node;
    default:
      throw notExecutable(statement);
  }
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
function typedRows(compiled: Compiled, rows: readonly SqlRow[]): ShapedRows {
  const { columns } = compiled;
  if (columns === null) return NO_ROWS;
  decodeRows(rows, columns);
  let shape = shapes.get(compiled);
  if (shape === undefined) {
    shape = new RowShape(columns.map((column) => column.key));
    shapes.set(compiled, shape);
  }
  return { rows, shape };
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
