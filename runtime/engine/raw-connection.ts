// A driver's connection borrowed from the pool, for what this package has no word for. No transaction is begun, nothing
// is logged; what is left open is rolled back when it is given back.
import type { AsyncDriverConnection, SyncDriverConnection } from "../dialects/driver.js";
import type { AsyncLease } from "../pool/async-entry.js";
import type { AsyncPool } from "../pool/async-pool.js";
import type { Pool } from "../pool/pool.js";
import type { Lease } from "../pool/pool-entry.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

interface InvalidateOptions {
  /** The connection may be used on, and is closed when it is given back. */
  readonly soft?: boolean;
}

/** What `engine.rawConnection()` gives. */
export class RawConnection implements Disposable {
  readonly #pool: Pool;
  readonly #lease: Lease;

  constructor(pool: Pool, lease: Lease) {
    this.#pool = pool;
    this.#lease = lease;
  }

  /** The connection behind this package's driver contract. */
  get driver(): SyncDriverConnection {
    return this.#lease.driver;
  }

  /** The driver package's own connection. */
  get driverConnection(): unknown {
    return this.#lease.driver.native;
  }

  /** What the program notes on it, for as long as it is open, whoever has it. */
  get info(): Map<unknown, unknown> {
    return this.#lease.entry.info;
  }

  /** Closes it at once; `soft`: as soon as it is given back. */
  invalidate({ soft = false }: InvalidateOptions = {}): void {
    if (soft) this.#pool.condemn(this.#lease);
    else this.#pool.invalidate(this.#lease, null);
  }

  /** Takes it out of the pool, for good: `close()` then closes it. */
  detach(): void {
    this.#pool.detach(this.#lease);
  }

  /** Gives it back. Closing twice does nothing. */
  close(): void {
    this.#pool.release(this.#lease);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [INSPECT](): string {
    return "RawConnection {}";
  }
}

/** What `engine.rawConnection()` of an asynchronous engine resolves to. */
export class AsyncRawConnection implements AsyncDisposable {
  readonly #pool: AsyncPool;
  readonly #lease: AsyncLease;

  constructor(pool: AsyncPool, lease: AsyncLease) {
    this.#pool = pool;
    this.#lease = lease;
  }

  /** The connection behind this package's driver contract. */
  get driver(): AsyncDriverConnection {
    return this.#lease.driver;
  }

  /** The driver package's own connection. */
  get driverConnection(): unknown {
    return this.#lease.driver.native;
  }

  /** What the program notes on it, for as long as it is open, whoever has it. */
  get info(): Map<unknown, unknown> {
    return this.#lease.entry.info;
  }

  /** Closes it at once; `soft`: as soon as it is given back. */
  invalidate({ soft = false }: InvalidateOptions = {}): void {
    if (soft) this.#pool.condemn(this.#lease);
    else this.#pool.invalidate(this.#lease, null);
  }

  /** Takes it out of the pool, for good: `close()` then closes it. */
  detach(): void {
    this.#pool.detach(this.#lease);
  }

  /** Gives it back. Closing twice does nothing. */
  async close(): Promise<void> {
    await this.#pool.release(this.#lease);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  [INSPECT](): string {
    return "AsyncRawConnection {}";
  }
}
