// Generated code is inert whatever its schema holds: imported by a program of its own it runs, does its work, and does
// nothing else; and it passes the strictest settings.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import { occupiedNames } from "../../compiler/emit/runtime-names.js";
import { transpile } from "../../compiler/emit/transpile.js";
import { compileText } from "../check/compile-case.js";
import { projectRoot } from "../support/source-tree.js";
import { payloads, places, schemaOfText, words } from "./hostile-schemas.js";
import { problemsIn, strictest } from "./strict-types.js";

const folder = mkdtempSync(join(tmpdir(), "athanor-hostile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
mkdirSync(join(folder, "node_modules"));
symlinkSync(projectRoot, join(folder, "node_modules/athanor"), "junction");
copyFileSync(fileURLToPath(new URL("canary.mjs", import.meta.url)), join(folder, "run.mjs"));

interface Report {
  readonly isUntouched: boolean;
  readonly answer?: Readonly<Record<string, unknown>>;
}

/** Emits a schema into a folder of its own, as TypeScript and as the JavaScript that it is without types. */
async function generate(name: string, schema: string): Promise<void> {
  const { value, diagnostics } = compileText(schema);
  const { model } = value;
  if (model === undefined) expect.fail(`${name}: ${JSON.stringify(diagnostics.map(({ message }) => message))}`);
  mkdirSync(join(folder, name));
  for (const { path, text } of await emitSchema(model, { version: "0.0.0", sources: ["test.schema"] })) {
    writeFileSync(join(folder, name, path), text);
    writeFileSync(join(folder, name, path.replace(/ts$/, "js")), transpile(text));
  }
}

/** What a program that imports all these modules finds changed. */
function importAll(names: readonly string[]): Record<string, Report> {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, "run.mjs"), folder, ...names], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const report: Record<string, Report> = JSON.parse(stdout);
  return report;
}

describe("texts that want to be code", () => {
  it("stay texts, in code that runs and passes the strictest settings", { timeout: 120_000 }, async () => {
    const names = payloads.map((_, index) => `text${index}`);
    for (const [index, text] of payloads.entries()) await generate(`text${index}`, schemaOfText(text));
    const before = readdirSync(folder);
    const report = importAll(names);
    expect(readdirSync(folder)).toEqual(before);
    for (const [index, text] of payloads.entries()) {
      expect({ text, ...report[`text${index}`] }).toEqual({
        text,
        isUntouched: true,
        answer: {
          note: text,
          label: text,
          state: `${text}!`,
          shown: text + text,
          asked: text + text,
          kin: "1",
          seen: 1,
        },
      });
    }
    expect(problemsIn(folder, ["text*/*.ts"], strictest)).toEqual([]);
  });

  it("are refused where they hold half a character", () => {
    for (const half of ["\uD800", "\uDC00", "\uDC00\uD800"]) {
      for (const schema of [
        `table t {\n  id integer primary key\n  x text default '${half}'\n}`,
        `table "${half}" {}`,
      ]) {
        const { value, diagnostics } = compileText(schema);
        expect(value.model).toBeUndefined();
        expect(diagnostics.map(({ code }) => code)).toContain("S1012");
      }
    }
    const escaped = String.raw`table t {
  id  integer  primary key
  whole  text  default U&'\D83D\DE42'
  half  text  default U&'\D83D'
  nul  text  default U&'a\0000'
}`;
    const { diagnostics } = compileText(escaped);
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual([
      "S1012",
      "S1010",
    ]);
  });

  it("are refused as names where no database could hold them", () => {
    const { diagnostics } = compileText(
      `dialect sqlite, postgresql\ntable ${"long".repeat(5000)} {\n  id integer primary key\n}`,
    );
    expect(diagnostics.map(({ code }) => code)).toContain("S6003");
  });
});

/** No class and no union type may be called so: reserved, of the language, or read as a promise. */
const typeNames =
  "abstract any arguments as async await bigint boolean break case catch class const continue debugger " +
  "declare default delete do else enum eval export extends false finally for from function get global " +
  "globalThis if implements import in infer instanceof interface intrinsic is keyof let module " +
  "namespace never new null number object of package private protected public readonly require return " +
  "satisfies set static string super switch symbol this throw true try type typeof undefined unique " +
  "unknown using var void while with yield NaN Infinity Array BigInt Boolean Function Iterable Number " +
  "Object Promise String Symbol Uint8Array then";
/** What every object has: by the names that columns become, and by names that are kept as they are. */
const members = "constructor prototype hasOwnProperty isPrototypeOf toString valueOf toJSON";
const attributes = "constructor __proto__ prototype hasOwnProperty isPrototypeOf toString valueOf toJSON";
/** Types of the schema language. */
const builtIn = "bigint boolean uuid";

describe("words that mean something in code", () => {
  const every = [...new Set([...words, ...occupiedNames])];
  const refused: Record<string, string> = {};
  const accepted: Record<string, string[]> = {};
  for (const [place, schemaOf] of Object.entries(places)) {
    const isSound = (word: string): boolean =>
      compileText(schemaOf([word])).diagnostics.every(({ severity }) => severity !== "error");
    accepted[place] = every.filter(isSound);
    refused[place] = every.filter((word) => !isSound(word)).join(" ");
  }

  it("are refused where nothing else would do", () => {
    expect(refused).toEqual({
      tables: members,
      "mapped tables": "",
      columns: members,
      classes: typeNames,
      enums: builtIn,
      members: "",
      "union types": typeNames,
      "relationships to one": attributes,
      "relationships to many": attributes,
      properties: attributes,
      "domains and sequences": builtIn,
    });
  });

  it("are names everywhere else, in code that passes the strictest settings", { timeout: 120_000 }, async () => {
    const modules: string[] = [];
    for (const [place, schemaOf] of Object.entries(places)) {
      for (const [index, layer] of layers(accepted[place] ?? []).entries()) {
        const name = `${place.replaceAll(" ", "_")}_${index}`;
        await generate(name, schemaOf(layer));
        modules.push(name);
      }
    }
    const report = importAll(modules);
    expect(modules.filter((name) => report[name]?.isUntouched !== true)).toEqual([]);
    const files = modules.map((name) => `${name}/*.ts`);
    expect(problemsIn(folder, files, strictest)).toEqual([]);
  });
});

/** The words in as few lists as keep those apart that differ by case alone. */
function layers(all: readonly string[]): string[][] {
  const lists: Map<string, string>[] = [];
  for (const word of all) {
    const free = lists.find((list) => !list.has(word.toLowerCase()));
    if (free === undefined) lists.push(new Map([[word.toLowerCase(), word]]));
    else free.set(word.toLowerCase(), word);
  }
  return lists.map((list) => Array.from(list.values()));
}
