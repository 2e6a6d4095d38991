// One database's comparison from beginning to end: opened, measured, printed as a table.
import type { CommandLine } from "../command-line.js";
import { describeMachine, printTable } from "../report/results.js";
import { openDatabase } from "../workers/contenders.js";
import { compare } from "./comparison.js";
import { reportRows, type ReportRow, reportTable } from "./report.js";

/** Measures what the command line chooses on the database `name`; null where there is no such database. */
export async function measureSpeed(name: string, command: CommandLine): Promise<readonly ReportRow[] | null> {
  const open = await openDatabase(name, command);
  if (open === null) return null;
  const { database, contenders, copies } = open;
  try {
    const rows = reportRows(contenders, database.goals, await compare(open, command.workloads, command.rounds));
    const about = `${command.rounds} interleaved rounds, ${database.clock}; ${copies.origin}; ${describeMachine()}`;
    printTable(database.title, about, reportTable(rows));
    return rows;
  } finally {
    await copies.dispose();
  }
}
