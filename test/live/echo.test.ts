// The statement log on every database: the same words around each database's own SQL; what is secret stays so.
import { insert, Integer, MetaData, select, Table, Varchar } from "athanor";
import { inspect } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { useEngines } from "../support/faults/lab.js";

const metadata = new MetaData();
const item = new Table("item", metadata, { id: Integer().primaryKey(), name: Varchar(40) });

await describeEachDatabase("the statement log", {}, (database) => {
  const open = useEngines(database);
  beforeAll(async () => {
    const engine = open();
    await metadata.createAll(engine);
    await engine.dispose();
  });

  it("tells of transactions, statements, parameters and the cache", async () => {
    const lines: string[] = [];
    const engine = open({ logger: (line) => lines.push(line.replace(/^.*Engine /, "")) });
    for (let round = 0; round < 2; round += 1) {
      await engine.connect(async (connection) => {
        await connection.execute(insert(item).values({ id: 1, name: "squidward" }));
        await connection.rollback();
      });
    }
    await engine.begin((connection) => connection.execute(select(item.c.name)));
    const text = lines.join("\n");
    expect(lines.filter((line) => line === "BEGIN (implicit)")).toHaveLength(3);
    expect(lines.filter((line) => line === "ROLLBACK")).toHaveLength(2);
    expect(lines).toContain("COMMIT");
    expect(text).toMatch(/INSERT INTO item \(id, name\) VALUES \(.*\)\n\[generated in .*\] \[1, 'squidward'\]/);
    expect(text).toMatch(/\[cached since .* ago\] \[1, 'squidward'\]/);
  });

  it("hides parameters where asked to", async () => {
    const lines: string[] = [];
    const engine = open({ logger: (line) => lines.push(line), hideParameters: true });
    await engine.connect((connection) =>
      connection.execute(insert(item), [
        { id: 1, name: "secret-1" },
        { id: 2, name: "secret-2" },
      ]),
    );
    expect(lines.join("\n")).toContain("INSERT INTO item");
    expect(lines.join("\n")).not.toContain("secret");
  });

  it("never holds the password of the URL, and neither does the engine's own appearance", async () => {
    const { password } = new URL(database.url);
    const lines: string[] = [];
    const engine = open({ logger: (line) => lines.push(line) });
    await engine.begin((connection) => connection.execute(select(item.c.name)));
    const appearance = [
      String(engine),
      JSON.stringify(engine),
      inspect(engine, { depth: 10, showHidden: true }),
      ...lines,
    ];
    if (password !== "") expect(appearance.join("\n")).not.toContain(`:${password}`);
    expect(String(engine)).toContain("AsyncEngine(");
  });
});
