// Tables whose columns' types are inferred, and the exact types of what they give.
import { MetaData } from "../../../runtime/schema/metadata.js";
import { createTable, Table } from "../../../runtime/schema/table.js";
import type { Attr } from "../../../runtime/sql/typing.js";
import type { Decimal } from "../../../runtime/types/decimal.js";
import { JsonNull, type JsonValue } from "../../../runtime/types/json.js";
import { currentTimestamp, sql } from "../../../runtime/types/raw-sql.js";
import type { SqlType } from "../../../runtime/types/sql-type.js";
import type { Instant, PlainDate, PlainDateTime, PlainTime } from "../../../runtime/types/temporal.js";
import {
  BigInteger,
  Bool,
  Bytes,
  Enum,
  Integer,
  Json,
  Numeric,
  SqlDate,
  SqlTime,
  Text,
  Timestamp,
  TimestampTz,
  Varchar,
} from "../../../runtime/types/types.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles only with `true` where the two are the same type. */
declare function same<A, B>(answer: Same<A, B>): void;

const everything = new Table("everything", new MetaData(), {
  id: Integer().primaryKey(),
  name: Varchar(30),
  fullname: Text().nullable(),
  big: BigInteger(),
  flag: Bool().default(true),
  price: Numeric(10, 2).default("0.10"),
  day: SqlDate().default("2026-01-31"),
  clock: SqlTime().nullable(),
  local: Timestamp(),
  at: TimestampTz().default(currentTimestamp),
  data: Bytes().default(sql("X''")),
  meta: Json().default({ a: [1, null] }),
  typed: Json<{ readonly a: number }>().nullable(),
  plan: Enum("plan", ["free", "pro"]).default("free"),
});

same<typeof everything.name, "everything">(true);
same<typeof everything.c.id, Attr<"everything", "id", number>>(true);
same<typeof everything.c.name, Attr<"everything", "name", string>>(true);
same<typeof everything.c.fullname, Attr<"everything", "fullname", string | null>>(true);
same<typeof everything.c.big, Attr<"everything", "big", bigint>>(true);
same<typeof everything.c.flag, Attr<"everything", "flag", boolean>>(true);
same<typeof everything.c.price, Attr<"everything", "price", Decimal>>(true);
same<typeof everything.c.day, Attr<"everything", "day", PlainDate>>(true);
same<typeof everything.c.clock, Attr<"everything", "clock", PlainTime | null>>(true);
same<typeof everything.c.local, Attr<"everything", "local", PlainDateTime>>(true);
same<typeof everything.c.at, Attr<"everything", "at", Instant>>(true);
same<typeof everything.c.data, Attr<"everything", "data", Uint8Array>>(true);
same<typeof everything.c.meta, Attr<"everything", "meta", JsonValue>>(true);
same<typeof everything.c.typed, Attr<"everything", "typed", { readonly a: number } | null>>(true);
same<typeof everything.c.plan, Attr<"everything", "plan", "free" | "pro">>(true);

// The libraries' types are theirs in full.
export function total(price: Decimal, day: PlainDate, at: Instant): readonly [Decimal, PlainDate, bigint] {
  return [price.plus("0.1").toDecimalPlaces(2), day.add({ months: 1 }), at.epochNanoseconds];
}

// Any table is a Table, and a builder is a type.
export const tables: readonly Table[] = [everything];
export const type: SqlType<string | null> = Text().nullable();
export const keys: string[] = everything.c.keys();

// Statements start from the table.
everything.insert().values({ name: "x", fullname: null, plan: "pro", meta: JsonNull });
everything.update().values({ flag: false }).where(everything.c.id.eq(1), everything.c.fullname.eq(null));
everything.delete().where(everything.c.big.gt(5n));
everything.select().where(everything.c.plan.in(["free", "pro"]));

// Generated code states the type.
interface PlanColumns {
  readonly id: Attr<"plan", "id", number>;
}
export const plan: Table<"plan", PlanColumns> = createTable("plan", new MetaData(), { id: Integer().primaryKey() });
same<typeof plan.c.id, Attr<"plan", "id", number>>(true);
