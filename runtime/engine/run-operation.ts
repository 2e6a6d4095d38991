// The two runners of work that is written as a generator of requests: one answers in place, one awaits the answers.
import type { ExecutionReply, ExecutionRequest, Operation } from "./execution.js";

/** What answers requests: a synchronous connection. */
interface Performer {
  perform(request: ExecutionRequest): ExecutionReply;
}

/** Runs `operation` to its end; an error of the database is thrown into it, so that it may clean up. */
export function runSync<T>(operation: Operation<T>, connection: Performer): T {
  let step = operation.next();
  while (step.done !== true) {
    let reply;
    try {
      reply = connection.perform(step.value);
    } catch (error) {
      step = operation.throw(error);
      continue;
    }
    step = operation.next(reply);
  }
  return step.value;
}

/** The same, waiting for each answer. */
export async function runAsync<T>(
  operation: Operation<T>,
  perform: (request: ExecutionRequest) => Promise<ExecutionReply>,
): Promise<T> {
  let step = operation.next();
  while (step.done !== true) {
    let reply;
    try {
      reply = await perform(step.value);
    } catch (error) {
      step = operation.throw(error);
      continue;
    }
    step = operation.next(reply);
  }
  return step.value;
}
