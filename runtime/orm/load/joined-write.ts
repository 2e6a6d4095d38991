// UPDATE and DELETE of a class whose rows lie in several joined tables: one statement for each table that is written,
// about the rows that meet the conditions on all of them together. The objects of the session follow.
import type { Operation } from "../../engine/execution.js";
import { ArgumentError, UnevaluatableError } from "../../errors/errors.js";
import { collectBinds } from "../../sql/ast/collect-binds.js";
import { binaryNode, columnBindNode, subqueryNode, tupleNode } from "../../sql/ast/expressions.js";
import { referencedFroms } from "../../sql/ast/froms.js";
import type {
  Assignment,
  ColumnNode,
  DeleteNode,
  ExpressionNode,
  SelectNode,
  StatementNode,
  UpdateNode,
} from "../../sql/ast/nodes.js";
import { bareSelect, deleteNode, NO_SELECT_EXTRAS, selectNode, updateNode } from "../../sql/ast/statements.js";
import { aliasNode, originalOf } from "../../sql/ast/tables.js";
import { columnOfProperty } from "../../sql/build/sources.js";
import { unknownType } from "../../types/declared-type.js";
import { adaptColumns, partsOf } from "../adapt-columns.js";
import type { TablePart } from "../class-source.js";
import type { Entity } from "../entity.js";
import type { Mapper } from "../mapper.js";
import { allEqual, columnsOfSlots } from "../relationships/join-conditions.js";
import { applyAssigned, type BulkTarget, removeDeleted } from "./bulk-write.js";
import { decodeLoaded } from "./decode-loaded.js";
import { isAmong } from "./related-select.js";
import type { GivenValues } from "./row-reader.js";

const keysPerStatement = 500;

/** A row's key, in key order. */
type Key = readonly unknown[];

/** What an UPDATE sets in one table. */
interface TableUpdate {
  readonly part: TablePart;
  readonly assignments: readonly Assignment[];
  /** By which keys other tables that its values read are joined to it. */
  readonly joins: readonly ExpressionNode[];
}

/**
 * Updates the tables whose columns are set: of one table by a condition on its key; of several by the keys of the rows,
 * which are read and locked first, because what is written to one table may decide about the others. Returns how many
 * rows were met.
 * @throws ArgumentError for a key that is set, or a value that depends on the order of the tables
 */
export function* joinedUpdate(
  target: BulkTarget,
  mapper: Mapper,
  node: UpdateNode,
  given: GivenValues = {},
): Operation<number> {
  refuse(target, mapper, node);
  const { session } = target.objects;
  const assignments = node.assignments ?? givenAssignments(mapper, node, given);
  const updates = updatesOf(mapper, assignments);
  const select = keysOfRows(mapper, node);
  const [only] = updates;
  const isOne = updates.length === 1 && only !== undefined;
  const mustFollow = target.synchronize !== false && target.objects.identities(mapper).size > 0;
  const keys = isOne && !mustFollow ? [] : yield* readKeys(target, isOne ? select : locking(select), given);
  let rowCount = isOne ? 0 : keys.length;
  if (isOne) {
    const update = updateOf(node, only, isSelected(only.part.key, select));
    rowCount = (yield session.request(update, namedIn(update, given))).rowCount;
  } else {
    for (const some of inPortions(keys)) {
      for (const each of updates) {
        const update = updateOf(node, each, isAmong(each.part.key, some));
        yield session.request(update, namedIn(update, given));
      }
    }
  }
  for (const entity of objectsOf(target, mapper, keys)) {
    applyAssigned(entity, assignments);
    target.record.updated?.add(entity);
  }
  return rowCount;
}

/**
 * Deletes the rows of every table that the class and those that extend it have, the outermost first, by keys that are
 * read and locked before. Returns how many rows were met.
 */
export function* joinedDelete(
  target: BulkTarget,
  mapper: Mapper,
  node: DeleteNode,
  given: GivenValues = {},
): Operation<number> {
  refuse(target, mapper, node);
  const { session } = target.objects;
  const keys = yield* readKeys(target, locking(keysOfRows(mapper, node)), given);
  const parts = partsOfFamily(mapper).toReversed();
  for (const some of inPortions(keys)) {
    for (const { table, key } of parts) {
      yield session.request(deleteNode({ ...written(node), table, where: [isAmong(key, some)] }));
    }
  }
  for (const entity of objectsOf(target, mapper, keys)) removeDeleted(target, entity);
  return keys.length;
}

function refuse({ synchronize }: BulkTarget, { name }: Mapper, { kind, returning }: UpdateNode | DeleteNode): void {
  const what = `An ${kind.toUpperCase()} of ${name}, whose rows lie in several tables,`;
  if (returning.length > 0) throw new ArgumentError(`${what} gives no rows back: select them before or afterwards`);
  if (synchronize !== "evaluate") return;
  throw new UnevaluatableError(`${what} is never evaluated in memory: use synchronizeSession "fetch", or "auto"`);
}

/** The values of an UPDATE that come with the execution. */
function givenAssignments({ from }: Mapper, { where }: UpdateNode, given: GivenValues): Assignment[] {
  const taken = namesOf(where);
  return Object.entries(given).flatMap(([name, value]) => {
    if (taken.has(name)) return [];
    const column = columnOfProperty(from, name, "update()");
    return [{ column, value: columnBindNode(column, value) }];
  });
}

