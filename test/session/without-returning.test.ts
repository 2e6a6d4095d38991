// An asynchronous session on a server that is spoken to as MySQL, which has no RETURNING: new rows that the database
// numbers go one by one, and it tells the number of each.
import { AsyncSession, NotLoadedError } from "athanor";
import { expect, it } from "vitest";
import { Department, Employee, metadata, Skill } from "../orm/models/index.js";
import { describeDatabase } from "../support/databases/databases.js";
import { useAsyncShop } from "./support/async-shop.js";
import { rowStatements } from "./support/faces.js";

await describeDatabase("mysql", "a session without RETURNING", (database) => {
  // The same server by its other name.
  const asMysql = {
    get url(): string {
      return database.url.replace(/^mariadb:/, "mysql:");
    },
  };
  const shop = useAsyncShop(asMysql, metadata);

  it("inserts numbered rows one by one, and gives the objects their keys", async () => {
    await using session = new AsyncSession(shop.engine);
    const department = new Department({ name: "R&D" });
    department.employees.push(new Employee({ name: "a" }), new Employee({ name: "b" }), new Employee({ name: "c" }));
    session.add(department);
    shop.sent();
    await session.flush();
    const inserts = rowStatements(shop.sent());
    expect(inserts).toHaveLength(4);
    for (const sql of inserts) expect(sql).not.toMatch(/RETURNING/);
    const ids = department.employees.map(({ id }) => id);
    expect(ids).toEqual([ids[0], (ids[0] ?? 0) + 1, (ids[0] ?? 0) + 2]);
    expect(department.employees.map(({ departmentId }) => departmentId)).toEqual(Array(3).fill(department.id));
    await session.commit();
    session.expungeAll();
    const found = await session.getOne(Department, department.id);
    await session.load(found, Department.employees);
    expect(found.employees.map(({ name }) => name).toSorted()).toEqual(["a", "b", "c"]);
  });

  it("leaves the defaults of the database to be loaded", async () => {
    await using session = new AsyncSession(shop.engine);
    const skill = new Skill({ name: "sql" });
    session.add(skill);
    await session.flush();
    expect(() => skill.score).toThrow(NotLoadedError);
    await session.load(skill, Skill.score);
    expect(skill.score).toBe(0);
    await session.rollback();
  });
});
