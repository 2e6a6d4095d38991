// `npm run bench:gate [-- sqlite W2]`: fails where Athanor's ratio to the raw driver is far beyond its goal. Others'
// machines swing, so that the limit is loose; it finds what has become several times slower, not what has lost a tenth.
import { readCommandLine, runProgram } from "../command-line.js";
import { databases } from "../databases/databases.js";
import { GATE_LIMIT } from "../goals.js";
import { measureSpeed } from "./measure.js";
import { meetsGoal } from "./report.js";

await runProgram(async () => {
  const command = { ...readCommandLine({ databases: Object.keys(databases), rounds: 5 }), only: ["athanor"] };
  for (const name of command.databases) {
    const rows = (await measureSpeed(name, command)) ?? [];
    const beyond = rows.filter((row) => !meetsGoal(row, GATE_LIMIT)).map(({ workload }) => workload);
    if (beyond.length === 0) continue;
    process.stderr.write(`${name}: beyond ${GATE_LIMIT} times the goal: ${beyond.join(", ")}\n`);
    process.exitCode = 1;
  }
});
