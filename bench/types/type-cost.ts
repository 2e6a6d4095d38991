// What queries and generated classes cost the type checker, counted in instantiations: each the difference between
// many and few, so that what they share is left out.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the design allows. */
export const QUERY_BUDGET = 450;
export const MODEL_BUDGET = 10;

/** Queries with a label of their own each, because the type checker does equal ones once: `$` is a number. */
export const QUERIES: Readonly<Record<string, string>> = {
  columns: "s.execute(select(User.id.label('a$'), User.name, Address.emailAddress).outerJoin(User.addresses)).all()",
  "entity and column": "s.execute(select(User, Address.id.label('a$')).outerJoin(User.addresses)).one()[1]",
  aggregate:
    "s.execute(select(User.name, func.count(Address.id).label('n$')).join(User.addresses).groupBy('name')).one().n$",
  "ordered by names":
    "s.execute(select(User.id, User.name.label('m$')).groupBy('m$').orderBy('m$', User.id.desc())).all()",
  "aliased class":
    "(() => { const a = aliased(Address, 'a$'); return s.execute(select(User, a).join(a)).one().a$; })()",
  "subquery as a table":
    "(() => { const t = select(User.id, User.name.label('n$')).subquery('t$'); return s.execute(select(t.c.n$)).one(); })()",
  union: "s.execute(select(User.id.label('u$')).union(select(Address.id)).orderBy('u$')).one().u$",
};

const folder = join(process.cwd(), ".cache", "type-cost");

/** Instantiations of one such query. */
export function queryCost(name: string): number {
  const query = QUERIES[name];
  if (query === undefined) throw new Error(`no query ${name}`);
  return (instantiations([queries(name, 120, query)]) - instantiations([queries(name, 20, query)])) / 100;
}

/** Instantiations of a class of eight columns and two relationships, its finders aside: those are queries. */
export function modelCost(): number {
  return (instantiations(models(120)) - instantiations(models(20))) / 100;
}

/** Type-checks files and returns what the compiler counted. */
function instantiations(files: readonly string[]): number {
  const config = join(folder, "tsconfig.json");
  const settings = { extends: "../../tsconfig.json", compilerOptions: { noUnusedLocals: false }, files, include: [] };
  writeFileSync(config, JSON.stringify(settings));
  const tsc = join(process.cwd(), "node_modules", "typescript", "bin", "tsc");
  const output = execFileSync(process.execPath, [tsc, "-p", config, "--extendedDiagnostics", "--singleThreaded"], {
    encoding: "utf8",
  });
  return Number(/^Instantiations:\s+(\d+)/m.exec(output)?.[1]);
}

/** A file of `count` such queries, each in a function of its own. */
function queries(name: string, count: number, query: string): string {
  mkdirSync(folder, { recursive: true });
  const imports = `import { aliased, func, select, type Session } from "athanor";
import { Address, User } from "../../generated/index.js";\nvoid [aliased, func, Address];\n`;
  const bodies = Array.from({ length: count }, (_, at) => {
    return `export const q${at} = (s: Session): unknown => ${query.replaceAll("$", String(at))};\n`;
  });
  const file = join(folder, `${name.replaceAll(" ", "-")}-${count}.ts`);
  writeFileSync(file, imports + bodies.join(""));
  return file;
}

/** The generated files of `count` classes. */
function models(count: number): string[] {
  mkdirSync(folder, { recursive: true });
  const into = join(folder, `models-${count}`);
  execFileSync(process.execPath, [join("dist", "bin.js"), "generate", schemaOf(count), "--out", into]);
  return readdirSync(into)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const file = join(into, name);
      writeFileSync(file, readFileSync(file, "utf8").replaceAll(/\/\*\* Selects [\s\S]*?\n}\n/g, ""));
      return file;
    });
}

/** A schema of `count` classes in a ring. */
function schemaOf(count: number): string {
  const columns = "id integer primary key identity; a text; b text?; c integer; d boolean; e double; f date";
  const tables = Array.from({ length: count }, (_, at) => {
    const next = `T${(at + 1) % count}`;
    const previous = `T${(at - 1 + count) % count}`;
    return `table t${at} as T${at} { ${columns}; next_id integer? references t${(at + 1) % count}; index (next_id)
      relationship next: ${next}? foreign_keys (next_id) back_populates previous
      relationship previous: ${previous}[] back_populates next }\n`;
  });
  const file = join(folder, `models-${count}.schema`);
  writeFileSync(file, tables.join(""));
  return file;
}
