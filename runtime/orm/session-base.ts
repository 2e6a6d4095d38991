// What both faces of a session share: everything that runs no SQL, and everything whose flow only has to be driven.
import { EVENTS, EventHub } from "../events/event-hub.js";
import type { StatementParameters } from "../engine/execute-statement.js";
import type { Result, ScalarResult } from "../engine/result.js";
import { NoResultFoundError } from "../errors/errors.js";
import type { Executable } from "../sql/typing.js";
import { type Entity, expressionsOf, isTouched } from "./entity.js";
import type { SessionEvents } from "./events/session-events.js";
import { executeInSession, type ExecuteOptions } from "./execute-in-session.js";
import { isEmpty } from "./flush/column-set.js";
import { netChange } from "./flush/update-rows.js";
import { identityKey } from "./identity-key.js";
import { IdentityMapView, IdentitySet } from "./identity-set.js";
import { getEntity, type GetOptions, refreshEntity, type RefreshOptions } from "./load/get-entity.js";
import { loadAttributes, type LoadableAttribute } from "./load/load-attributes.js";
import { mapperOfClass } from "./mapped-class.js";
import { mapperOf } from "./mapper.js";
import { mergeEntity, type MergeOptions } from "./merge.js";
import { createQuery, type Query, type QueryItem } from "./query.js";
import { relationshipHistory } from "./relationships/history.js";
import type { KeyedClass, SessionApi } from "./session-api.js";
import type { BindQuestion } from "./session-binds.js";
import type { BindOf, SessionConnection } from "./session-connections.js";
import type { SessionCore } from "./session-core.js";
import type { Mode, Outcomes, SessionFlow } from "./session-flow.js";
import { checkEntity } from "./session-objects.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

export abstract class SessionBase<M extends Mode, C extends SessionConnection> implements SessionApi<M, BindOf<C>> {
  protected readonly core: SessionCore<C>;
  #info: Record<string, unknown> | null;
  #hasOwnEvents = false;

  constructor(core: SessionCore<C>, info: Readonly<Record<string, unknown>> | undefined) {
    this.core = core;
    this.#info = info === undefined ? null : { ...info };
  }

  /** Who listens to this very session; `listen` asks. */
  get [EVENTS](): EventHub<SessionEvents<this>> {
    if (!this.#hasOwnEvents) {
      this.#hasOwnEvents = true;
      this.core.events = new EventHub(this.core.events);
    }
    // Sound: the core tells of this face.
    return this.core.events as unknown as EventHub<SessionEvents<this>>;
  }

  /** For `sessionmaker`: its listeners are told, and those of the class after them. */
  adoptEvents(events: EventHub<SessionEvents<this>>): void {
    this.core.events = events as unknown as SessionCore["events"]; // as above
  }

  /** Drives a flow to its end, for the method named. */
  protected abstract drive<T>(method: string, flow: SessionFlow<T>): Outcomes<T>[M];

  /** A value made of a result, at once or when it has come. */
  protected abstract finish<R, F, T>(
    method: string,
    statement: Executable<R, F>,
    value: (result: Result<R, F>) => T,
    parameters?: StatementParameters,
    options?: ExecuteOptions<BindOf<C>>,
  ): Outcomes<T>[M];

  // ---- objects

  /** Takes an object in: it is inserted by the next flush, with the objects that it leads to. */
  add(entity: Entity): void {
    checkEntity(entity, "add");
    this.core.add(entity);
  }

  addAll(entities: Iterable<Entity>): void {
    for (const entity of entities) this.add(entity);
  }

  /** Lets an object go: the session forgets it, its row stays. */
  expunge(entity: Entity): void {
    checkEntity(entity, "expunge");
    this.core.expunge(entity);
  }

  /** Lets every object go. */
  expungeAll(): void {
    this.core.expungeAll();
  }

  /** Unloads an object, or only these attributes: they are read anew when next asked for, or loaded. */
  expire(entity: Entity, attributes?: readonly string[]): void {
    checkEntity(entity, "expire");
    this.core.expire(entity, attributes);
  }

