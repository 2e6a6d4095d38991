// Handles of transactions begun on purpose on an asynchronous connection.
import type { ControlFlow } from "./control-flow.js";
import type { CallOptions } from "./execution-options.js";
import { checkActive } from "./transaction.js";
import type { Savepoint, TransactionControl } from "./transaction-control.js";

/** A connection's transaction, and how its steps reach the database on this face. */
export interface AsyncTransactionOwner {
  readonly control: TransactionControl;
  drive<T>(method: string, flow: ControlFlow<T>, options: CallOptions | undefined): Promise<T>;
}

/** A transaction. `await using` rolls it back at the block's end unless it was committed. */
export class AsyncTransaction implements AsyncDisposable {
  readonly #owner: AsyncTransactionOwner;
  readonly #serial: number;

  /** The transaction that goes on. */
  constructor(owner: AsyncTransactionOwner) {
    this.#owner = owner;
    this.#serial = owner.control.serial;
  }

  /** False once committed or rolled back, by whatever call. */
  get isActive(): boolean {
    const { control } = this.#owner;
    return control.serial === this.#serial && control.inTransaction;
  }

  /** Errors: see `AsyncConnection.commit`. Throws `InvalidRequestError` where the transaction has ended. */
  async commit(options?: CallOptions): Promise<void> {
    checkActive(this.isActive);
    await this.#owner.drive("commit()", this.#owner.control.commit(), options);
  }

  /** Throws `InvalidRequestError` where the transaction has ended. */
  async rollback(options?: CallOptions): Promise<void> {
    checkActive(this.isActive);
    await this.#owner.drive("rollback()", this.#owner.control.rollback(), options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isActive) await this.rollback();
  }
}

/** A savepoint. As an `await using` variable it is rolled back at the block's end unless committed. */
export class AsyncNestedTransaction implements AsyncDisposable {
  readonly #owner: AsyncTransactionOwner;
  readonly #savepoint: Savepoint;

  constructor(owner: AsyncTransactionOwner, savepoint: Savepoint) {
    this.#owner = owner;
    this.#savepoint = savepoint;
  }

  /** False once released or rolled back, or when the transaction around it has ended. */
  get isActive(): boolean {
    return this.#owner.control.hasSavepoint(this.#savepoint);
  }

  /** RELEASE SAVEPOINT: keeps the work, as part of the transaction around it. */
  commit(options?: CallOptions): Promise<void> {
    return this.#owner.drive("commit()", this.#owner.control.release(this.#savepoint), options);
  }

  /** ROLLBACK TO SAVEPOINT: undoes what was done since. */
  rollback(options?: CallOptions): Promise<void> {
    return this.#owner.drive("rollback()", this.#owner.control.rollbackTo(this.#savepoint), options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isActive && this.#owner.control.state !== "dead") await this.rollback();
  }
}
