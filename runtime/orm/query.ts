// The older query style: `session.query(User).filter(…).all()`. A select with its session at hand; labels in its SQL
// are `table_column`, and objects come without duplicates.
import type { Result, ScalarResult } from "../engine/result.js";
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import { existsNode, functionNode, labelNode, rawNode, STAR } from "../sql/ast/expressions.js";
import type { SelectItem, SelectNode } from "../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../sql/ast/statements.js";
import { aliasNode } from "../sql/ast/tables.js";
import { selectItems } from "../sql/build/coerce.js";
import { typed } from "../sql/build/element.js";
import { ConditionElement } from "../sql/build/expression.js";
import { SelectStatement } from "../sql/build/select.js";
import { deleteFrom, update } from "../sql/build/update.js";
import type {
  Condition,
  DmlTarget,
  EntityClass,
  Executable,
  Item,
  JoinTarget,
  LoadOption,
  Meta,
  Order,
  Owners,
  RowOf,
  Sql,
  TableLike,
  TextFragment,
  UpdateValues,
  ValueOf,
  WhereClause,
} from "../sql/typing.js";
import { Integer } from "../types/types.js";
import { partsOf } from "./adapt-columns.js";
import type { Entity } from "./entity.js";
import { mapperBehind } from "./mapped-class.js";
import type { Mapper } from "./mapper.js";

const INTEGER = Integer().type;
const ONE = rawNode("1", INTEGER);

/** What a query asks of its session. */
export interface QuerySession {
  execute<R, F>(statement: Executable<R, F>): Result<R, F>;
  /** The object with this key, from the identity map or the database. */
  getByKey(mapper: Mapper, key: unknown): Entity | null;
}

/** What a query may ask for: columns, classes, tables, and conditions such as `query.exists()`. */
export type QueryItem = Item | Condition;

/** One class gives its objects; anything else gives rows. */
export type QueryRow<L extends readonly unknown[], X extends string> = L extends readonly [EntityClass]
  ? ValueOf<L[0], X>
  : RowOf<L, X>;

type KeyOf<I> = I extends { readonly $mapper: Meta<string, unknown, infer K> } ? K : never;
type ColumnsOf<I> = I extends { readonly $mapper: Meta<string, infer C, unknown> } ? Partial<C> : never;

/** A query of the items `L`; `X` names the entities that an outer join makes nullable. */
export class Query<L extends readonly unknown[], X extends string = never> implements Iterable<QueryRow<L, X>> {
  readonly #session: QuerySession;
  readonly #select: SelectStatement;

  constructor(session: QuerySession, select: SelectStatement) {
    this.#session = session;
    this.#select = select;
  }

  /** Conditions joined by AND, to those already there. */
  filter(...conditions: WhereClause[]): Query<L, X> {
    return this.#with(this.#select.where(...conditions));
  }

  /** The same as `filter`. */
  where(...conditions: WhereClause[]): Query<L, X> {
    return this.filter(...conditions);
  }

  /** Equality for each property of the first class. */
  filterBy(values: ColumnsOf<L[0]>): Query<L, X> {
    return this.#with(this.#select.filterBy(values));
  }

  /** `JOIN`: a class or table, by the given condition or the one foreign key; or a relationship. */
  join(target: JoinTarget, on?: WhereClause): Query<L, X> {
    return this.#with(on === undefined ? this.#select.join(target) : this.#select.join(target, on));
  }

