// What a session does, written once for both faces: objects coming and going, and everything that reaches the database
// as flows. A face adds how flows are driven, and what happens at access of what is not loaded.
import type { StatementParameters } from "../engine/execute-statement.js";
import type { EventHub } from "../events/event-hub.js";
import type { ExecutionRequest } from "../engine/execution.js";
import { ConcurrentUseError, InvalidRequestError } from "../errors/errors.js";
import type { SelectNode, StatementNode } from "../sql/ast/nodes.js";
import { elementOf } from "../sql/build/element.js";
import { QueryStatement } from "../sql/build/query.js";
import { SelectStatement } from "../sql/build/select.js";
import { DeleteStatement, UpdateStatement } from "../sql/build/update.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { LoadOption } from "../sql/typing.js";
import { lacksColumns, loadMissingColumns } from "./column-load.js";
import {
  type Entity,
  type EntityMapping,
  type EntitySession,
  type EntityStatus,
  expressionsOf,
  forgetColumnChange,
  keyOf,
  sessionOf,
  type Standing,
  statusOf,
} from "./entity.js";
import { nameEntity } from "./entity-text.js";
import {
  type FlushEventName,
  nobody,
  type ObjectEventName,
  type SessionEvents,
  type StatementInstead,
  type TransactionEventName,
} from "./events/session-events.js";
import { collectChanges } from "./flush/collect.js";
import { executePlan } from "./flush/execute.js";
import { finalizeFlush } from "./flush/finalize.js";
import { type FlushPlan, planFlush } from "./flush/flush-plan.js";
import { chosenForFlush } from "./flush/flush-choice.js";
import type { IdentityMap } from "./identity-map.js";
import { deleteCascade, mayCascade } from "./load/delete-cascade.js";
import { columnNotLoaded } from "./load/not-loaded.js";
import { mapperOf, writeField } from "./mapper.js";
import { cascaded } from "./relationships/cascade.js";
import { expireRelationships, reconcileCollections } from "./relationships/settle.js";
import type { SessionBehaviour } from "./session-behaviour.js";
import type { SessionBind, SessionBinds } from "./session-binds.js";
import type { BindOf, SessionConnection } from "./session-connections.js";
import { routed, type SessionFlow } from "./session-flow.js";
import { checkEntity, SessionObjects } from "./session-objects.js";
import { SessionTransactions } from "./session-transactions.js";

/** What is executed after the listeners were asked. */
interface HeardStatement {
  readonly statement: unknown;
  readonly parameters: StatementParameters | undefined;
}

/** The statement with loader options, where it takes any. */
function withOptions(statement: unknown, options: readonly LoadOption[]): unknown {
  const element = elementOf(statement);
  if (element instanceof QueryStatement) return element.options(...options);
  return element instanceof UpdateStatement || element instanceof DeleteStatement
    ? element.options(...options)
    : statement;
}

