// Runs a database server for the length of a test run: in a temporary folder, on a free loopback port, as a user that
// is not root, and under a guardian process that ends it when this one is gone.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync } from "node:fs";
import { createServer, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const guardian = fileURLToPath(new URL("guardian.mjs", import.meta.url));
/** `nobody`: database servers refuse to run as root. */
const NOBODY = 65534;

/** What `spawn` needs to leave root; empty for everybody else. */
export const identity: { readonly uid?: number; readonly gid?: number } =
  process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** A server that this run started. */
export interface ThrowawayServer {
  /** With the password, ready for an engine; names the server's first database. */
  readonly url: string;
  readonly port: number;
  /** The unix socket's path, where the platform has them. */
  readonly socket: string;
  /** Where the server came from, for people. */
  readonly origin: string;
  /** Stops the server: `fast` says goodbye to its clients, `immediate` just goes. */
  halt(how: "fast" | "immediate"): Promise<void>;
  /** Starts it again on the same port with the same data; settles once it takes connections. */
  resume(): Promise<void>;
  /** Ends it for good and deletes its folder. */
  dispose(): Promise<void>;
}

/** What the guardian runs. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What the server logs once it takes connections. */
  readonly ready: string;
}

/** A server process under its guardian. */
export interface GuardedProcess {
  start(command: ServerCommand): Promise<void>;
  stop(signal: NodeJS.Signals): Promise<void>;
  dispose(): Promise<void>;
}

/** A new folder that belongs to the server's user. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "athanor-"));
  chmodSync(folder, 0o755);
  if (identity.uid !== undefined) chownSync(folder, NOBODY, NOBODY);
  return folder;
}

/** A loopback port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
  return address.port;
}

/** Runs a program to its end as the server's user; rejects with its output where it fails. */
export async function runAsServer(command: string, args: readonly string[], folder: string): Promise<void> {
  const env = { ...process.env, LC_ALL: "C", HOME: folder, TMPDIR: folder };
  await promisify(execFile)(command, [...args], { ...identity, cwd: folder, env, timeout: 120_000 });
}

/** Starts a guardian over `folder`, which it deletes when it ends; `farewell` is the signal that ends the server. */
export function guard(folder: string, farewell: NodeJS.Signals): GuardedProcess {
  const child = spawn(process.execPath, [guardian, folder, farewell], {
    // A group of its own: Ctrl-C in the terminal reaches this process, and the guardian through the closed pipe.
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const replies = createInterface({ input: child.stdout });
  releaseProcess(child);
  const ask = async (request: object): Promise<void> => {
    const died = once(replies, "close").then(() => [JSON.stringify({ error: "the server's guardian died" })]);
    const answer = Promise.race([once(replies, "line"), died]);
    child.stdin.write(`${JSON.stringify(request)}\n`);
    child.ref();
    const [line] = await answer.finally(() => child.unref());
    const reply: unknown = JSON.parse(String(line));
    if (typeof reply === "object" && reply !== null && "error" in reply) throw new Error(String(reply.error));
  };
  return {
    start: (command) => ask({ start: { ...command, identity } }),
    stop: (signal) => ask({ stop: signal }),
    async dispose() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}

/** Lets this process end while the guardian runs. */
function releaseProcess(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) if (stream instanceof Socket) stream.unref();
}
