// UPDATE and DELETE of classes over joined tables, on every database: which statements are sent, which rows they meet,
// and what becomes of the session's objects.
import {
  type AsyncEngine,
  AsyncSession,
  type Attr,
  bindparam,
  cast,
  createAsyncEngine,
  deleteFrom,
  inspect,
  listen,
  select,
  Text,
  text,
  update,
  withLoaderCriteria,
} from "athanor";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";
import { column, type Instance } from "./define.js";
import { Car, metadata, Tow, Truck, Vehicle } from "./staff.js";

const load = column(Truck, "load") as Attr<"Truck", "load", number>; // as the table has it
const plate = column(Truck, "plate") as Attr<"Truck", "plate", string>; // as the table has it

await describeEachDatabase("writes of classes over joined tables", {}, (database) => {
  const lines: string[] = [];
  const logger = (line: string): void => void lines.push(line.replace(/^\S+ \S+ INFO \S+ /, ""));
  let engine: AsyncEngine;
  let session: AsyncSession;
  let lock: string;

  beforeAll(async () => {
    engine = createAsyncEngine(database.url, { echo: true, logger });
    lock = database.url.startsWith("sqlite") ? "" : " FOR UPDATE";
    await metadata.createAll(engine);
  });
  afterAll(async () => {
    await metadata.dropAll(engine);
    await engine.dispose();
  });
  beforeEach(async () => {
    session = new AsyncSession(engine);
    session.add(new Vehicle({ plate: "v1" }));
    await session.flush();
    session.addAll([
      new Car({ plate: "c1", seats: 4 }),
      new Truck({ plate: "t1", load: 7 }),
      new Truck({ plate: "t2", load: 9 }),
      new Tow({ plate: "w1", load: 9, winch: "x" }),
    ]);
    await session.flush();
    session.expungeAll();
    lines.length = 0;
    return () => session.close();
  });

  /** What was sent since the last call, in one spelling of names and parameters. */
  function sent(): string[] {
    return lines
      .splice(0)
      .filter((line) => /^(SELECT|UPDATE|DELETE)/.test(line))
      .map((line) =>
        line
          .replaceAll(/[`"]/g, "")
          .replaceAll(/\$\d+(::[a-z]+)?/g, "?")
          .replaceAll(" \n", " ")
          .replaceAll(/= ANY \(\?\[\]\)/g, "IN (?)")
          .replaceAll(/\?(, \?)+/g, "?"),
      );
  }

  async function loads(): Promise<string[]> {
    const found = await session.execute(select(plate, load).orderBy(plate));
    return found.all().map((row) => `${row[0]} ${row[1]}`);
  }

  describe("an UPDATE", () => {
    it("of one table asks for the keys by a subquery over all of them", async () => {
      const done = await session.execute(
        update(Truck)
          .where(plate.ne("t1"))
          .values({ load: 1 } as never),
      );
      expect(done.rowCount).toBe(2);
      expect(sent()).toEqual([
        "UPDATE truck SET load=? WHERE truck.id IN (SELECT met.id FROM " +
          "(SELECT vehicle.id FROM vehicle JOIN truck ON vehicle.id = truck.id WHERE vehicle.plate != ?) AS met)",
      ]);
      expect(await loads()).toEqual(["t1 7", "t2 1", "w1 1"]);
    });

    it("of several reads and locks the keys first, so that what is set decides about nothing", async () => {
      const doubled = update(Truck)
        .where(load.eq(9))
        .values({ load: 10, plate: plate.concat("!") } as never);
      expect((await session.execute(doubled)).rowCount).toBe(2);
      expect(sent()).toEqual([
        `SELECT vehicle.id FROM vehicle JOIN truck ON vehicle.id = truck.id WHERE truck.load = ?${lock}`,
        expect.stringMatching(/^UPDATE vehicle SET plate=.* WHERE vehicle\.id IN \(\?\)$/),
        "UPDATE truck SET load=? WHERE truck.id IN (?)",
      ]);
      expect(await loads()).toEqual(["t1 7", "t2! 10", "w1! 10"]);
    });

    it("brings the session's objects along, of extending classes too", async () => {
      const [t1, t2, w1] = (await session.scalars(select(Truck).orderBy(plate))).all() as Instance[];
      await session.execute(
        update(Truck)
          .where(load.gt(8))
          .values({ load: 1, plate: "p" } as never),
      );
      expect([t1?.["plate"], t2?.["plate"], t2?.["load"], w1?.["plate"], w1?.["load"]]).toEqual(["t1", "p", 1, "p", 1]);
      await session
        .query(Truck as never)
        .filter(plate.eq("t1"))
        .update({ load: load.plus(1) } as never);
      expect(() => t1?.["load"]).toThrow("load");
      await session.refresh(t1 as Instance);
      expect(t1?.["load"]).toBe(8);
    });

    it("takes parameters, values of other tables and criteria", async () => {
      const named = update(Truck)
        .where(plate.eq(bindparam("which")))
        .values({ load: bindparam("much") } as never);
      await session.execute(named, { which: "t1", much: 3 });
      await session.execute(update(Truck).where(plate.eq("t2")), { load: 4, plate: "u2" });
      const copied = update(Car).values({ seats: column(Car, "id") } as never);
      expect((await session.execute(copied)).rowCount).toBe(1);
      const heavy = withLoaderCriteria(Truck, load.gt(5));
      await session.execute(
        update(Truck)
          .values({ load: 0 } as never)
          .options(heavy),
      );
      expect(await loads()).toEqual(["t1 3", "u2 4", "w1 0"]);
    });

    it("by primary key goes to the tables that have the attributes", async () => {
      const ids = (await session.scalars(select(column(Truck, "id")).orderBy(plate))).all();
      lines.length = 0;
      const sets = [
        { id: ids[0], plate: "a1", load: 1 },
        { id: ids[1], plate: "a2", load: 2 },
      ];
      expect((await session.execute(update(Truck), sets)).rowCount).toBe(2);
      expect(new Set(sent())).toEqual(
        new Set(["UPDATE vehicle SET plate=? WHERE vehicle.id = ?", "UPDATE truck SET load=? WHERE truck.id = ?"]),
      );
      await session.execute(update(Truck), [{ id: ids[2], load: 3 }]);
      expect(await loads()).toEqual(["a1 1", "a2 2", "w1 3"]);
      await expect(session.execute(update(Truck), [{ id: 1, wings: 2 }])).rejects.toThrow(
        "no column attribute 'wings'",
      );
    });
  });

  describe("a DELETE", () => {
    it("empties the tables of the class and of those that extend it, and its bases'", async () => {
      const [, t2] = (await session.scalars(select(Truck).orderBy(plate))).all() as Instance[];
      const told: number[] = [];
      listen(session, "afterBulkDelete", ({ rowCount }) => void told.push(rowCount));
      lines.length = 0;
      expect((await session.execute(deleteFrom(Truck).where(load.eq(9)))).rowCount).toBe(2);
      expect(sent()).toEqual([
        `SELECT vehicle.id FROM vehicle JOIN truck ON vehicle.id = truck.id WHERE truck.load = ?${lock}`,
        "DELETE FROM tow WHERE tow.truck_id IN (?)",
        "DELETE FROM truck WHERE truck.id IN (?)",
        "DELETE FROM vehicle WHERE vehicle.id IN (?)",
      ]);
      expect([told, inspect(t2 as Instance).deleted]).toEqual([[2], true]);
      expect(await loads()).toEqual(["t1 7"]);
      expect((await session.scalars(select(column(Vehicle, "plate")).orderBy(column(Vehicle, "plate")))).all()).toEqual(
        ["c1", "t1", "v1"],
      );
    });

    it("of the base takes every row along", async () => {
      expect(
        await session
          .query(Vehicle as never)
          .filter(column(Vehicle, "plate").ne("v1"))
          .delete(),
      ).toBe(4);
      expect((await session.scalars(select(column(Vehicle, "plate")))).all()).toEqual(["v1"]);
      expect((await session.execute(text("SELECT id FROM car"))).all()).toEqual([]);
    });
  });

  it("what cannot be done says so", async () => {
    await expect(session.execute(update(Truck).values({ id: 5 } as never))).rejects.toThrow("by which its tables");
    await expect(session.execute(update(Truck))).rejects.toThrow("sets no column");
    const both = update(Truck).values({ plate: cast(load, Text()), load: 2 } as never);
    await expect(session.execute(both)).rejects.toThrow("make it two updates");
    await expect(
      session.execute(
        update(Truck)
          .values({ load: 2 } as never)
          .returning(load),
      ),
    ).rejects.toThrow("no rows");
    const evaluated = { synchronizeSession: "evaluate" as const };
    await expect(session.execute(deleteFrom(Truck), undefined, evaluated)).rejects.toThrow("never evaluated");
    expect(() => String(update(Truck).values({ load: 2 } as never))).toThrow("a session executes this update");
    expect(() => update(Truck).values({ wings: 2 } as never)).toThrow("wings");
  });
});
