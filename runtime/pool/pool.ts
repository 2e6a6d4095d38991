// The pool of synchronous connections of one engine: opened when first needed, kept idle when returned, last in first
// out. It also knows who writes: a second writer in the same process would wait for a lock that its own waiting
// keeps the holder from giving back, so it is refused at once.
import type { SyncDriverConnection } from "../dialects/driver.js";
import { DatabaseLockedError } from "../errors/errors.js";
import { captureStack, stackText, withCallerStack } from "./caller-stack.js";
import { Lease, PoolEntry } from "./pool-entry.js";

interface PoolOptions {
  readonly open: () => SyncDriverConnection;
  /** Told of each connection that leaves the pool. */
  readonly closed: (driver: SyncDriverConnection) => void;
  /** True where the database lives in one connection, which all leases then share. */
  readonly shared: boolean;
  /** Connections kept open while idle. */
  readonly size: number;
}

/** How many connections a pool holds. */
export interface PoolStatus {
  readonly idle: number;
  readonly leased: number;
}

export class Pool {
  readonly #options: PoolOptions;
  readonly #idle: PoolEntry[] = [];
  readonly #leased = new Set<PoolEntry>();
  #writer: Lease | null = null;
  #generation = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** A lease of an idle connection, or of a new one; of *the* connection where the pool is shared. */
  checkout(): Lease {
    if (this.#options.shared) {
      for (const entry of this.#leased) if (entry.generation === this.#generation) return leaseOf(entry, "share");
    }
    const entry = this.#idle.pop() ?? new PoolEntry(this.#options.open(), this.#generation);
    this.#leased.add(entry);
    return leaseOf(entry, "lease");
  }

  /**
   * Takes a lease back. A transaction that is still open is rolled back; a connection that cannot be is closed.
   * `touched`: false where nothing was run that begins one.
   */
  release(lease: Lease, touched = true): void {
    const { entry } = lease;
    const clean = this.#reset(lease, touched);
    entry.leases -= 1;
    if (entry.leases > 0) {
      entry.apply("unshare");
      return;
    }
    this.#leased.delete(entry);
    // A shared connection is the database: it outlives its leases whatever the size.
    const wanted = this.#options.shared || this.#idle.length < this.#options.size;
    if (clean && wanted && entry.generation === this.#generation) {
      entry.apply("release");
      this.#idle.push(entry);
    } else {
      this.#close(entry);
    }
  }

  /** Says that the lease is about to write. Throws `DatabaseLockedError` where another one is writing. */
  beginWriting(lease: Lease): void {
    const writer = this.#writer;
    if (writer !== null && writer !== lease) throw writerIsBusy(writer);
    lease.writingSince = captureStack();
    this.#writer = lease;
  }

  endWriting(lease: Lease): void {
    lease.writingSince = null;
    if (this.#writer === lease) this.#writer = null;
  }

  /** Closes idle connections now and leased ones when they come back; the next checkout opens a new one. */
  dispose(): void {
    this.#generation += 1;
    for (const entry of this.#idle.splice(0)) this.#close(entry);
  }

  status(): PoolStatus {
    return { idle: this.#idle.length, leased: this.#leased.size };
  }

  #close(entry: PoolEntry): void {
    entry.apply("close");
    try {
      entry.driver.close();
    } catch {
      // It is out of the pool and nobody can use it: the garbage collector closes what would not close now.
    }
    this.#options.closed(entry.driver);
  }

  /** False where the connection could not be cleaned. */
  #reset(lease: Lease, touched: boolean): boolean {
    const { driver, entry } = lease;
    // On a shared connection the transaction may be another lease's.
    const mine = touched && (this.#writer === lease || entry.leases === 1);
    try {
      if (mine && driver.inTransaction) driver.prepare("ROLLBACK").run([]);
      return true;
    } catch {
      return false;
    } finally {
      this.endWriting(lease);
    }
  }
}

function leaseOf(entry: PoolEntry, event: "lease" | "share"): Lease {
  entry.apply(event);
  entry.leases += 1;
  return new Lease(entry);
}

function writerIsBusy(writer: Lease): DatabaseLockedError {
  const since = stackText(writer.writingSince);
  return withCallerStack(
    new DatabaseLockedError(
      "another connection of this engine is in a write transaction, and waiting for it would block the process that " +
        `has to end it. Commit, roll back or close that one first. It began to write here:\n${since}`,
    ),
  );
}
