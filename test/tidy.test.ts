// The house rules as a test: import directions, no cycles, sizes, bans, nothing dead. Each exception stands here
// with its reason, and the lists may only shrink.
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { findCycles } from "./support/cycles.js";
import { exportedNames, readSourceTree, type SourceFile, sourceFolders, visit } from "./support/source-tree.js";

const sources = readSourceTree(sourceFolders);
const everything = readSourceTree([...sourceFolders, "test", "bench", "examples", "generated"]);
const entries = new Set([
  "runtime/index.ts",
  "runtime/engine/opentelemetry.ts",
  "runtime/testing/index.ts",
  "compiler/index.ts",
  "cli/config/config.ts",
  "cli/bin.ts",
]);

/** What each folder may import beside itself; packages by name. */
const importMatrix: Readonly<Record<string, readonly string[]>> = {
  model: [],
  compiler: ["model", "chevrotain", "ts-morph", "prettier"],
  runtime: ["model", "pg", "mysql2", "node:async_hooks", "node:module", "decimal.js", "temporal-polyfill"],
  cli: [
    "model",
    "compiler",
    "runtime",
    "commander",
    "picocolors",
    "node:crypto",
    "node:fs",
    "node:path",
    "node:module",
    "node:url",
    "node:process",
  ],
};

/** The runtime's layers, lowest first: a layer imports itself and those before it. */
const runtimeLayers = [
  "errors",
  "events",
  "types",
  "sql",
  "reflect",
  "schema",
  "dialects",
  "pool",
  "engine",
  "orm",
  "testing",
];
/** Contracts of types alone, which every layer may name. */
const runtimeContracts = new Set(["runtime/dialects/driver.ts", "runtime/engine/execution.ts"]);

/** Files over the limit, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {
  "runtime/sql/ast/nodes.ts": "types alone, of one union whose members refer to one another",
};
/** Functions over the limit, as `file:name`, each with its reason. */
const longFunctions: Readonly<Record<string, string>> = {};

const topFolder = (path: string): string => path.split("/")[0] ?? "";

function importProblems(file: SourceFile): string[] {
  const folder = topFolder(file.path);
  const allowed = importMatrix[folder] ?? [];
  return file.imports
    .filter(({ module, relative }) => {
      const target = relative ? topFolder(module) : module;
      return !(relative && target === folder) && !allowed.includes(target);
    })
    .map(({ module }) => `${file.path} imports ${module}`);
}

function layerOf(path: string): number {
  return runtimeLayers.indexOf(path.split("/")[1] ?? "");
}

