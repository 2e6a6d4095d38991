// The program with kysely, whose tables are types alone.
import { eachTable, type TypeProgram } from "./program.js";

function table(index: number): string {
  return `  thing_${index}: {
    id: Generated<number>;
    name: string;
    price: number;
    quantity: number;
    is_active: boolean;
    parent_id: number | null;
  };`;
}

export const kysely: TypeProgram = {
  needs: "kysely",
  files: {
    "schema.ts": `import type { Generated } from "kysely";
export interface Things {
${eachTable(table)}
}
`,
  },
  imports: `import type { Kysely } from "kysely";
import { jsonObjectFrom } from "kysely/helpers/postgres";
import type { Things } from "./schema.js";`,
  database: "Kysely<Things>",
  queries: [
    "(await db.selectFrom('thing_0').selectAll().where('id', '=', 1).executeTakeFirst())?.name",
    "(await db.selectFrom('thing_1').selectAll().where('price', '>', 10).orderBy('name').limit(20).execute())[0]?.name",
    "(await db.selectFrom('thing_2').select(['name', 'price']).execute())[0]?.price",
    "(await db.selectFrom('thing_4').innerJoin('thing_3', 'thing_3.id', 'thing_4.parent_id').select(['thing_4.name as own', 'thing_3.name as parents']).execute())[0]?.parents",
    "(await db.selectFrom('thing_5').innerJoin('thing_4', 'thing_4.id', 'thing_5.parent_id').selectAll('thing_5').where('thing_4.price', '<', 5).execute())[0]?.id",
    "(await db.selectFrom('thing_6').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count",
    "(await db.selectFrom('thing_7').select((eb) => ['name', eb.fn.sum('quantity').as('total')]).groupBy('name').execute())[0]?.total",
    "(await db.selectFrom('thing_8').selectAll().select((eb) => jsonObjectFrom(eb.selectFrom('thing_7').selectAll().whereRef('thing_7.id', '=', 'thing_8.parent_id')).as('parent')).execute())[0]?.parent?.name",
    "(await db.insertInto('thing_9').values({ name: 'a', price: 1, quantity: 1, is_active: true, parent_id: null }).returning('id').executeTakeFirst())?.id",
    "(await db.updateTable('thing_10').set({ price: 2 }).where('id', '=', 1).executeTakeFirst()).numUpdatedRows",
  ],
};
