// Every way of loading gives on every database, asynchronously, the graph that it gives on SQLite.
import { type AsyncEngine, AsyncSession, createAsyncEngine } from "athanor";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Address, Group, metadata, Node, Note, Profile, User } from "../relationships/models/index.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { loadingCases } from "./cases.js";

/** The graphs of the golden file, by case. */
const golden = readFileSync(join(import.meta.dirname, "goldens", "statements.txt"), "utf8");
const graphs = new Map([...golden.matchAll(/^## (.*)$[\s\S]*?^=> (.*)$/gm)].map(([, name, graph]) => [name, graph]));

await describeEachDatabase("loading", {}, (database) => {
  let engine: AsyncEngine;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
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
    const objects = (await session.scalars(query)).unique().all();
    expect(JSON.stringify(look(objects))).toBe(graphs.get(name));
  });
});
