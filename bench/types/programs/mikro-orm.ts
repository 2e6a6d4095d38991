// The program with MikroORM: entities whose types are inferred from their definitions.
import { eachTable, TABLES, type TypeProgram } from "./program.js";

function entity(index: number): string {
  return `export const Thing${index} = defineEntity({
  name: "Thing${index}",
  tableName: "thing_${index}",
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    price: p.float(),
    quantity: p.integer(),
    isActive: p.boolean(),
${index === 0 ? "" : `    parent: () => p.manyToOne(Thing${index - 1}).nullable(),\n`}${
    index === TABLES - 1 ? "" : `    children: () => p.oneToMany(Thing${index + 1}).mappedBy("parent"),\n`
  }  },
});`;
}

export const mikroOrm: TypeProgram = {
  needs: "@mikro-orm/core",
  files: { "schema.ts": `import { defineEntity, p } from "@mikro-orm/core";\n${eachTable(entity)}\n` },
  imports: `import { sql } from "@mikro-orm/core";
import type { EntityManager } from "@mikro-orm/postgresql";
import { Thing0, Thing1, Thing2, Thing4, Thing5, Thing6, Thing7, Thing8, Thing9, Thing10 } from "./schema.js";`,
  database: "EntityManager",
  queries: [
    "(await db.findOne(Thing0, 1))?.name",
    "(await db.find(Thing1, { price: { $gt: 10 } }, { orderBy: { name: 'asc' }, limit: 20 }))[0]?.name",
    "(await db.find(Thing2, {}, { fields: ['name', 'price'] }))[0]?.price",
    "(await db.find(Thing4, {}, { populate: ['parent'], fields: ['name', 'parent.name'] }))[0]?.parent?.name",
    "(await db.find(Thing5, { parent: { price: { $lt: 5 } } }))[0]?.id",
    "await db.count(Thing6)",
    "(await db.createQueryBuilder(Thing7, 't').select(['t.name', sql`sum(t.quantity)`.as('total')]).groupBy('t.name').execute())[0]?.name",
    "(await db.find(Thing8, {}, { populate: ['parent'] }))[0]?.parent?.name",
    "await db.insert(Thing9, { name: 'a', price: 1, quantity: 1, isActive: true })",
    "await db.nativeUpdate(Thing10, { id: 1 }, { price: 2 })",
  ],
};
