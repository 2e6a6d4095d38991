// The generated tables on every database: created, created again, filled with every type, read back, dropped.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type AsyncEngine,
  createAsyncEngine,
  decodeDecimal,
  decodeInstant,
  decodePlainDate,
  insert,
  select,
} from "athanor";
import * as tables from "../../generated/tables.js";
import { ForeignKeyViolationError, ProgrammingError } from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf } from "../support/faults/lab.js";

const { metadata, category, order, orderLine, post, product, profile, userAccount } = tables;

/** The dialects that the schema of these tables names: their SQL is spelled for them. */
const shop = readFileSync(new URL("../../schemas/shop.schema", import.meta.url), "utf8");
const dialects = /^dialect (.+)$/m.exec(shop)?.[1]?.split(/\s*,\s*/) ?? [];

await describeEachDatabase("the generated tables", { dialects }, (database) => {
  let engine: AsyncEngine;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
  });
  afterAll(() => engine.dispose());

  it("are created once: a second createAll changes nothing", async () => {
    await engine.begin((connection) => connection.execute(insert(category).values({ name: "kept" })));
    await metadata.createAll(engine);
    const names = await engine.connect((connection) => connection.scalars(select(category.c.name)));
    expect(names.all()).toEqual(["kept"]);
  });

  it("hold every type exactly", async () => {
    const instant = decodeInstant("2025-02-03 04:05:06.123456+00:00");
    await engine.begin(async (connection) => {
      const user = insert(userAccount).values({ id: 1, name: "Zoë 🐙", fullname: null, createdAt: instant });
      expect((await connection.execute(user)).insertedPrimaryKey[0]).toBe(1);
      await connection.execute(
        insert(profile).values({
          userId: 1,
          biography: "line\nbreak, 'quote', \\ and ÿ",
          preferences: { deep: [1, 2.5, null, true, "é"], __proto__x: {} },
          portrait: new Uint8Array([0, 1, 127, 128, 255]),
        }),
      );
      await connection.execute(
        insert(product).values({
          id: 9_007_199_254_740_993n,
          sku: "ABCDEFGH",
          title: "t",
          price: decodeDecimal("12345678.90"),
        }),
      );
      await connection.execute(insert(order).values({ id: 5n, customerId: 1, status: "open", placedAt: instant }));
      await connection.execute(
        insert(orderLine).values({
          orderId: 5n,
          position: 1,
          productId: 9_007_199_254_740_993n,
          quantity: 3,
          unitPrice: decodeDecimal("0.10"),
        }),
      );
      await connection.execute(insert(tables.author).values({ id: 1, name: "a", born: decodePlainDate("0800-02-29") }));
      await connection.execute(
        insert(post).values({ authorId: 1, slug: "s", title: "t", meta: [1, { a: "b" }], createdAt: instant }),
      );
    });
    await engine.connect(async (connection) => {
      const user = (
        await connection.execute(
          select(userAccount.c.name, userAccount.c.fullname, userAccount.c.plan, userAccount.c.createdAt),
        )
      ).one();
      expect([user.name, user.fullname, user.plan]).toEqual(["Zoë 🐙", null, "free"]);
      expect(user.createdAt.toString()).toBe(instant.toString());
      const saved = (
        await connection.execute(select(profile.c.biography, profile.c.preferences, profile.c.portrait))
      ).one();
      expect(saved.biography).toBe("line\nbreak, 'quote', \\ and ÿ");
      expect(saved.preferences).toEqual({ deep: [1, 2.5, null, true, "é"], __proto__x: {} });
      expect([...(saved.portrait ?? [])]).toEqual([0, 1, 127, 128, 255]);
      const item = (await connection.execute(select(product.c.id, product.c.price, product.c.available))).one();
      expect(item.id).toBe(9_007_199_254_740_993n);
      expect(item.price.toString()).toBe("12345678.9");
      expect(item.available).toBe(true);
      const line = (await connection.execute(select(orderLine.c.productId, orderLine.c.unitPrice))).one();
      expect(line.productId).toBe(9_007_199_254_740_993n);
      expect(line.unitPrice.toString()).toBe("0.1");
      expect((await connection.scalar(select(tables.author.c.born)))?.toString()).toBe("0800-02-29");
      const written = (await connection.execute(select(post.c.status, post.c.meta))).one();
      expect([written.status, written.meta]).toEqual(["draft", [1, { a: "b" }]]);
    });
  });

  it("find by every type what they hold", async () => {
    await engine.connect(async (connection) => {
      const price = decodeDecimal("12345678.90");
      expect(await connection.scalar(select(product.c.id).where(product.c.price.eq(price)))).toBe(
        9_007_199_254_740_993n,
      );
      expect(await connection.scalar(select(product.c.sku).where(product.c.id.eq(9_007_199_254_740_993n)))).toBe(
        "ABCDEFGH",
      );
      const placedAt = decodeInstant("2025-02-03 04:05:06.123456+00:00");
      expect(await connection.scalar(select(order.c.id).where(order.c.placedAt.eq(placedAt)))).toBe(5n);
      const born = decodePlainDate("0800-02-29");
      expect(await connection.scalar(select(tables.author.c.id).where(tables.author.c.born.eq(born)))).toBe(1);
    });
  });

  it("keep their foreign keys", async () => {
    const stray = insert(orderLine).values({
      orderId: 99n,
      position: 1,
      productId: 99n,
      unitPrice: decodeDecimal("1"),
    });
    expect(await errorOf(engine.begin((connection) => connection.execute(stray)))).toBeInstanceOf(
      ForeignKeyViolationError,
    );
  });

  it("are dropped, in an order that their foreign keys allow, and dropped again", async () => {
    await metadata.dropAll(engine);
    await metadata.dropAll(engine);
    const query = engine.connect((connection) => connection.execute(select(userAccount.c.id)));
    expect(await errorOf(query)).toBeInstanceOf(ProgrammingError);
    await metadata.createAll(engine);
    expect((await engine.connect((connection) => connection.scalars(select(userAccount.c.id)))).all()).toEqual([]);
  });
});
