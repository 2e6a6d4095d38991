// An asynchronous connection over a stub of a server: real engine code, answers written by the test.
import { postgresql } from "../../runtime/dialects/postgresql/dialect.js";
import type { Dialect } from "../../runtime/dialects/dialect.js";
import { AsyncConnection } from "../../runtime/engine/async-connection.js";
import { createContext } from "../../runtime/engine/engine-options.js";
import { EventHub } from "../../runtime/events/event-hub.js";
import { poolObserver } from "../../runtime/engine/pool-observer.js";
import { type ConnectionOptions, DEFAULT_OPTIONS, mergeOptions } from "../../runtime/engine/execution-options.js";
import { AsyncPool } from "../../runtime/pool/async-pool.js";
import { NO_LIMITS } from "../../runtime/pool/limits.js";
import { commonSettings, waitSettings } from "../../runtime/pool/pool-options.js";
import { WriterQueue } from "../../runtime/pool/writer-queue.js";
import { VirtualTimers } from "../pool/virtual-timers.js";
import { ServerStub } from "./server-stub.js";

/** A place where a server's connections can be taken from. */
export class StubServer {
  readonly timers = new VirtualTimers();
  readonly drivers: ServerStub[] = [];
  readonly log: string[] = [];
  readonly pool: AsyncPool;
  readonly #context: ReturnType<typeof createContext>;
  readonly #writers = new WriterQueue(this.timers, 1000);
  readonly #dialect: Dialect;

  /** `answer` says what a driver does with a statement; see `ServerStub`. */
  constructor(
    answer: ServerStub["answer"],
    {
      dialect = postgresql,
      takesPrelude = false,
    }: { readonly dialect?: Dialect; readonly takesPrelude?: boolean } = {},
  ) {
    this.#dialect = dialect;
    const logger = (line: string): number => this.log.push(line.replace(/^.*Engine /s, ""));
    this.#context = createContext(dialect, { logger }, new EventHub());
    this.pool = new AsyncPool({
      ...commonSettings({}, false),
      ...waitSettings({}),
      open: () => {
        const driver = new ServerStub(answer, takesPrelude);
        this.drivers.push(driver);
        return Promise.resolve(driver);
      },
      timers: this.timers,
      observer: poolObserver(this.#context.watch, (lease) => {
        this.#writers.unlock(lease);
      }),
    });
  }

  async connect(options: ConnectionOptions = {}): Promise<AsyncConnection> {
    const lease = await this.pool.acquire(NO_LIMITS);
    const parts = { pool: this.pool, writers: this.#writers, timers: this.timers };
    return new AsyncConnection(this.#context, parts, lease, mergeOptions(DEFAULT_OPTIONS, options, this.#dialect));
  }

  /** What the connections were sent, each. */
  get sent(): readonly (readonly string[])[] {
    return this.drivers.map((driver) => driver.sent);
  }
}
