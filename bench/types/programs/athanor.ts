// The program with Athanor: generated classes.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { eachTable, TABLES, type TypeProgram } from "./program.js";

function table(index: number): string {
  const parent = index === 0 ? "" : `references thing_${index - 1}`;
  return `table thing_${index} as Thing${index} {
  id integer primary key identity
  name varchar(80)
  price double
  quantity integer
  is_active boolean
  parent_id integer? ${parent}
  index (parent_id)
${index === 0 ? "" : `  relationship parent: Thing${index - 1}? back_populates children\n`}${
    index === TABLES - 1 ? "" : `  relationship children: Thing${index + 1}[] back_populates parent\n`
  }}`;
}

export const athanor: TypeProgram = {
  needs: null,
  files: { "app.schema": eachTable(table) },
  prepare(folder) {
    const program = join(process.cwd(), "dist/bin.js");
    execFileSync(process.execPath, [program, "generate", "app.schema", "--out", "schema"], { cwd: folder });
  },
  imports: `import { type AsyncSession, func, insert, select, selectinload, update } from "athanor";
import { Thing0, Thing1, Thing2, Thing3, Thing4, Thing5, Thing6, Thing7, Thing8, Thing9, Thing10 } from "./schema/index.js";`,
  database: "AsyncSession",
  queries: [
    "(await db.get(Thing0, 1))?.name",
    "(await db.scalars(select(Thing1).where(Thing1.price.gt(10)).orderBy(Thing1.name).limit(20))).all()[0]?.name",
    "(await db.execute(select(Thing2.name, Thing2.price))).all()[0]?.price",
    "(await db.execute(select(Thing4.name.label('own'), Thing3.name.label('parents')).join(Thing4.parent))).all()[0]?.parents",
    "(await db.scalars(select(Thing5).join(Thing5.parent).where(Thing4.price.lt(5)))).all()[0]?.id",
    "(await db.execute(select(func.count(Thing6.id)))).scalar()",
    "(await db.execute(select(Thing7.name, func.sum(Thing7.quantity).label('total')).groupBy(Thing7.name))).all()[0]?.total",
    "(await db.scalars(select(Thing8).options(selectinload(Thing8.parent)))).all()[0]?.parent?.name",
    "(await db.execute(insert(Thing9).values({ name: 'a', price: 1, quantity: 1, isActive: true }).returning(Thing9.id))).scalar()",
    "(await db.execute(update(Thing10).where(Thing10.id.eq(1)).values({ price: 2 }))).rowCount",
  ],
};
