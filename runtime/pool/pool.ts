// The pool of synchronous connections of one engine. Nothing here waits: where there is no connection to be had, the
// caller is told so at once. It also knows who writes: a second writer in the same process would wait for a lock that
// its own waiting keeps the holder from giving back, so it is refused, too.
import type { SyncDriverConnection } from "../dialects/driver.js";
import { DatabaseLockedError, DisconnectError, InvalidRequestError, PoolTimeoutError } from "../errors/errors.js";
import { type CallerStack, captureStack, stackText, withCallerStack } from "./caller-stack.js";
import { EntryList } from "./entry-list.js";
import { LeakWatch } from "./leak-watch.js";
import { Lease, PoolEntry } from "./pool-entry.js";
import type { CommonPoolSettings, PoolNews, PoolParts } from "./pool-options.js";

/** The options with nothing left out. */
interface SyncPoolSettings extends CommonPoolSettings, PoolParts<SyncDriverConnection> {
  readonly open: () => SyncDriverConnection;
}

/** How many connections a pool holds. */
export interface PoolStatus {
  readonly size: number;
  readonly maxOverflow: number;
  readonly open: number;
  /** Of these, how many are beyond `size`. */
  readonly overflow: number;
  readonly idle: number;
  readonly leased: number;
}

/** What a borrower may have left behind: an open transaction; anything. */
interface Traces {
  readonly touched: boolean;
  readonly marked: boolean;
}
const ANY_TRACES: Traces = { touched: true, marked: true };

/** Connections that a checkout may have refused to a caller by those who listen. */
const MOST_REFUSED = 3;

export class Pool {
  readonly #settings: SyncPoolSettings;
  /** The one that came back first is first. */
  readonly #idle = new EntryList();
  readonly #leased = new EntryList();
  /** Null where nobody is to be told: to watch costs more than all else that is done at a checkout. */
  readonly #leaks: LeakWatch<Lease> | null;
  #writer: Lease | null = null;
  /** The statement with which the writer began. */
  #writingWith = "";
  /** Where it did, if that was noted; the writer itself keeps it, because it keeps the writer's borrower alive. */
  #writingSince: WeakRef<CallerStack> | null = null;
  #generation = 0;

  constructor(settings: SyncPoolSettings) {
    this.#settings = settings;
    const report = settings.observer.leaked.bind(settings.observer);
    const watched = { ...settings, report };
    this.#leaks =
      settings.leakAfter === Infinity ? null : new LeakWatch(watched, (lease) => this.invalidate(lease, null));
  }

  /**
   * A lease of an idle connection, or of a new one; of *the* connection where the pool is static. Throws
   * `PoolTimeoutError` where all are in use: waiting would block the process that has to give one back.
   */
  checkout(): Lease {
    const { observer, leakAfter, kind } = this.#settings;
    // As text, which costs more, because a stack keeps alive what called: a forgotten borrower would never be found.
    const borrower = leakAfter === Infinity && kind !== "assertion" ? null : stackText(captureStack());
    for (let refused = 0; ; refused++) {
      const lease = this.#lease(borrower);
      try {
        void observer.lending(lease.entry);
        return lease;
      } catch (error) {
        if (!(error instanceof DisconnectError)) {
          this.release(lease);
          throw error;
        }
        this.#end(lease, error);
        if (refused + 1 >= MOST_REFUSED) throw error;
      }
    }
  }

  /** Watches for a borrower that becomes garbage with its lease, where leaks are to be told of. */
  guard(borrower: object, lease: Lease): void {
    this.#leaks?.guard(borrower, lease);
  }

  /**
   * Takes a lease back. A transaction that is still open is rolled back, and what else was left is cleaned; a
   * connection that cannot be is closed.
   */
  release(lease: Lease, traces: Traces = ANY_TRACES): void {
    if (lease.ended) return;
    const { entry } = lease;
    if (entry.state === "detached") {
      this.#endLease(lease);
      this.#close(entry);
      return;
    }
    if (entry.state === "closed") {
      this.#endLease(lease);
      return;
    }
    this.#tell("reset", entry);
    const clean = this.#reset(lease, traces);
    this.#endLease(lease);
    entry.usedAt = this.#now();
    this.#tell("checkin", entry);
    if (entry.leases > 0) {
      entry.apply("unshare");
      return;
    }
    this.#leased.remove(entry);
    if (clean && !this.#isStale(entry) && this.#idle.length < this.#settings.size) {
      entry.apply("release");
      this.#idle.push(entry);
    } else {
      this.#close(entry);
    }
  }