  /** `LEFT OUTER JOIN`. */
  outerJoin<R extends string>(target: JoinTarget<R>, on?: WhereClause): Query<L, X | (R & Owners<L[number]>)> {
    const select = on === undefined ? this.#select.outerJoin(target) : this.#select.outerJoin(target, on);
    return new Query(this.#session, select);
  }

  selectFrom(...sources: (EntityClass | TableLike)[]): Query<L, X> {
    return this.#with(this.#select.selectFrom(...sources));
  }

  orderBy(...expressions: (Order | Sql<unknown> | TextFragment | string)[]): Query<L, X> {
    return this.#with(this.#select.orderBy(...expressions));
  }

  groupBy(...expressions: Sql<unknown>[]): Query<L, X> {
    return this.#with(this.#select.groupBy(...expressions));
  }

  having(...conditions: WhereClause[]): Query<L, X> {
    return this.#with(this.#select.having(...conditions));
  }

  /** At most so many rows; null takes the limit away. */
  limit(count: number | null): Query<L, X> {
    return this.#with(this.#select.limit(count));
  }

  /** So many rows passed over. */
  offset(count: number | null): Query<L, X> {
    return this.#with(this.#select.offset(count));
  }

  distinct(): Query<L, X> {
    return this.#with(this.#select.distinct());
  }

  /** Loader options, such as `selectinload(User.addresses)`. */
  options(...options: LoadOption[]): Query<L, X> {
    return this.#with(this.#select.options(...options));
  }

  /** The same query for other items. */
  withEntities<M extends readonly [Item, ...Item[]]>(...items: M): Query<M, X> {
    const node = selectNode({ ...partsOf(this.#node), items: selectItems(items, "withEntities()") });
    return new Query(this.#session, new SelectStatement(node));
  }

  /** All objects or rows. */
  all(): QueryRow<L, X>[] {
    return this.#rows().all();
  }

  /** The first, or null: asks for one row only. */
  first(): QueryRow<L, X> | null {
    return this.limit(1).#rows().first();
  }

  /** The only one. Throws `NoResultFoundError` or `MultipleResultsFoundError` where there is not exactly one. */
  one(): QueryRow<L, X> {
    return this.#rows().one();
  }

  /** The only one, or null where there is none. Throws `MultipleResultsFoundError` where there are more. */
  oneOrNull(): QueryRow<L, X> | null {
    return this.#rows().oneOrNull();
  }

  /** The first column of the only row, or null where there is none. Throws where there are more rows. */
  scalar(): ValueOf<L[0], X> | null {
    return this.#result().scalars().oneOrNull();
  }

  [Symbol.iterator](): IterableIterator<QueryRow<L, X>> {
    return this.#rows()[Symbol.iterator]();
  }

  /** The number of rows: `SELECT count(*) FROM (the query)`. */
  count(): number {
    const subquery = selectNode({ ...partsOf(this.#node), options: [] });
    const count = labelNode("count_1", functionNode("count", [STAR], INTEGER));
    const node = selectNode({ ...partsOf(bareSelect([count])), froms: [aliasNode(subquery, "anon_1")] });
    const total = this.#session.execute(typed<Executable<unknown, number>>(new SelectStatement(node))).scalarOne();
    return total;
  }

  /** `EXISTS (…)` over this query, as a condition: `session.query(query.exists()).scalar()`. */
  exists(): Condition {
    const { items } = this.#node;
    const froms =
      this.#node.froms.length > 0
        ? this.#node.froms
        : items.flatMap((item) => (item.kind === "entity" ? [item.entity.from] : []));
    const select = selectNode({
      ...partsOf(this.#node),
      items: [ONE],
      froms,
      orderBy: [],
      labelStyle: "bare",
      options: [],
    });
    return new ConditionElement(existsNode(select));
  }

  /** The object with this primary key, from the identity map where it is there; an array for a composite key. */
  get(key: KeyOf<L[0]>): QueryRow<L, X> | null {
    const mapper = this.#onlyClass("get()");
    // Sound: the class's objects are what the query gives.
    return this.#session.getByKey(mapper, key) as QueryRow<L, X> | null;
  }

  /** Updates the rows that the query finds, in one statement; the session's objects follow. Returns their number. */
  update(values: UpdateValues<L[0]>): number {
    const statement = update(this.#target<L[0]>("update()"))
      .where(...this.#conditions("update()"))
      .values(values);
    return this.#session.execute(statement).rowCount;
  }

  /** Deletes the rows that the query finds, in one statement; the session's objects follow. Returns their number. */
  delete(): number {
    const statement = deleteFrom(this.#target("delete()")).where(...this.#conditions("delete()"));
    return this.#session.execute(statement).rowCount;
  }

  /** The query as a select, for `session.execute` and as a part of other statements. */
  get statement(): SelectStatement {
    return this.#select;
  }

  toString(): string {
    return this.#select.toString();
  }

  get #node(): SelectNode {
    return this.#select.node;
  }

  #with(select: SelectStatement): Query<L, X> {
    return new Query(this.#session, select);
  }

  #result(): Result<RowOf<L, X>, ValueOf<L[0], X>> {
    return this.#session.execute(typed<Executable<RowOf<L, X>, ValueOf<L[0], X>>>(this.#select));
  }

  /** Objects alone where one class was asked for; without duplicates where any was. */
  #rows(): ScalarResult<QueryRow<L, X>> {
    const { items } = this.#node;
    const result = this.#result();
    const hasClass = items.some((item) => item.kind === "entity");
    const rows = items.length === 1 && hasClass ? result.scalars() : result;
    return typed<ScalarResult<QueryRow<L, X>>>(hasClass ? rows.unique() : rows);
  }

  #onlyClass(method: string): Mapper {
    const [item] = this.#node.items;
    if (item !== undefined && item.kind === "entity" && this.#node.items.length === 1) return mapperBehind(item.entity);
    throw new InvalidRequestError(`query.${method} takes a query of one class, such as session.query(User)`);
  }

  /** The class, as the builders of UPDATE and DELETE take it. */
  #target<T>(method: string): T & DmlTarget {
    return typed<T & DmlTarget>({ $mapper: this.#onlyClass(method) });
  }

  /** The conditions of a query that consists of nothing else. */
  #conditions(method: string): Condition[] {
    const node = this.#node;
    const more: readonly (readonly [call: string, isThere: boolean])[] = [
      ["join() or selectFrom()", node.froms.length > 0],
      ["groupBy()", node.groupBy.length > 0 || node.having.length > 0],
      ["orderBy()", node.orderBy.length > 0],
      ["limit() or offset()", node.limit !== null || node.offset !== null],
      ["distinct()", node.distinct],
    ];
    const found = more.find(([, isThere]) => isThere);
    if (found === undefined) return node.where.map((each) => new ConditionElement(each));
    throw new InvalidRequestError(
      `query.${method} cannot be combined with ${found[0]}: put the condition into filter()`,
    );
  }
}

/** `session.query(…)`. */
export function createQuery<L extends readonly QueryItem[]>(session: QuerySession, items: L): Query<L> {
  if (items.length === 0) throw new ArgumentError("query() needs at least one column, table or class");
  const selected: readonly SelectItem[] = selectItems(items, "query()");
  const node = selectNode({ ...partsOf(bareSelect(selected)), labelStyle: "table-column" });
  return new Query(session, new SelectStatement(node));
}
