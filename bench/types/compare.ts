// `npm run bench:types`: what ten queries over twenty tables cost the type checker with Athanor and with other
// libraries: the whole program, and what the queries add to the tables alone.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { duration, figures, markdownTable } from "../report/markdown.js";
import { describeMachine, printTable, writeResults } from "../report/results.js";
import { athanor } from "./programs/athanor.js";
import { drizzle } from "./programs/drizzle.js";
import { kysely } from "./programs/kysely.js";
import { mikroOrm } from "./programs/mikro-orm.js";
import { prisma } from "./programs/prisma.js";
import { programText, type TypeProgram } from "./programs/program.js";
import { typeCheck, type TypeCost } from "./type-check.js";

const programs: Readonly<Record<string, TypeProgram>> = {
  athanor,
  kysely,
  drizzle,
  MikroORM: mikroOrm,
  Prisma: prisma,
};

/** What the compiler needs in any case. */
const EMPTY: TypeProgram = { needs: null, files: {}, imports: "", database: "unknown", queries: ["db"] };

/** Where the packages of the benchmark are found from. */
const FOLDER = join("bench", ".cache", "types");

const costs = Object.entries(programs).flatMap(([name, program]) => {
  if (program.needs !== null && !existsSync(join("bench", "node_modules", program.needs))) {
    process.stderr.write(`${name} is left out, as it is not installed\n`);
    return [];
  }
  process.stderr.write(`${name} …\n`);
  return [{ name, ...measure(name, program) }];
});
const empty = { name: "an empty program", ...measure("empty", EMPTY) };
const rows = [empty, ...costs].map(({ name, whole, tables }) => [
  name,
  duration(whole.seconds * 1e6),
  `${figures(whole.megabytes)} MB`,
  String(whole.instantiations),
  String(whole.instantiations - tables.instantiations),
]);
printTable(
  "Type checking: ten queries over twenty tables",
  `The compiler's own figures for a program of its own, the best of three; ${describeMachine()}`,
  markdownTable(["", "tsc", "memory", "instantiations", "of the queries"], rows),
);
writeResults("types", [empty, ...costs]);

function measure(name: string, program: TypeProgram): { readonly whole: TypeCost; readonly tables: TypeCost } {
  const folder = join(process.cwd(), FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  for (const [path, text] of Object.entries(program.files)) writeFileSync(join(folder, path), text);
  program.prepare?.(folder);
  // The same imports without a query: what is imported is checked, too.
  const tables = typeCheck(folder, programText({ ...program, queries: [] }));
  return { whole: typeCheck(folder, programText(program)), tables };
}
