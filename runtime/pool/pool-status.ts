// How a pool of asynchronous connections stands, and the words for it in errors.
import { PoolTimeoutError } from "../errors/errors.js";

/** How a pool of asynchronous connections stands. */
export interface AsyncPoolStatus {
  readonly size: number;
  readonly maxOverflow: number;
  /** Connections of any kind, those being opened included. */
  readonly open: number;
  /** Of these, how many are beyond `size`. */
  readonly overflow: number;
  readonly connecting: number;
  readonly idle: number;
  readonly leased: number;
  /** Being asked whether they live, or cleaned. */
  readonly checking: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
}

/** As text, for an error. */
export function figuresOf(status: AsyncPoolStatus): string {
  const { size, maxOverflow, overflow, leased, idle, connecting, checking, waiting } = status;
  return (
    `the pool's size is ${String(size)}, overflow ${String(overflow)} of ${String(maxOverflow)}; ` +
    `${String(leased)} in use, ${String(idle)} idle, ${String(connecting)} connecting, ${String(checking)} checked ` +
    `or cleaned, ${String(waiting)} waiting`
  );
}

/** No connection came free in so many milliseconds. `lastFailure`: why connecting failed last; else null. */
export function timedOut(timeout: number, status: AsyncPoolStatus, lastFailure: unknown): PoolTimeoutError {
  const waited = `no connection came free within ${String(timeout)} ms`;
  const failure = lastFailure instanceof Error ? `; connecting failed last with: ${lastFailure.message}` : "";
  return new PoolTimeoutError(`${waited}; ${figuresOf(status)}${failure}`, {
    cause: lastFailure ?? undefined,
    help: "Close connections when done with them, or raise poolSize, maxOverflow or poolTimeout.",
  });
}
