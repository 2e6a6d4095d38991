// What the emitter takes beside the schema model, and what it gives.
import type { SchemaOrigins } from "../lower/schema-origins.js";

export interface EmitOptions {
  /** The version of this package, for the files' header. */
  readonly version: string;
  /** The schema files, as headers are to name them. */
  readonly sources: readonly string[];
  /** Which of them declares what: then a header names those alone that its file is made from. */
  readonly origins?: SchemaOrigins;
  /** One file, `models.ts`, instead of one a class. */
  readonly singleFile?: boolean;
  /** How generated modules name each other: `./user.js` (the default), `./user.ts` or `./user`. */
  readonly importExtension?: ImportExtension;
  /** What values are in TypeScript, where a project wants other types than the exact ones. */
  readonly types?: ValueSettings;
  /** Layout by other rules than ours: prettier lays out every file that is made anew, which takes its time. */
  readonly formatting?: FormatSettings;
  /** The output folder, relative to the root that schema files are named from, with `/`. */
  readonly folder?: string;
  /** What an earlier run emitted, so that what has not changed need not be made again. */
  readonly memory?: EmitMemory;
}

export type ImportExtension = ".js" | ".ts" | "";

export interface ValueSettings {
  /** `numeric`: `Decimal` of decimal.js (the default), or its digits as text. */
  readonly numeric?: "Decimal" | "string";
  /** `date`, `time` and `timestamp`: values of `Temporal` (the default), or ISO text. */
  readonly dates?: "Temporal" | "string";
  /** `timestamptz`: `Temporal.Instant` (the default), a `Date`, which keeps milliseconds alone, or ISO text. */
  readonly timestamptz?: "Temporal" | "Date" | "string";
}

/** Options of prettier. */
export interface FormatSettings {
  readonly printWidth?: number;
  readonly tabWidth?: number;
  readonly useTabs?: boolean;
  readonly semi?: boolean;
  readonly singleQuote?: boolean;
  readonly quoteProps?: "as-needed" | "consistent" | "preserve";
  readonly trailingComma?: "all" | "es5" | "none";
  readonly bracketSpacing?: boolean;
  readonly endOfLine?: "lf" | "crlf" | "cr" | "auto";
}

export interface EmittedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Digest of everything that the text depends on. */
  readonly digest: string;
  /** Where the parts of a file of several stand; none for a file that is one. */
  readonly parts: readonly EmittedPart[];
}

export interface EmittedPart {
  readonly digest: string;
  /** Offsets in the file's text. */
  readonly start: number;
  readonly end: number;
  readonly imports: ImportRecord;
}

/** Imported names by module, each as an import lists it: `type A`, `b as c`. */
export type ImportRecord = Readonly<Record<string, readonly string[]>>;

/** Finds what was emitted before by digests of what it was made from. */
export interface EmitMemory {
  /** A text's digest: equal for equal texts alone. */
  digest(text: string): string;
  file(path: string, digest: string): EmittedFile | undefined;
  part(path: string, digest: string): { readonly text: string; readonly imports: ImportRecord } | undefined;
}
