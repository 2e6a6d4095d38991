// What must not be told to anybody is in none of what the engine says: a canary password and token never, canary values
// of parameters not where parameters are hidden. Every error path, log line, warning and printed object is looked at.
import { inspect } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type AsyncEngine,
  type AsyncEngineOptions,
  bindparam,
  createAsyncEngine,
  createEngine,
  DatabaseUrl,
  insert,
  Integer,
  listen,
  MetaData,
  parseUrl,
  select,
  Table,
  text,
  Varchar,
} from "athanor";
import { describeDatabase, describeEachDatabase } from "../support/databases/databases.js";
import { dialogueFor } from "../support/faults/dialogue.js";
import { errorOf } from "../support/faults/lab.js";

const PASSWORD = "canary-pässword/1";
const TOKEN = "canary-token-2";
const VALUES = Array.from({ length: 20 }, (_, index) => `canary value ${index}!`);

const metadata = new MetaData();
const person = new Table("canary_person", metadata, {
  id: Integer().primaryKey(),
  name: Varchar(40).unique(),
  age: Integer(),
});

/** The secret as it may look in text. */
function formsOf(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** All that a program could print of a thing. */
function printed(thing: unknown): string {
  const stack = thing instanceof Error ? (thing.stack ?? "") : "";
  return [
    String(thing),
    stack,
    inspect(thing, { depth: 10 }),
    inspect(thing, { depth: 10, showHidden: true }),
    json(thing),
  ].join("\n");
}

function json(thing: unknown): string {
  try {
    return JSON.stringify(thing, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)) ?? "";
  } catch {
    // What cannot be put into JSON says nothing there.
    return "";
  }
}

/** Which of the secrets are in the text. */
function found(said: string, secrets: readonly string[]): readonly string[] {
  return secrets.flatMap(formsOf).filter((form) => said.includes(form));
}

/** What was said of the engine's life so far. */
class Ears {
  readonly said: string[] = [];
  readonly #onWarning = (warning: Error): number => this.said.push(printed(warning));

