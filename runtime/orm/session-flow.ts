// The work of a session, written once for both faces: generators that ask for statements to be run and for calls of the
// face's connections. A synchronous session answers in place, an asynchronous one awaits the answers.
import type { ExecutionReply, ExecutionRequest } from "../engine/execution.js";

/** A call that gives its value at once on the synchronous face, and a promise of it on the asynchronous one. */
interface FaceCall {
  readonly call: () => unknown;
}

export type SessionRequest = ExecutionRequest | FaceCall;

/** Work that ends in a `T`. Every `Operation` is a part of one. */
export type SessionFlow<T> = Generator<SessionRequest, T, ExecutionReply>;

/** What a flow gives: the value itself, or a promise of it. */
export interface Outcomes<T> {
  sync: T;
  async: Promise<T>;
}

/** The faces of a session. */
export type Mode = keyof Outcomes<unknown>;

/** The value of a call of the face's. */
export function* call<T>(work: () => T | Promise<T>): SessionFlow<T> {
  const answer: unknown = yield { call: work };
  // A runner answers a call with the value that it gave.
  return answer as T;
}

/** True for a request to call something, false for a statement. */
export function isCall(request: SessionRequest): request is FaceCall {
  return "call" in request;
}

/** Flows of the operations that a session of several databases sends to one of them. */
export function* routed<T>(bind: ExecutionRequest["bind"], operation: SessionFlow<T>): SessionFlow<T> {
  if (bind === undefined) return yield* operation;
  let step = operation.next();
  while (step.done !== true) {
    const request = step.value;
    let reply: ExecutionReply;
    try {
      reply = yield isCall(request) || request.bind !== undefined ? request : { ...request, bind };
    } catch (error) {
      step = operation.throw(error);
      continue;
    }
    step = operation.next(reply);
  }
  return step.value;
}
