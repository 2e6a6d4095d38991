// Finds connections that their borrowers keep for too long or forget, and says where they were taken.
import type { Timers } from "../dialects/driver.js";
import type { LeakReport } from "./pool-options.js";

/** What is watched: the right to use a connection. Nothing that it holds may hold its borrower. */
interface WatchedLease {
  readonly takenAt: number;
  /** Where it was taken; null where nobody asked to be told of leaks. */
  readonly borrower: string | null;
  readonly ended: boolean;
}

interface LeakSettings {
  readonly leakAfter: number;
  readonly timers: Timers;
  readonly report: (leak: LeakReport) => void;
}

export class LeakWatch<L extends WatchedLease> {
  readonly #settings: LeakSettings;
  readonly #watches = new Map<L, unknown>();
  readonly #forgotten: FinalizationRegistry<L>;

  /** `recover` frees the place of a connection whose borrower is garbage. */
  constructor(settings: LeakSettings, recover: (lease: L) => void) {
    this.#settings = settings;
    this.#forgotten = new FinalizationRegistry((lease) => {
      if (lease.ended) return;
      this.#report(lease, "forgotten");
      recover(lease);
    });
  }

  taken(lease: L): void {
    const { leakAfter, timers } = this.#settings;
    if (leakAfter === Infinity) return;
    const report = (): void => {
      this.#watches.delete(lease);
      this.#report(lease, "kept");
    };
    this.#watches.set(lease, timers.start(report, leakAfter));
  }

  returned(lease: L): void {
    this.#forgotten.unregister(lease);
    const watch = this.#watches.get(lease);
    if (watch === undefined) return;
    this.#watches.delete(lease);
    this.#settings.timers.clear(watch);
  }

  /** Watches for the borrower to become garbage. */
  guard(borrower: object, lease: L): void {
    this.#forgotten.register(borrower, lease, lease);
  }

  #report(lease: L, kind: LeakReport["kind"]): void {
    const heldFor = this.#settings.timers.now() - lease.takenAt;
    this.#settings.report({ kind, heldFor, stack: lease.borrower });
  }
}
