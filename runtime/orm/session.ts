// The synchronous session: objects in, SQL out. Everything it does is in the core; here are the calls that people make.
import type { Connection } from "../engine/connection.js";
import type { Engine } from "../engine/engine.js";
import type { StatementParameters } from "../engine/execute-statement.js";
import type { Result, ScalarResult } from "../engine/result.js";
import { ArgumentError, InvalidRequestError, NoResultFoundError } from "../errors/errors.js";
import type { Executable, LoadOption } from "../sql/typing.js";
import { describeValue } from "../types/describe-value.js";
import { type Entity, expressionsOf, isTouched, sessionOf } from "./entity.js";
import { executeInSession, scalarsInSession } from "./execute-in-session.js";
import { isEmpty } from "./flush/column-set.js";
import { netChange } from "./flush/update-rows.js";
import { identityKey } from "./identity-key.js";
import { IdentityMapView, IdentitySet } from "./identity-set.js";
import { mapperOfClass } from "./mapped-class.js";
import { mapperOf } from "./mapper.js";
import { mergeEntity } from "./merge.js";
import { createQuery, type Query, type QueryItem, type QuerySession } from "./query.js";
import { relationshipHistory } from "./relationships/history.js";
import { checkEntity } from "./session-objects.js";
import { SessionSavepoint, SessionTransaction } from "./session-transaction.js";
import { SyncSessionCore } from "./sync-session-core.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How a session behaves; everything but the engine may be left out. */
export interface SessionOptions {
  /** The engine whose connections it uses. */
  readonly bind: Engine;
  /** Write pending changes before each query; true where not given. */
  readonly autoflush?: boolean | undefined;
  /** Read objects anew after each commit; true where not given. */
  readonly expireOnCommit?: boolean | undefined;
}

/** What `get` may be told besides the key. */
export interface GetOptions {
  /** Loader options such as `selectinload(User.addresses)`, where the object has to be loaded. */
  readonly options?: readonly LoadOption[];
}

/** A class and its primary key's type: what `get` needs of a mapped class. */
interface KeyedClass<E extends object, K> {
  readonly $mapper: { readonly name: string; readonly primaryKeyValue?: K };
  readonly prototype: E;
}

/**
 * A unit of work over one database. Objects that are added, changed and deleted are written by `flush()`, in an order
 * that their relationships allow, inside a transaction that the first statement begins and `commit()` ends.
 */
export class Session implements Disposable {
  readonly #core: SyncSessionCore;

  /** @throws ArgumentError where no engine is given */
  constructor(target: Engine | SessionOptions, behaviour: Omit<SessionOptions, "bind"> = {}) {
    const bind = isOptions(target) ? target.bind : target;
    if (typeof bind?.connect !== "function") {
      throw new ArgumentError(`A session takes an engine (or { bind: engine, … }), got ${describeValue(target)}`);
    }
    const { autoflush = true, expireOnCommit = true } = isOptions(target) ? { ...target, ...behaviour } : behaviour;
    this.#core = new SyncSessionCore(bind, { autoflush, expireOnCommit });
    this.#core.face = this;
  }

  // ---- objects

  /** Takes an object in: it is inserted by the next flush, with the objects that it leads to. */
  add(entity: Entity): void {
    checkEntity(entity, "add");
    this.#core.add(entity);
  }

  addAll(entities: Iterable<Entity>): void {
    for (const entity of entities) this.add(entity);
  }

  /**
   * The object of this primary key, or null. An object that the session holds is returned without SQL.
   * @param key the value; for a composite key an array in key order, or an object by property
   */
  get<E extends object, K>(entityClass: KeyedClass<E, K>, key: NoInfer<K>, options: GetOptions = {}): E | null {
    const mapper = mapperOfClass(entityClass, "session.get()");
    // The mapper makes instances of its class only.
    return this.#core.get(mapper, identityKey(mapper, key, this.#core.dialect), options.options) as E | null;
  }

  /** As `get`, but throws `NoResultFoundError` where there is no such row. */
  getOne<E extends object, K>(entityClass: KeyedClass<E, K>, key: NoInfer<K>): E {
    const found = this.get(entityClass, key);
    if (found !== null) return found;
    throw new NoResultFoundError(`There is no ${entityClass.$mapper.name} with the primary key ${String(key)}`);
  }

  /** Marks an object to be deleted by the next flush, with what the delete cascade reaches. */
  delete(entity: Entity): void {
    checkEntity(entity, "delete");
    this.#core.run(this.#core.delete(entity));
  }

  /**
   * Copies an object's state onto the session's own object for the same row, which is loaded or made where it has to
   * be, and returns that one.
   */
  merge<E extends Entity>(entity: E): E {
    checkEntity(entity, "merge");
    const core = this.#core;
    core.autoflush();
    const merged = core.withoutAutoflush(() =>
      mergeEntity(entity, {
        find: (given, key) => core.get(mapperOf(given), key),
        add: (each) => core.add(each),
        isHere: (each) => sessionOf(each) === core,
      }),
    );
    // Merging an object gives one of the same class.
    return merged as E;
  }

  /** Lets an object go: the session forgets it, its row stays. */
  expunge(entity: Entity): void {
    checkEntity(entity, "expunge");
    this.#core.expunge(entity);
  }

  /** Lets every object go. */
  expungeAll(): void {
    this.#core.objects.clear();
  }

  /** True for an object that the session holds. */
  has(entity: object | null | undefined): boolean {
    return entity !== null && entity !== undefined && this.#core.objects.has(entity as Entity);
  }

