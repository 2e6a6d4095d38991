// Finds connections that their borrowers keep for too long or forget, and says where they were taken.
import type { AsyncLease } from "./async-entry.js";
import type { LeakReport, PoolSettings } from "./pool-options.js";

export class LeakWatch {
  readonly #settings: PoolSettings;
  readonly #watches = new Map<AsyncLease, unknown>();
  readonly #forgotten: FinalizationRegistry<AsyncLease>;

  /** `recover` frees the place of a connection whose borrower is garbage. */
  constructor(settings: PoolSettings, recover: (lease: AsyncLease) => void) {
    this.#settings = settings;
    this.#forgotten = new FinalizationRegistry((lease) => {
      if (lease.ended) return;
      this.#report(lease, "forgotten");
      recover(lease);
    });
  }

  taken(lease: AsyncLease): void {
    const { leakAfter, timers } = this.#settings;
    if (leakAfter === Infinity) return;
    const report = (): void => {
      this.#watches.delete(lease);
      this.#report(lease, "kept");
    };
    this.#watches.set(lease, timers.start(report, leakAfter));
  }

  returned(lease: AsyncLease): void {
    this.#forgotten.unregister(lease);
    const watch = this.#watches.get(lease);
    if (watch === undefined) return;
    this.#watches.delete(lease);
    this.#settings.timers.clear(watch);
  }

  /** Watches for the borrower to become garbage; nothing that the lease holds may hold the borrower. */
  guard(borrower: object, lease: AsyncLease): void {
    this.#forgotten.register(borrower, lease, lease);
  }

  #report(lease: AsyncLease, kind: LeakReport["kind"]): void {
    const heldFor = this.#settings.timers.now() - lease.takenAt;
    this.#settings.observer.leaked({ kind, heldFor, stack: lease.borrower });
  }
}
