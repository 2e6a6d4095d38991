// Statements given to a session: selects of entities become objects, UPDATEs and DELETEs keep the session's objects in
// step, everything else goes to the connection as it is.
import type { StatementParameters } from "../engine/execute-statement.js";
import { Result } from "../engine/result.js";
import { RowShape } from "../engine/row.js";
import { ArgumentError } from "../errors/errors.js";
import type { DeleteNode, StatementNode, UpdateNode } from "../sql/ast/nodes.js";
import { partNode } from "../sql/build/coerce.js";
import { elementOf, typed } from "../sql/build/element.js";
import { SelectStatement } from "../sql/build/select.js";
import type { Executable } from "../sql/typing.js";
import { bulkUpdate } from "./load/bulk-update.js";
import { type BulkTarget, bulkWrite, type SynchronizeSession } from "./load/bulk-write.js";
import { restrictedWrite } from "./load/criteria-writer.js";
import { overwriting } from "./load/get-entity.js";
import { joinedDelete, joinedUpdate } from "./load/joined-write.js";
import { criteriaOfWrite } from "./load/loader-criteria.js";
import { FromStatement, loadFromStatement } from "./from-statement.js";
import { mapperBehind } from "./mapped-class.js";
import { type Mapper, mapperOfTable } from "./mapper.js";
import type { GivenValues } from "./load/row-reader.js";
import { hasEntities, load, loadedResult, returnedResult } from "./load/session-load.js";
import type { BindOf, SessionConnection } from "./session-connections.js";
import type { SessionCore } from "./session-core.js";
import { call, type SessionFlow } from "./session-flow.js";

/** What `execute` may be told besides the parameters. */
export interface ExecuteOptions<B = object> {
  /** Overwrite what the objects that are met hold, pending changes included. */
  readonly populateExisting?: boolean | undefined;
  /** Write pending changes first; where not given, as the session does. */
  readonly autoflush?: boolean | undefined;
  /** How the session's objects follow an UPDATE or DELETE; `auto` where not given. */
  readonly synchronizeSession?: SynchronizeSession | undefined;
  /** The database that the statement goes to, where the session has several. */
  readonly bind?: B | undefined;
}

/**
 * Executes a statement in the session's transaction. Pending changes are flushed first, but not before text, which the
 * session cannot read.
 */
export function* executeInSession<R, F, C extends SessionConnection>(
  core: SessionCore<C>,
  statement: Executable<R, F>,
  parameters: StatementParameters | undefined,
  options: ExecuteOptions<BindOf<C>> = {},
): SessionFlow<Result<R, F>> {
  core.requireUsable();
  if (core.events.has("beforeExecute")) {
    const heard = core.heard(statement, parameters, false);
    // What a listener gives in place is checked as what the program gives: here, or by the connection.
    statement = heard.statement as Executable<R, F>;
    parameters = heard.parameters;
  }
  if (statement instanceof FromStatement) {
    if (options.autoflush !== false) yield* core.autoflush();
    return yield* loadFromStatement<R, F>(core, statement, oneSet(parameters));
  }
  const node = statementOf(statement);
  if (node !== undefined && node.kind !== "text" && options.autoflush !== false) yield* core.autoflush();
  const work = ormWork<R, F, C>(core, statement, node, parameters, options);
  if (work !== null) {
    const chosen = options.bind === undefined ? work : sentTo(core, options.bind, work);
    return yield* options.populateExisting === true ? overwriting(core, chosen) : chosen;
  }
  const connection = yield* core.connecting(options.bind ?? core.bindFor({ statement: node }));
  const sent = ofColumns(statement, node);
  return yield* call(() => connection.execute(sent, parameters));
}

/** All statements of some work, sent to one database. */
function* sentTo<T, C extends SessionConnection>(
  core: SessionCore<C>,
  bind: BindOf<C>,
  work: SessionFlow<T>,
): SessionFlow<T> {
  core.chosenBind = bind;
  try {
    return yield* work;
  } finally {
    core.chosenBind = null;
  }
}

/** The statement's node; undefined for what is no statement, which the connection refuses. */
export function statementOf(statement: unknown): StatementNode | undefined {
  const node = elementOf(statement)?.node;
  switch (node?.kind) {
    case "select":
    case "insert":
    case "update":
    case "delete":
    case "text":
      return node;
    default:
      return undefined;
  }
}

/** A statement that gives no objects, for the connection: a select says nothing but what its options leave. */
export function ofColumns<S>(statement: S, node: StatementNode | undefined): S {
  if (node?.kind !== "select" || node.options.length === 0) return statement;
  return typed(new SelectStatement(partNode(node)));
}

