// What a pool does, told to those who listen to the engine's events.
import type { LeakReport, Pooled, PoolObserver } from "../pool/pool-options.js";
import type { Watch } from "./watch.js";

/** `ended`: a lease ended. */
export function poolObserver<D extends object>(watch: Watch, ended: (lease: object) => void): PoolObserver<D> {
  const { hub } = watch;
  let isFirst = true;
  return {
    opened(pooled) {
      const answers = isFirst ? [...hub.emit("firstConnect", pooled), ...hub.emit("connect", pooled)] : null;
      isFirst = false;
      return whenAll(answers ?? hub.emit("connect", pooled));
    },
    isAsked: () => hub.has("checkout"),
    lending(pooled) {
      if (hub.has("checkout")) return whenAll(hub.emit("checkout", pooled));
    },
    tell(news, pooled: Pooled<object>, error) {
      if (!hub.has(news)) return;
      quietly(() => (news === "invalidate" ? hub.emit(news, { ...entryOf(pooled), error }) : hub.emit(news, pooled)));
    },
    leaked(leak) {
      if (hub.has("leak")) quietly(() => hub.emit("leak", leak));
      else warnOfLeak(leak);
    },
    ended,
  };
}

function entryOf({ driver, info }: Pooled<object>): Pooled<object> {
  return { driver, info };
}

/** Settles when all of them have; nothing to wait for where none is a promise. */
export function whenAll(answers: readonly unknown[]): Promise<void> | void {
  if (answers.some((answer) => answer instanceof Promise)) return Promise.all(answers).then(() => undefined);
}

/** The pool's own work must not end half-way because of a listener. */
function quietly(emit: () => unknown): void {
  try {
    emit();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

function warnOfLeak({ kind, heldFor, stack }: LeakReport): void {
  const what = kind === "kept" ? "has not been closed for" : "was never closed, but forgotten after";
  const where = stack === null ? "poolLeakAfter tells where such are taken" : `it was taken here:\n${stack}`;
  process.emitWarning(`a database connection ${what} ${String(Math.round(heldFor))} ms; ${where}`, {
    type: "ConnectionLeakWarning",
  });
}
