// Factories of statement nodes. Their keys are made when first asked for: a builder chain makes a node a step, and only
// the last one is executed.
import { NO_LIMIT, NO_OFFSET } from "./expressions.js";
import { freshKey, internList, internPair, internString } from "./intern.js";
import type {
  Assignment,
  ColumnNode,
  ConflictClause,
  DeleteNode,
  FetchClause,
  InsertNode,
  LockClause,
  RowDefault,
  SelectExtras,
  SelectNode,
  SetOperator,
  StatementWords,
  UpdateNode,
  WriteExtras,
} from "./nodes.js";

const SELECT = freshKey();
const INSERT = freshKey();
const UPDATE = freshKey();
const DELETE = freshKey();
const WRITE_EXTRAS = freshKey();

type Without<Node> = Omit<Node, "kind" | "key">;
export type SelectParts = Omit<Without<SelectNode>, "plan">;
/** A select that is being made. */
type SelectCopy = { -readonly [Clause in keyof SelectNode]: SelectNode[Clause] };
export type InsertParts = Without<InsertNode>;
export type UpdateParts = Without<UpdateNode>;
export type DeleteParts = Without<DeleteNode>;

// Fields are declared and only the constructor sets them: one is made at every step of a builder.
class SelectStatementNode implements SelectNode {
  declare items: SelectNode["items"];
  declare froms: SelectNode["froms"];
  declare where: SelectNode["where"];
  declare groupBy: SelectNode["groupBy"];
  declare having: SelectNode["having"];
  declare orderBy: SelectNode["orderBy"];
  declare limit: SelectNode["limit"];
  declare offset: SelectNode["offset"];
  declare distinct: SelectNode["distinct"];
  declare labelStyle: SelectNode["labelStyle"];
  declare options: SelectNode["options"];
  declare extras: SelectExtras | null;
  declare plan: object | null;
  #key = 0;

  constructor(parts: SelectParts) {
    this.items = parts.items;
    this.froms = parts.froms;
    this.where = parts.where;
    this.groupBy = parts.groupBy;
    this.having = parts.having;
    this.orderBy = parts.orderBy;
    this.limit = parts.limit;
    this.offset = parts.offset;
    this.distinct = parts.distinct;
    this.labelStyle = parts.labelStyle;
    this.options = parts.options;
    this.extras = parts.extras ?? null;
    this.plan = null;
  }

  get kind(): "select" {
    return "select";
  }

