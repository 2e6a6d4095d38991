// `npm run bench:micro`: what it costs to build one query and to find its compiled form, beside what building costs the
// query builders that people know; without those Athanor is alone.
import { hasPeerProgram, loadPeerProgram } from "../peer-programs.js";
import { duration, markdownTable, times } from "../report/markdown.js";
import { describeMachine, printTable, writeResults } from "../report/results.js";
import { athanor } from "./athanor.js";
import { type Builder, choice } from "./shapes.js";

const ROUNDS = 15;
const QUERIES = 20_000;
/** So few that they stay in the processor's cache, as the one query of an execution does. */
const BATCH = 50;
/** Microseconds that a look-up may cost. */
const GOAL = 1;

/** Costs by what was measured: microseconds a query. */
const costs: Record<string, number> = {};
/** What the measured calls give is looked at, so that none of them is left out. */
let strange = 0;

/** Microseconds for one of `QUERIES` calls. */
function timed(work: (index: number) => unknown): number {
  const start = process.cpuUsage();
  for (let index = 0; index < QUERIES; index++) if (work(index) === null) strange += 1;
  const { user, system } = process.cpuUsage(start);
  return (user + system) / QUERIES;
}

/** The best of the rounds: what else the machine does only adds to them. */
function best(work: (index: number) => unknown): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => timed(work)));
}

/** What finding alone costs. A key is made once, so that every find needs a query of its own. */
function lookUpCost(): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    let nanoseconds = 0n;
    for (let first = 0; first < QUERIES; first += BATCH) {
      const built = Array.from({ length: BATCH }, (_, index) => athanor.build(choice(first + index)));
      const start = process.hrtime.bigint();
      for (const query of built) if (athanor.find(query) < 0) strange += 1;
      nanoseconds += process.hrtime.bigint() - start;
    }
    return Number(nanoseconds) / QUERIES / 1000;
  });
  return Math.min(...rounds);
}

costs["athanor: build"] = best((index) => athanor.build(choice(index)));
costs["athanor: find (key, compiled form, values)"] = lookUpCost();
costs["athanor: build and find"] = best((index) => athanor.find(athanor.build(choice(index))));
costs["athanor: build and write SQL, without a cache"] = best((index) => athanor.toSql(athanor.build(choice(index))));
for (const name of ["kysely", "drizzle"]) {
  if (!hasPeerProgram("building", name)) {
    process.stderr.write(`${name} is left out, as it is not installed\n`);
    continue;
  }
  const { builder } = await loadPeerProgram<{ readonly builder: Builder }>("building", name);
  costs[`${name}: build`] = best((index) => builder.build(choice(index)));
  costs[`${name}: build and write SQL`] = best((index) => builder.toSql(builder.build(choice(index))));
}
if (strange > 0) throw new Error(`${strange} queries gave nothing`);

const whole = costs["athanor: build and find"] ?? Number.NaN;
printTable(
  "Building a query",
  `A grouped join of three tables in eight shapes, processor time a query, the best of ${ROUNDS} rounds; finding may take ${GOAL} µs; ${describeMachine()}`,
  markdownTable(
    ["", "a query", "to athanor's build and find"],
    Object.entries(costs).map(([name, cost]) => [name, duration(cost), times(cost / whole)]),
  ),
);
writeResults("building", costs);
