// The program with drizzle, for PostgreSQL.
import { eachTable, TABLES, type TypeProgram } from "./program.js";

function table(index: number): string {
  return `export const thing${index} = pgTable("thing_${index}", {
  id: serial().primaryKey(),
  name: varchar({ length: 80 }).notNull(),
  price: doublePrecision().notNull(),
  quantity: integer().notNull(),
  isActive: boolean("is_active").notNull(),
  parentId: integer("parent_id")${index === 0 ? "" : `.references(() => thing${index - 1}.id)`},
});
export const thing${index}Relations = relations(thing${index}, ({ one, many }) => ({
${index === 0 ? "" : `  parent: one(thing${index - 1}, { fields: [thing${index}.parentId], references: [thing${index - 1}.id] }),\n`}${
    index === TABLES - 1 ? "" : `  children: many(thing${index + 1}),\n`
  }}));`;
}

export const drizzle: TypeProgram = {
  needs: "drizzle-orm",
  files: {
    "schema.ts": `import { relations } from "drizzle-orm";
import { boolean, doublePrecision, integer, pgTable, serial, varchar } from "drizzle-orm/pg-core";
${eachTable(table)}
`,
  },
  imports: `import { count, eq, gt, lt, sum } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import * as schema from "./schema.js";
const { thing0, thing1, thing2, thing3, thing4, thing5, thing6, thing7, thing9, thing10 } = schema;`,
  database: "NodePgDatabase<typeof schema>",
  queries: [
    "(await db.select().from(thing0).where(eq(thing0.id, 1)))[0]?.name",
    "(await db.select().from(thing1).where(gt(thing1.price, 10)).orderBy(thing1.name).limit(20))[0]?.name",
    "(await db.select({ name: thing2.name, price: thing2.price }).from(thing2))[0]?.price",
    "(await db.select({ own: thing4.name, parents: thing3.name }).from(thing4).innerJoin(thing3, eq(thing4.parentId, thing3.id)))[0]?.parents",
    "(await db.select().from(thing5).innerJoin(thing4, eq(thing5.parentId, thing4.id)).where(lt(thing4.price, 5)))[0]?.thing_5.id",
    "(await db.select({ count: count() }).from(thing6))[0]?.count",
    "(await db.select({ name: thing7.name, total: sum(thing7.quantity) }).from(thing7).groupBy(thing7.name))[0]?.total",
    "(await db.query.thing8.findMany({ with: { parent: true } }))[0]?.parent?.name",
    "(await db.insert(thing9).values({ name: 'a', price: 1, quantity: 1, isActive: true }).returning({ id: thing9.id }))[0]?.id",
    "(await db.update(thing10).set({ price: 2 }).where(eq(thing10.id, 1))).rowCount",
  ],
};
