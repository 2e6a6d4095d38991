// `npm run bench:start [-- sqlite --rounds 15]`: how long a fresh process takes from its own start to its first row, with
// each contender; rounds are interleaved.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { readCommandLine, runProgram } from "../command-line.js";
import { databases } from "../databases/databases.js";
import { amount, figures, markdownTable } from "../report/markdown.js";
import { describeMachine, printTable, writeResults } from "../report/results.js";
import { median } from "../report/statistics.js";
import { type OpenDatabase, openDatabase } from "../workers/contenders.js";
import { bestStart, type Start } from "./start.js";

await runProgram(async () => {
  const command = readCommandLine({ databases: Object.keys(databases), workloads: [], rounds: 9 });
  const results: Record<string, unknown> = {};
  for (const name of command.databases) {
    const open = await openDatabase(name, command);
    if (open === null) continue;
    try {
      const starts = measureStarts(open, command.rounds);
      const about = `Best (median) of ${command.rounds} fresh processes each, time on the clock; ${describeMachine()}`;
      printTable(`Start to first row: ${open.database.title}`, about, startsTable(starts));
      results[name] = Object.fromEntries(starts);
    } finally {
      await open.copies.dispose();
    }
  }
  writeResults("start", results);
});

function measureStarts({ name, contenders, copies }: OpenDatabase, rounds: number): Map<string, Start[]> {
  const program = join(dirname(process.argv[1] ?? ""), "start.mjs");
  const starts = new Map<string, Start[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const args = [program, "--on", name, "--contender", contender, "--url", copies.urls[index] ?? ""];
      // The program prints nothing else.
      const start = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Start;
      starts.get(contender)?.push(start);
    }
  }
  return starts;
}

function startsTable(starts: ReadonlyMap<string, readonly Start[]>): string {
  const rows = Array.from(starts, ([name, ofContender]) => {
    const best = bestStart(ofContender);
    return [
      name,
      `${figures(best.loading)} ms (${figures(median(ofContender.map(({ loading }) => loading)))})`,
      `${figures(best.firstRow)} ms (${figures(median(ofContender.map(({ firstRow }) => firstRow)))})`,
      `${figures(best.processor)} ms`,
      amount(best.residentBytes),
    ];
  });
  return markdownTable(["", "loading the library", "start to first row", "processor time", "resident memory"], rows);
}