describe("imports", () => {
  it("follow the matrix of folders", () => {
    expect(sources.flatMap(importProblems)).toEqual([]);
  });

  it("go downwards within the runtime", () => {
    const upwards = sources
      .filter((file) => file.path.startsWith("runtime/") && file.path !== "runtime/index.ts")
      .flatMap((file) =>
        file.imports
          .filter(({ module, relative }) => relative && module.startsWith("runtime/"))
          .filter(({ module }) => layerOf(module) > layerOf(file.path) && !runtimeContracts.has(module))
          .map(({ module }) => `${file.path} imports ${module}`),
      );
    expect(upwards).toEqual([]);
  });

  it("name a driver package only in its dialect's driver", () => {
    const drivers = /["'](better-sqlite3|pg|mysql2)["']/;
    const strays = sources.filter(
      (file) => drivers.test(file.text) && !/^runtime\/dialects\/[a-z]+\/driver\.ts$/.test(file.path),
    );
    expect(strays.map((file) => file.path)).toEqual([]);
  });

  it("have no cycles, types included", () => {
    const edges = new Map(
      sources.map((file) => [file.path, file.imports.filter((one) => one.relative).map((one) => one.module)]),
    );
    expect(findCycles(edges)).toEqual([]);
  });
});

describe("sizes", () => {
  it("keep files under 500 lines and their median under 150", () => {
    const lengths = sources.map((file) => ({ path: file.path, lines: file.text.split("\n").length - 1 }));
    expect(lengths.filter(({ path, lines }) => lines > 500 && longFiles[path] === undefined)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(150);
  });

  it("keep functions under 70 lines", () => {
    const long: string[] = [];
    for (const file of sources) {
      visit(file.tree, (node) => {
        if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return;
        const from = file.tree.getLineAndCharacterOfPosition(node.getStart()).line;
        const to = file.tree.getLineAndCharacterOfPosition(node.end).line;
        const name = `${file.path}:${node.name?.getText() ?? `line ${from + 1}`}`;
        if (to - from + 1 > 70 && longFunctions[name] === undefined) long.push(`${name} (${to - from + 1} lines)`);
      });
    }
    expect(long).toEqual([]);
  });

  it("keep lines under 121 characters", () => {
    const long = sources.flatMap((file) =>
      file.text.split("\n").flatMap((line, index) => (line.length > 120 ? [`${file.path}:${index + 1}`] : [])),
    );
    expect(long).toEqual([]);
  });

  it("lists no exception that is not needed", () => {
    const paths = new Set(sources.map((file) => file.path));
    const named = [...Object.keys(longFiles), ...Object.keys(longFunctions).map((name) => name.split(":")[0] ?? "")];
    expect(named.filter((path) => !paths.has(path))).toEqual([]);
  });
});

/** Texts that no source file may hold, with what to write instead. */
const bans: readonly { readonly pattern: RegExp; readonly instead: string; readonly where?: RegExp }[] = [
  { pattern: /throw new (Error|TypeError|RangeError)\(/, instead: "an error class of runtime/errors, or a diagnostic" },
  { pattern: /\b(TODO|FIXME|XXX)\b/, instead: "the thing itself" },
  { pattern: /\beval\(|new Function\(/, instead: "generated source" },
  {
    pattern: /\bconsole\.\w+\(|process\.exit|from "node:fs"/,
    instead: "a value that cli/ prints",
    where: /^(model|compiler|runtime)\//,
  },
  { pattern: /@ts-(ignore|nocheck|expect-error)/, instead: "types that hold" },
];

describe("bans", () => {
  for (const { pattern, instead, where } of bans) {
    it(`${String(pattern)}: write ${instead}`, () => {
      const found = sources.filter((file) => (where ?? /^/).test(file.path) && pattern.test(file.text));
      expect(found.map((file) => file.path)).toEqual([]);
    });
  }

  it("`any` and `!`, and `as` without a reason beside it", () => {
    const found: string[] = [];
    for (const file of sources) {
      const lines = file.text.split("\n");
      visit(file.tree, (node) => {
        const line = file.tree.getLineAndCharacterOfPosition(node.getStart()).line;
        const at = `${file.path}:${line + 1}`;
        if (node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node)) found.push(at);
        if (ts.isAsExpression(node) && node.type.getText() !== "const") {
          const nearby = lines.slice(Math.max(0, line - 4), line + 2).join("\n");
          if (!/\/\/|\*/.test(nearby)) found.push(`${at} (as)`);
        }
      });
    }
    expect(found).toEqual([]);
  });

  it("the name of a dialect outside its folder", () => {
    const names = /["'`](sqlite|postgresql|mysql|mariadb)["'`]/;
    const allowed = /^runtime\/dialects\/|^model\/(capabilities|expression-sql)/;
    const found = sources.filter((file) => names.test(file.text) && !allowed.test(file.path));
    expect(found.map((file) => file.path)).toEqual([]);
  });
});

describe("every file", () => {
  it("opens with a comment that says its job", () => {
    expect(sources.filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it("is reached from an entry", () => {
    const byPath = new Map(sources.map((file) => [file.path, file]));
    const reached = new Set<string>();
    const follow = (path: string): void => {
      const file = byPath.get(path);
      if (file === undefined || reached.has(path)) return;
      reached.add(path);
      for (const { module, relative } of file.imports) if (relative) follow(module);
    };
    entries.forEach(follow);
    expect(sources.map((file) => file.path).filter((path) => !reached.has(path))).toEqual([]);
  });

  it("exports only what another file imports", () => {
    const used = new Set<string>();
    for (const file of everything) {
      for (const { module, relative, names } of file.imports) {
        if (relative) for (const name of names) used.add(`${module}#${name}`);
      }
    }
    const dead = sources
      .filter((file) => !entries.has(file.path))
      .flatMap((file) => exportedNames(file).map((name) => `${file.path}#${name}`))
      .filter((name) => !used.has(name) && !used.has(`${name.split("#")[0] ?? ""}#*`));
    expect(dead).toEqual([]);
  });
});

describe("words", () => {
  it("speak of the project alone", () => {
    const strangers = /\bissue #?\d+\b/i;
    const found = everything.filter((file) => strangers.test(file.text.replaceAll(/strangers = .*/g, "")));
    expect(found.map((file) => file.path)).toEqual([]);
  });
});
