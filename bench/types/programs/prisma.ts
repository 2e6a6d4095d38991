// The program with Prisma: a generated client.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { eachTable, TABLES, type TypeProgram } from "./program.js";

function model(index: number): string {
  return `model Thing${index} {
  id Int @id @default(autoincrement())
  name String
  price Float
  quantity Int
  isActive Boolean @map("is_active")
  parentId Int? @map("parent_id")
${index === 0 ? "" : `  parent Thing${index - 1}? @relation(fields: [parentId], references: [id])\n`}${
    index === TABLES - 1 ? "" : `  children Thing${index + 1}[]\n`
  }  @@map("thing_${index}")
}`;
}

export const prisma: TypeProgram = {
  needs: "prisma",
  files: {
    "schema.prisma": `generator client {
  provider            = "prisma-client"
  output              = "./schema"
  moduleFormat        = "esm"
  importFileExtension = "js"
}
datasource db {
  provider = "postgresql"
}
${eachTable(model)}
`,
  },
  prepare(folder) {
    const program = join(process.cwd(), "bench/node_modules/prisma/build/index.js");
    execFileSync(process.execPath, [program, "generate", "--schema", "schema.prisma"], {
      cwd: folder,
      stdio: "pipe",
      // Generating needs no schema engine, but Prisma looks for one, and would download it.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    });
  },
  imports: 'import type { PrismaClient } from "./schema/client.js";',
  database: "PrismaClient",
  queries: [
    "(await db.thing0.findUnique({ where: { id: 1 } }))?.name",
    "(await db.thing1.findMany({ where: { price: { gt: 10 } }, orderBy: { name: 'asc' }, take: 20 }))[0]?.name",
    "(await db.thing2.findMany({ select: { name: true, price: true } }))[0]?.price",
    "(await db.thing4.findMany({ select: { name: true, parent: { select: { name: true } } } }))[0]?.parent?.name",
    "(await db.thing5.findMany({ where: { parent: { price: { lt: 5 } } } }))[0]?.id",
    "await db.thing6.count()",
    "(await db.thing7.groupBy({ by: ['name'], _sum: { quantity: true } }))[0]?._sum.quantity",
    "(await db.thing8.findMany({ include: { parent: true } }))[0]?.parent?.name",
    "(await db.thing9.create({ data: { name: 'a', price: 1, quantity: 1, isActive: true }, select: { id: true } })).id",
    "(await db.thing10.updateMany({ where: { id: 1 }, data: { price: 2 } })).count",
  ],
};
