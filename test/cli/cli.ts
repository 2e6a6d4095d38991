// Runs the command in this process, in a folder of its own.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { run } from "../../cli/main.js";
import type { ExitCode } from "../../cli/terminal.js";

export interface Outcome {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  readonly folder: string;
  /** Runs `athanor` with these arguments in the project's folder. */
  athanor(...argv: string[]): Promise<Outcome>;
  write(path: string, text: string): void;
  read(path: string): string;
  /** The names in a folder, sorted; none where it does not exist. */
  list(path: string): string[];
}

/** A new folder with `files`, removed when the test ends. */
export function createProject(files: Readonly<Record<string, string>> = {}): Project {
  const folder = mkdtempSync(join(tmpdir(), "athanor-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const project: Project = {
    folder,
    athanor: async (...argv) => {
      const written = { stdout: "", stderr: "" };
      const exitCode = await run(argv, {
        cwd: folder,
        color: false,
        stdout: (text) => void (written.stdout += text),
        stderr: (text) => void (written.stderr += text),
      });
      return { exitCode, ...written };
    },
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    read: (path) => readFileSync(join(folder, path), "utf8"),
    list: (path) => {
      try {
        return readdirSync(join(folder, path)).toSorted();
      } catch {
        return [];
      }
    },
  };
  for (const [path, text] of Object.entries(files)) project.write(path, text);
  return project;
}
