// The two runners of work that is written as a generator of requests: one answers in place, one awaits the answers.

/** Work that asks for what it needs and is handed the answers. */
type Work<T, Request, Reply> = Generator<Request, T, Reply>;

/** What answers requests in place: a synchronous connection, for one. */
interface Performer<Request, Reply> {
  perform(request: Request): Reply;
}

/** Runs `work` to its end; an error of a request is thrown into it, so that it may clean up. */
export function runSync<T, Request, Reply>(
  work: Work<T, Request, Reply>,
  performer: Performer<Request, NoInfer<Reply>>,
): T {
  let step = work.next();
  while (step.done !== true) {
    let reply;
    try {
      reply = performer.perform(step.value);
    } catch (error) {
      step = work.throw(error);
      continue;
    }
    step = work.next(reply);
  }
  return step.value;
}

/** The same, waiting for each answer. */
export async function runAsync<T, Request, Reply>(
  work: Work<T, Request, Reply>,
  perform: (request: Request) => Promise<Reply>,
): Promise<T> {
  let step = work.next();
  while (step.done !== true) {
    let reply;
    try {
      reply = await perform(step.value);
    } catch (error) {
      step = work.throw(error);
      continue;
    }
    step = work.next(reply);
  }
  return step.value;
}
