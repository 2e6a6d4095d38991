// Where listeners are kept and how they are called. Nobody listening costs one comparison a statement. What the events
// of an engine are, `engine-events.ts` says.

/** Where a target keeps its listeners. */
export const EVENTS: unique symbol = Symbol("athanor.events");

declare const ANSWER: unique symbol;

/** An event whose listeners may answer with an `A`, an object; what is none leaves things as they are. */
export interface Answerable<A> {
  /** For the type checker alone. */
  readonly [ANSWER]?: A;
}

/** What is no answer, such as the number that `push` gives. */
type NoAnswer = undefined | void | null | number | string | boolean;

/** What a listener of the event may return. */
type AnswerTo<P> = P extends Answerable<infer A> ? A | NoAnswer : unknown;

/** A function that is told of an event. */
export type Listener<P> = (event: P) => AnswerTo<P>;

export interface ListenOptions {
  /** Told once, then no more. */
  readonly once?: boolean;
  /** Told before those who listen already, not after them. */
  readonly insert?: boolean;
}

type AnyListener = (event: never) => unknown;

interface Entry {
  readonly listener: AnyListener;
  readonly once: boolean;
}

const NOTHING: readonly unknown[] = [];

/**
 * The listeners of one target; those of `parent` are told first. `M` maps names of events to what listeners are given.
 * `hot` are the events that are asked for often, by `isHot`.
 */
export class EventHub<M> {
  /** For the type checker alone: `listen` reads the events' types from it. */
  declare readonly events?: M;
  /** Null while nobody listens: most targets are asked often and never listened to. */
  #entries: Map<keyof M, readonly Entry[]> | null = null;
  readonly #parent: EventHub<M> | null;
  readonly #hot: readonly (keyof M)[];
  #anyHot = false;

  constructor(parent: EventHub<M> | null = null, hot: readonly (keyof M)[] = []) {
    this.#parent = parent;
    this.#hot = hot;
  }

  add<K extends keyof M>(
    name: K,
    listener: Listener<M[K]>,
    { once = false, insert = false }: ListenOptions = {},
  ): void {
    const others = this.#entries?.get(name) ?? [];
    const entry = { listener, once };
    this.#set(name, insert ? [entry, ...others] : [...others, entry]);
  }

  remove<K extends keyof M>(name: K, listener: Listener<M[K]>): void {
    const entries = this.#entries?.get(name);
    if (entries !== undefined) {
      this.#set(
        name,
        entries.filter((each) => each.listener !== listener),
      );
    }
  }

  contains<K extends keyof M>(name: K, listener: Listener<M[K]>): boolean {
    return this.#entries?.get(name)?.some((each) => each.listener === listener) ?? false;
  }

  /** True where nobody listens to anything. */
  get isEmpty(): boolean {
    return this.#entries === null && (this.#parent === null || this.#parent.isEmpty);
  }

  has(name: keyof M): boolean {
    if (this.#entries !== null && this.#entries.has(name)) return true;
    return this.#parent !== null && this.#parent.has(name);
  }

  /** True where somebody listens to one of the hot events. */
  get isHot(): boolean {
    return this.#anyHot || (this.#parent !== null && this.#parent.isHot);
  }

  /** Calls the listeners in their order and gives their answers; what one throws goes to the caller. */
  emit<K extends keyof M>(name: K, event: M[K]): readonly unknown[] {
    if (!this.has(name)) return NOTHING;
    return this.#taken(name).map((listener) => listener(event));
  }

  /** The event as the listeners leave it: each is given what the one before made of it with its answer. */
  transform<K extends keyof M>(name: K, event: M[K], apply: (event: M[K], answer: unknown) => M[K]): M[K] {
    let now = event;
    for (const listener of this.#taken(name)) {
      const answer = listener(now);
      if (isAnswer(answer)) now = apply(now, answer);
    }
    return now;
  }

  /** The first answer; those who come later are not asked. `undefined` where nobody answers. */
  ask<K extends keyof M>(name: K, event: M[K]): unknown {
    for (const listener of this.#taken(name)) {
      const answer = listener(event);
      if (isAnswer(answer)) return answer;
    }
    return undefined;
  }

  /** The listeners to call now; those that wanted to be told once are gone with it. */
  #taken<K extends keyof M>(name: K): readonly ((event: M[K]) => unknown)[] {
    const above = this.#parent === null ? [] : this.#parent.#taken(name);
    const entries = this.#entries?.get(name) ?? [];
    if (entries.some(({ once }) => once)) {
      this.#set(
        name,
        entries.filter(({ once }) => !once),
      );
    }
    // Sound: `add` takes listeners of this event only.
    const own = entries.map(({ listener }) => listener as (event: M[K]) => unknown);
    return above.length === 0 ? own : [...above, ...own];
  }

  #set(name: keyof M, entries: readonly Entry[]): void {
    const all = (this.#entries ??= new Map());
    if (entries.length === 0) all.delete(name);
    else all.set(name, entries);
    if (all.size === 0) this.#entries = null;
    this.#anyHot = this.#hot.some((each) => all.has(each));
  }
}

function isAnswer(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null;
}

/** What can be listened to. */
export interface EventTargetOf<M> {
  readonly [EVENTS]: EventHub<M>;
}

/** Calls `listener` whenever it happens on the target. The ORM's `listen` knows further targets. */
export function listen<M, K extends keyof M>(
  target: EventTargetOf<M>,
  name: K,
  listener: Listener<M[K]>,
  options?: ListenOptions,
): void {
  target[EVENTS].add(name, listener, options);
}

/** Stops calling it. Does nothing where it was not called. */
export function unlisten<M, K extends keyof M>(target: EventTargetOf<M>, name: K, listener: Listener<M[K]>): void {
  target[EVENTS].remove(name, listener);
}
