// `npm run bench:micro`: what it costs to build one query and to find its compiled form, beside what building costs the
// query builders that people know; without those Athanor is alone.
import { hasPeerProgram, loadPeerProgram } from "../peer-programs.js";
import { athanor } from "./athanor.js";
import { type Builder, choice } from "./shapes.js";

const ROUNDS = 15;
const QUERIES = 20_000;
/** Microseconds that a look-up may cost. */
const GOAL = 1;

let sink = 0;

/** Microseconds for one of `QUERIES` calls. */
function timed(work: (index: number) => unknown): number {
  const start = process.cpuUsage();
  for (let index = 0; index < QUERIES; index++) if (work(index) === null) sink += 1;
  const { user, system } = process.cpuUsage(start);
  return (user + system) / QUERIES;
}

/** The best of the rounds: what else the machine does only adds to them. */
function best(work: (index: number) => unknown): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => timed(work)));
}

/** So few that they stay in the processor's cache, as the one query of an execution does. */
const BATCH = 50;

/** What finding alone costs. A key is made once, so that every find needs a query of its own. */
function lookUpCost(): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    let nanoseconds = 0n;
    for (let first = 0; first < QUERIES; first += BATCH) {
      const built = Array.from({ length: BATCH }, (_, index) => athanor.build(choice(first + index)));
      const start = process.hrtime.bigint();
      for (const query of built) sink += athanor.find(query) < 0 ? 1 : 0;
      nanoseconds += process.hrtime.bigint() - start;
    }
    return Number(nanoseconds) / QUERIES / 1000;
  });
  return Math.min(...rounds);
}

const line = (name: string, cost: number, note = ""): void => {
  process.stdout.write(`${name.padEnd(44)}${cost.toFixed(2).padStart(7)} µs${note}\n`);
};

const building = best((index) => athanor.build(choice(index)));
line("athanor: build", building);
const lookUp = lookUpCost();
line("athanor: look up (key, compiled, values)", lookUp, lookUp <= GOAL ? "  within 1 µs" : "  over 1 µs");
line(
  "athanor: build and look up",
  best((index) => athanor.find(athanor.build(choice(index)))),
);
line(
  "athanor: build and write SQL, without a cache",
  best((index) => athanor.toSql(athanor.build(choice(index)))),
);
for (const name of ["kysely", "drizzle"] as const) {
  if (!hasPeerProgram("building", name)) {
    process.stdout.write(`${name}: not installed\n`);
    continue;
  }
  const { builder } = await loadPeerProgram<{ readonly builder: Builder }>("building", name);
  const cost = best((index) => builder.build(choice(index)));
  line(`${name}: build`, cost, `  athanor's is ${(building / cost).toFixed(2)} of it`);
  line(
    `${name}: build and write SQL`,
    best((index) => builder.toSql(builder.build(choice(index)))),
  );
}
if (sink > 0) process.stdout.write("");
