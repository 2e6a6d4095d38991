// The parent's side of the workers: starts a process for each contender, and asks it.
import { type ChildProcess, fork } from "node:child_process";
import { dirname, join } from "node:path";
import { type Memory, MEMORY_FLAGS } from "./memory.js";
import type { Reply, Request } from "./worker.js";

/** A contender's process. */
export interface ContenderProcess {
  readonly name: string;
  readonly child: ChildProcess;
}

/** Starts the contender `name` of a database on the copy at `url`; settles once it is ready. */
export async function startContender(
  database: string,
  name: string,
  url: string,
  { measuresMemory = false } = {},
): Promise<ContenderProcess> {
  // Bundled next to the program that runs.
  const program = join(dirname(process.argv[1] ?? ""), "worker.mjs");
  const execArgv = measuresMemory ? [...MEMORY_FLAGS] : ["--expose-gc"];
  const child = fork(program, ["--contender", name, "--on", database, "--url", url], { execArgv });
  await nextReply({ name, child });
  return { name, child };
}

/** A digest of what the workload's operation does. */
export async function askFacts(contender: ContenderProcess, workload: Request["workload"]): Promise<string> {
  return String(await ask(contender, { ask: "facts", workload }));
}

/** Microseconds that an operation of one more batch takes. */
export async function askTime(contender: ContenderProcess, workload: Request["workload"]): Promise<number> {
  return Number(await ask(contender, { ask: "time", workload }));
}

/** What one operation of the workload costs in memory; the contender has to be started for that. */
export async function askMemory(contender: ContenderProcess, workload: Request["workload"]): Promise<Memory> {
  const reply = await ask(contender, { ask: "memory", workload });
  if (typeof reply !== "object") throw new TypeError(`${contender.name} answered ${reply}`);
  return reply;
}

function ask(contender: ContenderProcess, request: Request): Promise<Reply> {
  const reply = nextReply(contender);
  contender.child.send(request);
  return reply;
}

function nextReply({ name, child }: ContenderProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`${name} ended with code ${String(code)}`));
    child.once("exit", onExit);
    child.once("message", (reply) => {
      child.off("exit", onExit);
      // The worker sends nothing else.
      resolve(reply as Reply);
    });
  });
}

/** Ends the process; settles once it is gone, and with it its connections. */
export async function endContender({ child }: ContenderProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.disconnect();
  await gone;
}
