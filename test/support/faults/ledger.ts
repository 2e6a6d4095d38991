// Load with a memory: workers that run one numbered transaction after the other, and what each was told became of it.
import { CommitOutcomeUnknownError, DatabaseError } from "../../../runtime/errors/errors.js";
import { outcomeOf } from "./lab.js";

/** Milliseconds between two tries of one worker: a server that is away refuses at once, and needs the processor. */
const PAUSE_MS = 5;

export class Ledger {
  /** Transactions that were said to be kept. */
  readonly acknowledged = new Set<number>();
  /** Transactions of which nobody could say. */
  readonly #doubtful = new Set<number>();
  /** Errors that no caller should have got. */
  readonly #strangers: unknown[] = [];
  readonly #transact: (id: number) => Promise<unknown>;
  readonly #workers: readonly Promise<void>[];
  #lastId = 0;
  #isRunning = true;

  /** Starts the workers; `transact` writes its number, in a transaction. */
  constructor(workers: number, transact: (id: number) => Promise<unknown>) {
    this.#transact = transact;
    this.#workers = Array.from({ length: workers }, () => this.#work());
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await Promise.all(this.#workers);
  }

  /** What does not add up, given the numbers that the server has; nothing, if all is well. */
  problems(stored: ReadonlySet<number>): {
    readonly lost: number[];
    readonly unasked: number[];
    readonly strangers: unknown[];
  } {
    return {
      lost: [...this.acknowledged].filter((id) => !stored.has(id)),
      unasked: [...stored].filter((id) => !this.acknowledged.has(id) && !this.#doubtful.has(id)),
      strangers: this.#strangers,
    };
  }

  async #work(): Promise<void> {
    while (this.#isRunning) {
      this.#lastId += 1;
      const id = this.#lastId;
      const outcome = await outcomeOf(this.#transact(id));
      if ("value" in outcome) {
        this.acknowledged.add(id);
        continue;
      }
      if (outcome.error instanceof CommitOutcomeUnknownError) this.#doubtful.add(id);
      else if (!(outcome.error instanceof DatabaseError)) this.#strangers.push(outcome.error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** Of a ledger that adds up. */
export const NO_PROBLEMS = { lost: [], unasked: [], strangers: [] };
