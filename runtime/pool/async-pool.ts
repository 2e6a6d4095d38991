// The pool of asynchronous connections of one engine. Callers wait in one line; connections that are being opened or
// checked belong to nobody, and whoever waits longest gets the next that arrives. So a connection that hangs while it
// is opened holds up nobody else.
import type { AsyncDriverConnection } from "../dialects/driver.js";
import { DisconnectError, InvalidRequestError, PoolTimeoutError, ResourceClosedError } from "../errors/errors.js";
import { AsyncEntry, AsyncLease } from "./async-entry.js";
import { captureStack, stackText } from "./caller-stack.js";
import { abandonDriver, closeDriver, pingDriver, resetDriver } from "./driver-care.js";
import { expiredError } from "./expired-error.js";
import { LeakWatch } from "./leak-watch.js";
import { atMost, type Expiry, expiryOf, type Limits, NO_LIMITS, settleWithin } from "./limits.js";
import type { CommonPoolSettings, PoolNews, PoolParts, WaitSettings } from "./pool-options.js";
import { type AsyncPoolStatus, figuresOf, timedOut } from "./pool-status.js";
import { WaitQueue } from "./wait-queue.js";

/** The options with nothing left out. */
interface AsyncPoolSettings extends CommonPoolSettings, WaitSettings, PoolParts<AsyncDriverConnection> {
  readonly open: (signal: AbortSignal) => Promise<AsyncDriverConnection>;
}

/** Connections that a checkout may have refused to a caller by those who listen. */
const MOST_REFUSED = 3;

export class AsyncPool {
  readonly #settings: AsyncPoolSettings;
  readonly #waiters: WaitQueue<AsyncEntry>;
  readonly #leaks: LeakWatch<AsyncLease>;
  readonly #entries = new Set<AsyncEntry>();
  /** The one that came back first is first. */
  readonly #idle: AsyncEntry[] = [];
  readonly #opening = new Map<AsyncEntry, AbortController>();
  /** Those that are being cleaned and that nobody has been lent again; the one that came back first is first. */
  readonly #cleaning = new Set<AsyncEntry>();
  /** The ends of cleanings and goodbyes under way, which `dispose` waits for. */
  readonly #ends = new Set<Promise<void>>();
  /** Connections in use whose end `dispose` waits for. */
  readonly #awaited = new Map<AsyncEntry, () => void>();
  /** Connections that are asked whether they live. */
  #checking = 0;
  #generation = 0;
  #lastFailure: unknown = null;

