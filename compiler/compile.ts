// The compiler's pipeline, from the text of schema files to the schema model: syntax, binding, checks, lowering.
// Pure: files come through the caller's `read`, and what is wrong goes back as diagnostics.
import type { NamingTemplates } from "../model/naming-templates.js";
import type { SchemaModel } from "../model/schema-model.js";
import { bindSchema } from "./bind/bind.js";
import { collectUnits, type ReadFile } from "./bind/collect-units.js";
import { withoutAllowed } from "./check/allowed-warnings.js";
import { checkSchema } from "./check/check.js";
import { withoutConsequences } from "./check/consequences.js";
import { firstOfEachFile, oncePerMixin } from "./check/limits.js";
import { checkDialects } from "./check/declared-dialects.js";
import type { Staged } from "./diagnostics/diagnostic.js";
import { sortDiagnostics } from "./diagnostics/sort-diagnostics.js";
import { type SchemaOrigins, schemaOrigins } from "./lower/schema-origins.js";
import { toModel } from "./lower/to-model.js";
import type { ParsedFile } from "./syntax/parse.js";

export interface CompileInput {
  /**
   * The root file, or several that make one schema: paths relative to the project's root, with `/`. Those that others
   * of them import are not roots.
   */
  readonly root: string | readonly string[];
  /** The text of the file at a path relative to the project's root; undefined where there is none. */
  readonly read: ReadFile;
  /** Target dialects of the configuration, beside those that the root files declare. */
  readonly dialects?: readonly string[];
  /** How constraints and indexes are called that the schema leaves unnamed; PostgreSQL's way where nothing is said. */
  readonly naming?: NamingTemplates;
}

export interface CompiledSchema {
  /** Undefined where there is an error. */
  readonly model: SchemaModel | undefined;
  /** Which file declares what of the model. */
  readonly origins: SchemaOrigins;
  /** Every file that was read, imported ones before those that import them. */
  readonly files: readonly ParsedFile[];
  /** The schema's top. */
  readonly roots: readonly string[];
  /** Root files that could not be read. */
  readonly missing: readonly string[];
}

/** Compiles a schema. A mistake never throws: it is a diagnostic, and the stages after it go on with the rest. */
export function compileSchema(input: CompileInput): Staged<CompiledSchema> {
  const wanted = typeof input.root === "string" ? [input.root] : input.root;
  // 1. Text to syntax trees: the root files and all that they import.
  const collected = collectUnits(wanted, input.read);
  const { roots, files, imports, circular, missing } = collected.value;
  const units = files.map(({ unit }) => unit);
  // 2. Which databases the schema is for.
  const dialects = checkDialects(units, roots, input.dialects ?? []);
  // 3. Names to symbols: tables, columns, classes, joins.
  const bound = bindSchema(units, dialects.value);
  // 4. Everything that must hold.
  const checked = checkSchema(bound.value, { roots, imports, circular });
  const found = oncePerMixin([...dialects.diagnostics, ...bound.diagnostics, ...checked], units);
  const causes = withoutConsequences(found, collected.diagnostics, units);
  const first = firstOfEachFile(causes, collected.diagnostics);
  const diagnostics = sortDiagnostics(withoutAllowed([...collected.diagnostics, ...first], files));
  // 5. Symbols to the schema model, with nothing left implicit.
  const isSound = missing.length === 0 && !diagnostics.some(({ severity }) => severity === "error");
  return {
    value: {
      model: isSound ? toModel(bound.value, input.naming ?? {}) : undefined,
      origins: schemaOrigins(bound.value),
      roots,
      files,
      missing,
    },
    diagnostics,
  };
}
