// What the benchmark's programs take on their command lines: names of databases and workloads, and flags.
import { parseArgs } from "node:util";
import { type WorkloadName, workloadNames } from "./contender.js";
import type { Choice } from "./workers/contenders.js";

export interface CommandLine extends Choice {
  /** Those that are named; all where none is. */
  readonly databases: readonly string[];
  readonly workloads: readonly WorkloadName[];
  readonly rounds: number;
}

/** What a program measures where its command line says nothing else. */
interface Defaults {
  readonly databases: readonly string[];
  readonly workloads?: readonly WorkloadName[];
  readonly rounds?: number;
}

/**
 * Reads `[sqlite] [postgresql] [W1 …] [--only raw,athanor] [--rounds N] [--url postgresql://…]`. Throws a `RangeError`
 * that says what there is.
 */
export function readCommandLine(defaults: Defaults, args: readonly string[] = process.argv.slice(2)): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: "string", default: "" },
      rounds: { type: "string", default: String(defaults.rounds ?? 1) },
      url: { type: "string" },
    },
  });
  const workloads = defaults.workloads ?? workloadNames;
  const known: readonly string[] = [...defaults.databases, ...workloads];
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new RangeError(`unknown: ${unknown.join(", ")}; there are: ${known.join(", ")}`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError("--rounds takes a whole number from 1");
  const chosen = <Name extends string>(all: readonly Name[]): readonly Name[] => {
    const named = all.filter((name) => positionals.includes(name));
    return named.length === 0 ? all : named;
  };
  return {
    databases: chosen(defaults.databases),
    workloads: chosen(workloads),
    rounds,
    only: values.only.split(",").filter((word) => word !== ""),
    url: values.url,
  };
}

/** Runs a program's work; what is wrong with its command line is said without a stack. */
export async function runProgram(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
