// Every way of loading gives on every database, asynchronously, the graph that it gives on SQLite; the statements that it
// sends there are a golden file for each.
import { type AsyncEngine, AsyncSession, createAsyncEngine } from "athanor";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Address, Group, metadata, Node, Note, Profile, User } from "../relationships/models/index.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { expectGolden } from "../support/golden.js";
import { loadingCases } from "./cases.js";

/** The graphs of the golden file, by case. */
const golden = readFileSync(join(import.meta.dirname, "goldens", "statements.txt"), "utf8");
const graphs = new Map([...golden.matchAll(/^## (.*)$[\s\S]*?^=> (.*)$/gm)].map(([, name, graph]) => [name, graph]));

await describeEachDatabase("loading", {}, (database) => {
  const lines: string[] = [];
  const logger = (line: string): void => void lines.push(line.replace(/^\S+ \S+ INFO \S+ /, ""));
  const sections: string[] = [];
  let engine: AsyncEngine;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url, { echo: true, logger });
    await metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    const cooks = new Group({ title: "cooks" });
    const ann = new User({
      name: "ann",
      addresses: [new Address({ emailAddress: "a1" }), new Address({ emailAddress: "a2" })],
      groups: [cooks, new Group({ title: "divers" })],
      profile: new Profile({ bio: "sails" }),
    });
    const bob = new User({ name: "bob", groups: [cooks], notes: [new Note({ body: "n1" })] });
    const tree = new Node({ children: [new Node({ children: [new Node({})] }), new Node({})] });
    session.addAll([ann, bob, tree]);
    await session.commit();
  });
  afterAll(async () => {
    await metadata.dropAll(engine);
    await engine.dispose();
  });

  it.each(loadingCases)("$name", async ({ name, query, look }) => {
    await using session = new AsyncSession(engine);
    lines.length = 0;
    const objects = (await session.scalars(query)).unique().all();
    sections.push(`## ${name}\n${sent(lines).join("\n--\n")}\n`);
    expect(JSON.stringify(look(objects))).toBe(graphs.get(name));
  });

  it("by these statements", () => {
    expectGolden(join(import.meta.dirname, "goldens", `statements-${database.kind}.txt`), sections.join("\n"));
  });
});

/** The statements of an echo, parameters behind the text; without transaction control. */
function sent(lines: readonly string[]): string[] {
  const statements: string[] = [];
  for (const line of lines) {
    const parameters = /^\[(?:generated|cached)[^\]]*\] (.*)$/s.exec(line)?.[1];
    if (parameters === undefined) statements.push(line);
    else if (parameters !== "[]") statements.push(`${statements.pop() ?? ""} ${parameters}`);
  }
  return statements.filter((each) => each.startsWith("SELECT") || each.startsWith("WITH"));
}
