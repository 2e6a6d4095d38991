// The project's own example schemas: canonical, sound, and compiled to exactly what is in `generated/`.
import { expect, it } from "vitest";
import { run } from "../../cli/main.js";
import { projectRoot } from "../support/source-tree.js";

async function athanor(...argv: string[]): Promise<{ exitCode: number; stderr: string }> {
  let stderr = "";
  const exitCode = await run(argv, {
    cwd: projectRoot,
    color: false,
    stdout: () => undefined,
    stderr: (text) => void (stderr += text),
  });
  return { exitCode, stderr };
}

it("`schemas/` has no mistake and nothing to warn of", async () => {
  expect(await athanor("check", "schemas/")).toEqual({
    exitCode: 0,
    stderr: "3 files checked: the schema is sound\n",
  });
});

it("`schemas/` is formatted", async () => {
  expect(await athanor("format", "schemas/", "--check")).toEqual({ exitCode: 0, stderr: "3 files, all formatted\n" });
});

it("`generated/` is what `schemas/` compiles to", async () => {
  expect(await athanor("generate", "schemas/", "--out", "generated/", "--check")).toEqual({
    exitCode: 0,
    stderr: "generated is up to date\n",
  });
});
