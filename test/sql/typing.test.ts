// The public types: what must compile does, what must not does not, and a query costs the type checker little.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const TSC = path("../../node_modules/typescript/bin/tsc");
const INSTANTIATIONS_A_QUERY = 450;

function check(project: string): { readonly output: string; readonly instantiations: number } {
  const run = spawnSync(process.execPath, [TSC, "-p", path(project), "--noEmit", "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  const count = /^Instantiations:\s+(\d+)/m.exec(run.stdout)?.[1];
  const errors = run.stdout.split("\n").filter((line) => line.includes("error TS"));
  return { output: errors.join("\n"), instantiations: Number(count) };
}

test("queries have exact types, wrong ones are errors, and both are cheap to check", () => {
  const all = check("typing/tsconfig.json");
  expect(all.output).toBe("");
  const declarations = check("typing/tsconfig.models.json");
  const sources = ["accepted", "accepted-constructs", "refused", "refused-constructs", "refused-places"]
    .map((name) => readFileSync(path(`typing/${name}.ts`), "utf8"))
    .join("\n");
  expect(sources.match(/@ts-expect-error/g)?.length).toBeGreaterThan(300);
  const queries = sources.match(/\b(?:select|insert|update|deleteFrom)\(/g)?.length ?? 0;
  expect(queries).toBeGreaterThan(30);
  const each = (all.instantiations - declarations.instantiations) / queries;
  expect(each).toBeGreaterThan(0);
  process.stdout.write(`${each.toFixed(0)} instantiations a query, ${queries} queries\n`);
  expect(each).toBeLessThan(INSTANTIATIONS_A_QUERY);
});