  get key(): number {
    if (this.#key === 0) this.#key = selectKey(this);
    return this.#key;
  }
}

function selectKey(node: SelectNode): number {
  const { items, froms, where, groupBy, having, orderBy } = node;
  const flags = (node.distinct ? 2 : 0) + (node.labelStyle === "bare" ? 0 : 4);
  let key = internPair(SELECT, flags);
  // How long the lists are, told at once where that fits into one number.
  key = internPair(key, packedLengths(items.length, froms.length, where.length));
  key = internPair(key, packedLengths(groupBy.length, having.length, orderBy.length));
  key = chained(chained(chained(key, items), froms), where);
  key = chained(chained(chained(key, groupBy), having), orderBy);
  if (node.limit !== null || node.offset !== null) {
    // Where one of them is missing, a value stands for it (see `visitSelect`).
    key = internPair(internPair(key, (node.limit ?? NO_LIMIT).key), (node.offset ?? NO_OFFSET).key);
    key = internPair(key, (node.limit === null ? 2 : 0) + (node.offset === null ? 4 : 0));
  }
  const extras = node.extras ?? null;
  return extras === null || saysNothing(extras, NO_SELECT_EXTRAS) ? key : internPair(key, selectExtrasKey(extras));
}

/** True where the rare clauses hold no more than values and how to execute: the key is that of a statement without. */
function saysNothing<Extras extends SelectExtras | WriteExtras>(extras: Extras, none: Extras): boolean {
  const { execution, given } = extras;
  if (execution === undefined && given === undefined && !("options" in extras) && !("target" in extras)) return false;
  // Sound: both have the same properties.
  const names = Object.keys(none) as (keyof Extras)[];
  return names.every((name) => {
    const value = extras[name];
    return Array.isArray(value) ? value.length === 0 : value === none[name];
  });
}

/** Three lengths in one even number: none is as long as 2 to the power of 16. */
function packedLengths(first: number, second: number, third: number): number {
  return ((first * LONGEST + second) * LONGEST + third) * 2;
}

const LONGEST = 65_536;

/** The keys of the nodes after `key`, where their number is known already. */
function chained(key: number, nodes: readonly { readonly key: number }[]): number {
  let chain = key;
  if (nodes.length > 0) for (const node of nodes) chain = internPair(chain, node.key);
  return chain;
}

const SELECT_EXTRAS = freshKey();
const SET_OPERATORS: Readonly<Record<SetOperator, number>> = {
  union: freshKey(),
  unionAll: freshKey(),
  intersect: freshKey(),
  intersectAll: freshKey(),
  except: freshKey(),
  exceptAll: freshKey(),
};

function selectExtrasKey(extras: SelectExtras): number {
  let key = internList(SELECT_EXTRAS, extras.ctes);
  if (extras.set !== null) key = internList(internPair(key, SET_OPERATORS[extras.set.operator]), extras.set.selects);
  key = internList(key, extras.distinctOn);
  key = internPair(key, extras.lock === null ? 0 : lockKey(extras.lock));
  key = internPair(key, extras.fetch === null ? 0 : fetchKey(extras.fetch));
  key = wordsKey(wordsKey(key, extras.prefixes), extras.suffixes);
  key = wordsKey(key, extras.hints);
  for (const hint of extras.hints) key = internPair(key, hint.from.key);
  if (extras.correlation === null) return key;
  return internList(internPair(key, extras.correlation.except ? 2 : 4), extras.correlation.froms);
}

function lockKey(lock: LockClause): number {
  return internList(internPair(internString(lock.strength), internString(lock.wait)), lock.of);
}

function fetchKey(fetch: FetchClause): number {
  // Odd, because values stand for the LIMIT and the OFFSET beside it (see `visitSelect`).
  return internPair(internPair(fetch.count.key, (fetch.withTies ? 2 : 0) + (fetch.percent ? 4 : 0)), NO_LIMIT.key);
}

function wordsKey(key: number, words: readonly StatementWords[]): number {
  let chain = internPair(key, words.length * 2);
  for (const { text, dialect } of words) {
    chain = internPair(internPair(chain, internString(text)), dialect === null ? 0 : internString(dialect));
  }
  return chain;
}

/** A select with none of the rare clauses. */
export const NO_SELECT_EXTRAS: SelectExtras = {
  set: null,
  ctes: [],
  distinctOn: [],
  lock: null,
  fetch: null,
  prefixes: [],
  suffixes: [],
  hints: [],
  correlation: null,
};

/** A write with none of the rare clauses. */
export const NO_WRITE_EXTRAS: WriteExtras = { ctes: [], prefixes: [], froms: [] };

function withWriteExtras(key: number, extras: WriteExtras | null | undefined): number {
  if (extras === null || extras === undefined || saysNothing(extras, NO_WRITE_EXTRAS)) return key;
  return internPair(key, wordsKey(internList(internList(WRITE_EXTRAS, extras.ctes), extras.froms), extras.prefixes));
}

export function selectNode(parts: SelectParts): SelectNode {
  return new SelectStatementNode(parts);
}

/** A copy whose clauses its maker may still set, before anyone asks for its key. */
export function copySelect(node: SelectNode): SelectCopy {
  return new SelectStatementNode(node);
}

/** A select of these items and nothing else. */
export function bareSelect(items: SelectNode["items"]): SelectNode {
  return new SelectStatementNode({
    items,
    froms: [],
    where: [],
    groupBy: [],
    having: [],
    orderBy: [],
    limit: null,
    offset: null,
    distinct: false,
    labelStyle: "bare",
    options: [],
  });
}

class InsertStatementNode implements InsertNode {
  readonly kind = "insert";
  readonly table: InsertNode["table"];
  readonly columns: InsertNode["columns"];
  readonly rows: InsertNode["rows"];
  readonly select: InsertNode["select"];
  readonly defaults: readonly RowDefault[];
  readonly conflict: InsertNode["conflict"];
  readonly returning: InsertNode["returning"];
  readonly extras: WriteExtras | null;
  #key = 0;

