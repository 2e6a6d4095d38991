// What a command works on: the configuration with the command line's own words put over it.
import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { CommandError, exitCodes, type Terminal } from "../terminal.js";
import { valueProblem } from "./check-config.js";
import type { Config } from "./config.js";
import { loadConfig } from "./load-config.js";
import { allSettings, type Setting } from "./settings.js";

export interface Project {
  readonly config: Config;
  /** The project's root: where its configuration is, or where the command runs. */
  readonly folder: string;
  /** Schema files and folders, relative to where the command runs. */
  readonly schemas: readonly string[];
  /** The folder of the generated code, absolute; undefined where nobody says. */
  readonly out: string | undefined;
  /** The file of the configuration, where there is one. */
  readonly configFile: string | undefined;
}

/** What the command line said, by the names that commander gives flags. */
export type Flags = Readonly<Record<string, unknown>>;

/** Adds `--config` and a flag for each of `settings`. */
export function addSettings(command: Command, settings: readonly Setting[]): Command {
  command.option("--config <file>", "the configuration; otherwise athanor.config.* here or above");
  for (const { flag, takes, description } of settings) {
    if (takes.kind === "switch") {
      command.addOption(new Option(`--${flag}`, description)).addOption(new Option(`--no-${flag}`).hideHelp());
      continue;
    }
    const option = new Option(`--${flag} <${placeholder(takes)}>`, description);
    command.addOption(takes.kind === "choice" ? option.choices([...takes.values]) : option);
  }
  return command;
}

function placeholder(takes: Setting["takes"]): string {
  return "shape" in takes ? takes.shape : takes.kind === "choice" ? "word" : takes.kind.replace("whole ", "");
}

/**
 * The project that `paths` and `flags` name over its configuration. Throws `CommandError` (wrong usage) where either
 * says what cannot be.
 */
export async function openProject(paths: readonly string[], flags: Flags, terminal: Terminal): Promise<Project> {
  const file = typeof flags["config"] === "string" ? flags["config"] : undefined;
  const { config: written, folder, file: configFile } = await loadConfig(terminal.cwd, file);
  const config = withFlags(written, flags);
  const own = typeof written.schemas === "string" ? [written.schemas] : (written.schemas ?? []);
  const out = typeof flags["out"] === "string" ? resolve(terminal.cwd, flags["out"]) : written.out;
  return {
    config,
    folder,
    schemas: paths.length > 0 ? paths : own.map((path) => relative(terminal.cwd, resolve(folder, path)) || "."),
    out: out === undefined ? undefined : resolve(folder, out),
    configFile,
  };
}

/** The schemas of `project`. Throws `CommandError` (wrong usage) where there are none. */
export function schemasOf(project: Project): readonly string[] {
  if (project.schemas.length > 0) return project.schemas;
  const help = "name schema files or folders, or set `schemas` in athanor.config.ts";
  throw new CommandError("there is no schema to read", exitCodes.usage, help);
}

function withFlags(config: Config, flags: Flags): Config {
  let result: Readonly<Record<string, unknown>> = { ...config };
  for (const setting of allSettings) {
    const given = flags[camelCased(setting.flag)];
    if (setting.flag === "" || given === undefined) continue;
    const value = fromFlag(setting, given);
    const problem = valueProblem(setting, value, `--${setting.flag}`);
    if (problem !== undefined) throw new CommandError(problem, exitCodes.usage);
    result = withValue(result, setting.path, value);
  }
  return result;
}

function fromFlag({ takes }: Setting, given: unknown): unknown {
  if (typeof given !== "string") return given;
  if (takes.kind === "list") return given.split(",").map((word) => word.trim());
  return takes.kind === "whole number" ? Number(given) : given;
}

function withValue(
  record: Readonly<Record<string, unknown>>,
  [first = "", ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  if (rest.length === 0) return { ...record, [first]: value };
  const inner = record[first];
  // Sound: settings of one name are objects in every configuration that passed its check.
  const below = typeof inner === "object" && inner !== null ? (inner as Readonly<Record<string, unknown>>) : {};
  return { ...record, [first]: withValue(below, rest, value) };
}

/** As commander has it: `--single-file` is `singleFile`. */
function camelCased(flag: string): string {
  return flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
