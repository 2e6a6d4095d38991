// The `athanor` command: arguments to calls, results to exit codes. Each command has a file of its own, loaded when it
// is the one that runs.
import { Command, CommanderError, Option } from "commander";
import { addSettings, type Flags } from "./config/project.js";
import { outputSettings, schemaSettings, type Setting } from "./config/settings.js";
import { packageVersion } from "./package-info.js";
import type { ReflectOptions } from "./reflect.js";
import { CommandError, type ExitCode, exitCodes, processTerminal, type Terminal, writeError } from "./terminal.js";

/** Runs the command line of this process and sets its exit code. */
export async function runProcess(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}

/** Runs one command line; `argv` starts with the command's name. Gives the exit code, and throws for bugs only. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const outcome: { code: ExitCode } = { code: exitCodes.done };
  const program = buildProgram(terminal, (code) => {
    outcome.code = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return outcome.code;
  } catch (failure) {
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (!(failure instanceof CommandError)) throw failure;
    writeError(terminal, failure.message, failure.help);
    return failure.exitCode;
  }
}

function buildProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command("athanor")
    .description("Compiles .schema files to typed TypeScript models.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help about a command")
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr, getErrHasColors: () => terminal.color })
    .showSuggestionAfterError()
    .addHelpText("after", "\nExit codes: 0 done, 1 the schema says no or a check found a difference, 2 wrong usage.");

  program
    .command("init")
    .description("write a first schema and add scripts to package.json")
    .action(async () => finish((await import("./init.js")).runInit(terminal)));

  const command = (name: string, description: string, settings: readonly Setting[]): Command =>
    addSettings(program.command(name).description(description).argument("[paths...]", pathsHelp), settings);

  command("check", "report every mistake in a schema", schemaSettings)
    .addOption(outputFormat())
    .action(async (paths: string[], flags: Flags) =>
      finish(await (await import("./check.js")).runCheck(paths, flags, terminal)),
    );

  command("format", "rewrite schema files in the canonical form", [])
    .option("--check", "only say which files would change", false)
    .action(async (paths: string[], flags: Flags) =>
      finish(await (await import("./format.js")).runFormat(paths, flags, terminal)),
    );

  command("generate", "compile a schema to TypeScript", [...schemaSettings, ...outputSettings])
    .option("--check", "only say which files are out of date", false)
    .option("--watch", "go on, and compile again after every change", false)
    .addOption(outputFormat())
    .action(async (paths: string[], flags: Flags) =>
      finish(await (await import("./generate.js")).runGenerate(paths, flags, terminal)),
    );

  program
    .command("reflect")
    .description("write the schema file of an existing database")
    .argument("<url>", "the database, such as sqlite:///app.db or postgresql://user@host/name")
    .option("--out <file>", "the schema file; printed where left out")
    .option("--update", "merge into the file, keeping what was written by hand", false)
    .option(
      "--tables <patterns...>",
      "only tables and views whose names match, such as 'user_*', and what they refer to",
    )
    .option("--schema <names...>", "these schemas of the database, not the default one")
    .option("--config <file>", "the configuration; otherwise athanor.config.* here or above")
    .option("--dialect <names...>", "the dialects that the schema file is for, not the database's own alone")
    .action(async (url: string, options: ReflectOptions) =>
      finish(await (await import("./reflect.js")).runReflect(url, options, terminal)),
    );

  addDatabaseCommands(command, terminal, finish);

  program
    .command("explain")
    .description("print the page about a code such as S2001")
    .argument("<code>", "the code of a diagnostic or an error")
    .action(async (code: string) => finish((await import("./explain.js")).runExplain(code, terminal)));

  return program;
}

/** `create` and `drop`. */
function addDatabaseCommands(
  command: (name: string, description: string, settings: readonly Setting[]) => Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  for (const [direction, what] of [
    ["create", "make in a database what the schema says and it does not have yet"],
    ["drop", "take out of a database what the schema says"],
  ] as const) {
    command(direction, what, schemaSettings)
      .option("--url <url>", "the database, such as sqlite:///app.db or postgresql://user@host/name")
      .option("--sql", "only print the statements, as though nothing were there yet", false)
      .option("--dialect <name>", "with --sql, the database's kind where no URL says it")
      .action(async (paths: string[], flags: Flags) =>
        finish(await (await import("./database-schema.js")).runDatabaseSchema(direction, paths, flags, terminal)),
      );
  }
}

const pathsHelp = "schema files, and folders to search for them; the configuration's where none are named";

function outputFormat(): Option {
  return new Option("--format <format>", "for people or for programs").choices(["text", "json"]).default("text");
}
