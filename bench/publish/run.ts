// `npm run bench:publish [-- bench:memory bench:types]`: runs the measurements that are named, or all of them, one after
// the other, and writes their tables into docs/performance.md. Each is a process of its own.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { runProgram } from "../command-line.js";
import { replaceRegion } from "./regions.js";

const DOCUMENT = "docs/performance.md";
const MEASUREMENTS = [
  "bench",
  "bench:memory",
  "bench:start",
  "bench:micro",
  "bench:scale",
  "bench:types",
  "bench:sqlalchemy",
];

await runProgram(async () => {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !MEASUREMENTS.includes(name));
  if (unknown.length > 0) throw new RangeError(`unknown: ${unknown.join(", ")}; there are: ${MEASUREMENTS.join(", ")}`);
  for (const name of named.length === 0 ? MEASUREMENTS : named) publish(name);
});

function publish(name: string): void {
  process.stderr.write(`${name} …\n`);
  const done = spawnSync(process.execPath, ["scripts/tasks.mjs", name], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (done.status !== 0) throw new Error(`${name} failed`);
  writeFileSync(DOCUMENT, replaceRegion(readFileSync(DOCUMENT, "utf8"), name, done.stdout));
}
