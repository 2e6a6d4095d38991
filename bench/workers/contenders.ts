// All contenders of one database, each in a process of its own on its own copy of the data set.
import type { WorkloadName } from "../contender.js";
import { missingPeers } from "../contenders/peers.js";
import type { BenchDatabase, Copies } from "../databases/database.js";
import { databases } from "../databases/databases.js";
import { askFacts, type ContenderProcess, endContender, startContender } from "./workers.js";

/** A database with a copy of the data set for each contender that takes part. */
export interface OpenDatabase {
  readonly name: string;
  readonly database: BenchDatabase;
  readonly contenders: readonly string[];
  readonly copies: Copies;
}

/** What the command line chooses. */
export interface Choice {
  /** Contenders by their names; all where it is empty. */
  readonly only: readonly string[];
  /** Where a server is, for the databases that are servers. */
  readonly url: string | undefined;
}

/**
 * Names of `all` that `only` chooses; all where it is empty. The raw driver, which comes first, takes part always, and
 * twice: the others are compared with it, and its own ratio is the noise.
 */
export function chooseContenders(all: readonly string[], only: readonly string[]): readonly string[] {
  if (only.length === 0) return all;
  const unknown = only.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new RangeError(`no contender ${unknown.join(", ")}; there are: ${all.join(", ")}`);
  return all.filter((name, index) => index < 2 || only.includes(name));
}

/** Opens a database for the chosen contenders; null, and a word about it on stderr, where it is not to be had. */
export async function openDatabase(name: string, { only, url }: Choice): Promise<OpenDatabase | null> {
  const database = databases[name];
  if (database === undefined) throw new RangeError(`unknown database ${name}`);
  const missing = missingPeers();
  const chosen = chooseContenders([...Object.keys(database.contenders), ...missing], only);
  const absent = chosen.filter((contender) => missing.includes(contender));
  if (absent.length > 0) process.stderr.write(`left out, as they are not installed: ${absent.join(", ")}\n`);
  const contenders = chosen.filter((contender) => !missing.includes(contender));
  try {
    return { name, database, contenders, copies: await database.open(contenders.length, url) };
  } catch (error) {
    process.stderr.write(`${name} is left out: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

/** Starts the contenders, works with them, and ends them. */
export async function withContenders<R>(
  { name, contenders, copies }: OpenDatabase,
  options: { readonly measuresMemory?: boolean },
  work: (contenders: readonly ContenderProcess[]) => Promise<R>,
): Promise<R> {
  const started: ContenderProcess[] = [];
  try {
    for (const [index, contender] of contenders.entries()) {
      started.push(await startContender(name, contender, copies.urls[index] ?? "", options));
    }
    return await work(started);
  } finally {
    await Promise.all(started.map(endContender));
  }
}

/** Rejects where an operation of the workload does not give and leave the same everywhere. */
export async function requireEqualFacts(
  contenders: readonly ContenderProcess[],
  workload: WorkloadName,
): Promise<void> {
  const digests = new Map<string, string>();
  for (const contender of contenders) digests.set(contender.name, await askFacts(contender, workload));
  if (new Set(digests.values()).size === 1) return;
  const digest = [...digests].map(([name, text]) => `${name} ${text.slice(0, 8)}`).join(", ");
  throw new Error(`${workload}: the contenders' results differ: ${digest}`);
}