  constructor(settings: AsyncPoolSettings) {
    this.#settings = settings;
    this.#waiters = new WaitQueue(settings.timers);
    const report = settings.observer.leaked.bind(settings.observer);
    this.#leaks = new LeakWatch({ ...settings, report }, (lease) => {
      this.invalidate(lease, null);
    });
  }

  /**
   * A lease where nothing has to be waited for: a connection is at hand, nobody came before, nobody is to be asked.
   * Null where that is not so; `acquire` does the rest.
   */
  take(limits: Limits): AsyncLease | null {
    const { timers, observer, kind } = this.#settings;
    if (this.#waiters.size > 0 || kind === "assertion" || observer.isAsked()) return null;
    if (expiryOf(limits, timers) !== null) return null;
    const now = timers.now();
    const idle = this.#settings.lifo ? this.#idle.at(-1) : this.#idle[0];
    if (idle !== undefined && !this.#isFresh(idle, now)) return null;
    const entry = this.#nextReady(now);
    if (entry === undefined) return null;
    entry.apply("lease");
    return this.#lease(entry, this.#borrower());
  }

  /** Where the caller is, for who wants to know of leaks. */
  #borrower(): string | null {
    const { leakAfter, kind } = this.#settings;
    // As text, which costs more, because a stack keeps alive what called: a forgotten borrower would never be found.
    return leakAfter !== Infinity || kind === "assertion" ? stackText(captureStack()) : null;
  }

  /**
   * A lease of an idle connection, or of a new one. Throws `PoolTimeoutError` where none came free in time or too many
   * wait already, `DeadlineExceededError` or `CancelledError` at the call's limits, else why connecting failed.
   */
  async acquire(limits: Limits): Promise<AsyncLease> {
    const { timers, timeout, observer } = this.#settings;
    const borrower = this.#borrower();
    const bounded = atMost(limits, timeout, timers);
    for (let refused = 0; ;) {
      const entry = await this.#next(limits, bounded);
      if (entry.driver.broken) {
        // On its way to here.
        void this.#drop(entry, closeDriver);
        continue;
      }
      const lease = this.#lease(entry, borrower);
      try {
        const asked = observer.lending(lease.entry);
        const late = (expiry: Expiry): Error => this.#expired(expiry, bounded === limits, limits);
        if (asked !== undefined) await settleWithin(asked, bounded, timers, late);
        return lease;
      } catch (error) {
        if (!(error instanceof DisconnectError)) {
          await this.release(lease);
          throw error;
        }
        this.#end(lease, error, false);
        refused += 1;
        if (refused === MOST_REFUSED) throw error;
      }
    }
  }

  /** The next connection for this caller. */
  #next(limits: Limits, bounded: Limits): Promise<AsyncEntry> {
    const { timers, maxWaiting, kind } = this.#settings;
    const expired = expiryOf(limits, timers);
    if (expired !== null) throw this.#expired(expired, true, limits);
    if (kind === "assertion" && this.#entries.size > this.#idle.length + this.#cleaning.size)
      throw this.#takenAlready();
    if (this.#waiters.size >= maxWaiting && !this.#hasReady()) {
      throw new PoolTimeoutError(`too many callers wait for a connection already; ${figuresOf(this.status())}`);
    }
    const turn = this.#waiters.wait(bounded, (expiry) => this.#expired(expiry, bounded === limits, limits));
    const opening = this.#opening.size;
    this.#pump();
    // Those that are being opened may hang: who comes later does not rely on them while there may be more.
    const stillWaits = this.#waiters.size > this.#coming;
    if (stillWaits && this.#opening.size === opening && this.#mayConnect()) void this.#connect();
    return turn;
  }

  /**
   * Takes a lease back: the connection is cleaned, then given to whoever waits; it is closed where that fails. Null
   * where that is done; else what settles when it is. Nobody has to wait for it.
   */
  release(lease: AsyncLease): Promise<void> | null {
    const { entry, driver } = lease;
    if (!this.#endLease(lease)) return null;
    if (entry.state === "detached") return this.#drop(entry, closeDriver);
    const { timers, fullReset } = this.#settings;
    entry.apply("reset");
    entry.usedAt = timers.now();
    this.#tell("reset", entry);
    const cleaning = this.#isStale(entry) ? null : resetDriver(driver, fullReset, timers);
    if (cleaning === null) {
      this.#cleaned(entry, null);
      return null;
    }
    this.#cleaning.add(entry);
    entry.cleanings += 1;
    const end = this.#seeThrough(entry, entry.cleanings, cleaning);
    this.#pump();
    return end;
  }

  /** True where `release` rolls back what is open, in the round trip in which it cleans. */
  rollsBack({ ended, entry }: AsyncLease): boolean {
    return this.#settings.fullReset && !ended && entry.state === "leased" && !this.#isStale(entry);
  }

  /** Waits for the end of a cleaning, the entry's n-th: the next borrower may have the connection meanwhile. */
  #seeThrough(entry: AsyncEntry, turn: number, cleaning: Promise<Error | null>): Promise<void> {
    const end = cleaning.then((failure) => {
      this.#ends.delete(end);
      const isOver = entry.state === "resetting" && entry.cleanings === turn;
      if (failure !== null) this.#lost(entry, failure);
      else if (isOver) this.#cleaned(entry, null);
    });
    this.#ends.add(end);
    return end;
  }

  /** The connection is nobody's: it may be lent again, unless it could not be cleaned or its time is over. */
  #cleaned(entry: AsyncEntry, failure: Error | null): void {
    this.#cleaning.delete(entry);
    if (failure !== null) this.#tell("invalidate", entry, failure);
    if (failure !== null || this.#isStale(entry)) {
      this.#tell("checkin", entry);
      void this.#drop(entry, failure === null ? closeDriver : abandonDriver);
    } else {
      entry.apply("release");
      this.#tell("checkin", entry);
      this.#arrive(entry);
    }
    this.#pump();
  }

  /** The connection could not be cleaned, whoever has it now. */
  #lost(entry: AsyncEntry, failure: Error): void {
    if (entry.state === "resetting") this.#cleaned(entry, failure);
    else if (entry.lease !== null) this.#end(entry.lease, failure, true);
    // Where it is about to be lent, the borrower finds it broken.
    else if (entry.state !== "closed") entry.driver.destroy();
  }

  /**
   * Closes the lease's connection at once, whoever uses it. With an `error`, the connection broke: those opened before
   * it, as old as it or older, are closed, too, as soon as nobody uses them.
   */
  invalidate(lease: AsyncLease, error: unknown): void {
    this.#end(lease, error, error !== null);
  }

  /** Lets the borrower go on; the connection is closed when it comes back. */
  condemn(lease: AsyncLease): void {
    if (lease.ended || lease.entry.condemned) return;
    lease.entry.condemned = true;
    this.#tell("softInvalidate", lease.entry);
  }

  /** Gives the connection to its borrower for good; its place in the pool is free at once. */
  detach(lease: AsyncLease): void {
    const { entry } = lease;
    if (lease.ended || entry.state === "detached") return;
    entry.apply("detach");
    this.#entries.delete(entry);
    this.#leaks.returned(lease);
    this.#tell("detach", entry);
    this.#pump();
  }

  /** Asks the server to give up what the lease's connection is doing, and closes the connection. */
  abandon(lease: AsyncLease): void {
    if (!this.#endLease(lease)) return;
    void this.#drop(lease.entry, abandonDriver);
    this.#pump();
  }

  /** Watches for a borrower that becomes garbage with its lease. */
  guard(borrower: object, lease: AsyncLease): void {
    this.#leaks.guard(borrower, lease);
  }

  /**
   * Turns away who waits, closes idle connections and waits for that. Connections in use close when they come back,
   * which is waited for for `patience` milliseconds; those that are still out then are cut. The next checkout opens a
   * new one.
   */
  async dispose(patience = 0): Promise<void> {
    this.#generation += 1;
    const refusal = new ResourceClosedError("the engine was disposed while this call waited for a connection");
    while (this.#waiters.refuse(refusal)) continue;
    for (const controller of this.#opening.values()) controller.abort(refusal);
    for (const entry of this.#idle.splice(0)) void this.#drop(entry, closeDriver);
    if (patience > 0) await this.#awaitReturn(patience);
    while (this.#ends.size > 0) await Promise.all(this.#ends);
  }

  async #awaitReturn(patience: number): Promise<void> {
    const { timers } = this.#settings;
    const out = [...this.#entries].filter(({ state }) => state === "leased" || state === "resetting");
    const gone = Promise.all(out.map((entry) => new Promise<void>((resolve) => this.#awaited.set(entry, resolve))));
    const end = atMost(NO_LIMITS, patience, timers);
    await settleWithin(gone, end, timers, () => new DisconnectError("still in use")).catch(() => {
      for (const { lease } of out) if (lease !== null) this.invalidate(lease, null);
    });
  }

  status(): AsyncPoolStatus {
    const counts = { connecting: 0, idle: 0, checking: 0, leased: 0, resetting: 0, detached: 0, closed: 0 };
    for (const entry of this.#entries) counts[entry.state] += 1;
    const { size, overflow: maxOverflow } = this.#settings;
    return {
      size,
      maxOverflow,
      open: this.#entries.size,
      overflow: Math.max(0, this.#entries.size - size),
      connecting: counts.connecting,
      idle: counts.idle,
      leased: counts.leased,
      checking: counts.checking + counts.resetting,
      waiting: this.#waiters.size,
    };
  }

  /** Sets connections on their way until each waiter has one coming, as far as there may be more. */
  #pump(): void {
    while (this.#waiters.size > this.#checking) {
      const now = this.#settings.timers.now();
      const entry = this.#nextReady(now);
      if (entry === undefined) break;
      this.#prepare(entry, now);
    }
    while (this.#waiters.size > this.#coming + this.#opening.size && this.#mayConnect()) void this.#connect();
  }

  /** Connections that somebody will be given soon, though not yet. */
  get #coming(): number {
    return this.#checking + this.#cleaning.size;
  }

  /** The connection whose turn it is: idle, or one that may be lent while it is being cleaned. */
  #nextReady(now: number): AsyncEntry | undefined {
    const idle = this.#settings.lifo ? this.#idle.pop() : this.#idle.shift();
    if (idle !== undefined) return idle;
    for (const entry of this.#cleaning) {
      // Where each is asked whether it lives, the answer has to be there.
      if (entry.driver.takesMore !== true || this.#isStale(entry) || !this.#isFresh(entry, now)) continue;
      this.#cleaning.delete(entry);
      this.#tell("checkin", entry);
      return entry;
    }
    return undefined;
  }

  /** True where it may be lent without being replaced or asked whether it lives. */
  #isFresh({ driver, openedAt, usedAt }: AsyncEntry, now: number): boolean {
    const { recycle, pingAfter } = this.#settings;
    return !driver.broken && now - openedAt < recycle && now - usedAt < pingAfter;
  }

  #mayConnect(): boolean {
    return this.#entries.size < this.#settings.size + this.#settings.overflow;
  }

  #hasReady(): boolean {
    return this.#idle.length > 0 || this.#mayConnect();
  }

  /** An idle connection on its way out: replaced where it is too old, asked where it was idle for long. */
  #prepare(entry: AsyncEntry, now: number): void {
    if (this.#isFresh(entry, now)) this.#arrive(entry);
    else if (entry.driver.broken || now - entry.openedAt >= this.#settings.recycle) void this.#drop(entry, closeDriver);
    else void this.#check(entry);
  }

  async #check(entry: AsyncEntry): Promise<void> {
    entry.apply("check");
    this.#checking += 1;
    const lives = await pingDriver(entry.driver, this.#settings.timers);
    this.#checking -= 1;
    if (lives && !this.#isStale(entry)) {
      entry.apply("pass");
      this.#arrive(entry);
    } else {
      if (!lives) {
        this.#tell("invalidate", entry, new DisconnectError("the connection does not answer"));
        this.#outdate(entry);
      }
      void this.#drop(entry, closeDriver);
    }
    this.#pump();
  }

  async #connect(): Promise<void> {
    const { timers, connectTimeout } = this.#settings;
    const entry = new AsyncEntry(this.#generation);
    const controller = new AbortController();
    this.#entries.add(entry);
    this.#opening.set(entry, controller);
    const limits = atMost({ signal: controller.signal, deadline: Infinity }, connectTimeout, timers);
    try {
      await this.#opened(() => this.#announced(entry, controller.signal), limits, controller);
      entry.open(timers.now());
      this.#opening.delete(entry);
      if (this.#isStale(entry)) void this.#drop(entry, closeDriver);
      else this.#arrive(entry);
    } catch (error) {
      this.#opening.delete(entry);
      entry.apply("close");
      this.#entries.delete(entry);
      this.#lastFailure = error;
      if (!this.#isStale(entry)) this.#waiters.refuse(error);
    }
    this.#pump();
  }

  /** The driver's connection within the limits; one that comes later is cut. */
  #opened(
    open: () => Promise<AsyncDriverConnection>,
    limits: Limits,
    controller: AbortController,
  ): Promise<AsyncDriverConnection> {
    const { timers, connectTimeout } = this.#settings;
    const opening = open();
    return settleWithin(opening, limits, timers, () => {
      opening.then((late) => {
        late.destroy();
      }, ignore);
      controller.abort();
      return new DisconnectError(`no connection was made within ${String(connectTimeout)} ms`);
    });
  }

  /** Opens the entry's connection and has it prepared by those who listen. */
  async #announced(entry: AsyncEntry, signal: AbortSignal): Promise<AsyncDriverConnection> {
    const driver = await this.#settings.open(signal);
    entry.connected(driver);
    try {
      await this.#settings.observer.opened(entry);
      return driver;
    } catch (error) {
      driver.destroy();
      throw error;
    }
  }

  /** A usable connection that nobody has: for whoever waits longest, else to be kept or closed. */
  #arrive(entry: AsyncEntry): void {
    const given = this.#waiters.give(() => {
      entry.apply("lease");
      return entry;
    });
    if (given) return;
    if (this.#idle.length < this.#settings.size) this.#idle.push(entry);
    else void this.#drop(entry, closeDriver);
  }

  #lease(entry: AsyncEntry, borrower: string | null): AsyncLease {
    const lease = new AsyncLease(entry, this.#settings.timers.now(), borrower);
    this.#leaks.taken(lease);
    return lease;
  }

  /** Ends the lease and closes its connection, which broke, was refused or is to go. */
  #end(lease: AsyncLease, error: unknown, outdates: boolean): void {
    if (!this.#endLease(lease)) return;
    this.#tell("invalidate", lease.entry, error);
    if (outdates) this.#outdate(lease.entry);
    void this.#drop(lease.entry, destroyDriver);
    this.#pump();
  }

  /** False where the lease had ended already. */
  #endLease(lease: AsyncLease): boolean {
    if (lease.ended) return false;
    lease.ended = true;
    lease.entry.lease = null;
    this.#settings.observer.ended(lease);
    this.#leaks.returned(lease);
    return true;
  }

  #isStale(entry: AsyncEntry): boolean {
    return entry.condemned || entry.generation !== this.#generation;
  }

  /** What broke one connection has probably broken all that were open then. */
  #outdate(entry: AsyncEntry): void {
    if (entry.generation !== this.#generation) return;
    this.#generation += 1;
    for (const idle of this.#idle.splice(0)) void this.#drop(idle, closeDriver);
  }

  /** Takes the entry out of the pool; its place is free at once. Settles when its connection is closed. */
  #drop(entry: AsyncEntry, farewell: typeof closeDriver): Promise<void> {
    const news = entry.state === "detached" ? "closeDetached" : "close";
    entry.apply("close");
    this.#entries.delete(entry);
    this.#tell(news, entry);
    const goodbye = farewell(entry.driver, this.#settings.timers).finally(() => {
      this.#ends.delete(goodbye);
      this.#awaited.get(entry)?.();
      this.#awaited.delete(entry);
    });
    this.#ends.add(goodbye);
    return goodbye;
  }

  #tell(news: PoolNews, entry: AsyncEntry, error?: unknown): void {
    this.#settings.observer.tell(news, entry, error);
  }

  #takenAlready(): InvalidRequestError {
    const [entry] = this.#entries;
    const where = entry?.lease?.borrower ?? "    at a place that is not known: it is being opened or cleaned";
    return new InvalidRequestError(`the pool's one connection is taken already; it was taken here:\n${where}`);
  }

  #expired(expiry: Expiry, ownLimit: boolean, limits: Limits): Error {
    if (expiry === "aborted" || ownLimit) {
      return expiredError(expiry, limits, "while it waited for a connection", "not sent");
    }
    return timedOut(this.#settings.timeout, this.status(), this.#lastFailure);
  }
}

async function destroyDriver(driver: AsyncDriverConnection): Promise<void> {
  driver.destroy();
}

function ignore(): void {
  // Nobody waits for this connection any more.
}