  constructor(parts: InsertParts) {
    this.table = parts.table;
    this.columns = parts.columns;
    this.rows = parts.rows;
    this.select = parts.select;
    this.defaults = parts.defaults ?? [];
    this.conflict = parts.conflict;
    this.returning = parts.returning;
    this.extras = parts.extras ?? null;
  }

  get key(): number {
    if (this.#key === 0) this.#key = insertKey(this);
    return this.#key;
  }
}

function insertKey(node: InsertStatementNode): number {
  let key = optionalListKey(internPair(INSERT, node.table.key), node.columns);
  key = internPair(key, node.rows.length * 2);
  for (const row of node.rows) key = internList(key, row);
  key = internPair(key, node.select === null ? 0 : node.select.key);
  key = internPair(key, node.conflict === null ? 0 : conflictKey(node.conflict));
  for (const { column, value } of node.defaults)
    key = internPair(internPair(key, column.key), internString(`${value}`));
  return withWriteExtras(internList(key, node.returning), node.extras);
}

const CONFLICT = freshKey();

function conflictKey(conflict: ConflictClause): number {
  let key = internList(assignmentsKey(internList(CONFLICT, conflict.target), conflict.set), conflict.where);
  key = internList(key, conflict.targetWhere ?? []);
  key = internPair(key, conflict.constraint === undefined ? 0 : internString(conflict.constraint));
  return internPair(key, conflict.anyKey === true ? 2 : 0);
}

function optionalListKey(key: number, nodes: readonly ColumnNode[] | null): number {
  return nodes === null ? internPair(key, -2) : internList(key, nodes);
}

function assignmentsKey(key: number, assignments: readonly Assignment[] | null): number {
  if (assignments === null) return internPair(key, -2);
  let chain = internPair(key, assignments.length * 2);
  for (const { column, value } of assignments) chain = internPair(internPair(chain, column.key), value.key);
  return chain;
}

export function insertNode(parts: InsertParts): InsertNode {
  return new InsertStatementNode(parts);
}

class UpdateStatementNode implements UpdateNode {
  readonly kind = "update";
  readonly table: UpdateNode["table"];
  readonly assignments: UpdateNode["assignments"];
  readonly values: UpdateNode["values"];
  readonly where: UpdateNode["where"];
  readonly returning: UpdateNode["returning"];
  readonly extras: WriteExtras | null;
  #key = 0;

  constructor(parts: UpdateParts) {
    this.table = parts.table;
    this.assignments = parts.assignments;
    this.values = parts.values;
    this.where = parts.where;
    this.returning = parts.returning;
    this.extras = parts.extras ?? null;
  }

  get key(): number {
    if (this.#key === 0) {
      let key = assignmentsKey(internPair(UPDATE, this.table.key), this.assignments);
      key = internPair(key, this.values === null ? 0 : this.values.key);
      this.#key = withWriteExtras(internList(internList(key, this.where), this.returning), this.extras);
    }
    return this.#key;
  }
}

export function updateNode(parts: UpdateParts): UpdateNode {
  return new UpdateStatementNode(parts);
}

class DeleteStatementNode implements DeleteNode {
  readonly kind = "delete";
  readonly table: DeleteNode["table"];
  readonly where: DeleteNode["where"];
  readonly returning: DeleteNode["returning"];
  readonly extras: WriteExtras | null;
  #key = 0;

  constructor(parts: DeleteParts) {
    this.table = parts.table;
    this.where = parts.where;
    this.returning = parts.returning;
    this.extras = parts.extras ?? null;
  }

  get key(): number {
    if (this.#key === 0) {
      const key = internList(internList(internPair(DELETE, this.table.key), this.where), this.returning);
      this.#key = withWriteExtras(key, this.extras);
    }
    return this.#key;
  }
}

export function deleteNode(parts: DeleteParts): DeleteNode {
  return new DeleteStatementNode(parts);
}
