// The older query style: `session.query(User).filter(…).all()`. A select with its session at hand; labels in its SQL
// are `table_column`, and objects come without duplicates.
import type { Result } from "../engine/result.js";
import type { Rows } from "../engine/rows.js";
import { InvalidRequestError } from "../errors/errors.js";
import { existsNode, functionNode, labelNode, rawNode, STAR } from "../sql/ast/expressions.js";
import type { SelectNode } from "../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../sql/ast/statements.js";
import { aliasNode } from "../sql/ast/tables.js";
import { partNode, selectOf, withConditions } from "../sql/build/coerce.js";
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
  LockOptions,
  Meta,
  Order,
  Owners,
  RowOf,
  Sql,
  Source,
  TextFragment,
  UpdateValues,
  ValueOf,
  WhereClause,
} from "../sql/typing.js";
import { Integer } from "../types/types.js";
import { partsOf } from "./adapt-columns.js";
import type { Entity } from "./entity.js";
import type { SynchronizeSession } from "./load/bulk-write.js";
import { LoaderCriteriaOption } from "./load/loader-criteria.js";
import { mapperBehind } from "./mapped-class.js";
import type { Mapper } from "./mapper.js";
import type { Mode, Outcomes } from "./session-flow.js";

const INTEGER = Integer().type;
const ONE = rawNode("1", INTEGER);

/** How the session's objects follow an UPDATE or DELETE. */
interface WriteOptions {
  readonly synchronizeSession?: SynchronizeSession | undefined;
}

/** What a query asks of its session; values at once, or promises of them. */
interface QuerySession<M extends Mode> {
  /** Executes a statement and makes a value of its result. */
  finish<R, F, T>(
    statement: Executable<R, F>,
    value: (result: Result<R, F>) => T,
    options?: WriteOptions,
  ): Outcomes<T>[M];
  /** The object with this key, from the identity map or the database. */
  getByKey(mapper: Mapper, key: unknown): Outcomes<Entity | null>[M];
}

/** What a query may ask for: columns, classes, tables, and conditions such as `query.exists()`. */
export type QueryItem = Item | Condition;

/** One class gives its objects; anything else gives rows. */
export type QueryRow<L extends readonly unknown[], X extends string> = L extends readonly [EntityClass]
  ? ValueOf<L[0], X>
  : RowOf<L, X>;

type KeyOf<I> = I extends { readonly $mapper: Meta<string, unknown, infer K> } ? K : never;
type ColumnsOf<I> = I extends { readonly $mapper: Meta<string, infer C, unknown> } ? Partial<C> : never;

/** A query of the items `L`; `X` names the entities that an outer join makes nullable, `M` is its session's face. */
export class Query<L extends readonly unknown[], X extends string = never, M extends Mode = "sync"> {
  readonly #session: QuerySession<M>;
  readonly #select: SelectStatement;

  constructor(session: QuerySession<M>, select: SelectStatement) {
    this.#session = session;
    this.#select = select;
  }

  /** Conditions joined by AND, to those already there. */
  filter(...conditions: WhereClause[]): Query<L, X, M> {
    return this.#with(this.#select.where(...conditions));
  }

  /** The same as `filter`. */
  where(...conditions: WhereClause[]): Query<L, X, M> {
    return this.filter(...conditions);
  }

  /** Equality for each property of the first class. */
  filterBy(values: ColumnsOf<L[0]>): Query<L, X, M> {
    return this.#with(this.#select.filterBy(values));
  }

  /** `JOIN`: a class or table, by the given condition or the one foreign key; or a relationship. */
  join(target: JoinTarget, on?: WhereClause): Query<L, X, M> {
    return this.#with(on === undefined ? this.#select.join(target) : this.#select.join(target, on));
  }

