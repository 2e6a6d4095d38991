// `npm run bench:memory [-- W2 --only athanor]`: what the operations of some workloads allocate and leave alive, for
// every contender on SQLite; and how large an object in a session is, and a session, beside plain objects.
import { readCommandLine, runProgram } from "../command-line.js";
import type { WorkloadName } from "../contender.js";
import { amount, markdownTable } from "../report/markdown.js";
import { describeMachine, printTable, writeResults } from "../report/results.js";
import { type OpenDatabase, openDatabase, withContenders } from "../workers/contenders.js";
import type { Memory } from "../workers/memory.js";
import { askMemory } from "../workers/workers.js";
import { measureSizes, type Size } from "./sizes.js";

const MEASURED: readonly WorkloadName[] = ["W2", "W3", "W6", "W8"];

type Costs = ReadonlyMap<string, ReadonlyMap<WorkloadName, Memory>>;

await runProgram(async () => {
  const command = readCommandLine({ databases: ["sqlite"], workloads: MEASURED });
  const open = await openDatabase("sqlite", command);
  if (open === null) return;
  try {
    const costs = await measureOperations(open, command.workloads);
    printTable(
      "Memory of an operation",
      `Bytes of the heap that an operation allocates, and in brackets what is alive while its result is held; ${describeMachine()}`,
      operationsTable(costs, command.workloads),
    );
    const sizes = measureSizes(open.copies.urls[0] ?? "");
    printTable(
      "Memory of objects and sessions",
      "Bytes of the heap; the objects are orders of eight columns.",
      markdownTable(
        ["", "bytes each"],
        sizes.map(({ what, bytes }: Size) => [what, bytes.toFixed(0)]),
      ),
    );
    const operations = Object.fromEntries(Array.from(costs, ([name, of]) => [name, Object.fromEntries(of)]));
    writeResults("memory", { operations, sizes });
  } finally {
    await open.copies.dispose();
  }
});

/** One contender at a time, as each needs a gigabyte for what is not collected. */
async function measureOperations(open: OpenDatabase, workloads: readonly WorkloadName[]): Promise<Costs> {
  const costs = new Map<string, Map<WorkloadName, Memory>>();
  for (const [index, name] of open.contenders.entries()) {
    process.stderr.write(`${name} …\n`);
    const copies = { ...open.copies, urls: open.copies.urls.slice(index, index + 1) };
    await withContenders({ ...open, contenders: [name], copies }, { measuresMemory: true }, async ([contender]) => {
      const ofContender = new Map<WorkloadName, Memory>();
      for (const workload of workloads) {
        if (contender !== undefined) ofContender.set(workload, await askMemory(contender, workload));
      }
      costs.set(name, ofContender);
    });
  }
  return costs;
}

function operationsTable(costs: Costs, workloads: readonly WorkloadName[]): string {
  const rows = Array.from(costs, ([name, of]) => [name, ...workloads.map((workload) => cell(of.get(workload)))]);
  return markdownTable(["", ...workloads], rows);
}

function cell(memory: Memory | undefined): string {
  if (memory === undefined) return "";
  return `${memory.collected ? "≥ " : ""}${amount(memory.allocated)} (${amount(Math.max(0, memory.retained))})`;
}