  /** Closes the lease's connection at once. With an `error`, it broke: those as old as it are replaced, too. */
  invalidate(lease: Lease, error: unknown): void {
    if (lease.ended) return;
    if (error !== null && lease.entry.generation === this.#generation) this.#outdate();
    this.#end(lease, error);
  }

  /** Lets the borrower go on; the connection is closed when it comes back. */
  condemn(lease: Lease): void {
    if (lease.ended || lease.entry.condemned) return;
    lease.entry.condemned = true;
    this.#tell("softInvalidate", lease.entry);
  }

  /** Gives the connection to its borrower for good. Throws `InvalidRequestError` where others share it. */
  detach(lease: Lease): void {
    const { entry } = lease;
    if (lease.ended || entry.state === "detached") return;
    if (this.#settings.kind === "static") {
      throw new InvalidRequestError("the connection of a static pool is shared and cannot be detached");
    }
    entry.apply("detach");
    this.#leased.remove(entry);
    this.#leaks?.returned(lease);
    this.#tell("detach", entry);
  }

  /**
   * Says that the lease is about to write, with this statement. Gives where, for the writer to keep; null where that
   * was not noted. Throws `DatabaseLockedError` where another one is writing.
   */
  beginWriting(lease: Lease, sql: string): CallerStack | null {
    const writer = this.#writer;
    if (writer !== null && writer !== lease) {
      throw writerIsBusy(this.#writingWith, this.#writingSince?.deref() ?? null);
    }
    this.#writer = lease;
    this.#writingWith = sql;
    // Noting the place costs as much as a short transaction: it is noted where somebody else is there who may ask.
    const since = this.#leaks !== null || this.#isOneOfSeveral(lease) ? captureStack() : null;
    this.#writingSince = since === null ? null : new WeakRef(since);
    return since;
  }

  #isOneOfSeveral({ entry }: Lease): boolean {
    return this.#leased.length > 1 || entry.leases > 1;
  }

  endWriting(lease: Lease): void {
    if (this.#writer === lease) this.#writer = null;
  }

  /** Closes idle connections now and leased ones when they come back; the next checkout opens a new one. */
  dispose(): void {
    this.#outdate();
  }

  status(): PoolStatus {
    const { size, overflow: maxOverflow } = this.#settings;
    const open = this.#idle.length + this.#leased.length;
    const overflow = Math.max(0, open - size);
    return { size, maxOverflow, open, overflow, idle: this.#idle.length, leased: this.#leased.length };
  }

  #lease(borrower: string | null): Lease {
    const { kind } = this.#settings;
    const entry = this.#entry();
    if (entry.leases > 0) entry.apply("share");
    else {
      entry.apply("lease");
      this.#leased.push(entry);
    }
    entry.leases += 1;
    entry.borrower = kind === "static" && entry.leases > 1 ? entry.borrower : borrower;
    const lease = new Lease(entry, this.#now());
    this.#leaks?.taken(lease);
    return lease;
  }

  #entry(): PoolEntry {
    const { kind, size, overflow } = this.#settings;
    if (kind === "static") for (const entry of this.#leased) if (!this.#isStale(entry)) return entry;
    for (let entry = this.#take(); entry !== undefined; entry = this.#take()) if (this.#isFit(entry)) return entry;
    if (kind === "assertion") for (const entry of this.#leased) throw takenAlready(entry);
    // A static pool replaces what was disposed of, whoever still has the old one.
    if (kind !== "static" && this.#leased.length >= size + overflow) throw this.#exhausted();
    return this.#opened();
  }

  #take(): PoolEntry | undefined {
    return this.#settings.lifo ? this.#idle.pop() : this.#idle.shift();
  }

  /** False where the entry was too old or does not answer: it is closed then. */
  #isFit(entry: PoolEntry): boolean {
    const { recycle, pingAfter } = this.#settings;
    const now = this.#now();
    if (now - entry.openedAt >= recycle) {
      this.#close(entry);
      return false;
    }
    if (now - entry.usedAt < pingAfter) return true;
    try {
      entry.driver.ping?.();
      return true;
    } catch (error) {
      this.#tell("invalidate", entry, error);
      this.#close(entry);
      this.#outdate();
      return false;
    }
  }

  #opened(): PoolEntry {
    const { open, observer } = this.#settings;
    const entry = new PoolEntry(open(), this.#generation, this.#now());
    try {
      void observer.opened(entry);
      entry.driver.ready?.();
      return entry;
    } catch (error) {
      entry.driver.close();
      throw error;
    }
  }

  /** The time, where anything depends on it. */
  #now(): number {
    const { timers, recycle, pingAfter, leakAfter } = this.#settings;
    return recycle === Infinity && pingAfter === Infinity && leakAfter === Infinity ? 0 : timers.now();
  }

  #isStale(entry: PoolEntry): boolean {
    return entry.condemned || entry.generation !== this.#generation;
  }

  /** What is idle goes now, what is in use when it comes back. */
  #outdate(): void {
    this.#generation += 1;
    for (let entry = this.#idle.shift(); entry !== undefined; entry = this.#idle.shift()) this.#close(entry);
  }

  /** Ends the lease, and those that share its connection, and closes the connection. */
  #end(lease: Lease, error: unknown): void {
    const { entry } = lease;
    const detached = entry.state === "detached";
    this.#endLease(lease);
    this.#leased.remove(entry);
    if (!detached) this.#tell("invalidate", entry, error);
    if (entry.state !== "closed") this.#close(entry);
  }

  #endLease(lease: Lease): void {
    lease.ended = true;
    lease.entry.leases -= 1;
    this.endWriting(lease);
    this.#leaks?.returned(lease);
    this.#settings.observer.ended(lease);
  }

