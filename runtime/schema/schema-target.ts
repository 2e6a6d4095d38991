// What `createAll` and `dropAll` need of the engine or connection they are given.
import type { Operation } from "../engine/execution.js";
import type { DdlDialect } from "./ddl-dialect.js";

/** A synchronous engine or connection. */
export interface SchemaTarget {
  readonly dialect: { readonly ddl: DdlDialect };
  /** False where there is nobody to ask what exists. */
  readonly asksFirst?: boolean;
  /**
   * Answers the operation's requests in order. An engine does so on one connection in one transaction, which it commits
   * at the end and rolls back on an error; a connection does so in its own transaction and leaves that open.
   */
  runOperation<T>(operation: Operation<T>): T;
}

/** An asynchronous one. */
export interface AsyncSchemaTarget {
  readonly dialect: { readonly ddl: DdlDialect };
  readonly asksFirst?: boolean;
  runOperation<T>(operation: Operation<T>): Promise<T>;
}