  expireAll(): void {
    this.core.expireAll();
  }

  /** True for an object that the session holds. */
  has(entity: object | null | undefined): boolean {
    return entity !== null && entity !== undefined && this.core.objects.has(entity as Entity);
  }

  /** New objects, which the next flush inserts. */
  get new(): IdentitySet {
    return new IdentitySet(this.core.objects.pending);
  }

  /** Objects assigned to since the last flush, with or without a net change, and those with values changed in place. */
  get dirty(): IdentitySet {
    this.core.objects.noteChangesInPlace();
    return new IdentitySet(this.core.objects.dirty());
  }

  /** Objects that the next flush deletes. */
  get deleted(): IdentitySet {
    return new IdentitySet(this.core.objects.deleting);
  }

  /** The persistent objects, and each by its class and key. */
  get identityMap(): IdentityMapView {
    const { core } = this;
    return new IdentityMapView(core.objects.persistent(), (entityClass, key) => {
      const mapper = mapperOfClass(entityClass, "identityMap.get()");
      return core.identities(mapper).get(identityKey(mapper, key, core.dialectOf(mapper))) ?? null;
    });
  }

  [Symbol.iterator](): IterableIterator<Entity> {
    const { objects } = this.core;
    return new IdentitySet([...objects.pending, ...objects.persistent()])[Symbol.iterator]();
  }

  /** True where an object differs from its row, as far as is known; related objects count unless told otherwise. */
  isModified(entity: Entity, options: { readonly relationships?: boolean } = {}): boolean {
    checkEntity(entity, "isModified");
    this.core.objects.noteChangesInPlace();
    if (!isTouched(entity)) return false;
    const mapper = mapperOf(entity);
    if (expressionsOf(entity) !== null || !isEmpty(netChange(mapper, entity, this.core.dialectOf(mapper)))) return true;
    if (options.relationships === false) return false;
    return mapper.relationships.some((relationship) => {
      const { added, removed } = relationshipHistory(entity, relationship);
      return added.length + removed.length > 0;
    });
  }

