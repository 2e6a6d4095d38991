// The classes that these tests use are what their schema compiles to.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileSchema } from "athanor/compiler";
import { expect, it } from "vitest";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import { expectGolden, expectNoOrphans } from "../support/golden.js";

const folder = join(import.meta.dirname, "models");

it("the models are up to date", async () => {
  const compiled = compileSchema({ root: "workshop.schema", read: (path) => readFileSync(join(folder, path), "utf8") });
  expect(compiled.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { model } = compiled.value;
  if (model === undefined) expect.fail("the schema does not compile");
  const files = await emitSchema(model, { version: "0.1.0", sources: ["workshop.schema"] });
  for (const { path, text } of files) expectGolden(join(folder, path), text);
  expectNoOrphans(
    folder,
    ".ts",
    files.map(({ path }) => path),
  );
});
