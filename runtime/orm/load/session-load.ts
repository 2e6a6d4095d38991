// What `Session.execute` and `Session.scalars` do with a select: entities become objects of the session, with all that
// the query's options and the mapping load with them.
import type { ExecutionReply, ExecutionRequest } from "../../engine/execution.js";
import { Result, ScalarResult } from "../../engine/result.js";
import { RowShape } from "../../engine/row.js";
import { Cursor } from "../../engine/rows.js";
import { binaryNode, bindNode } from "../../sql/ast/expressions.js";
import type { SelectNode } from "../../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { entityNode } from "../../sql/ast/tables.js";
import type { Compiled } from "../../sql/compile/compiled.js";
import { partsOf } from "../adapt-columns.js";
import { SelectStatement } from "../../sql/build/select.js";
import type { LockOptions } from "../../sql/typing.js";
import type { Entity, EntitySession } from "../entity.js";
import type { SessionFlow } from "../session-flow.js";
import type { Mapper } from "../mapper.js";
import { mapperBehind } from "../mapped-class.js";
import { decodeLoaded } from "./decode-loaded.js";
import { EntityReader } from "./entity-reader.js";
import { type LoadedRows, type PreparedLoad, prepareLoad, readLoad } from "./load-rows.js";
import { loadWaiting } from "./load-related.js";
import type { GivenValues } from "./row-reader.js";
import type { LoadContext } from "./load-plan.js";

const repeatedRows =
  "This query joins collections to its objects (joinedload), which repeats them: read its result through unique(), " +
  "or load the collections with selectinload()";

/** Row classes, one a compiled select. */
const shapes = new WeakMap<Compiled, RowShape>();

/** True where the select has entities, which a connection alone cannot build. */
export function hasEntities(select: SelectNode): boolean {
  return select.items.some((item) => item.kind === "entity");
}

/** What a select with entities gave. */
export interface Loaded extends Pick<LoadedRows, "objects" | "rows"> {
  readonly prepared: PreparedLoad;
}

/** What the short way needs: a driver that answers at once. */
interface DirectRunner {
  perform(request: ExecutionRequest): ExecutionReply;
  run<T>(flow: SessionFlow<T>): T;
}

/** Carries out a select with entities, `context` as in `planLoad`. The caller has flushed what is pending. */
export function* load(
  session: EntitySession,
  select: SelectNode,
  given?: GivenValues,
  context?: LoadContext,
): SessionFlow<Loaded> {
  const prepared = prepareLoad(session, select, context, given);
  const { objects, rows, waiting } = readLoad(session, prepared, yield prepared.request);
  yield* loadWaiting(session, waiting);
  return { prepared, objects, rows };
}

/** The same without a generator: where plain selects of a synchronous session spend their time. */
export function loadDirectly(
  session: EntitySession,
  runner: DirectRunner,
  select: SelectNode,
  given?: GivenValues,
): Loaded {
  const prepared = prepareLoad(session, select, undefined, given);
  const { objects, rows, waiting } = readLoad(session, prepared, runner.perform(prepared.request));
  if (waiting.length > 0) runner.run(loadWaiting(session, waiting));
  return { prepared, objects, rows };
}

/** The rows of such a select. */
export function loadedResult<R, F>({ prepared, objects, rows }: Loaded): Result<R, F> {
  const values = objects === null ? rows : objects.map((object) => [object]);
  return new Result({
    rows: values,
    shape: shapeOf(prepared),
    rowCount: values.length,
    lastInsertId: null,
    insertedKeys: null,
    mustBeUnique: prepared.plan.repeats ? repeatedRows : null,
  });
}

/** The first column of such a select. */
export function loadedScalars<F>({ prepared, objects, rows }: Loaded): ScalarResult<F> {
  const mustBeUnique = prepared.plan.repeats ? repeatedRows : null;
  // Sound: the statement's type says what its first column holds.
  if (objects === null) return new ScalarResult(new Cursor(rows, mustBeUnique), (row) => row[0] as F);
  return new ScalarResult<F>(Cursor.ofValues(objects, mustBeUnique), null);
}

/** The rows that an INSERT, UPDATE or DELETE gave back; entities among their items are objects. */
export function returnedResult<R, F>(
  session: EntitySession,
  request: ExecutionRequest,
  reply: ExecutionReply,
): Result<R, F> {
  const { compiled } = request;
  const { items } = compiled;
  const parts = { rowCount: reply.rowCount, lastInsertId: reply.lastInsertId, insertedKeys: null };
  if (items === null) return new Result({ ...parts, rows: null, shape: new RowShape([]) });
  // Sound: the driver hands its rows over for good.
  const rows = reply.rows as unknown[][];
  decodeLoaded(rows, compiled, session.dialectFor(request));
  const readers = items.map((item) =>
    item.kind === "entity" ? wholeReader(session, mapperBehind(item.entity), item.at) : item.at,
  );
  const values = rows.map((row) =>
    readers.map((reader) => (typeof reader === "number" ? row[reader] : reader.read(row))),
  );
  return new Result({ ...parts, rows: values, shape: new RowShape(items.map((item) => item.key)) });
}

/** Reads objects of which every column comes back, deferred ones too. */
function wholeReader(session: EntitySession, mapper: Mapper, at: number): EntityReader {
  return new EntityReader(session, mapper, { at, slots: mapper.slots, subclasses: [] });
}

/** How an object is read by its key. */
interface KeyLoad {
  readonly options?: readonly object[];
  readonly lock?: LockOptions | null;
  readonly labelStyle?: "bare" | "table-column";
  /** True where those who listen to statements are told. */
  readonly isTold?: boolean;
}

/** The object of this key, read with all that the mapping and the options load with it; null without a row. */
export function* loadByKey(
  session: EntitySession,
  mapper: Mapper,
  key: readonly unknown[],
  { options = [], lock = null, labelStyle = "table-column", isTold = false }: KeyLoad = {},
): SessionFlow<Entity | null> {
  const where = mapper.primaryKey.map(({ column }, at) =>
    binaryNode("eq", column, bindNode("pk", column.type, key[at])),
  );
  const select = selectNode({
    ...partsOf(bareSelect([entityNode(mapper)])),
    where,
    labelStyle,
    options,
  });
  const locking = lock === null ? select : locked(select, lock);
  const { objects } = yield* load(session, isTold ? session.loading(locking, false) : locking);
  return objects?.[0] ?? null;
}

/** The select with `FOR UPDATE`. */
function locked(select: SelectNode, lock: LockOptions): SelectNode {
  return new SelectStatement(select).forUpdate(lock).node;
}

/** The row class of a select with entities. */
export function shapeOf({ plan, request }: PreparedLoad): RowShape {
  const { compiled } = request;
  let shape = shapes.get(compiled);
  if (shape === undefined) {
    // Eager joins add their columns behind the items that were asked for.
    const keys = (compiled.items ?? []).slice(0, plan.items.length).map((item) => item.key);
    shapes.set(compiled, (shape = new RowShape(keys)));
  }
  return shape;
}
