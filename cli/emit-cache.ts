// What `generate` remembers of its last run: for each file of the output which digests it was made from, and the digest
// of its text. The texts themselves stay in the output folder; one that was changed there counts as forgotten. And what
// the run read and said of it, so that the same need not be compiled again. So the worst that a lost, old or broken
// cache can do is to make the next run do all of its work.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import type { EmitMemory, EmittedFile, EmittedPart } from "../compiler/emit/emitted-file.js";
import { packageVersion } from "./package-info.js";
import type { RememberedInputs, RunInputs } from "./run-inputs.js";
import { digestOf, type StandingFile } from "./standing-file.js";

interface RememberedFile {
  readonly digest: string;
  /** Digest of the file's text. */
  readonly text: string;
  readonly parts: readonly EmittedPart[];
}

interface Remembered {
  readonly files: Readonly<Record<string, RememberedFile>>;
  /** Absent where nothing is remembered. */
  readonly run?: { readonly inputs: RememberedInputs; readonly diagnostics: readonly Diagnostic[] };
}

const nothing: Remembered = { files: {} };

export class EmitCache {
  readonly #file: string | undefined;
  readonly #made: Remembered;
  /** Digests of the texts of emitted files. */
  readonly #textDigests = new WeakMap<EmittedFile, string>();

  /** The cache of output `folder`: beside the packages of the project that it is in; nowhere where there are none. */
  constructor(folder: string) {
    const modules = nearestModules(folder);
    const name = `${digestOf(folder).slice(0, 16)}.json`;
    this.#file = modules === undefined ? undefined : join(modules, ".cache", "athanor", name);
    this.#made = this.#file === undefined ? nothing : readCache(this.#file);
  }

  /**
   * What an earlier run from the same `inputs` said of them, where it made exactly `standing`, the generated files that
   * stand in the output folder: another one would change nothing. Otherwise undefined.
   */
  repeat(inputs: RunInputs, standing: ReadonlyMap<string, StandingFile>): readonly Diagnostic[] | undefined {
    const { run, files } = this.#made;
    if (run === undefined || Object.keys(files).length !== standing.size || !inputs.repeat(run.inputs))
      return undefined;
    const isAsMade = [...standing].every(([path, { digest }]) => this.#remembered(path)?.text === digest);
    return isAsMade ? run.diagnostics : undefined;
  }

  /** What the emitter is to remember, given the generated files that stand in the output folder now. */
  memory(standing: ReadonlyMap<string, StandingFile>): EmitMemory {
    const known = new Map<string, { file: StandingFile; remembered: RememberedFile }>();
    for (const [path, file] of standing) {
      const remembered = this.#remembered(path);
      if (remembered?.text === file.digest) known.set(path, { file, remembered });
    }
    const partsOf = new Map<RememberedFile, ReadonlyMap<string, EmittedPart>>();
    const partsByDigest = (remembered: RememberedFile): ReadonlyMap<string, EmittedPart> => {
      const parts = partsOf.get(remembered) ?? new Map(remembered.parts.map((part) => [part.digest, part]));
      partsOf.set(remembered, parts);
      return parts;
    };
    return {
      digest: digestOf,
      file: (path, digest) => {
        const found = known.get(path);
        if (found === undefined || found.remembered.digest !== digest) return undefined;
        const { file, remembered } = found;
        const emitted: EmittedFile = {
          path,
          digest,
          get text() {
            return file.text;
          },
          parts: remembered.parts,
        };
        this.#textDigests.set(emitted, remembered.text);
        return emitted;
      },
      part: (path, digest) => {
        const found = known.get(path);
        const part = found && partsByDigest(found.remembered).get(digest);
        if (found === undefined || part === undefined) return undefined;
        return { text: found.file.text.slice(part.start, part.end), imports: part.imports };
      },
    };
  }

  /** The digest of an emitted file's text. */
  textDigest(file: EmittedFile): string {
    const digest = this.#textDigests.get(file) ?? digestOf(file.text);
    this.#textDigests.set(file, digest);
    return digest;
  }

  /**
   * Remembers what a run made of its inputs, and what it said of them. That it cannot be written down is no failure:
   * the next run takes longer.
   */
  store(files: readonly EmittedFile[], inputs: RunInputs, diagnostics: readonly Diagnostic[]): void {
    if (this.#file === undefined) return;
    const made = files.map((file): [string, RememberedFile] => {
      return [file.path, { digest: file.digest, text: this.textDigest(file), parts: file.parts }];
    });
    const run = { inputs: inputs.remember(), diagnostics };
    const content = JSON.stringify({ emitter: emitterIdentity(), files: Object.fromEntries(made), run });
    const draft = `${this.#file}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(draft, content);
      renameSync(draft, this.#file);
    } catch {
      rmSync(draft, { force: true });
    }
  }

  #remembered(path: string): RememberedFile | undefined {
    return Object.hasOwn(this.#made.files, path) ? this.#made.files[path] : undefined;
  }
}

/** The `node_modules` that the project of `folder` keeps its packages in. */
function nearestModules(folder: string): string | undefined {
  for (let path = folder; ; path = dirname(path)) {
    const modules = join(path, "node_modules");
    if (statSync(modules, { throwIfNoEntry: false })?.isDirectory() === true) return modules;
    if (dirname(path) === path) return undefined;
  }
}

/** The version, and when this copy of it was installed or built: another emitter may write other text. */
function emitterIdentity(): string {
  return `${packageVersion()} ${statSync(fileURLToPath(import.meta.url)).mtimeMs}`;
}

function readCache(file: string): Remembered {
  try {
    // What is written here is this file's own; anything else fails a look-up or the digests.
    const content = JSON.parse(readFileSync(file, "utf8")) as Remembered & { readonly emitter: string };
    return content.emitter === emitterIdentity() ? content : nothing;
  } catch {
    return nothing;
  }
}
