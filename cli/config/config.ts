// The settings of a project, as `athanor.config.ts` writes them. This is the package's entry "athanor/config": types,
// and a function that gives them to whoever writes the file.
import type { NamingTemplates } from "../../model/naming-templates.js";
import type { FormatSettings, ImportExtension, ValueSettings } from "../../compiler/emit/emitted-file.js";

/** Everything may be left out; paths are relative to the file's folder. Each setting has a flag that goes before it. */
export interface Config {
  /** Schema files, and folders to search for them; together they are one schema. */
  readonly schemas?: string | readonly string[];
  /** Where the generated TypeScript goes. */
  readonly out?: string;
  /** Databases that the schema is checked against, beside those that it declares itself. */
  readonly dialects?: readonly string[];
  /** The database for commands that talk to one. */
  readonly url?: string;
  /** How constraints and indexes that the schema leaves unnamed are called. */
  readonly naming?: NamingTemplates;
  readonly output?: {
    /** All in `models.ts`, instead of one module a class. */
    readonly singleFile?: boolean;
    /** How generated modules name each other; `.js` where nothing is said. */
    readonly importExtension?: ImportExtension;
  };
  /** Layout of the generated code: prettier's options, by prettier's names. */
  readonly formatting?: FormatSettings;
  /** What values are in TypeScript. */
  readonly types?: ValueSettings;
}

/** `config` as it is: `export default defineConfig({ … })` completes and checks what is written. */
export function defineConfig(config: Config): Config {
  return config;
}