  /** Whatever the program wants to keep with the session. */
  get info(): Record<string, unknown> {
    return (this.#info ??= {});
  }

  /** The engine or connection that it is bound to; null where classes and tables have theirs alone. */
  get bind(): BindOf<C> | null {
    const { only, several } = this.core;
    return only ?? several?.main ?? null;
  }

  /** The engine or connection that a class or statement leads to. Throws `UnboundExecutionError` without one. */
  getBind(question: BindQuestion = {}): BindOf<C> {
    return this.core.bindFor(question);
  }

  get inTransaction(): boolean {
    return this.core.state === "active" || this.core.state === "failed";
  }

  /** True within a savepoint of the session's. */
  get inNestedTransaction(): boolean {
    return this.core.connections.depth > 0;
  }

  /** False where a flush failed and the session waits for `rollback()`. */
  get isActive(): boolean {
    return this.core.state === "idle" || this.core.state === "active";
  }

  // ---- what may reach the database: see SessionApi

  get<E extends object, K>(
    entityClass: KeyedClass<E, K>,
    key: NoInfer<K>,
    options: GetOptions = {},
  ): Outcomes<E | null>[M] {
    // The mapper makes instances of its class only.
    return this.drive("get()", this.#get(entityClass, key, options) as SessionFlow<E | null>);
  }

  getOne<E extends object, K>(
    entityClass: KeyedClass<E, K>,
    key: NoInfer<K>,
    options: GetOptions = {},
  ): Outcomes<E>[M] {
    // As in `get`.
    return this.drive("getOne()", this.#getOne(entityClass, key, options) as SessionFlow<E>);
  }

  *#get(entityClass: object, key: unknown, options: GetOptions): SessionFlow<Entity | null> {
    const mapper = mapperOfClass(entityClass, "session.get()");
    this.core.requireOpen();
    return yield* getEntity(this.core, mapper, identityKey(mapper, key, this.core.dialectOf(mapper)), options);
  }

  *#getOne(entityClass: KeyedClass<object, unknown>, key: unknown, options: GetOptions): SessionFlow<Entity> {
    const found = yield* this.#get(entityClass, key, options);
    if (found !== null) return found;
    throw new NoResultFoundError(`There is no ${entityClass.$mapper.name} with the primary key ${String(key)}`);
  }

  load(objects: Entity | Iterable<Entity>, ...attributes: LoadableAttribute[]): Outcomes<void>[M] {
    return this.drive("load()", loadAttributes(this.core, objects, attributes));
  }

  refresh(entity: Entity, attributes?: readonly string[], options: RefreshOptions = {}): Outcomes<void>[M] {
    return this.drive("refresh()", this.#refresh(entity, attributes, options));
  }

  *#refresh(entity: Entity, attributes: readonly string[] | undefined, options: RefreshOptions): SessionFlow<void> {
    checkEntity(entity, "refresh");
    yield* refreshEntity(this.core, entity, attributes, options);
  }

  merge<E extends Entity>(entity: E, options: MergeOptions = {}): Outcomes<E>[M] {
    // Merging an object gives one of the same class.
    return this.drive("merge()", this.#merge(entity, options) as SessionFlow<E>);
  }

  *#merge(entity: Entity, options: MergeOptions): SessionFlow<Entity> {
    checkEntity(entity, "merge");
    this.core.requireOpen();
    return yield* mergeEntity(this.core, entity, options);
  }

  delete(entity: Entity): Outcomes<void>[M] {
    return this.drive("delete()", this.core.delete(entity));
  }

  flush(objects?: Iterable<Entity>): Outcomes<void>[M] {
    return this.drive("flush()", this.core.flush(objects));
  }

  explainFlush(): Outcomes<string>[M] {
    return this.drive("explainFlush()", this.core.explainFlush());
  }

  commit(): Outcomes<void>[M] {
    return this.drive("commit()", this.core.commit());
  }

  rollback(): Outcomes<void>[M] {
    return this.drive("rollback()", this.core.rollback());
  }

  close(): Outcomes<void>[M] {
    return this.drive("close()", this.core.close("close"));
  }

  reset(): Outcomes<void>[M] {
    return this.drive("reset()", this.core.close("reset"));
  }

  invalidate(): Outcomes<void>[M] {
    return this.drive("invalidate()", this.core.close("cut"));
  }

  execute<R, F>(
    statement: Executable<R, F>,
    parameters?: StatementParameters,
    options?: ExecuteOptions<BindOf<C>>,
  ): Outcomes<Result<R, F>>[M] {
    return this.drive("execute()", executeInSession(this.core, statement, parameters, options));
  }

  scalars<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: ExecuteOptions<BindOf<C>>,
  ): Outcomes<ScalarResult<F>>[M] {
    return this.finish("scalars()", statement, (result) => result.scalars(), parameters, options);
  }

  scalar<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: ExecuteOptions<BindOf<C>>,
  ): Outcomes<F | null>[M] {
    return this.finish("scalar()", statement, (result) => result.scalar(), parameters, options);
  }

  query<L extends readonly [QueryItem, ...QueryItem[]]>(...items: L): Query<L, never, M> {
    return createQuery(
      {
        finish: (statement, value, options) => this.finish("query()", statement, value, undefined, options),
        getByKey: (mapper, key) =>
          this.drive("get()", getEntity(this.core, mapper, identityKey(mapper, key, this.core.dialectOf(mapper)), {})),
      },
      items,
    );
  }

  /** How many objects it holds, without any I/O. */
  [INSPECT](): string {
    const { identityMap, new: pending, dirty, deleted } = this;
    const objects = `${identityMap.size} persistent, ${pending.size} new`;
    return `${this.constructor.name}(${objects}, ${dirty.size} dirty, ${deleted.size} deleted)`;
  }
}
