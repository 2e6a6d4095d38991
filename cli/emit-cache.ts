// What `generate` remembers of its last run: for each file of the output which digests it was made from, and the digest
// of its text. The texts themselves stay in the output folder; one that was changed there counts as forgotten. So the
// worst that a lost, old or broken cache can do is to make the next run do all of its work.
import { hash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EmitMemory, EmittedFile, EmittedPart } from "../compiler/emit/emitted-file.js";
import { packageVersion } from "./package-info.js";

interface RememberedFile {
  readonly digest: string;
  /** Digest of the file's text. */
  readonly text: string;
  readonly parts: readonly EmittedPart[];
}

type Remembered = Readonly<Record<string, RememberedFile>>;

export class EmitCache {
  readonly #file: string | undefined;
  readonly #made: Remembered;
  /** Digests of the texts that were found unchanged. */
  readonly #textDigests = new Map<string, string>();

  /** The cache of output `folder`: beside the packages of the project that it is in; nowhere where there are none. */
  constructor(folder: string) {
    const modules = nearestModules(folder);
    const name = `${digestOf(folder).slice(0, 16)}.json`;
    this.#file = modules === undefined ? undefined : join(modules, ".cache", "athanor", name);
    this.#made = this.#file === undefined ? {} : readCache(this.#file);
  }

  /** What the emitter is to remember, given the texts that stand in the output folder now. */
  memory(texts: ReadonlyMap<string, string>): EmitMemory {
    const known = new Map<string, { text: string; remembered: RememberedFile; parts: Map<string, EmittedPart> }>();
    for (const [path, text] of texts) {
      const remembered = Object.hasOwn(this.#made, path) ? this.#made[path] : undefined;
      if (remembered === undefined || remembered.text !== digestOf(text)) continue;
      this.#textDigests.set(text, remembered.text);
      known.set(path, { text, remembered, parts: new Map(remembered.parts.map((part) => [part.digest, part])) });
    }
    return {
      digest: digestOf,
      file: (path, digest) => {
        const found = known.get(path);
        if (found === undefined || found.remembered.digest !== digest) return undefined;
        return { path, digest, text: found.text, parts: found.remembered.parts };
      },
      part: (path, digest) => {
        const found = known.get(path);
        const part = found?.parts.get(digest);
        if (found === undefined || part === undefined) return undefined;
        return { text: found.text.slice(part.start, part.end), imports: part.imports };
      },
    };
  }

  /** Remembers `files`. That it cannot be written down is no failure: the next run takes longer. */
  store(files: readonly EmittedFile[]): void {
    if (this.#file === undefined) return;
    const made = files.map(({ path, digest, text, parts }): [string, RememberedFile] => {
      return [path, { digest, text: this.#textDigests.get(text) ?? digestOf(text), parts }];
    });
    const content = JSON.stringify({ emitter: emitterIdentity(), files: Object.fromEntries(made) });
    const draft = `${this.#file}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(draft, content);
      renameSync(draft, this.#file);
    } catch {
      rmSync(draft, { force: true });
    }
  }
}

function digestOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 32);
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
    const content = JSON.parse(readFileSync(file, "utf8")) as { emitter: string; files: Remembered };
    return content.emitter === emitterIdentity() ? content.files : {};
  } catch {
    return {};
  }
}
