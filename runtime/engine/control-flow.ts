// Steps of a transaction that reach the database, written once as generators of requests: a synchronous connection
// answers them in place, an asynchronous one awaits the answers.

/** `lock`: take the engine's right to write, where the database has one writer at a time. */
export type ControlRequest = { readonly kind: "send"; readonly sql: string } | { readonly kind: "lock" };

/** Answered with the server's word for what it did, such as `COMMIT`; null where there is none. */
export type ControlFlow<T> = Generator<ControlRequest, T, string | null>;

export const LOCK: ControlRequest = { kind: "lock" };

/** Runs a flow to its end; an error of a step is thrown into the flow. */
export function runFlow<T>(flow: ControlFlow<T>, answer: (request: ControlRequest) => string | null): T {
  let step = flow.next();
  while (step.done !== true) {
    let word: string | null;
    try {
      word = answer(step.value);
    } catch (error) {
      step = flow.throw(error);
      continue;
    }
    step = flow.next(word);
  }
  return step.value;
}

/** The same, waiting for each answer. */
export async function runFlowAsync<T>(
  flow: ControlFlow<T>,
  answer: (request: ControlRequest) => Promise<string | null>,
): Promise<T> {
  let step = flow.next();
  while (step.done !== true) {
    let word: string | null;
    try {
      word = await answer(step.value);
    } catch (error) {
      step = flow.throw(error);
      continue;
    }
    step = flow.next(word);
  }
  return step.value;
}