function updatesOf(mapper: Mapper, assignments: readonly Assignment[]): TableUpdate[] {
  if (assignments.length === 0) throw new ArgumentError(`An update of ${mapper.name} sets no column`);
  const { parts } = mapper.layout;
  const own = assignments.map(({ column, value }) => ({
    column: originalOf(column),
    value: adaptColumns(value, originalOf),
  }));
  for (const { column } of own) {
    if (!parts.some(({ key }) => key.includes(column))) continue;
    throw new ArgumentError(
      `An update of ${mapper.name} cannot set '${column.property}', by which its tables are joined`,
    );
  }
  return parts.flatMap((part): TableUpdate[] => {
    const set = own.filter(({ column }) => column.table === part.table);
    if (set.length === 0) return [];
    const read = referencedFroms(set.map(({ value }) => value));
    const others = parts.filter(({ table }) => table !== part.table && read.has(table));
    for (const { column } of own) {
      if (column.table === part.table || !set.some(({ value }) => reads(value, column))) continue;
      throw new ArgumentError(
        `An update of ${mapper.name} cannot read '${column.property}' for table '${part.table.name}' and set it in ` +
          `table '${column.table?.name ?? ""}' at once: make it two updates`,
      );
    }
    return [{ part, assignments: set, joins: others.map(({ key }) => allEqual(part.key, key)) }];
  });
}

function reads(value: ExpressionNode, column: ColumnNode): boolean {
  let found = false;
  adaptColumns(value, (each) => {
    found ||= each === column;
    return each;
  });
  return found;
}

function updateOf(node: UpdateNode, { part, assignments, joins }: TableUpdate, which: ExpressionNode): UpdateNode {
  return updateNode({ ...written(node), table: part.table, values: null, assignments, where: [which, ...joins] });
}

/** What each of the statements has of the one that was given. */
function written({ extras = null }: UpdateNode | DeleteNode): Pick<DeleteNode, "returning" | "extras"> {
  if (extras === null) return { returning: [], extras };
  const { prefixes, execution = null } = extras;
  return { returning: [], extras: { ctes: [], froms: [], prefixes, execution } };
}

/** The keys of the rows that meet the conditions. */
function keysOfRows(mapper: Mapper, { where, extras }: UpdateNode | DeleteNode): SelectNode {
  const keys = columnsOfSlots(mapper.primaryKey, mapper.columns);
  const ctes = extras?.ctes ?? [];
  return selectNode({
    ...partsOf(bareSelect(keys)),
    froms: [mapper.from, ...(extras?.froms ?? [])],
    where,
    extras: ctes.length === 0 ? null : { ...NO_SELECT_EXTRAS, ctes },
  });
}

function locking(select: SelectNode): SelectNode {
  const extras = select.extras ?? NO_SELECT_EXTRAS;
  return selectNode({
    ...partsOf(select),
    extras: { ...extras, lock: { strength: "update", of: [], wait: "block" } },
  });
}

/** `key IN (SELECT … FROM (…) AS met)`: MySQL reads a table that it writes to in a subquery of a subquery alone. */
function isSelected(key: readonly ColumnNode[], select: SelectNode): ExpressionNode {
  const met = aliasNode(select, "met");
  const [column, more] = key;
  const one = column !== undefined && more === undefined ? column : tupleNode(key);
  return binaryNode("in", one, subqueryNode(selectNode(partsOf(bareSelect(met.columns))), column?.type ?? unknownType));
}

function* readKeys({ objects: { session } }: BulkTarget, select: SelectNode, given: GivenValues): Operation<Key[]> {
  const request = session.request(select, given);
  // Sound: the driver hands its rows over for good.
  const rows = (yield request).rows as unknown[][];
  decodeLoaded(rows, request.compiled, session.dialectFor(request));
  return rows;
}

function* inPortions(keys: readonly Key[]): Generator<readonly Key[]> {
  for (let start = 0; start < keys.length; start += keysPerStatement) yield keys.slice(start, start + keysPerStatement);
}

/** The parameters that this one of several statements has. */
function namedIn(node: StatementNode, given: GivenValues): GivenValues {
  const names = namesOf([node]);
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
}

function namesOf(nodes: readonly (StatementNode | ExpressionNode)[]): ReadonlySet<string> {
  const binds = nodes.flatMap((each) => collectBinds(each)).filter(({ unique }) => !unique);
  return new Set(binds.map(({ name }) => name));
}

function objectsOf({ objects, synchronize }: BulkTarget, mapper: Mapper, keys: readonly Key[]): Set<Entity> {
  const identities = objects.identities(mapper);
  if (synchronize === false || identities.size === 0) return new Set();
  return new Set(keys.flatMap((key) => identities.get(key.length === 1 ? key[0] : key) ?? []));
}

/** Every table of a class and of those that share its rows' keys, a base's before those that refer to it. */
function partsOfFamily(mapper: Mapper): TablePart[] {
  const parts = new Map(
    mapper.family
      .filter(({ root }) => root === mapper.root)
      .flatMap(({ layout }) => layout.parts)
      .map((part) => [part.table, part]),
  );
  return [...parts.values()];
}
