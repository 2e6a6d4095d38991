// Where the results of a measurement go: a title and a table on stdout, as Markdown, and a file of JSON.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

const FOLDER = "bench/results";

/** Prints a table under its title, and `about`: what was measured how. */
export function printTable(title: string, about: string, table: string): void {
  process.stdout.write(`\n### ${title}\n\n${about}\n\n${table}\n`);
}

/** The date, the machine, and how busy it is: what belongs beside every number. */
export function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "unknown processor";
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${processors.length} × ${model}, Node ${process.version}, load ${(loadavg()[0] ?? 0).toFixed(1)}`;
}

/** Writes what a measurement found to a file named after it and the time. */
export function writeResults(measurement: string, results: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  const now = new Date().toISOString();
  const file = `${FOLDER}/${now.slice(0, 16).replace(":", "")}-${measurement}.json`;
  const facts = { at: now, node: process.version, processors: cpus().length, load: loadavg(), results };
  writeFileSync(file, `${JSON.stringify(facts, undefined, 2)}\n`);
  process.stderr.write(`written to ${file}\n`);
}
