// Watches over one throwaway database server: starts and stops it on request, and ends it and deletes its folder as
// soon as whoever asked is gone, however that happened (the pipe closes). Plain JavaScript: it runs as a process of its
// own. Requests and replies are one JSON object a line: `{"start": {...}}`, `{"stop": "SIGINT"}`.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

const [, , folder, farewell] = process.argv;
const LOG_KEPT = 8000;
const START_LIMIT_MS = 60_000;
let server = null;
let log = "";

function start({ command, args, identity, ready }) {
  return new Promise((resolve) => {
    log = "";
    setTimeout(() => resolve({ error: `was not ready after ${START_LIMIT_MS} ms\n${log}` }), START_LIMIT_MS).unref();
    const child = spawn(command, args, { ...identity, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const read = (chunk) => {
      log = (log + String(chunk)).slice(-LOG_KEPT);
      if (log.includes(ready)) resolve({ pid: child.pid });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", (error) => resolve({ error: String(error) }));
    child.on("exit", (code, signal) => resolve({ error: `exited with ${code ?? signal} before it was ready\n${log}` }));
    server = child;
  });
}

function stop(signal) {
  return new Promise((resolve) => {
    const child = server;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return resolve({});
    const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(killer);
      resolve({});
    });
    child.kill(signal);
  });
}

async function finish() {
  await stop(farewell);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => void finish());
process.stdout.on("error", () => void finish());
let last = Promise.resolve();
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const request = JSON.parse(line);
    last = last
      .then(() => (request.start === undefined ? stop(request.stop) : start(request.start)))
      .then((reply) => process.stdout.write(`${JSON.stringify(reply)}\n`));
  })
  .on("close", () => void finish());
