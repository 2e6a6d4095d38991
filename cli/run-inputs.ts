// All that the output of `generate` depends on besides the emitter: settings, and the schema files that were read.
import type { ReadFile } from "../compiler/bind/collect-units.js";
import { createSourceFile, type SourceFile } from "../compiler/text/source-file.js";
import { digestOf } from "./standing-file.js";

/** The inputs of an earlier run, as digests. */
export interface RememberedInputs {
  readonly settings: string;
  readonly texts: readonly (readonly [path: string, digest: string])[];
}

export class RunInputs {
  readonly #settings: string;
  readonly #read: ReadFile;
  readonly #texts = new Map<string, string>();

  /** `settings`: data that JSON can say. */
  constructor(settings: unknown, read: ReadFile) {
    this.#settings = digestOf(JSON.stringify(settings));
    this.#read = read;
  }

  /** Reads a schema file, and remembers that it was read. */
  readonly read: ReadFile = (path) => {
    const text = this.#read(path);
    if (text !== undefined) this.#texts.set(path, text);
    return text;
  };

  /** The paths of the files that were read. */
  get paths(): string[] {
    return [...this.#texts.keys()];
  }

  /** The files that were read, their lines counted. */
  get sources(): SourceFile[] {
    return [...this.#texts].map(([path, text]) => createSourceFile(path, text));
  }

  /** True where a run from these settings would read what `earlier` read; it counts as read then. */
  repeat(earlier: RememberedInputs): boolean {
    if (earlier.settings !== this.#settings) return false;
    for (const [path, digest] of earlier.texts) {
      const text = this.#read(path);
      if (text === undefined || digestOf(text) !== digest) return false;
    }
    for (const [path] of earlier.texts) this.read(path);
    return true;
  }

  /** What was read up to now. */
  remember(): RememberedInputs {
    const texts = [...this.#texts].map(([path, text]): readonly [string, string] => [path, digestOf(text)]);
    return { settings: this.#settings, texts };
  }
}
