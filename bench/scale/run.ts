// `npm run bench:scale [-- rows|tables|sessions] [sqlite|postgresql] [10 100 …]`: how costs grow with the number of rows,
// of tables and of sessions at once. Numbers are sizes for the one kind that is named with them.
import { readCommandLine, runProgram } from "../command-line.js";
import { databases } from "../databases/databases.js";
import { writeResults } from "../report/results.js";
import { openDatabase } from "../workers/contenders.js";
import { reportRowScale } from "./rows.js";
import { reportSessionScale } from "./sessions.js";
import { reportTableScale } from "./tables.js";

const KINDS = ["rows", "tables", "sessions"] as const;
type Kind = (typeof KINDS)[number];

/** What each kind measures where its sizes are not given. */
const SIZES: Readonly<Record<Kind, readonly number[]>> = {
  rows: [1_000, 10_000, 100_000, 1_000_000],
  tables: [10, 100, 1_000],
  sessions: [1, 10, 100, 1_000],
};

await runProgram(async () => {
  const args = process.argv.slice(2);
  const given = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const named = KINDS.filter((kind) => args.includes(kind));
  if (given.length > 0 && named.length !== 1) throw new RangeError(`name one of ${KINDS.join(", ")} with its sizes`);
  if (given.includes(0)) throw new RangeError("sizes are whole numbers from 1");
  const others = args.filter((arg) => !/^\d+$/.test(arg) && !named.some((kind) => kind === arg));
  const command = readCommandLine({ databases: Object.keys(databases), workloads: [] }, others);
  const results: Record<string, unknown> = {};
  for (const kind of named.length === 0 ? KINDS : named) {
    const sizes = given.length === 0 ? SIZES[kind] : given;
    if (kind === "tables") results[kind] = reportTableScale(sizes);
    else results[kind] = await reportOn(kind, command, sizes);
  }
  writeResults("scale", results);
});

/** Rows on each database; sessions on a server, as an embedded database has no waiting to share. */
async function reportOn(
  kind: "rows" | "sessions",
  command: ReturnType<typeof readCommandLine>,
  sizes: readonly number[],
): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  const chosen = kind === "rows" ? command.databases : command.databases.filter((name) => name === "postgresql");
  for (const name of chosen) {
    // A copy of the data for one; which contender it was made for does not matter.
    const open = await openDatabase(name, { ...command, only: ["raw"] });
    if (open === null) continue;
    try {
      const [url = ""] = open.copies.urls;
      const report = kind === "rows" ? reportRowScale : reportSessionScale;
      results[name] = await report(open.database, url, sizes);
    } finally {
      await open.copies.dispose();
    }
  }
  return results;
}
