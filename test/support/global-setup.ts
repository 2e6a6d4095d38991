// Vitest's global set-up: opens the broker that hands database servers to the test files, and at the end of the run
// stops them and prints what was skipped, and why. In CI whatever is skipped makes the run fail: what a database truly
// lacks is no skipped test but a line in `databases/capabilities.ts`, printed, too.
import type { TestCase, TestModule, TestProject } from "vitest/node";
import { openBroker } from "./databases/broker.js";
import { lacksOf } from "./databases/capabilities.js";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const broker = await openBroker();
  project.provide("databaseBroker", broker.url);
  return async () => {
    const outcomes = await broker.outcomes();
    await broker.dispose();
    const lines = [...outcomes.values()].map((reply) => ("missing" in reply ? `none: ${reply.missing}` : reply.origin));
    if (lines.length > 0) {
      const lacks = [...["sqlite", "postgresql", "mariadb"].flatMap(lacksOf), ...lackingCorpus()];
      process.stderr.write(`\nDatabases\n${listed(lines)}Not tested, because it is not there\n${listed(lacks)}`);
    }
    // With a name pattern almost everything is skipped, on purpose.
    const isWhole = project.vitest.config.testNamePattern === undefined;
    const skipped = isWhole ? project.vitest.state.getTestModules().flatMap(skippedSuites) : [];
    if (skipped.length === 0) return;
    process.stderr.write(`Skipped\n${listed(skipped)}`);
    if (process.env["CI"] !== undefined) throw new Error(`in CI nothing may be skipped: ${skipped.join("; ")}`);
  };
}

/** Other people's databases are not in the project; `ATHANOR_CORPUS` says where they are. */
function lackingCorpus(): string[] {
  const folder = process.env["ATHANOR_CORPUS"] ?? "";
  return folder === "" ? ["databases that other people made, there and back: ATHANOR_CORPUS names no folder"] : [];
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join("");
}

/** The line of a test that skipped itself, with the reason it gave; none for others. */
function skippedWhileRunning(module: TestModule, test: TestCase): string[] {
  const result = test.result();
  if (result.state !== "skipped") return [];
  return [`${module.relativeModuleId}: ${test.fullName} (${result.note ?? "no reason given"})`];
}

/** One line for each outermost suite or test that was skipped. */
function skippedSuites(module: TestModule): string[] {
  const lines: string[] = [];
  const walk = (parent: Pick<TestModule, "children">): void => {
    for (const child of parent.children) {
      if (child.options.mode === "skip") lines.push(`${module.relativeModuleId}: ${child.fullName}`);
      else if (child.type === "suite") walk(child);
      else lines.push(...skippedWhileRunning(module, child));
    }
  };
  walk(module);
  return lines;
}