  /** New objects, which the next flush inserts. */
  get new(): IdentitySet {
    return new IdentitySet(this.#core.objects.pending);
  }

  /** Objects assigned to since the last flush, with or without a net change. */
  get dirty(): IdentitySet {
    return new IdentitySet(this.#core.objects.dirty());
  }

  /** Objects that the next flush deletes. */
  get deleted(): IdentitySet {
    return new IdentitySet(this.#core.objects.deleting);
  }

  /** The persistent objects. */
  get identityMap(): IdentityMapView {
    return new IdentityMapView(this.#core.objects.persistent());
  }

  [Symbol.iterator](): IterableIterator<Entity> {
    return new IdentitySet([...this.#core.objects.pending, ...this.#core.objects.persistent()])[Symbol.iterator]();
  }

  /** True where an object differs from its row, as far as is known. */
  isModified(entity: Entity): boolean {
    checkEntity(entity, "isModified");
    if (!isTouched(entity)) return false;
    const mapper = mapperOf(entity);
    if (expressionsOf(entity) !== null || !isEmpty(netChange(mapper, entity, this.#core.dialect))) return true;
    return mapper.relationships.some((relationship) => {
      const { added, removed } = relationshipHistory(entity, relationship);
      return added.length + removed.length > 0;
    });
  }

  // ---- expiry

  /** Loads an object, or only these properties of it, anew. Changes that were not flushed are lost. */
  refresh(entity: Entity, properties?: readonly string[]): void {
    checkEntity(entity, "refresh");
    this.#core.autoflush();
    this.#core.run(this.#core.refresh(entity, properties));
  }

  /** Unloads an object, or only these properties: they are read anew when next asked for. */
  expire(entity: Entity, properties?: readonly string[]): void {
    checkEntity(entity, "expire");
    this.#core.expire(entity, properties);
  }

  expireAll(): void {
    this.#core.expireAll();
  }

  // ---- writing

  /** Writes all changes, in the transaction, which stays open. On an error that is rolled back. */
  flush(): void {
    this.#core.flushNow();
  }

  /** What the next flush would do, step by step. Nothing is written. */
  explainFlush(): string {
    return this.#core.run(this.#core.explainFlush());
  }

  /** Flushes and commits. The next statement begins another transaction. */
  commit(): void {
    this.#core.commit();
  }

  /** Undoes the transaction; objects go back to where they stood when it began. */
  rollback(): void {
    this.#core.rollback();
  }

  /** Rolls back what was not committed, lets all objects go and gives the connection back. It can be used again. */
  close(): void {
    this.#core.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Runs the block in a transaction: committed when it returns, rolled back when it throws. */
  begin<T>(block: (session: this) => T): T;
  /** Begins a transaction on purpose; as a `using` variable it is rolled back unless committed. */
  begin(): SessionTransaction;
  begin<T>(block?: (session: this) => T): T | SessionTransaction {
    if (this.#core.state !== "idle") {
      throw new InvalidRequestError("This session is in a transaction already: commit() or rollback() it first");
    }
    const transaction = new SessionTransaction(this.#core);
    return block === undefined ? transaction : transaction.run(() => block(this));
  }

  /** Flushes and runs the block in a savepoint: kept when it returns, undone when it throws. */
  beginNested<T>(block: (session: this) => T): T;
  /** Flushes and sets a savepoint; as a `using` variable it is undone unless committed. */
  beginNested(): SessionSavepoint;
  beginNested<T>(block?: (session: this) => T): T | SessionSavepoint {
    const savepoint = new SessionSavepoint(this.#core);
    return block === undefined ? savepoint : savepoint.run(() => block(this));
  }

  get inTransaction(): boolean {
    return this.#core.state !== "idle";
  }

  /** Runs the block without flushing before its queries. */
  noAutoflush<T>(block: (session: this) => T): T {
    return this.#core.withoutAutoflush(() => block(this));
  }

  // ---- statements

  /** Executes a statement in the session's transaction; entities in its rows are objects of the session. */
  execute<R, F>(statement: Executable<R, F>, parameters?: StatementParameters): Result<R, F> {
    return executeInSession(this.#core, statement, parameters);
  }

  /** The first column of each row. */
  scalars<F>(statement: Executable<unknown, F>, parameters?: StatementParameters): ScalarResult<F> {
    return scalarsInSession(this.#core, statement, parameters);
  }

  /** The first column of the first row, or null where there is none. */
  scalar<F>(statement: Executable<unknown, F>, parameters?: StatementParameters): F | null {
    return this.execute(statement, parameters).scalar();
  }

  /** The older style: `session.query(User).filter(User.name.eq("x")).first()`. */
  query<L extends readonly [QueryItem, ...QueryItem[]]>(...items: L): Query<L> {
    const session: QuerySession = {
      execute: (statement) => this.execute(statement),
      getByKey: (mapper, key) => this.#core.get(mapper, identityKey(mapper, key, this.#core.dialect)),
    };
    return createQuery(session, items);
  }

  /** The transaction's connection; the transaction begins where it has not. */
  connection(): Connection {
    return this.#core.connection();
  }

  get bind(): Engine {
    return this.#core.engine;
  }

  /** How many objects it holds, without any I/O. */
  [INSPECT](): string {
    const { identityMap, new: pending, dirty, deleted } = this;
    const objects = `${identityMap.size} persistent, ${pending.size} new`;
    return `Session(${objects}, ${dirty.size} dirty, ${deleted.size} deleted)`;
  }
}

function isOptions(target: Engine | SessionOptions): target is SessionOptions {
  return typeof target === "object" && target !== null && "bind" in target;
}
