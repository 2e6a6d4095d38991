// How tables get into the documentation: a region's text is replaced, what stands around it stays.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { replaceRegion } from "../../bench/publish/regions.js";

const document = ["Before.", "", "<!-- bench -->", "old", "<!-- end of bench -->", "", "After.", ""].join("\n");

it("replaces what stands between the comments, again and again", () => {
  const once = replaceRegion(document, "bench", "\nnew\n\n");
  expect(once).toBe("Before.\n\n<!-- bench -->\n\nnew\n\n<!-- end of bench -->\n\nAfter.\n");
  expect(replaceRegion(once, "bench", "new")).toBe(once);
});

it("says which region is missing", () => {
  expect(() => replaceRegion(document, "bench:memory", "")).toThrow(
    "<!-- bench:memory --> and <!-- end of bench:memory",
  );
});

it("finds a region for every measurement in the documentation", () => {
  const performance = readFileSync("docs/performance.md", "utf8");
  const tasks = readFileSync("bench/publish/run.ts", "utf8").match(/"(bench(?::\w+)?)",/g) ?? [];
  expect(tasks.length).toBeGreaterThan(5);
  for (const task of tasks) expect(replaceRegion(performance, task.slice(1, -2), "x")).not.toBe(performance);
});
