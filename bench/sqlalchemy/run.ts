// `npm run bench:sqlalchemy`: tests of SQLAlchemy's own performance suite, with SQLAlchemy and with Athanor, in seconds.
// Skipped where Python has no SQLAlchemy (Debian: apt-get install python3-sqlalchemy).
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { duration, markdownTable, times } from "../report/markdown.js";
import { describeMachine, printTable, writeResults } from "../report/results.js";
import { measureSuite } from "./suite.js";

/** What `suite.py` prints. */
interface Reference {
  readonly version: string;
  readonly seconds: Readonly<Record<string, number>>;
}

/** Debian's own is not always the first on the path. */
const PYTHONS = ["python3", "/usr/bin/python3"];

const python = PYTHONS.find((name) => spawnSync(name, ["-c", "import sqlalchemy"]).status === 0);
if (python === undefined) {
  process.stdout.write(
    "SQLAlchemy is not installed (Debian: apt-get install python3-sqlalchemy): nothing to compare\n",
  );
} else await compare(python);

async function compare(python: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "athanor-sqlalchemy-"));
  try {
    process.stderr.write("SQLAlchemy …\n");
    const output = execFileSync(python, ["bench/sqlalchemy/suite.py", join(folder, "reference.db")], {
      encoding: "utf8",
    });
    // The program prints nothing else.
    const reference = JSON.parse(output) as Reference;
    process.stderr.write("Athanor …\n");
    const seconds = await measureSuite(join(folder, "own.db"));
    const strangers = [...Object.keys(seconds), ...Object.keys(reference.seconds)].filter(
      (name) => seconds[name] === undefined || reference.seconds[name] === undefined,
    );
    if (strangers.length > 0) throw new Error(`only one of the suites has: ${strangers.join(", ")}`);
    const rows = Object.entries(seconds).map(([name, own]) => {
      const theirs = reference.seconds[name] ?? Number.NaN;
      return [name, duration(theirs * 1e6), duration(own * 1e6), times(own / theirs)];
    });
    printTable(
      "SQLAlchemy's own suite",
      `Processor time of all operations, the least of three runs, SQLite in a file without waiting for the disk; ${describeMachine()}`,
      markdownTable(["", `SQLAlchemy ${reference.version}`, "Athanor", "ratio"], rows),
    );
    writeResults("sqlalchemy", { reference, seconds });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
