// `npm run bench [-- sqlite W2 W6 --only raw,athanor --rounds 9 --url postgresql://…]`: the raw drivers, Athanor and
// other libraries on the same work, in one run. Each contender is a process of its own with its own copy of the data;
// rounds are interleaved, the raw driver runs twice to show the noise, results are compared before anything is timed.
import { readCommandLine, runProgram } from "../command-line.js";
import { databases } from "../databases/databases.js";
import { writeResults } from "../report/results.js";
import { measureSpeed } from "./measure.js";

await runProgram(async () => {
  const command = readCommandLine({ databases: Object.keys(databases), rounds: 7 });
  const results: Record<string, unknown> = {};
  for (const name of command.databases) results[name] = await measureSpeed(name, command);
  writeResults("speed", { rounds: command.rounds, ...results });
});
