// The synchronous half of a session: its connection, and the core's generators driven over it.
import type { Connection } from "../engine/connection.js";
import type { Engine } from "../engine/engine.js";
import type { ExecutionReply, ExecutionRequest, Operation } from "../engine/execution.js";
import { runSync } from "../engine/run-operation.js";
import type { NestedTransaction } from "../engine/transaction.js";
import { InvalidRequestError, ObjectDeletedError } from "../errors/errors.js";
import { keyParameters, keySelectOf } from "./column-load.js";
import type { Entity, IdentityKey } from "./entity.js";
import { EntityReader } from "./load/entity-reader.js";
import { loadByKey } from "./load/session-load.js";
import type { Mapper } from "./mapper.js";
import { SessionCore, type SessionBehaviour } from "./session-core.js";

/** A session core over an engine's connections. */
export class SyncSessionCore extends SessionCore {
  readonly engine: Engine;
  /** Counts transactions, so that a handle knows whether its own is still the current one. */
  transactionSerial = 0;
  #connection: Connection | null = null;
  readonly #savepoints: NestedTransaction[] = [];

  constructor(engine: Engine, behaviour: SessionBehaviour) {
    super(engine.dialect.sql, behaviour);
    this.engine = engine;
  }

  connection(): Connection {
    const open = this.#connection;
    if (open !== null && this.state === "active") return open;
    this.requireUsable();
    if (this.state === "idle") {
      this.move("begin");
      this.transactionSerial += 1;
    }
    return (this.#connection ??= this.engine.connect());
  }

  /** Answers an operation's request; a connection is taken at the first one. */
  perform(request: ExecutionRequest): ExecutionReply {
    return this.connection().perform(request);
  }

  /** Drives an operation. */
  run<T>(operation: Operation<T>): T {
    return runSync(operation, this);
  }

  override autoflush(): void {
    // Plain changes of arrays are found by the next flush on purpose; looking for them before every query would cost.
    if (this.needsAutoflush && !this.objects.isClean) this.flushNow();
  }

  override loadColumns(entity: Entity, wanted: string | null): void {
    this.autoflush();
    this.run(this.loadMissing(entity, wanted));
  }

  /** The object of this key: from the identity map, or from the database in one SELECT. */
  get(mapper: Mapper, key: IdentityKey, options?: readonly object[]): Entity | null {
    const known = this.objects.identities(mapper).get(key);
    if (known !== undefined) return this.#stillThere(mapper, known);
    this.autoflush();
    const select = keySelectOf(mapper, this.dialect);
    if (select.loadsOthers || (options !== undefined && options.length > 0)) {
      return loadByKey(this, mapper, Array.isArray(key) ? key : [key], options);
    }
    const { rows } = this.connection().runForOne(select.compiled, keyParameters(mapper, select, key));
    // Sound: the driver hands its rows over for good.
    const row = rows[0] as unknown[] | undefined;
    if (row === undefined) return null;
    for (const { at, decode } of select.conversions) if (row[at] !== null) row[at] = decode(row[at]);
    return new EntityReader(this, mapper, 0).read(row);
  }

  /** An expired object is read anew before it is given out: its row may be gone. */
  #stillThere(mapper: Mapper, entity: Entity): Entity | null {
    if (this.objects.deleting.has(entity) || !isExpired(mapper, entity)) return entity;
    try {
      this.loadColumns(entity, mapper.properties[0] ?? "");
      return entity;
    } catch (error) {
      if (!(error instanceof ObjectDeletedError)) throw error;
      this.rowIsGone(entity);
      return null;
    }
  }

  flushNow(): void {
    try {
      this.run(this.flush());
    } catch (error) {
      if (this.state !== "failed") this.#rollBackFailure(error);
      throw error;
    }
  }

  #rollBackFailure(error: unknown): void {
    // A flush that failed before its first statement fails like any other.
    if (this.state === "idle") this.move("begin");
    try {
      const savepoint = this.#savepoints.at(-1);
      if (savepoint === undefined) this.#connection?.rollback();
      else if (savepoint.isActive) savepoint.rollback();
    } finally {
      this.failed(error);
    }
  }

  commit(): void {
    this.requireUsable();
    this.flushNow();
    this.#savepoints.length = 0;
    try {
      this.#connection?.commit();
    } catch (error) {
      this.rollback();
      throw error;
    }
    this.#release();
    this.committed();
  }

  rollback(): void {
    this.#savepoints.length = 0;
    try {
      this.#connection?.rollback();
    } finally {
      this.#release();
      this.rolledBack();
    }
  }

  /** Rolls back and lets every object go. */
  close(): void {
    this.#savepoints.length = 0;
    try {
      this.#release();
    } finally {
      this.dropTransaction();
      this.objects.clear();
    }
  }

  #release(): void {
    const connection = this.#connection;
    this.#connection = null;
    connection?.close();
  }

  beginSavepoint(): void {
    this.flushNow();
    this.#savepoints.push(this.connection().beginNested());
    this.savepointBegun();
  }

  get savepointDepth(): number {
    return this.#savepoints.length;
  }

  releaseSavepoint(depth: number): void {
    this.requireUsable();
    this.flushNow();
    while (this.#savepoints.length >= depth) {
      this.#innermost().commit();
      this.#savepoints.pop();
      this.savepointReleased();
    }
  }

  rollbackSavepoint(depth: number): void {
    while (this.#savepoints.length >= depth) {
      const savepoint = this.#innermost();
      if (savepoint.isActive) savepoint.rollback();
      this.#savepoints.pop();
      this.savepointRolledBack();
    }
  }

  #innermost(): NestedTransaction {
    const savepoint = this.#savepoints.at(-1);
    if (savepoint === undefined) throw new InvalidRequestError("This savepoint has ended");
    return savepoint;
  }
}

function isExpired(mapper: Mapper, entity: Entity): boolean {
  for (let word = 0; word < mapper.wordCount; word++) if (mapper.definition.present(entity, word) !== 0) return false;
  return true;
}
