// Reading row by row on the synchronous face: rows come from the database as they are asked for.
import { describe, expect, it } from "vitest";
import {
  BigInteger,
  createEngine,
  DatabaseError,
  type Engine,
  insert,
  Integer,
  MetaData,
  select,
  Table,
  text,
} from "athanor";

const metadata = new MetaData();
const number = new Table("number", metadata, { id: Integer().primaryKey(), big: BigInteger() });
const endless = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");

function filled(): Engine {
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  engine.begin((connection) => {
    const sets = Array.from({ length: 10 }, (_, id) => ({ id: id + 1, big: BigInt(id) }));
    connection.execute(insert(number), sets);
  });
  return engine;
}

describe("connection.stream()", () => {
  it("reads no more than what is asked for: a query without end ends where the loop does", () => {
    using engine = createEngine("sqlite://");
    using connection = engine.connect();
    const result = connection.stream(endless);
    expect([...result.scalars().fetchMany(3), result.scalars().fetchOne()]).toEqual([1, 2, 3, 4]);
    for (const part of result.scalars().partitions(2)) {
      expect(part).toEqual([5, 6]);
      break;
    }
    expect(result.rowCount).toBe(-1);
    result.close();
    expect(connection.scalar(text("SELECT 'goes on'"))).toBe("goes on");
  });

  it("gives rows like execute(), typed and by every view", () => {
    using engine = filled();
    using connection = engine.connect();
    const query = select(number.c.id, number.c.big).where(number.c.id.gt(8)).orderBy(number.c.id);
    expect(connection.stream(query).all()).toEqual(connection.execute(query).all());
    expect(connection.stream(query).mappings().all()).toEqual([
      { id: 9, big: 8n },
      { id: 10, big: 9n },
    ]);
    expect(connection.stream(query).first()?.big).toBe(8n);
    expect(connection.stream(query).columns("big").scalars().all()).toEqual([8n, 9n]);
    expect(connection.stream(insert(number).values({ id: 11, big: 0n })).returnsRows).toBe(false);
    connection.commit();
    expect(connection.scalar(text("SELECT count(*) FROM number"))).toBe(11);
  });

  it("ends with the database's error", () => {
    using engine = filled();
    using connection = engine.connect();
    const fails = text("SELECT CASE WHEN id = 3 THEN abs(-9223372036854775808) ELSE id END FROM number ORDER BY id");
    const seen: unknown[] = [];
    expect(() => {
      for (const value of connection.stream(fails).scalars()) seen.push(value);
    }).toThrow(DatabaseError);
    expect(seen).toEqual([1, 2]);
    expect(connection.scalar(text("SELECT count(*) FROM number"))).toBe(10);
  });
});
