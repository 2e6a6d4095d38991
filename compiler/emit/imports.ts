// The imports of one generated file, gathered while its text is built: asking for a name notes the import and gives
// the name to write.
import type { ImportExtension, ImportRecord } from "./emitted-file.js";
import type { ImportStructure } from "./file-structure.js";
import { type GlobalName, isValueName, type RuntimeName, runtimePackage } from "./runtime-names.js";

type ImportSpecifier = ImportStructure["namedImports"][number];

/** The settings of the whole output that imports follow. */
interface ImportPlan {
  /** The schema's own names: where one equals a name of the runtime, the latter is renamed. */
  readonly fixedNames: ReadonlySet<string>;
  readonly singleFile: boolean;
  readonly importExtension: ImportExtension;
}

interface ImportedName {
  readonly name: string;
  readonly alias: string | undefined;
  readonly typeOnly: boolean;
}

export class ImportCollector {
  readonly #plan: ImportPlan;
  /** The file that imports. */
  readonly #path: string;
  readonly #modules = new Map<string, Map<string, ImportedName>>();

  constructor(plan: ImportPlan, path: string) {
    this.#plan = plan;
    this.#path = path;
  }

  /** A name of the runtime package, as a value or as a type, whichever it is. */
  runtime(name: RuntimeName): string {
    const alias = this.#aliasOf(name);
    this.#add(runtimePackage, { name, alias, typeOnly: !isValueName(name) });
    return alias ?? name;
  }

  /** A name of the language itself, reachable even where the schema has a class so named. */
  global(name: GlobalName): string {
    return this.#plan.fixedNames.has(name) ? `globalThis.${name}` : name;
  }

  /** A value from another generated file, by its path. */
  value(path: string, name: string): string {
    this.#addNeighbour(path, name, false);
    return name;
  }

  /** A type from another generated file, by its path. */
  type(path: string, name: string): string {
    this.#addNeighbour(path, name, true);
    return name;
  }

  /** A value from a generated file that is another than the one at hand, though the output be one. */
  fileValue(path: string, name: string): string {
    this.#add(moduleOf(path, this.#plan.importExtension), { name, alias: undefined, typeOnly: false });
    return name;
  }

  /** A type from a module of the user's own. */
  userType(module: string, name: string): string {
    this.#add(module, { name, alias: undefined, typeOnly: true });
    return name;
  }

  /** A value from a module of the user's own. */
  userValue(module: string, name: string): string {
    this.#add(module, { name, alias: undefined, typeOnly: false });
    return name;
  }

  /** All that was asked for, to be added to another collector. */
  record(): ImportRecord {
    return Object.fromEntries(
      [...this.#modules].map(([module, names]) => [
        module,
        [...names.values()].map(({ name, alias, typeOnly }) => {
          return `${typeOnly ? "type " : ""}${name}${alias === undefined ? "" : ` as ${alias}`}`;
        }),
      ]),
    );
  }

  addRecord(record: ImportRecord): void {
    for (const [module, names] of Object.entries(record)) {
      for (const text of names) {
        const [, type, name = "", alias] = /^(type )?(\S+)(?: as (\S+))?$/.exec(text) ?? [];
        this.#add(module, { name, alias, typeOnly: type !== undefined });
      }
    }
  }

  structures(): ImportStructure[] {
    return [...this.#modules]
      .toSorted(([left], [right]) => compareModules(left, right))
      .map(([moduleSpecifier, names]) => {
        const sorted = [...names.values()].toSorted(compareNames);
        const isTypeOnly = sorted.every((imported) => imported.typeOnly);
        return {
          moduleSpecifier,
          isTypeOnly,
          namedImports: sorted.map((imported) => specifier(imported, isTypeOnly)),
        };
      });
  }

  #aliasOf(name: string): string | undefined {
    let alias = name;
    while (this.#plan.fixedNames.has(alias)) alias = renamed(alias);
    return alias === name ? undefined : alias;
  }

  #addNeighbour(path: string, name: string, typeOnly: boolean): void {
    if (this.#plan.singleFile || path === this.#path) return;
    this.#add(moduleOf(path, this.#plan.importExtension), { name, alias: undefined, typeOnly });
  }

  #add(module: string, imported: ImportedName): void {
    const names = this.#modules.get(module) ?? new Map<string, ImportedName>();
    this.#modules.set(module, names);
    const known = names.get(imported.name);
    if (known === undefined || (known.typeOnly && !imported.typeOnly)) names.set(imported.name, imported);
  }
}

/** `user.ts` as a neighbour imports it. */
export function moduleOf(path: string, extension: ImportExtension): string {
  return `./${path.replace(/\.ts$/, extension)}`;
}

/** Where the whole import is of types, its names need not say so. */
function specifier({ name, alias, typeOnly }: ImportedName, inTypeImport: boolean): ImportSpecifier {
  const isTypeOnly = typeOnly && !inTypeImport;
  return alias === undefined ? { name, isTypeOnly } : { name, alias, isTypeOnly };
}

function renamed(name: string): string {
  return /^[A-Z]/.test(name) ? `Athanor${name}` : `athanor${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Packages before neighbours. */
function compareModules(left: string, right: string): number {
  const leftLocal = left.startsWith(".");
  if (leftLocal !== right.startsWith(".")) return leftLocal ? 1 : -1;
  return compareTexts(left, right);
}

function compareNames(left: ImportedName, right: ImportedName): number {
  return compareTexts(left.name.toLowerCase(), right.name.toLowerCase()) || compareTexts(left.name, right.name);
}

/** Code unit order: the same on every machine, whatever its locale. */
function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
