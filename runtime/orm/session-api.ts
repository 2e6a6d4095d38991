// What a session does that may reach the database: one interface, which both faces implement.
import type { StatementParameters } from "../engine/execute-statement.js";
import type { Result, ScalarResult } from "../engine/result.js";
import type { Executable } from "../sql/typing.js";
import type { Entity } from "./entity.js";
import type { ExecuteOptions } from "./execute-in-session.js";
import type { GetOptions, RefreshOptions } from "./load/get-entity.js";
import type { LoadableAttribute } from "./load/load-attributes.js";
import type { MergeOptions } from "./merge.js";
import type { Query, QueryItem } from "./query.js";
import type { Mode, Outcomes } from "./session-flow.js";

/** A class and its primary key's type: what `get` needs of a mapped class. */
export interface KeyedClass<E extends object, K> {
  readonly $mapper: { readonly name: string; readonly primaryKeyValue?: K };
  readonly prototype: E;
}

/** Values at once on the synchronous face, promises of them on the asynchronous one. `B` is what it can be bound to. */
export interface SessionApi<M extends Mode, B> {
  /**
   * The object of this primary key, or null. An object that the session holds is returned without SQL.
   * @param key the value; for a composite key an array in key order, or an object by property
   */
  get<E extends object, K>(entityClass: KeyedClass<E, K>, key: NoInfer<K>, options?: GetOptions): Outcomes<E | null>[M];
  /** As `get`, but throws `NoResultFoundError` where there is no such row. */
  getOne<E extends object, K>(entityClass: KeyedClass<E, K>, key: NoInfer<K>, options?: GetOptions): Outcomes<E>[M];
  /**
   * Loads attributes that are not loaded yet, of one object or of many: relationships by one SELECT each
   * (`WHERE … IN`), columns by primary key.
   */
  load(objects: Entity | Iterable<Entity>, ...attributes: LoadableAttribute[]): Outcomes<void>[M];
  /** Loads an object, or only these attributes of it, anew. Changes that were not flushed are lost. */
  refresh(entity: Entity, attributes?: readonly string[], options?: RefreshOptions): Outcomes<void>[M];
  /**
   * Copies an object's state onto the session's own object for the same row, which is loaded or made where it has to
   * be, and returns that one.
   */
  merge<E extends Entity>(entity: E, options?: MergeOptions): Outcomes<E>[M];
  /** Marks an object to be deleted by the next flush, with what the delete cascade reaches. */
  delete(entity: Entity): Outcomes<void>[M];
  /**
   * Writes all changes in the transaction, which stays open, or those of some objects and of what is newly related to
   * them. On an error it is rolled back.
   */
  flush(objects?: Iterable<Entity>): Outcomes<void>[M];
  /** What the next flush would do, step by step. Nothing is written. */
  explainFlush(): Outcomes<string>[M];
  /** Flushes and commits. The next statement begins another transaction. */
  commit(): Outcomes<void>[M];
  /** Undoes the transaction; objects go back to where they stood when it began. */
  rollback(): Outcomes<void>[M];
  /** Rolls back what was not committed, lets all objects go and gives the connection back. It can be used again. */
  close(): Outcomes<void>[M];
  /** As `close()`, also where a closed session could not be used again. */
  reset(): Outcomes<void>[M];
  /** Cuts the session's connections, which are never used again, and lets all objects go. */
  invalidate(): Outcomes<void>[M];
  /** Executes a statement in the session's transaction; entities in its rows are objects of the session. */
  execute<R, F>(
    statement: Executable<R, F>,
    parameters?: StatementParameters,
    options?: ExecuteOptions<B>,
  ): Outcomes<Result<R, F>>[M];
  /** The first column of each row. */
  scalars<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: ExecuteOptions<B>,
  ): Outcomes<ScalarResult<F>>[M];
  /** The first column of the first row, or null where there is none. */
  scalar<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: ExecuteOptions<B>,
  ): Outcomes<F | null>[M];
  /** The older style: `session.query(User).filter(User.name.eq("x")).first()`. */
  query<L extends readonly [QueryItem, ...QueryItem[]]>(...items: L): Query<L, never, M>;
}
