// The law of properties: on random rows and random expressions the getter and the SQL expression give the same answer,
// NULLs included, on SQLite and on every other database that is there.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AsyncSession, type Attr, createAsyncEngine, type EntityClass, type MetaData, select } from "athanor";
import * as fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { compileSchema } from "../../compiler/compile.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import { describeEachDatabase } from "../support/databases/databases.js";

const folder = mkdtempSync(join(tmpdir(), "athanor-properties-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Expressions by what they give, as schema text; columns are `a b` (whole), `p q` (text), `x y` (boolean). */
const { whole, text, truth } = fc.letrec<{ whole: string; text: string; truth: string }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 3, depthIdentifier: "size" },
    fc.constantFrom("a", "b", "c", "0", "1", "7", "-3"),
    fc.tuple(tie("whole"), fc.constantFrom("+", "-", "*", "/", "%"), tie("whole")).map(([l, o, r]) => {
      return o === "/" || o === "%" ? `(${l} ${o} nullif(${r}, 0))` : `(${l} ${o} ${r})`;
    }),
    tie("whole").map((each) => `(- (${each}))`),
    tie("whole").map((each) => `abs(${each})`),
    tie("text").map((each) => `length(${each})`),
    fc.tuple(tie("whole"), tie("whole")).map(([l, r]) => `coalesce(${l}, ${r})`),
    fc.tuple(tie("truth"), tie("whole"), tie("whole")).map(([w, t, e]) => `(case when ${w} then ${t} else ${e} end)`),
  ),
  text: fc.oneof(
    { maxDepth: 3, depthIdentifier: "size" },
    fc.constantFrom("p", "q", "'ab'", "''", "'Zé'"),
    fc.tuple(tie("text"), tie("text")).map(([l, r]) => `(${l} || ${r})`),
    fc.tuple(fc.constantFrom("lower", "upper", "trim", "ltrim", "rtrim"), tie("text")).map(([f, e]) => `${f}(${e})`),
    fc.tuple(tie("text"), tie("text")).map(([l, r]) => `nullif(${l}, ${r})`),
    tie("text").map((each) => `substr(${each}, 2, 2)`),
    tie("text").map((each) => `replace(${each}, 'a', 'bb')`),
  ),
  truth: fc.oneof(
    { maxDepth: 3, depthIdentifier: "size" },
    fc.constantFrom("x", "y"),
    fc
      .tuple(tie("whole"), fc.constantFrom("=", "<>", "<", "<=", ">", ">="), tie("whole"))
      .map((parts) => `(${parts.join(" ")})`),
    fc.tuple(tie("text"), fc.constantFrom("=", "<", ">="), tie("text")).map((parts) => `(${parts.join(" ")})`),
    fc.tuple(tie("truth"), fc.constantFrom("and", "or"), tie("truth")).map((parts) => `(${parts.join(" ")})`),
    tie("truth").map((each) => `(not ${each})`),
    fc
      .tuple(
        tie("whole"),
        fc.constantFrom("is null", "is not null", "in (1, 7, b)", "between 0 and 5", "not between a and b"),
      )
      .map((parts) => `(${parts.join(" ")})`),
    fc
      .tuple(fc.constantFrom("p", "q"), fc.constantFrom("like 'a%'", "not like '%b_'"))
      .map((parts) => `(${parts.join(" ")})`),
  ),
}));

const propertyOf = fc.oneof(
  whole.map((expression) => ({ type: "bigint?", expression })),
  text.map((expression) => ({ type: "text?", expression })),
  truth.map((expression) => ({ type: "boolean?", expression })),
);

const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 3 });
const row = fc.record({
  a: orNull(fc.integer({ min: -9, max: 9 })),
  b: orNull(fc.integer({ min: -9, max: 9 })),
  c: fc.integer({ min: -9, max: 9 }),
  p: orNull(fc.constantFrom("", "a", "ab", " Ab ", "zéB", "𝄞a", "abab")),
  q: fc.constantFrom("", "a", "b ", "B", "ſ"),
  x: orNull(fc.boolean()),
  y: fc.boolean(),
});

const columns = [
  "id integer primary key identity",
  "a integer?",
  "b integer?",
  "c integer",
  "p text?",
  "q text",
  "x boolean?",
  "y boolean",
];

interface Generated {
  readonly metadata: MetaData;
  readonly Thing: EntityClass & (new (init: object) => object);
}

let count = 0;

/** A generated class with a property for each expression, imported. */
async function generate(properties: readonly { type: string; expression: string }[]): Promise<Generated> {
  const lines = properties.map(({ type, expression }, index) => `  property p${index}: ${type} = ${expression}`);
  const schema = ["table thing as Thing {", ...columns.map((each) => `  ${each}`), ...lines, "}"].join("\n");
  const { value, diagnostics } = compileSchema({ root: "a.schema", read: () => schema });
  const model = value.model;
  if (model === undefined)
    expect.fail(
      renderDiagnostics(
        diagnostics,
        value.files.map(({ source }) => source),
      ),
    );
  const files = await emitSchema(model, { version: "0.0.0", sources: ["a.schema"], singleFile: true });
  const file = join(folder, `models-${count++}.ts`);
  writeFileSync(file, files[0]?.text ?? "");
  // What the emitter wrote is not known to the type checker here.
  return (await import(file)) as Generated;
}

const dialects = ["sqlite", "postgresql"];

await describeEachDatabase("getter and SQL", { dialects }, (database) => {
  it("agree", async () => {
    const law = fc.asyncProperty(
      fc.array(propertyOf, { minLength: 12, maxLength: 12 }),
      fc.array(row, { minLength: 1, maxLength: 6 }),
      async (properties, rows) => {
        const { metadata, Thing } = await generate(properties);
        const engine = createAsyncEngine(database.url);
        await metadata.createAll(engine);
        const session = new AsyncSession(engine);
        session.addAll(rows.map((each) => new Thing(each)) as never[]);
        await session.commit();
        const id = attribute(Thing, "id");
        const things = (await session.scalars(select(Thing).orderBy(id))).all();
        for (const [index, { expression }] of properties.entries()) {
          const name = `p${index}`;
          const answers = await session.execute(select(id, attribute(Thing, name)).orderBy(id));
          const expected: unknown[] = answers.all().map((each) => Reflect.get(each, name));
          const values: unknown[] = things.map((thing) => Reflect.get(Object(thing), name));
          expect({ expression, values }).toEqual({ expression, values: expected });
        }
        await session.close();
        await metadata.dropAll(engine);
        await engine.dispose();
      },
    );
    await fc.assert(law, { numRuns: 15 });
  });
});

function attribute(entityClass: EntityClass, name: string): Attr<string, string, unknown> {
  return Reflect.get(entityClass, name) as Attr<string, string, unknown>; // the test names attributes only
}
