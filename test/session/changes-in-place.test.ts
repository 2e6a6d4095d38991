// Documents, arrays and values of converters that change in place: what was read through an object is compared at the
// next flush, on every database.
import { type AsyncEngine, AsyncSession, createAsyncEngine, flagModified } from "athanor";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Device, metadata } from "../emit/cases/mutable-values/index.js";
import { Gauge } from "../emit/user-classes/settings.js";
import { describeEachDatabase } from "../support/databases/databases.js";

/** A document as a program that does not care for `readonly` sees it. */
function writable(value: unknown): Record<string, unknown> {
  return value as Record<string, unknown>;
}

await describeEachDatabase("changes in place", {}, (database) => {
  let engine: AsyncEngine;
  let session: AsyncSession;
  let device: Device;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
  });
  beforeEach(async () => {
    session = new AsyncSession(engine);
    const facts = { colour: "red", parts: [{ name: "lid" }] };
    device = new Device({ facts, labels: ["a"], settings: { volume: 1, rooms: ["hall"] }, gauge: new Gauge(3) });
    session.add(device);
    await session.commit();
    await session.refresh(device);
    return async () => session.close();
  });
  afterAll(async () => {
    await metadata.dropAll(engine);
    await engine.dispose();
  });

  /** What another session reads. */
  async function stored(): Promise<object> {
    await using other = new AsyncSession(engine);
    const { facts, labels, settings, gauge } = await other.getOne(Device, device.id);
    return { facts, labels, settings, level: gauge?.level };
  }

  it("finds what was written into documents, arrays and converted values", async () => {
    Object.assign(writable(writable(device.facts)["parts"])[0] as object, { name: "hinge" });
    (device.labels as string[]).push("b");
    device.settings?.rooms.push("attic");
    if (device.gauge !== null) device.gauge.level = 4;
    expect([...session.dirty]).toEqual([device]);
    expect(session.isModified(device)).toBe(true);
    await session.commit();
    expect(await stored()).toEqual({
      facts: { colour: "red", parts: [{ name: "hinge" }] },
      labels: ["a", "b"],
      settings: { volume: 1, rooms: ["hall", "attic"] },
      level: 4,
    });
  });

  it("finds changes of what was flushed before, and of new objects", async () => {
    const fresh = new Device({ settings: { volume: 5, rooms: [] } });
    session.add(fresh);
    fresh.settings?.rooms.push("cellar");
    await session.flush();
    fresh.settings?.rooms.push("garden");
    expect([...session.dirty]).toEqual([fresh]);
    await session.flush();
    expect([...session.dirty]).toEqual([]);
    fresh.settings?.rooms.shift();
    await session.commit();
    await session.refresh(fresh);
    expect(fresh.settings).toEqual({ volume: 5, rooms: ["garden"] });
  });

  it("writes nothing for what was only read, or changed back", async () => {
    const { settings } = device;
    void [device.facts, device.labels, device.gauge];
    settings?.rooms.push("attic");
    settings?.rooms.pop();
    expect([...session.dirty]).toEqual([]);
    expect(await session.explainFlush()).toBe("Nothing to flush");
  });

  it("lets go of values that objects hold no more", async () => {
    const { settings } = device;
    device.settings = { volume: 2, rooms: [] };
    await session.flush();
    settings?.rooms.push("nowhere");
    expect([...session.dirty]).toEqual([]);
    const { gauge } = device;
    session.expire(device);
    if (gauge !== null) gauge.level = 9;
    expect([...session.dirty]).toEqual([]);
  });

  it("forgets with a savepoint what was changed since", async () => {
    await session.beginNested();
    device.settings?.rooms.push("attic");
    await session.rollback();
    await session.refresh(device);
    expect(device.settings?.rooms).toEqual(["hall"]);
  });

  it("writes what flagModified names, and refuses what it cannot write", async () => {
    device.photo = new Uint8Array([1, 2]);
    await session.flush();
    device.photo[0] = 7;
    expect([...session.dirty]).toEqual([]);
    flagModified(device, "photo");
    await session.flush();
    await session.refresh(device);
    expect([...(device.photo ?? [])]).toEqual([7, 2]);
    session.expire(device);
    expect(() => flagModified(device, "photo")).toThrow(/has no 'photo' in memory/);
    expect(() => flagModified(device, "nothing" as "photo")).toThrow(/Class Device has no column 'nothing'/);
  });
});
