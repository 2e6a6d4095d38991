// One table of one column type on one database, and every way that Core writes to it and reads it back.
import {
  type AsyncConnection,
  type AsyncEngine,
  type ColumnBuilder,
  func,
  insert,
  Integer,
  MetaData,
  select,
  Table,
  update,
} from "athanor";

/** A way to bring one value into row 1 of an empty table; gives what RETURNING said, where it asked. */
export type Writing = (connection: AsyncConnection, target: Target, value: unknown) => Promise<readonly unknown[]>;

export type Target = ReturnType<typeof tableOf>;

/** A table for values of this type. */
export function tableOf(metadata: MetaData, type: ColumnBuilder<unknown>) {
  return new Table("kept", metadata, { id: Integer().primaryKey(), v: type.nullable() });
}

export const WRITINGS: Readonly<Record<string, Writing>> = {
  "insert().values()": async (connection, table, v) => {
    await connection.execute(insert(table).values({ id: 1, v }));
    return [];
  },
  "insert() of parameters": async (connection, table, v) => {
    await connection.execute(insert(table), { id: 1, v });
    return [];
  },
  "insert() of many sets": async (connection, table, v) => {
    await connection.execute(insert(table), [
      { id: 2, v: null },
      { id: 1, v },
      { id: 3, v },
    ]);
    return [];
  },
  "insert() of many rows": async (connection, table, v) => {
    await connection.execute(
      insert(table).values([
        { id: 2, v: null },
        { id: 1, v },
      ]),
    );
    return [];
  },
  "update()": async (connection, table, v) => {
    await connection.execute(insert(table).values({ id: 1, v: null }));
    await connection.execute(update(table).where(table.c.id.eq(1)).values({ v }));
    return [];
  },
};

/** Where the database has INSERT … RETURNING. */
export const RETURNING: Readonly<Record<string, Writing>> = {
  "insert().values().returning()": async (connection, table, v) => {
    const result = await connection.execute(insert(table).values({ id: 1, v }).returning(table.c.v));
    return result.all().map((row) => row.v);
  },
  "insert().returning() of many sets": async (connection, table, v) => {
    const result = await connection.execute(insert(table).returning(table.c.v), [
      { id: 1, v },
      { id: 2, v },
    ]);
    return result.all().map((row) => row.v);
  },
};

/** The value in row 1. */
export function stored(connection: AsyncConnection, table: Target): Promise<unknown> {
  return connection.scalar(select(table.c.v).where(table.c.id.eq(1)));
}

/** How often `=` and IN find row 1 by its value. */
export async function found(connection: AsyncConnection, table: Target, value: object): Promise<readonly unknown[]> {
  const count = select(func.count()).selectFrom(table).where(table.c.id.eq(1));
  return [
    await connection.scalar(count.where(table.c.v.eq(value))),
    await connection.scalar(count.where(table.c.v.in([value]))),
  ];
}

/** How many rows hold a value, or are none of those that a writing begins with. */
export function written(connection: AsyncConnection, table: Target): Promise<unknown> {
  const { id, v } = table.c;
  return connection.scalar(
    select(func.count())
      .selectFrom(table)
      .where(v.isNotNull().or(id.gt(1))),
  );
}

/** How many rows there are, seen by another connection. */
export function rowCount(engine: AsyncEngine, table: Target): Promise<unknown> {
  return engine.connect((connection) => connection.scalar(select(func.count()).selectFrom(table)));
}
