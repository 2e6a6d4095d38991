// The command's connection to the world: where it stands and where its words go. Tests give one of their own.
import picocolors from "picocolors";

/** What a command reads from and writes to. People read `stderr`, programs read `stdout`. */
export interface Terminal {
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /** True where `stderr` shows colours. */
  readonly color: boolean;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

export type ExitCode = 0 | 1 | 2;
/** Done; the schema says no, or a check found a difference; wrong usage. */
export const exitCodes = { done: 0, refused: 1, usage: 2 } as const satisfies Record<string, ExitCode>;

/** Ends a command with a message for people; `help` says what to do next. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: ExitCode;
  readonly help: string | undefined;

  constructor(message: string, exitCode: ExitCode, help?: string) {
    super(message);
    this.exitCode = exitCode;
    this.help = help;
  }
}

export function processTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    color: showsColor(process.env, isTerminal(process.stderr)),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  };
}

/** A stream that is no terminal has no `isTTY` at all, whatever its type says. */
function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

/** NO_COLOR and FORCE_COLOR decide, else whether a person is looking. */
function showsColor(environment: NodeJS.ProcessEnv, isWatched: boolean): boolean {
  if (environment["NO_COLOR"] !== undefined && environment["NO_COLOR"] !== "") return false;
  if (environment["FORCE_COLOR"] !== undefined && environment["FORCE_COLOR"] !== "0") return true;
  return isWatched && environment["TERM"] !== "dumb";
}

export function writeError(terminal: Terminal, message: string, help?: string): void {
  const colors = picocolors.createColors(terminal.color);
  terminal.stderr(`${colors.red("error")}: ${message}\n`);
  if (help !== undefined) terminal.stderr(`  ${colors.cyan("help")}: ${help}\n`);
}
