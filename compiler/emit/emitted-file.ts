// What the emitter takes beside the schema model, and what it gives.

export interface EmitOptions {
  /** The version of this package, for the files' header. */
  readonly version: string;
  /** The schema files, as the header is to name them. */
  readonly sources: readonly string[];
}

export interface EmittedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly text: string;
}