  constructor() {
    process.on("warning", this.#onWarning);
  }

  hear(thing: unknown): void {
    this.said.push(printed(thing));
  }

  async hearError(promise: Promise<unknown>): Promise<void> {
    const error = await errorOf(promise);
    expect(error).toBeInstanceOf(Error);
    this.hear(error);
  }

  close(): string {
    process.off("warning", this.#onWarning);
    return this.said.join("\n");
  }
}

/** Errors of statements of every kind, with canaries for values. */
async function failInEveryWay(engine: AsyncEngine, ears: Ears): Promise<void> {
  await metadata.createAll(engine);
  const connection = await engine.connect();
  for (const thing of [engine, connection, engine.url, engine.poolStatus(), engine.cacheStats()]) ears.hear(thing);
  const add = insert(person);
  const sets = VALUES.map((name, id) => ({ id, name, age: id }));
  const [first] = sets;
  ears.hear(await connection.execute(add, sets));
  await connection.commit();
  const failing: readonly (() => Promise<unknown>)[] = [
    () => connection.execute(add, { ...first, id: 99 }),
    () => connection.execute(add, [{ ...first, id: 98 }]),
    () => connection.execute(insert(person).returning(person.c.id), [{ ...first, id: 97 }]),
    () => connection.execute(insert(person).values({ id: 96, name: VALUES[1] ?? "", age: 1 })),
    // @ts-expect-error a value that its type cannot hold
    () => connection.execute(insert(person).values({ id: 95, name: "x", age: VALUES[2] })),
    () => connection.execute(text("SELEC :x"), { x: VALUES[3] }),
    () => connection.execute(text("SELECT * FROM nowhere WHERE x = :x"), { x: VALUES[4] }),
    () => connection.execute(select(person.c.id).where(person.c.name.eq(bindparam("who"))), {}),
    () => connection.execute(text("SELECT :x"), { y: VALUES[5] }),
    () => connection.execute(text("SELECT :x"), { x: VALUES[6] }, { signal: AbortSignal.abort("enough") }),
    () => connection.stream(text("SELECT * FROM nowhere WHERE x = :x"), { x: VALUES[7] }).all(),
    () => connection.execDriverSql("SELECT * FROM nowhere", [VALUES[8]]),
  ];
  for (const fail of failing) {
    await ears.hearError(fail());
    await connection.rollback();
  }
  await connection.scalars(select(person.c.name));
  connection.invalidate();
  await ears.hearError(connection.execute(text("SELECT :x"), { x: VALUES[9] }));
  ears.hear(connection);
  await connection.close();
  await metadata.dropAll(engine);
  await engine.dispose();
  ears.hear(engine);
}

function listening(engine: AsyncEngine, ears: Ears): AsyncEngine {
  listen(engine, "handleError", ({ error }) => ears.hear(error));
  listen(engine, "invalidate", ({ error, driver }) => ears.hear([error, driver]));
  listen(engine, "connect", ({ driver }) => ears.hear(driver));
  listen(engine, "leak", (report) => ears.hear(report));
  return engine;
}

await describeEachDatabase("secrets", {}, (database) => {
  it("hidden parameters show in no error, log line, warning or printed object", async () => {
    const ears = new Ears();
    const options: AsyncEngineOptions = {
      hideParameters: true,
      echo: "debug",
      logger: (line) => ears.said.push(line),
      poolLeakAfter: 1,
    };
    await failInEveryWay(listening(createAsyncEngine(database.url, options), ears), ears);
    expect(found(ears.close(), VALUES)).toEqual([]);
  });

  it("do show where they are not hidden: the canaries sing", async () => {
    const ears = new Ears();
    const logger = (line: string): number => ears.said.push(line);
    await failInEveryWay(listening(createAsyncEngine(database.url, { logger }), ears), ears);
    const said = ears.close();
    for (const index of [0, 3, 4, 7, 8, 19]) expect(said).toContain(VALUES[index]);
  });
});

await describeEachDatabase("a password and a token", { requires: ["server-sessions"] }, (database) => {
  const dialogue = dialogueFor(database);
  const urlWith = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    url.username = "canaryuser";
    url.password = encodeURIComponent(PASSWORD);
    change(url);
    return url.href;
  };
  beforeAll(async () => {
    const name = new URL(database.url).pathname.slice(1);
    for (const sql of dialogue.createUser("canaryuser", PASSWORD, name)) await dialogue.run(database.url, sql);
  });
  afterAll(async () => {
    for (const sql of dialogue.dropUser("canaryuser")) await dialogue.run(database.url, sql);
  });

  it("show in nothing that a working engine says", async () => {
    const ears = new Ears();
    const logger = (line: string): number => ears.said.push(line);
    const url = urlWith(() => undefined);
    await failInEveryWay(listening(createAsyncEngine(url, { echo: "debug", logger }), ears), ears);
    expect(found(ears.close(), [PASSWORD])).toEqual([]);
  });

  it.each<[string, (url: URL) => void, AsyncEngineOptions]>([
    ["a wrong password", (url) => (url.username = "nobody"), {}],
    ["a database that is not there", (url) => (url.pathname = "/nowhere"), {}],
    ["a port where nobody listens", (url) => (url.port = "1"), {}],
    ["a host that there is not", (url) => (url.hostname = "no-such-host.invalid"), {}],
    ["a token for a password", (url) => (url.username = "nobody"), { connectArgs: { password: TOKEN } }],
    ["a parameter that there is not", (url) => (url.search = `?token=${TOKEN}`), {}],
    ["an argument that there is not", () => undefined, { connectArgs: { tokn: TOKEN } }],
    ["a password that is none", () => undefined, { connectArgs: { password: [TOKEN] } }],
  ])("show in no failure to connect: %s", async (_, change, options) => {
    const ears = new Ears();
    const engine = listening(createAsyncEngine(urlWith(change), { connectTimeout: 5_000, ...options }), ears);
    const failed = await errorOf(engine.connect((connection) => connection.execute(text("SELECT 1"))));
    // Where anybody is let in, there is nothing to hear.
    if (failed !== null) ears.hear(failed);
    for (const thing of [engine, engine.url, { engine }]) ears.hear(thing);
    await engine.dispose();
    expect(found(ears.close(), [PASSWORD, TOKEN])).toEqual([]);
  });
});

await describeDatabase("sqlite", "URLs that cannot be read", () => {
  it.each([
    `postgresql//u:${PASSWORD}@h/d`,
    `postgresql://u:${PASSWORD}@h:port/d`,
    `postgresql://u:p@${PASSWORD}@h/d`,
    `postgresql://u:%zz${TOKEN}@h/d`,
    `postgresql+psycopg2://u:${encodeURIComponent(PASSWORD)}@h/d?sslpassword=${TOKEN}`,
    `unknown://u:${encodeURIComponent(PASSWORD)}@h/d?access_token=${TOKEN}`,
    `sqlite://u:${encodeURIComponent(PASSWORD)}@h/d`,
    `u:${PASSWORD}@h/d`,
  ])("%#", async (url) => {
    const ears = new Ears();
    const make = async (): Promise<unknown> => createEngine(url).connect(() => null);
    await ears.hearError(make());
    expect(found(ears.close(), [PASSWORD, TOKEN])).toEqual([]);
  });

  it("a URL tells its password to the driver alone", () => {
    const url = parseUrl(`postgresql://u:${encodeURIComponent(PASSWORD)}@h/d?api_key=${TOKEN}`);
    expect(url.password).toBe(PASSWORD);
    expect(
      found(printed([url, { url }, new DatabaseUrl({ dialect: "x", password: PASSWORD })]), [PASSWORD, TOKEN]),
    ).toEqual([]);
    expect(found(url.render({ showPassword: true }), [PASSWORD, TOKEN]).length).toBeGreaterThan(1);
  });
});
