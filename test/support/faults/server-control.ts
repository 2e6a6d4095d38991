// The server's own word on what goes on there, over a connection beside the engine's: its sessions, what they run, what
// is stored. The truth that the tests hold the engine to.
import { randomUUID } from "node:crypto";
import type { TestDatabase } from "../databases/databases.js";
import { type Dialogue, dialogueFor } from "./dialogue.js";

const POLL_MS = 10;
const PATIENCE_MS = 10_000;

export class ServerControl {
  readonly dialogue: Dialogue;
  readonly #url: string;

  constructor(database: TestDatabase) {
    this.dialogue = dialogueFor(database);
    this.#url = database.url;
  }

  /** The first column of what a statement gives. */
  run(sql: string): Promise<unknown[]> {
    return this.dialogue.run(this.#url, sql);
  }

  async value(sql: string): Promise<unknown> {
    const [value] = await this.run(sql);
    return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  }

  /** Sessions in this database, this one's own left out. */
  async sessions(): Promise<number[]> {
    return (await this.run(this.dialogue.sessions)).map(Number);
  }

  /** Sessions that run a statement with `fragment` in it. */
  async running(fragment: string): Promise<number[]> {
    return (await this.run(this.dialogue.running(fragment))).map(Number);
  }

  /** Ends a session, as an administrator does, and waits until it is gone. */
  async kill(session: number): Promise<void> {
    await this.run(this.dialogue.kill(session));
    await eventually(async () => !(await this.sessions()).includes(session), `session ${String(session)} is gone`);
  }

  /** A URL for a user of this database who may have one connection at a time. */
  async limitedUser(): Promise<string> {
    const name = `limited_${randomUUID().slice(0, 8)}`;
    for (const sql of this.dialogue.createLimitedUser(name, new URL(this.#url).pathname.slice(1))) await this.run(sql);
    const url = new URL(this.#url);
    url.username = name;
    url.password = "secret";
    return url.href;
  }

  async killAll(): Promise<void> {
    for (const session of await this.sessions()) await this.kill(session);
  }
}

/** Waits until the condition holds; throws where it does not within ten seconds. */
export async function eventually(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
