// Handles of transactions begun on purpose: `connection.begin()` and `connection.beginNested()`.
import { InvalidRequestError } from "../errors/errors.js";
import type { ControlFlow } from "./control-flow.js";
import type { Savepoint, TransactionControl } from "./transaction-control.js";

/** A connection's transaction, and how its steps reach the database on this face. */
interface TransactionOwner {
  readonly control: TransactionControl;
  drive<T>(flow: ControlFlow<T>): T;
}

/** A transaction. As a `using` variable it is rolled back at the block's end unless committed. */
export class Transaction implements Disposable {
  readonly #owner: TransactionOwner;
  readonly #serial: number;

  /** The transaction that goes on. */
  constructor(owner: TransactionOwner) {
    this.#owner = owner;
    this.#serial = owner.control.serial;
  }

  /** False once committed or rolled back, by whatever call. */
  get isActive(): boolean {
    const { control } = this.#owner;
    return control.serial === this.#serial && control.inTransaction;
  }

  /** Throws `InvalidRequestError` where the transaction has ended. */
  commit(): void {
    checkActive(this.isActive);
    this.#owner.drive(this.#owner.control.commit());
  }

  /** Throws `InvalidRequestError` where the transaction has ended. */
  rollback(): void {
    checkActive(this.isActive);
    this.#owner.drive(this.#owner.control.rollback());
  }

  [Symbol.dispose](): void {
    if (this.isActive) this.rollback();
  }
}

/** A savepoint. As a `using` variable it is rolled back at the block's end unless committed. */
export class NestedTransaction implements Disposable {
  readonly #owner: TransactionOwner;
  readonly #savepoint: Savepoint;

  constructor(owner: TransactionOwner, savepoint: Savepoint) {
    this.#owner = owner;
    this.#savepoint = savepoint;
  }

  /** False once released or rolled back, or when the transaction around it has ended. */
  get isActive(): boolean {
    return this.#owner.control.hasSavepoint(this.#savepoint);
  }

  /** RELEASE SAVEPOINT: keeps the work, as part of the transaction around it. */
  commit(): void {
    this.#owner.drive(this.#owner.control.release(this.#savepoint));
  }

  /** ROLLBACK TO SAVEPOINT: undoes what was done since. */
  rollback(): void {
    this.#owner.drive(this.#owner.control.rollbackTo(this.#savepoint));
  }

  [Symbol.dispose](): void {
    if (this.isActive && this.#owner.control.state !== "dead") this.rollback();
  }
}

/** Throws where a transaction's handle is used after its end. */
export function checkActive(isActive: boolean): void {
  if (!isActive) throw new InvalidRequestError("this transaction has ended; begin another one");
}