/** One session without the way in which its flows are driven. */
export abstract class SessionCore<C extends SessionConnection = SessionConnection>
  extends SessionTransactions<C>
  implements EntitySession
{
  override readonly objects: SessionObjects;
  face: object = this;
  /** Who listens: to all sessions of the face's class, or to this one, too. */
  events: EventHub<SessionEvents<object>> = nobody;
  overwritten: Set<Entity> | null = null;
  #isFlushing = false;
  #autoflushHeld = 0;

  constructor(only: BindOf<C> | null, several: SessionBinds<BindOf<C>> | null, behaviour: SessionBehaviour) {
    super(only, several, behaviour);
    this.objects = new SessionObjects(this);
  }

  abstract atAccess(work: SessionFlow<void>, refusal: () => Error): void;

  get isHeard(): boolean {
    return !this.events.isEmpty;
  }

  tell(name: ObjectEventName, object: Entity): void {
    if (this.events.has(name)) this.events.emit(name, { session: this.face, object });
  }

  get hearsLoads(): boolean {
    return this.events.has("beforeExecute");
  }

  /** The select of a relationship's load, or of one object by its key, as the listeners leave it. */
  loading(select: SelectNode, isRelationshipLoad: boolean): SelectNode {
    if (!this.hearsLoads) return select;
    const { statement } = this.heard(new SelectStatement(select), undefined, isRelationshipLoad);
    const node = elementOf(statement)?.node;
    return node?.kind === "select" ? node : select;
  }

  /** A statement and its parameters as the listeners leave them. */
  heard(statement: unknown, parameters: StatementParameters | undefined, isRelationshipLoad: boolean): HeardStatement {
    const event = { session: this.face, statement, parameters, isRelationshipLoad };
    return this.events.transform("beforeExecute", event, (now, answer) => {
      // The hub lets no answer through but those of this type.
      const { options = [], ...instead } = answer as StatementInstead;
      const next = { ...now, ...instead };
      return options.length === 0 ? next : { ...next, statement: withOptions(next.statement, options) };
    });
  }

  tellLazyLoad(object: Entity, attribute: string, option: string): void {
    if (!this.events.has("lazyLoad")) return;
    this.events.emit("lazyLoad", { session: this.face, object, attribute, option });
  }

  tells(name: ObjectEventName): boolean {
    return this.events.has(name);
  }

  protected override tellTransaction(name: TransactionEventName): void {
    if (this.events.has(name)) this.events.emit(name, { session: this.face });
  }

  // ---- what instances ask for

  get collections(): ReadonlySet<object> | null {
    return this.objects.collections;
  }

  watch(collection: object): void {
    this.objects.watch(collection);
  }

  unwatch(collection: object): void {
    this.objects.unwatch(collection);
  }

  standing(status: EntityStatus): Standing {
    return this.objects.standing(status);
  }

  checkChange(): void {
    this.#refuseWhileFlushing("assigning an attribute");
  }

  noteChange(entity: Entity): void {
    this.objects.noteModified(entity);
  }

  handOut(entity: Entity, index: number, value: object): void {
    this.objects.handOut(entity, index, value);
  }

  cascadeInto(entity: Entity): void {
    this.add(entity);
  }

  expungeOrphan(entity: Entity): void {
    this.expunge(entity);
  }

  identities(mapping: EntityMapping): IdentityMap<Entity> {
    return this.objects.identities(mapping);
  }

  unload(entity: Entity): void {
    this.objects.expire(entity);
  }

  loadColumns(entity: Entity, wanted: string | null): void {
    if (wanted === null && !lacksColumns(entity)) return;
    this.atAccess(this.#loadMissing(entity, wanted), () => columnNotLoaded(entity, wanted));
  }

  request(node: StatementNode, parameters?: StatementParameters): ExecutionRequest {
    const bind = this.only ?? this.bindFor({ statement: node });
    const request = this.#speakerFor(this.chosenBind ?? bind).request(node, parameters);
    return bind === this.only && this.chosenBind === null ? request : { ...request, bind: this.chosenBind ?? bind };
  }

  dialectOf(mapping: EntityMapping): SqlDialect {
    return this.#speakerFor(this.bindOfClass(mapping)).dialect.sql;
  }

  dialectFor({ bind }: ExecutionRequest): SqlDialect {
    // Requests are routed to nothing but binds of the session.
    return this.#speakerFor((bind as BindOf<C> | undefined) ?? this.mainBind).dialect.sql;
  }

  /** The connection where there is one, which may have options of its own: schemas by other names, for one. */
  #speakerFor(bind: BindOf<C>): SessionBind {
    return this.connections.find(bind) ?? bind;
  }

  routed<T>(mapping: EntityMapping, operation: SessionFlow<T>): SessionFlow<T> {
    return this.several === null && this.chosenBind === null ? operation : routed(this.bindOfClass(mapping), operation);
  }

  // ---- objects in and out

  /** Takes an object in and, by the save-update cascade, those that it leads to. */
  add(entity: Entity): void {
    this.#refuseWhileFlushing("session.add()");
    this.requireOpen();
    this.objects.add(entity);
    if (!mapperOf(entity).hasRelated(entity)) return;
    // What is here already has brought its own along when it came, or when it was related to them.
    for (const related of cascaded(entity, "save-update", (each) => sessionOf(each) === this))
      this.objects.add(related);
  }

  /** Lets an object go and those that the expunge cascade reaches. */
  expunge(entity: Entity): void {
    this.#refuseWhileFlushing("session.expunge()");
    if (sessionOf(entity) !== this) {
      throw new InvalidRequestError(`${nameEntity(entity)} is not in this session and cannot be expunged from it`);
    }
    const related = cascaded(entity, "expunge").filter((each) => sessionOf(each) === this);
    this.objects.expunge(entity);
    for (const each of related) this.objects.expunge(each);
  }

  expungeAll(): void {
    this.#refuseWhileFlushing("session.expungeAll()");
    this.objects.clear();
  }

  /** Marks an object for deletion and those that the delete cascade reaches, which are loaded for it. */
  *delete(entity: Entity): SessionFlow<void> {
    checkEntity(entity, "delete");
    this.requireOpen();
    if (keyOf(entity) === undefined) {
      throw new InvalidRequestError(
        `${nameEntity(entity)} is ${statusOf(entity)}: it has no row to delete. Let go of it with session.expunge()`,
      );
    }
    if (statusOf(entity) === "deleted") return;
    this.objects.add(entity);
    if (!mayCascade(entity)) {
      this.objects.noteDeleting(entity);
      return;
    }
    const reached = yield* deleteCascade(entity);
    this.objects.noteDeleting(entity);
    for (const each of reached) {
      if (statusOf(each) === "persistent") this.objects.noteDeleting(each);
      // What was to be inserted with its parent is not to be inserted without it.
      else if (statusOf(each) === "pending") this.objects.expunge(each);
    }
  }

  // ---- expiry

  /** Unloads an object, or only the properties named, and what the refresh-expire cascade reaches. */
  expire(entity: Entity, names?: readonly string[]): void {
    this.#refuseWhileFlushing("session.expire()");
    this.requirePersistent(entity, "expired");
    if (names !== undefined) {
      this.#expireNamed(entity, names);
      return;
    }
    const related = cascaded(entity, "refresh-expire");
    this.objects.expire(entity);
    for (const each of related) {
      if (statusOf(each) === "persistent" && sessionOf(each) === this) this.objects.expire(each);
    }
  }

  #expireNamed(entity: Entity, names: readonly string[]): void {
    const mapper = mapperOf(entity);
    const relationships = new Set<string>();
    for (const name of names) {
      const slot = mapper.slots.find((each) => each.property === name);
      if (slot === undefined) relationships.add(mapper.relationship(name).name);
      else {
        writeField(entity, slot.field, undefined);
        forgetColumnChange(entity, slot.index);
      }
    }
    if (relationships.size > 0) expireRelationships(entity, relationships);
  }

  expireAll(): void {
    this.#refuseWhileFlushing("session.expireAll()");
    for (const entity of this.objects.persistent()) this.objects.expire(entity);
  }

  /** @throws InvalidRequestError for what is not persistent in this session */
  requirePersistent(entity: Entity, doing: string): void {
    if (sessionOf(entity) === this && statusOf(entity) === "persistent") return;
    throw new InvalidRequestError(
      `${nameEntity(entity)} is ${sessionOf(entity) === this ? statusOf(entity) : "not in this session"} ` +
        `and cannot be ${doing}: only persistent objects of the session can`,
    );
  }

  *#loadMissing(entity: Entity, wanted: string | null): SessionFlow<void> {
    const mapper = mapperOf(entity);
    yield* this.autoflush();
    const slot = mapper.slots.find(({ property }) => property === wanted);
    if (slot !== undefined && expressionsOf(entity)?.has(slot.index) === true) {
      throw new InvalidRequestError(
        `${mapper.name}.${wanted} was set to a SQL expression, whose value is known after a flush: ` +
          `call session.flush() first`,
      );
    }
    if (statusOf(entity) === "pending") return;
    yield* this.routed(mapper, loadMissingColumns(entity, this.dialectOf(mapper), slot));
  }

  // ---- flush

  /** True where a query has to flush first. Plain changes of arrays are found by the next flush on purpose. */
  get mustAutoflush(): boolean {
    return (
      !this.objects.isClean &&
      this.behaviour.autoflush &&
      this.#autoflushHeld === 0 &&
      !this.#isFlushing &&
      this.state !== "failed"
    );
  }

  *autoflush(): SessionFlow<void> {
    if (this.mustAutoflush) yield* this.flush();
  }

  /** Holds back autoflush until the function that is returned is called. */
  holdAutoflush(): () => void {
    this.#autoflushHeld += 1;
    return () => {
      this.#autoflushHeld -= 1;
    };
  }

  /** Writes what is new, changed and to be deleted, of all objects or of those chosen; undoes it on an error. */
  *flush(chosen?: Iterable<Entity>): SessionFlow<void> {
    this.requireUsable();
    if (this.#isFlushing) {
      throw new InvalidRequestError("This session is flushing already: use one session in one place at a time");
    }
    this.objects.noteChangesInPlace();
    if (!this.objects.isClean) this.ensureBegun();
    this.#isFlushing = true;
    try {
      yield* this.#write(chosen);
    } catch (error) {
      yield* this.undoFailure(error);
      throw error;
    } finally {
      this.#isFlushing = false;
    }
  }

  *#write(chosen: Iterable<Entity> | undefined): SessionFlow<void> {
    const objects = chosen === undefined ? null : [...chosen];
    if (!this.objects.isClean) this.#tellFlush("beforeFlush", objects);
    const plan = yield* this.#plan(objects);
    if (plan === null) return;
    const { record } = this.currentTransaction;
    yield* executePlan(plan, this, record);
    this.#tellFlush("afterFlush", objects);
    finalizeFlush(plan, this, record);
    if (objects === null) this.objects.settle();
    else this.objects.settleFlushed();
    this.#tellFlush("afterFlushPostExec", objects);
  }

  #tellFlush(name: FlushEventName, objects: readonly Entity[] | null): void {
    if (this.events.has(name)) this.events.emit(name, { session: this.face, objects });
  }

  /** The plan of the next flush, as text. */
  *explainFlush(): SessionFlow<string> {
    this.requireUsable();
    return String((yield* this.#plan(null)) ?? "Nothing to flush");
  }

  *#plan(chosen: readonly Entity[] | null): SessionFlow<FlushPlan | null> {
    reconcileCollections(this, this.objects);
    this.objects.noteChangesInPlace();
    if (this.objects.isClean) return null;
    return planFlush(yield* collectChanges(chosen === null ? this.objects : chosenForFlush(this.objects, chosen)));
  }

  /** On the asynchronous face others may come while a flush waits for the database: what they change would be lost. */
  #refuseWhileFlushing(what: string): void {
    if (!this.isWaiting || !this.#isFlushing) return;
    throw new ConcurrentUseError(
      `${what} came while a flush of this session is at work: await that first, or take a session each`,
    );
  }
}
