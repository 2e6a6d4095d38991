// What happens in an engine, for those who listen. Nobody listening costs one comparison a statement.
import type { LeakReport } from "../pool/pool-options.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { SqlRow } from "./execution.js";

/** Where a target keeps its listeners. */
export const EVENTS: unique symbol = Symbol("athanor.events");

/** A statement on its way; `afterExecute` and `error` are given the same object. */
export interface StatementEvent<C> {
  readonly connection: C;
  readonly sql: string;
  /** Values as the driver takes them, one array a set. */
  readonly parameters: readonly SqlRow[];
  /** True for an executemany, of one set perhaps. */
  readonly many: boolean;
  readonly compiled: Compiled;
}

/** The events of an engine whose connections are `C`, over driver connections `D`. */
export interface EngineEvents<C, D> {
  /** A driver connection was opened. An asynchronous engine awaits what the listener returns. */
  readonly connect: { readonly driver: D };
  /** A driver connection left the pool. */
  readonly close: { readonly driver: D };
  /** A driver connection broke, or was declared broken. */
  readonly invalidate: { readonly driver: D; readonly error: unknown };
  readonly checkout: { readonly connection: C };
  readonly checkin: { readonly connection: C };
  readonly beforeExecute: StatementEvent<C>;
  readonly afterExecute: { readonly statement: StatementEvent<C>; readonly rowCount: number };
  readonly begin: { readonly connection: C };
  readonly commit: { readonly connection: C };
  readonly rollback: { readonly connection: C };
  /** A statement failed; null where it was BEGIN, COMMIT or their like. */
  readonly error: { readonly connection: C; readonly error: unknown; readonly statement: StatementEvent<C> | null };
  /** A connection is kept for longer than `poolLeakAfter`, or was forgotten. */
  readonly leak: LeakReport;
}

type Listener = (event: never) => unknown;

const NOTHING: readonly unknown[] = [];

/** The listeners of one target. `M` maps names of events to what listeners are given. */
export class EventHub<M> {
  readonly #listeners = new Map<keyof M, readonly Listener[]>();
  readonly #changed: () => void;

  /** `changed` is called when listeners came or went. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  add<K extends keyof M>(name: K, listener: (event: M[K]) => unknown): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    this.#changed();
  }

  remove<K extends keyof M>(name: K, listener: (event: M[K]) => unknown): void {
    const left = (this.#listeners.get(name) ?? []).filter((each) => each !== listener);
    if (left.length === 0) this.#listeners.delete(name);
    else this.#listeners.set(name, left);
    this.#changed();
  }

  has(name: keyof M): boolean {
    return this.#listeners.has(name);
  }

  /** Calls the listeners, in the order in which they came; what one throws goes to the caller. */
  emit<K extends keyof M>(name: K, event: M[K]): readonly unknown[] {
    if (this.#listeners.size === 0) return NOTHING;
    // Sound: `add` takes listeners of this event only.
    const listeners = (this.#listeners.get(name) ?? []) as readonly ((event: M[K]) => unknown)[];
    return listeners.map((listener) => listener(event));
  }
}

/** What can be listened to. */
export interface EventTargetOf<M> {
  readonly [EVENTS]: EventHub<M>;
}

/** Calls `listener` whenever it happens: `listen(engine, "commit", ({ connection }) => …)`. */
export function listen<M, K extends keyof M>(
  target: EventTargetOf<M>,
  name: K,
  listener: (event: M[K]) => unknown,
): void {
  target[EVENTS].add(name, listener);
}

/** Stops calling it. Does nothing where it was not called. */
export function unlisten<M, K extends keyof M>(
  target: EventTargetOf<M>,
  name: K,
  listener: (event: M[K]) => unknown,
): void {
  target[EVENTS].remove(name, listener);
}