/** What the session itself does with a statement; null where the connection does all. */
function ormWork<R, F, C extends SessionConnection>(
  core: SessionCore<C>,
  statement: unknown,
  node: StatementNode | undefined,
  parameters: StatementParameters | undefined,
  { synchronizeSession = "auto" }: ExecuteOptions<BindOf<C>>,
): SessionFlow<Result<R, F>> | null {
  switch (node?.kind) {
    case "select":
      return hasEntities(node) ? selectObjects(core, node, oneSet(parameters)) : null;
    case "insert":
      return node.returning.some((item) => item.kind === "entity") ? insertReturning(core, node, parameters) : null;
    case "update":
      if (isMany(parameters)) return updateByKey(core, node, parameters);
      return writeInBulk(core, statement, restricted(node), parameters, synchronizeSession);
    case "delete":
      if (isMany(parameters)) return null;
      return writeInBulk(core, statement, restricted(node), parameters, synchronizeSession);
    default:
      return null;
  }
}

/** The statement as its criteria leave it. */
function restricted<Node extends UpdateNode | DeleteNode>(node: Node): Node {
  return restrictedWrite(node, criteriaOfWrite(node));
}

function* selectObjects<R, F>(
  core: SessionCore,
  node: Parameters<typeof load>[1],
  given: GivenValues | undefined,
): SessionFlow<Result<R, F>> {
  return loadedResult<R, F>(yield* load(core, node, given));
}

function* writeInBulk<R, F>(
  core: SessionCore,
  statement: unknown,
  node: Parameters<typeof bulkWrite>[1],
  given: GivenValues | undefined,
  synchronize: SynchronizeSession,
): SessionFlow<Result<R, F>> {
  const target = { objects: core.objects, record: core.currentTransaction.record, synchronize };
  const joined = joinedWork(core, target, node, given);
  if (joined !== null) {
    const rowCount = yield* joined;
    tellBulk(core, statement, node, rowCount);
    return countedResult(rowCount);
  }
  const { request, reply } = yield* bulkWrite(target, node, given);
  tellBulk(core, statement, node, reply.rowCount);
  return returnedResult<R, F>(core, request, reply);
}

/** The work on a class whose rows lie in several tables; null where one is written, as by an UPDATE of a base. */
function joinedWork(
  core: SessionCore,
  target: BulkTarget,
  node: UpdateNode | DeleteNode,
  given: GivenValues | undefined,
): SessionFlow<number> | null {
  const entity = node.extras?.target;
  if (entity === undefined) return null;
  const mapper = mapperBehind(entity);
  if (node.kind === "update" && mapper.from.kind === "table") return null;
  core.ensureBegun();
  return node.kind === "update" ? joinedUpdate(target, mapper, node, given) : joinedDelete(target, mapper, node, given);
}

function tellBulk(core: SessionCore, statement: unknown, { kind }: UpdateNode | DeleteNode, rowCount: number): void {
  const name = kind === "update" ? "afterBulkUpdate" : "afterBulkDelete";
  if (core.events.has(name)) core.events.emit(name, { session: core.face, statement, rowCount });
}

/** Many sets of values for an UPDATE of a class without conditions say by their keys which rows they are for. */
function updateByKey<R, F>(
  core: SessionCore,
  node: UpdateNode,
  sets: readonly GivenValues[],
): SessionFlow<Result<R, F>> | null {
  const mapper = node.assignments === null ? classUpdated(node) : undefined;
  if (mapper === undefined) return null;
  return countedUpdate(core, bulkUpdate(core, mapper, node, sets, core.currentTransaction.record));
}

/** The class whose rows the statement is about, where it has no conditions but those that tell them from others. */
function classUpdated({ table, where, extras }: UpdateNode): Mapper | undefined {
  const shared = extras?.target === undefined ? mapperOfTable(table) : mapperBehind(extras.target);
  const [condition, more] = where;
  if (condition === undefined || shared === undefined) return shared;
  return more === undefined ? shared.family.find(({ writeCriteria: [own] }) => own?.key === condition.key) : undefined;
}

function* countedUpdate<R, F>(core: SessionCore, update: SessionFlow<number>): SessionFlow<Result<R, F>> {
  core.ensureBegun();
  return countedResult(yield* update);
}

function countedResult<R, F>(rowCount: number): Result<R, F> {
  return new Result<R, F>({ rows: null, shape: new RowShape([]), rowCount, lastInsertId: null, insertedKeys: null });
}

/** An INSERT that gives its rows back as objects. */
function* insertReturning<R, F>(
  core: SessionCore,
  node: Extract<StatementNode, { kind: "insert" }>,
  parameters: StatementParameters | undefined,
): SessionFlow<Result<R, F>> {
  const request = core.request(node, parameters);
  return returnedResult<R, F>(core, request, yield request);
}

function isMany(parameters: StatementParameters | undefined): parameters is readonly GivenValues[] {
  return Array.isArray(parameters);
}

function oneSet(parameters: StatementParameters | undefined): GivenValues | undefined {
  if (!isMany(parameters)) return parameters;
  throw new ArgumentError("A select of objects takes one set of parameters, not an array of sets");
}
