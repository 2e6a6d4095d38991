// The types of generated code: exact where it must compile, refusing where it must not, and cheap to check.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL_BUDGET, modelCost, QUERIES, QUERY_BUDGET, queryCost } from "../../bench/types/type-cost.js";
import { projectRoot } from "../support/source-tree.js";

const tsc = join(projectRoot, "node_modules/.bin/tsc");
const folder = join(projectRoot, ".cache/type-cost");

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("are exact, and refuse what is wrong", () => {
  const files = ["test/types/exact.ts", "test/types/refused.ts"].map((file) => join(projectRoot, file));
  const config = join(folder, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ extends: "../../tsconfig.json", files, include: [] }));
  const done = spawnSync(tsc, ["-p", config], { encoding: "utf8" });
  expect(done.stdout).toBe("");
});

describe("cost little to check", () => {
  it.each(Object.keys(QUERIES))(`${QUERY_BUDGET} instantiations a query at most: %s`, (name) => {
    expect(queryCost(name)).toBeLessThanOrEqual(QUERY_BUDGET);
  });

  it(`${MODEL_BUDGET} instantiations a class at most`, () => {
    expect(modelCost()).toBeLessThanOrEqual(MODEL_BUDGET);
  });
});
