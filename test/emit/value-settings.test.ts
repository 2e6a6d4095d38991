// The settings that make values plainer: what the generated code says, and what it does on a database.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createEngine, select, Session, type MetaData } from "athanor";
import { afterAll, expect, it } from "vitest";
import { compileSchema } from "../../compiler/compile.js";
import { emitSchema } from "../../compiler/emit/emit-schema.js";

const schema = `table sale as Sale {
  id       integer  primary key identity
  price    numeric(8,2)
  rate     numeric?
  day      date
  hour     time
  local    timestamp
  at       timestamptz?
  property total: numeric(10,2) = price * 3
  property third: numeric(10,2) = price / 3
  property isDear: boolean? = price > 10 or rate > price
  property isLate: boolean = hour > '08:00' and local > '2024-02-29T08:00'
  property then: timestamptz? = coalesce(at, at)
  property isThen: boolean? = at >= '2024-02-29T08:00:00.1Z'
  property later: date = coalesce(day, day)
}`;
const types = { numeric: "string", dates: "string", timestamptz: "Date" } as const;

const folder = mkdtempSync(join(tmpdir(), "athanor-values-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function generated(): Promise<Map<string, string>> {
  const { value } = compileSchema({ root: "a.schema", read: () => schema });
  if (value.model === undefined) throw new Error("the schema has a mistake");
  const files = await emitSchema(value.model, { version: "0.0.0", sources: ["a.schema"], types, singleFile: true });
  return new Map(files.map(({ path, text }) => [path, text]));
}

interface SaleClass {
  new (init: Record<string, unknown>): Record<string, unknown>;
  readonly price: { eq(value: string): never };
}

it("types and builders follow them", async () => {
  const text = (await generated()).get("models.ts") ?? "";
  expect(text).toContain("price: asText(Numeric(8, 2)),");
  expect(text).toContain("at: asDate(TimestampTz()).nullable(),");
  expect(text).toContain("get at(): Date | null {");
  expect(text).toContain('readonly day: Attr<"sale", "day", string>;');
});

it("values go in and out as they say", async () => {
  const file = join(folder, "models.ts");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, (await generated()).get("models.ts") ?? "");
  // What the emitter wrote is not known to the type checker here.
  const { metadata, Sale } = (await import(file)) as { metadata: MetaData; Sale: SaleClass };
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  const session = new Session(engine);
  const values = {
    price: "9.50",
    rate: null,
    day: "2024-02-29",
    hour: "08:00:00",
    local: "2024-02-29T08:00:00.000001",
    at: new Date("2024-02-29T08:00:00.123Z"),
  };
  session.add(new Sale(values) as never);
  session.commit();
  session.expireAll();
  const found = session.scalars(select(Sale as never)).one() as unknown as Record<string, unknown>;
  expect(Object.fromEntries(Object.keys(values).map((name) => [name, found[name]]))).toEqual(values);
  const computed = ["total", "third", "isDear", "isLate", "then", "isThen", "later"];
  const answers = ["28.50", "3.17", null, false, new Date("2024-02-29T08:00:00.123Z"), true, "2024-02-29"];
  expect(computed.map((name) => found[name])).toEqual(answers);
  const asked = session.execute(select(...(computed.map((name) => Reflect.get(Sale, name)) as [never]))).one();
  expect(Array.from(asked as Iterable<unknown>)).toEqual(answers);
  expect(session.scalars(select(Sale as never).where(Sale.price.eq("9.50"))).all()).toHaveLength(1);
  found["price"] = "nine";
  expect(() => session.flush()).toThrow();
  session.close();
});
