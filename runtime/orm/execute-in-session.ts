// Statements given to a session: selects of entities become objects, UPDATEs and DELETEs keep the session's objects in
// step, everything else goes to the connection as it is.
import type { StatementParameters } from "../engine/execute-statement.js";
import type { Result, ScalarResult } from "../engine/result.js";
import { ArgumentError } from "../errors/errors.js";
import type { InsertNode, StatementNode } from "../sql/ast/nodes.js";
import { elementOf } from "../sql/build/element.js";
import type { Executable } from "../sql/typing.js";
import { bulkWrite } from "./load/bulk-write.js";
import { hasEntities, loadResult, loadScalars, returnedResult } from "./load/session-load.js";
import type { GivenValues } from "./load/row-reader.js";
import type { SyncSessionCore } from "./sync-session-core.js";

/**
 * Executes a statement in the session's transaction. Pending changes are flushed first, but not before text, which the
 * session cannot read.
 */
export function executeInSession<R, F>(
  core: SyncSessionCore,
  statement: Executable<R, F>,
  parameters: StatementParameters | undefined,
): Result<R, F> {
  core.requireUsable();
  // What is no statement is refused by the connection.
  const node = elementOf(statement)?.node as StatementNode | undefined;
  if (node !== undefined && node.kind !== "text") core.autoflush();
  switch (node?.kind) {
    case "select":
      if (hasEntities(node)) return loadResult(core, node, oneSet(parameters));
      break;
    case "insert":
      if (!isMany(parameters) && node.returning.some((item) => item.kind === "entity")) {
        return insertReturning(core, node, parameters);
      }
      break;
    case "update":
    case "delete":
      if (!isMany(parameters)) return writeInBulk(core, node, parameters);
      break;
  }
  return core.connection().execute(statement, parameters);
}

/** The first column of each row. Objects are read without a row around each. */
export function scalarsInSession<F>(
  core: SyncSessionCore,
  statement: Executable<unknown, F>,
  parameters: StatementParameters | undefined,
): ScalarResult<F> {
  const node = elementOf(statement)?.node;
  if (node?.kind !== "select" || !hasEntities(node)) return executeInSession(core, statement, parameters).scalars();
  core.requireUsable();
  core.autoflush();
  return loadScalars(core, node, oneSet(parameters));
}

function writeInBulk<R, F>(
  core: SyncSessionCore,
  node: Parameters<typeof bulkWrite>[1],
  given: GivenValues | undefined,
): Result<R, F> {
  const target = { objects: core.objects, record: core.currentTransaction.record };
  const { request, reply } = core.run(bulkWrite(target, node, given));
  return returnedResult(core, request, reply);
}

/** An INSERT that gives its rows back as objects. */
function insertReturning<R, F>(core: SyncSessionCore, node: InsertNode, given: GivenValues | undefined): Result<R, F> {
  const connection = core.connection();
  const request = connection.request(node, given);
  return returnedResult(core, request, connection.perform(request));
}

function isMany(parameters: StatementParameters | undefined): parameters is readonly GivenValues[] {
  return Array.isArray(parameters);
}

function oneSet(parameters: StatementParameters | undefined): GivenValues | undefined {
  if (!isMany(parameters)) return parameters;
  throw new ArgumentError("A select of objects takes one set of parameters, not an array of sets");
}