  #close(entry: PoolEntry): void {
    const news = entry.state === "detached" ? "closeDetached" : "close";
    entry.apply("close");
    try {
      entry.driver.close();
    } catch {
      // It is out of the pool and nobody can use it: the garbage collector closes what would not close now.
    }
    this.#tell(news, entry);
  }

  /** False where the connection could not be cleaned. */
  #reset(lease: Lease, { touched, marked }: Traces): boolean {
    const { driver, entry } = lease;
    // On a shared connection the transaction may be another lease's.
    const mine = (touched || marked) && (this.#writer === lease || entry.leases === 1);
    try {
      if (mine && driver.inTransaction) driver.prepare("ROLLBACK").run([]);
      // A static connection is the database itself: what is on it stays.
      if (mine && marked && this.#settings.fullReset && this.#settings.kind !== "static") driver.reset?.();
      return true;
    } catch {
      return false;
    }
  }

  #tell(news: PoolNews, entry: PoolEntry, error?: unknown): void {
    this.#settings.observer.tell(news, entry, error);
  }

  #exhausted(): PoolTimeoutError {
    const { size, overflow } = this.#settings;
    return withCallerStack(
      new PoolTimeoutError(
        `all connections are in use (poolSize ${String(size)}, maxOverflow ${String(overflow)}), and waiting for one ` +
          "would block the process that has to give it back",
        {
          help: "Close connections when done with them, or raise the limits; poolLeakAfter tells where they are.",
        },
      ),
    );
  }
}

function takenAlready(entry: PoolEntry): InvalidRequestError {
  const where = entry.borrower ?? "    at an unknown place";
  return withCallerStack(
    new InvalidRequestError(`the pool's one connection is taken already; it was taken here:\n${where}`),
  );
}

/** Statements are shown up to this length. */
const SHOWN_TEXT = 200;

function writerIsBusy(sql: string, since: CallerStack | null): DatabaseLockedError {
  const shown = sql.length > SHOWN_TEXT ? `${sql.slice(0, SHOWN_TEXT)}…` : sql;
  return withCallerStack(
    new DatabaseLockedError(
      "another connection of this engine is in a write transaction, and waiting for it would block the process that " +
        "has to end it. Commit, roll back or close that one first. " +
        (since === null
          ? `It began to write with: ${shown}`
          : `It began to write here:\n${stackText(since)}\nwith: ${shown}`),
      since === null ? { help: "With poolLeakAfter, the place where that was is noted, too." } : {},
    ),
  );
}
