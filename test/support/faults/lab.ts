// A bench for faults on one database: engines that are disposed of after each test, a proxy in front of the server, the
// server's own word, and a table `mark (id, value)` that is empty when a test begins.
import {
  type AsyncConnection,
  type AsyncEngine,
  type AsyncEngineOptions,
  type CallOptions,
  createAsyncEngine,
  text,
} from "athanor";
import { afterEach, beforeAll, beforeEach } from "vitest";
import type { TestDatabase } from "../databases/databases.js";
import type { Dialogue } from "./dialogue.js";
import { FaultProxy } from "./proxy.js";
import { ServerControl } from "./server-control.js";

/** What a call that had to settle came to. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** Milliseconds after which a call counts as hanging; far above every limit that the tests set. */
const HANGING_MS = 8_000;

export interface Lab {
  readonly control: ServerControl;
  readonly dialogue: Dialogue;
  /** An engine straight to the server, as another user perhaps, disposed of after the test. */
  engine(options?: AsyncEngineOptions, url?: string): AsyncEngine;
  /** An engine by way of a proxy of its own. */
  throughProxy(options?: AsyncEngineOptions): Promise<{ readonly engine: AsyncEngine; readonly proxy: FaultProxy }>;
  /** The ids in `mark`, by the server's word. */
  marks(): Promise<number[]>;
}

/** Opens engines, on the suite's database where no URL is given, that are disposed of after each test. */
export function useEngines(database: TestDatabase | null): (options?: AsyncEngineOptions, url?: string) => AsyncEngine {
  const engines: AsyncEngine[] = [];
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  });
  return (options = {}, url = database?.url ?? "") => {
    const engine = createAsyncEngine(url, options);
    engines.push(engine);
    return engine;
  };
}

/** Sets the bench up for the suite that calls it. */
export function useLab(database: TestDatabase): Lab {
  const proxies: FaultProxy[] = [];
  let control: ServerControl | null = null;
  const theControl = (): ServerControl => (control ??= new ServerControl(database));
  beforeAll(async () => {
    await theControl().run("CREATE TABLE mark (id integer PRIMARY KEY, value integer)");
  });
  beforeEach(async () => {
    await theControl().run("DELETE FROM mark");
  });
  // Vitest runs these hooks from the last to the first: engines go before their proxies.
  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });
  const open = useEngines(database);
  return {
    get control() {
      return theControl();
    },
    get dialogue() {
      return theControl().dialogue;
    },
    engine: open,
    async throughProxy(options = {}) {
      const proxy = await FaultProxy.open(database.url);
      proxies.push(proxy);
      return { engine: open(options, proxy.url), proxy };
    },
    async marks() {
      return (await theControl().run("SELECT id FROM mark ORDER BY id")).map(Number);
    },
  };
}

/** How a call settles; throws where it does not. */
export async function outcomeOf<T>(call: Promise<T>): Promise<Outcome<T>> {
  const settled: Promise<Outcome<T>> = call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  let timer: NodeJS.Timeout | undefined;
  const hanging = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`a call was still pending after ${String(HANGING_MS)} ms`));
    }, HANGING_MS);
  });
  try {
    return await Promise.race([settled, hanging]);
  } finally {
    clearTimeout(timer);
  }
}

/** The error of a call that must fail; throws where it succeeds or hangs. */
export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = await outcomeOf(call);
  if ("error" in outcome) return outcome.error;
  throw new Error("a call that had to fail succeeded");
}

/** Executes a plain text without parameters; gives the first value, numbers as numbers. */
export async function say(connection: AsyncConnection, sql: string, options?: CallOptions): Promise<unknown> {
  const result = await connection.execute(text(sql), undefined, options);
  if (!result.returnsRows) return null;
  const value = result.tuples().all()[0]?.[0];
  return typeof value === "bigint" || (typeof value === "string" && /^\d+$/.test(value)) ? Number(value) : value;
}

/** The number of the connection's session at the server. */
export async function sessionOf(connection: AsyncConnection, dialogue: Dialogue): Promise<number> {
  return Number(await say(connection, dialogue.ownSession));
}
