// Every schema that the checks accept compiles to code that the strictest settings take, and that prettier leaves alone.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { format } from "prettier";
import { afterAll, expect, it } from "vitest";
import { compileSchema } from "../../compiler/compile.js";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import type { EmitOptions } from "../../compiler/emit/emitted-file.js";
import { projectRoot } from "../support/source-tree.js";

const folder = mkdtempSync(join(tmpdir(), "athanor-random-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names that are awkward somewhere: reserved, taken, long, of other scripts, quoted. */
const names = [
  ..."name length type value class default key order index table select user group to_json id2".split(" "),
  ..."prototype_x then await async static new delete typeof of from import enum metadata insert update Entity".split(
    " ",
  ),
  "Meta",
  "überfall",
  "名前",
  "aB",
  "with_a_name_that_goes_on_and_on_until_it_is_sixty_characters",
];
const quoted = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) && name !== "index" ? name : `"${name}"`);

const type = fc.constantFrom(
  ..."smallint integer bigint boolean real double numeric(10,2) numeric varchar(20) text bytes date time timestamp".split(
    " ",
  ),
  ..."timestamptz uuid json mood integer[] text[] posint".split(" "),
);
const column = fc.record({
  name: fc.constantFrom(...names),
  type,
  nullable: fc.boolean(),
  option: fc.constantFrom("", "", "", "unique", "comment 'it''s */ `${x}`'", "deferred", "version"),
});

const table = fc.record({
  columns: fc.uniqueArray(column, { maxLength: 8, selector: ({ name }) => name }),
  key: fc.constantFrom(
    "integer  primary key identity",
    "uuid  primary key generate uuid7()",
    "bigint  primary key identity always",
  ),
  isMapped: fc.boolean(),
  parent: fc.option(fc.nat()),
  doc: fc.constantFrom("", "/// Says */ all @this {@link x}\n"),
  unique: fc.boolean(),
});

type TableShape = typeof table extends fc.Arbitrary<infer T> ? T : never;

function tableText(
  { columns, key, isMapped, parent, doc, unique }: TableShape,
  index: number,
  all: readonly TableShape[],
): string {
  const lines = [`  id  ${key}`];
  for (const { name, type: typeName, nullable, option } of columns) {
    const isCounter = option === "version" && (typeName === "integer" || nullable);
    const written = option === "version" && !isCounter ? "" : option;
    if (written === "version" && columns.find((each) => each.option === "version")?.name !== name) continue;
    const shown = written === "version" ? "integer" : `${typeName}${nullable ? "?" : ""}`;
    lines.push(`  ${quoted(name)}  ${shown}  ${/json|\[\]/.test(typeName) && written === "unique" ? "" : written}`);
  }
  const target = parent === null ? undefined : parent % (index + 1);
  const other = target === undefined ? undefined : all[target];
  if (other !== undefined && target !== undefined) {
    const keyType = /^\w+/.exec(other.key)?.[0] ?? "integer";
    lines.push(`  parent_ref  ${keyType}?  references t${target}  index`);
    if (isMapped && other.isMapped) {
      lines.push(
        `  relationship parentOf${index}: T${target}?  foreign_keys (parent_ref)  back_populates childrenOf${index}`,
      );
    }
  }
  for (const [at, child] of all.entries()) {
    const isChild = child.parent !== null && child.parent % (at + 1) === index && child.isMapped && isMapped;
    if (isChild) lines.push(`  relationship childrenOf${at}: T${at}[]  back_populates parentOf${at}`);
  }
  const [first, second] = columns.filter(({ type: name }) => !/json|\[\]/.test(name));
  if (
    unique &&
    first !== undefined &&
    second !== undefined &&
    second.option !== "version" &&
    first.option !== "version"
  ) {
    lines.push(`  unique (${quoted(first.name)}, ${quoted(second.name)})`);
  }
  return `${doc}table t${index} ${isMapped ? `as T${index} ` : ""}{\n${lines.join("\n")}\n}`;
}

const schemas = fc.array(table, { minLength: 1, maxLength: 5 }).map((tables) => {
  const head = "enum mood { happy, 'in two minds', 'constructor' }\ndomain posint = integer check (value > 0)\n";
  return head + tables.map(tableText).join("\n");
});

const settings: fc.Arbitrary<Partial<EmitOptions>> = fc.record({
  singleFile: fc.boolean(),
  types: fc.constantFrom({}, { numeric: "string", dates: "string", timestamptz: "Date" } as const),
});

const options = {
  noEmit: true,
  skipLibCheck: true,
  target: "ES2022",
  lib: ["ES2023", "ESNext.Disposable"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
  strict: true,
  declaration: true,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  isolatedDeclarations: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  types: ["node"],
  typeRoots: [join(projectRoot, "node_modules/@types")],
  paths: { athanor: [join(projectRoot, "runtime/index.ts")] },
};

it("accepted schemas compile strictly", async () => {
  const seed = Number(process.env["EMIT_SEED"] ?? Date.now() % 1_000_000);
  const samples = fc.sample(fc.tuple(schemas, settings), { numRuns: 60, seed });
  const accepted: string[] = [];
  for (const [index, [schema, chosen]] of samples.entries()) {
    const { value } = compileSchema({ root: "a.schema", read: () => schema });
    if (value.model === undefined) continue;
    accepted.push(schema);
    const files = await emitSchema(value.model, { version: "0.0.0", sources: ["a.schema"], ...chosen });
    mkdirSync(join(folder, String(index)));
    for (const { path, text } of files) {
      writeFileSync(join(folder, String(index), path), text);
      if (index < 12) expect(await format(text, { filepath: path, printWidth: 120 })).toBe(text);
    }
  }
  // Else the generator has gone astray.
  expect(accepted.length).toBeGreaterThan(samples.length / 3);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*/*.ts"] }));
  const tsc = join(projectRoot, "node_modules/.bin/tsc");
  const { stdout } = spawnSync(tsc, ["-p", folder, "--pretty", "false"], { encoding: "utf8", cwd: projectRoot });
  const problems = stdout.split("\n").filter((line) => line !== "" && !/^(\s|\.*\/*(runtime|model)\/)/.test(line));
  expect({ seed, problems }).toEqual({ seed, problems: [] });
});
