// The law of properties: on random rows and random expressions the getter and the SQL expression give the same answer,
// NULLs included, on every database that is there.
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
import { columns, propertyOf, row } from "./random-expressions.js";

const folder = mkdtempSync(join(tmpdir(), "athanor-properties-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Generated {
  readonly metadata: MetaData;
  readonly Thing: EntityClass & (new (init: object) => object);
}

/** What numbers of JavaScript, which are no decimals, would round the other way. */
const exactLiterals = ["1.005", "round(1.005, 2)", "((2.50 - abs(-7.125)) - abs(0.1))", "(- (2.675))"];

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

await describeEachDatabase("getter and SQL", {}, (database) => {
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
          const expected: unknown[] = answers.all().map((each) => shown(Reflect.get(each, name)));
          const values: unknown[] = things.map((thing) => shown(Reflect.get(Object(thing), name)));
          expect({ expression, values }).toEqual({ expression, values: expected });
        }
        await session.close();
        await metadata.dropAll(engine);
        await engine.dispose();
      },
    );
    const literals = exactLiterals.map((expression) => ({ type: "numeric(14,2)?", expression }));
    await fc.assert(law, { numRuns: 15, endOnFailure: true, examples: [[literals, fc.sample(row, 1)]] });
  });
});

/** Decimals and times by their text, which alone tells them apart for the comparison; zeros without their sign. */
function shown(value: unknown): unknown {
  if (value === 0) return 0;
  return typeof value === "object" && value !== null ? `${value.constructor.name} ${String(value)}` : value;
}

function attribute(entityClass: EntityClass, name: string): Attr<string, string, unknown> {
  return Reflect.get(entityClass, name) as Attr<string, string, unknown>; // the test names attributes only
}