  /** `LEFT OUTER JOIN`. */
  outerJoin<R extends string>(target: JoinTarget<R>, on?: WhereClause): Query<L, X | (R & Owners<L[number]>), M> {
    const select = on === undefined ? this.#select.outerJoin(target) : this.#select.outerJoin(target, on);
    return new Query(this.#session, select);
  }

  selectFrom(...sources: (EntityClass | Source)[]): Query<L, X, M> {
    return this.#with(this.#select.selectFrom(...sources));
  }

  orderBy(...expressions: (Order | Sql<unknown> | TextFragment | string)[]): Query<L, X, M> {
    return this.#with(this.#select.orderBy(...expressions));
  }

  groupBy(...expressions: Sql<unknown>[]): Query<L, X, M> {
    return this.#with(this.#select.groupBy(...expressions));
  }

  having(...conditions: WhereClause[]): Query<L, X, M> {
    return this.#with(this.#select.having(...conditions));
  }

  /** At most so many rows; null takes the limit away. */
  limit(count: number | null): Query<L, X, M> {
    return this.#with(this.#select.limit(count));
  }

  /** So many rows passed over. */
  offset(count: number | null): Query<L, X, M> {
    return this.#with(this.#select.offset(count));
  }

  distinct(): Query<L, X, M> {
    return this.#with(this.#select.distinct());
  }

  /** Loader options, such as `selectinload(User.addresses)`. */
  options(...options: LoadOption[]): Query<L, X, M> {
    return this.#with(this.#select.options(...options));
  }

  /** `FOR UPDATE`: locks the rows that are read. */
  withForUpdate(options?: LockOptions): Query<L, X, M> {
    return this.#with(this.#select.forUpdate(options));
  }

  /** The same query for other items. */
  withEntities<I extends readonly [Item, ...Item[]]>(...items: I): Query<I, X, M> {
    const own = selectOf(items, "withEntities()");
    const where = withConditions(this.#node, own.where);
    const node = selectNode({ ...partsOf(this.#node), items: own.items, where });
    return new Query(this.#session, new SelectStatement(node));
  }

  /** All objects or rows. */
  all(): Outcomes<QueryRow<L, X>[]>[M] {
    return this.#read((rows) => rows.all());
  }

  /** The first, or null: asks for one row only. */
  first(): Outcomes<QueryRow<L, X> | null>[M] {
    return this.limit(1).#read((rows) => rows.first());
  }

  /** The only one. Throws `NoResultFoundError` or `MultipleResultsFoundError` where there is not exactly one. */
  one(): Outcomes<QueryRow<L, X>>[M] {
    return this.#read((rows) => rows.one());
  }

  /** The only one, or null where there is none. Throws `MultipleResultsFoundError` where there are more. */
  oneOrNull(): Outcomes<QueryRow<L, X> | null>[M] {
    return this.#read((rows) => rows.oneOrNull());
  }

  /** The first column of the only row, or null where there is none. Throws where there are more rows. */
  scalar(): Outcomes<ValueOf<L[0], X> | null>[M] {
    return this.#session.finish(this.#executable, (result) => result.scalars().oneOrNull());
  }

  [Symbol.iterator](this: Query<L, X>): IterableIterator<QueryRow<L, X>> {
    return this.all()[Symbol.iterator]();
  }

  async *[Symbol.asyncIterator](this: Query<L, X, "async">): AsyncIterableIterator<QueryRow<L, X>> {
    yield* await this.all();
  }

  /** The number of rows: `SELECT count(*) FROM (the query)`. */
  count(): Outcomes<number>[M] {
    const subquery = selectNode({ ...partsOf(partNode(this.#node)), options: [] });
    const count = labelNode("count_1", functionNode("count", [STAR], INTEGER));
    const node = selectNode({ ...partsOf(bareSelect([count])), froms: [aliasNode(subquery, "anon_1")] });
    const statement = typed<Executable<unknown, number>>(new SelectStatement(node));
    return this.#session.finish(statement, (result) => result.scalarOne());
  }

  /** `EXISTS (…)` over this query, as a condition: `session.query(query.exists()).scalar()`. */
  exists(): Condition {
    const node = partNode(this.#node);
    const froms =
      node.froms.length > 0
        ? node.froms
        : node.items.flatMap((item) => (item.kind === "entity" ? [item.entity.from] : []));
    const select = selectNode({
      ...partsOf(node),
      items: [ONE],
      froms,
      orderBy: [],
      labelStyle: "bare",
      options: [],
    });
    return new ConditionElement(existsNode(select));
  }

  /** The object with this primary key, from the identity map where it is there; an array for a composite key. */
  get(key: KeyOf<L[0]>): Outcomes<QueryRow<L, X> | null>[M] {
    const mapper = this.#onlyClass("get()");
    // Sound: the class's objects are what the query gives.
    return this.#session.getByKey(mapper, key) as Outcomes<QueryRow<L, X> | null>[M];
  }

  /** Updates the rows that the query finds, in one statement; the session's objects follow. Returns their number. */
  update(values: UpdateValues<L[0]>, options?: WriteOptions): Outcomes<number>[M] {
    const statement = update(this.#target<L[0]>("update()"))
      .where(...this.#conditions("update()"))
      .options(...this.#writeOptions)
      .values(values);
    return this.#session.finish(statement, (result) => result.rowCount, options);
  }

  /** Deletes the rows that the query finds, in one statement; the session's objects follow. Returns their number. */
  delete(options?: WriteOptions): Outcomes<number>[M] {
    const statement = deleteFrom(this.#target("delete()"))
      .where(...this.#conditions("delete()"))
      .options(...this.#writeOptions);
    return this.#session.finish(statement, (result) => result.rowCount, options);
  }

  /** The query as a select, for `session.execute` and as a part of other statements. */
  get statement(): SelectStatement {
    return this.#select;
  }

  toString(): string {
    return this.#select.toString();
  }

  /** What options say of the rows, for the statements that write. */
  get #writeOptions(): LoaderCriteriaOption[] {
    return this.#node.options.filter((option) => option instanceof LoaderCriteriaOption);
  }

  get #node(): SelectNode {
    return this.#select.node;
  }

  #with(select: SelectStatement): Query<L, X, M> {
    return new Query(this.#session, select);
  }

  get #executable(): Executable<RowOf<L, X>, ValueOf<L[0], X>> {
    return typed<Executable<RowOf<L, X>, ValueOf<L[0], X>>>(this.#select);
  }

  /** Objects alone where one class was asked for; without duplicates where any was. */
  #read<T>(read: (rows: Rows<QueryRow<L, X>>) => T): Outcomes<T>[M] {
    const { items } = this.#node;
    const hasClass = items.some((item) => item.kind === "entity");
    return this.#session.finish(this.#executable, (result) => {
      const rows = items.length === 1 && hasClass ? result.scalars() : result;
      return read(typed<Rows<QueryRow<L, X>>>(hasClass ? rows.unique() : rows));
    });
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
export function createQuery<L extends readonly QueryItem[], M extends Mode>(
  session: QuerySession<M>,
  items: L,
): Query<L, never, M> {
  const node = selectNode({ ...partsOf(selectOf(items, "query()")), labelStyle: "table-column" });
  return new Query(session, new SelectStatement(node));
}
