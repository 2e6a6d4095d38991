// Holds a configuration against the table of settings: what it says that no setting takes, each with what is expected.
import { findCapabilities, dialects } from "../../model/capabilities.js";
import { templateProblem } from "../../model/naming-templates.js";
import { nearestName } from "../../compiler/diagnostics/suggest.js";
import { allSettings, type Setting } from "./settings.js";

/** Everything that is wrong with `config`, a sentence each. */
export function configProblems(config: unknown): string[] {
  if (!isRecord(config)) return ["it exports no object: write `export default defineConfig({ … })`"];
  return recordProblems(config, []);
}

/** What is wrong with one setting's value, as a sentence that names it; undefined where it is sound. */
export function valueProblem({ path, takes }: Setting, value: unknown, name = path.join(".")): string | undefined {
  const expect = (what: string): string => `\`${name}\` takes ${what}, not ${described(value)}`;
  switch (takes.kind) {
    case "text":
      return typeof value === "string" && value !== "" ? undefined : expect(`a ${takes.shape}`);
    case "list":
      return listProblem(path, value, name, expect(takes.shape));
    case "whole number":
      return Number.isInteger(value) && Number(value) > 0 ? undefined : expect("a whole number above 0");
    case "switch":
      return typeof value === "boolean" ? undefined : expect("true or false");
    case "choice":
      return takes.values.some((known) => known === value) ? undefined : expect(oneOf(takes.values));
    case "template": {
      if (typeof value !== "string") return expect("a template such as {table}_{columns}_key");
      const problem = templateProblem(value);
      return problem === undefined ? undefined : `\`${name}\` ${problem}`;
    }
  }
}

function recordProblems(record: Readonly<Record<string, unknown>>, above: readonly string[]): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const path = [...above, key];
    const below = allSettings.filter((setting) => path.every((word, at) => setting.path[at] === word));
    const [first] = below;
    if (first === undefined) return [unknownKey(path)];
    if (below.length === 1 && first.path.length === path.length) return valueProblem(first, value) ?? [];
    return isRecord(value)
      ? recordProblems(value, path)
      : [`\`${path.join(".")}\` takes an object, not ${described(value)}`];
  });
}

function unknownKey(path: readonly string[]): string {
  const depth = path.length - 1;
  const siblings = allSettings
    .filter((setting) => path.slice(0, depth).every((word, at) => setting.path[at] === word))
    .map((setting) => setting.path[depth] ?? "");
  const known = [...new Set(siblings)];
  const nearest = nearestName(path[depth] ?? "", known);
  const help = nearest === undefined ? `there are ${known.join(", ")}` : `did you mean \`${nearest}\`?`;
  return `\`${path.join(".")}\` is no setting: ${help}`;
}

function listProblem(path: readonly string[], value: unknown, name: string, expected: string): string | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = items.filter((item) => typeof item === "string" && item !== "");
  // One path alone needs no list.
  if (texts.length < items.length || (!Array.isArray(value) && path[0] !== "schemas")) return expected;
  if (path[0] !== "dialects") return undefined;
  const unknown = items.find((item) => typeof item === "string" && findCapabilities(item) === undefined);
  if (unknown === undefined) return undefined;
  return `\`${name}\` knows no ${described(unknown)}; there are ${dialects.map((dialect) => dialect.name).join(", ")}`;
}

function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`;
}

function described(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return JSON.stringify(value);
  return value === null ? "null" : Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
