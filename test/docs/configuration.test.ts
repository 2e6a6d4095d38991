// docs/configuration.md: the table of settings is the one that the code has, and the example is a configuration.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { allSettings, type Setting } from "../../cli/config/settings.js";
import { createProject } from "../cli/cli.js";
import { projectRoot } from "../support/source-tree.js";

const page = join(projectRoot, "docs/configuration.md");
const marks = /(<!-- settings -->\n)[^]*(\n<!-- \/settings -->)/;

function row({ path, flag, takes, description }: Setting): string {
  const kinds = {
    text: "shape" in takes ? `a ${takes.shape}` : "",
    list: "shape" in takes ? takes.shape : "",
    "whole number": "a whole number",
    switch: "`true`, `false`",
    choice: "values" in takes ? takes.values.map((value) => `\`${JSON.stringify(value)}\``).join(", ") : "",
    template: "a template",
  };
  const dashes = flag === "" ? "" : takes.kind === "switch" ? `\`--${flag}\`, \`--no-${flag}\`` : `\`--${flag}\``;
  return `| \`${path.join(".")}\` | ${dashes} | ${kinds[takes.kind]} | ${description} |`;
}

it("lists every setting", () => {
  const text = readFileSync(page, "utf8");
  const table = ["| setting | flag | takes | is |", "| --- | --- | --- | --- |", ...allSettings.map(row)].join("\n");
  const expected = text.replace(marks, (_, before: string, after: string) => `${before}${table}${after}`);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(page, expected);
  else expect(text).toBe(expected);
});

it("shows a configuration that is one", async () => {
  const [, example = ""] = /```ts\n([^]*?)```/.exec(readFileSync(page, "utf8")) ?? [];
  const project = createProject({
    "athanor.config.mjs": example.replace("athanor/config", join(projectRoot, "cli/config/config.ts")),
    "schemas/app.schema": "table t as T {\n  id  integer  primary key identity\n}\n",
  });
  expect(await project.athanor("generate")).toMatchObject({ exitCode: 0, stderr: "src/generated: 3 files, 3 written\n" });
});
