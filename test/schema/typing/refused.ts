// What must not compile about tables: every line below has an error of its own, for which it is marked.
import { MetaData } from "../../../runtime/schema/metadata.js";
import { Table } from "../../../runtime/schema/table.js";
import type { Attr } from "../../../runtime/sql/typing.js";
import type { JsonValue } from "../../../runtime/types/json.js";
import { BigInteger, Bool, Enum, Integer, Json, SqlDate, Text, Varchar } from "../../../runtime/types/types.js";

const metadata = new MetaData();
const user = new Table("user", metadata, {
  id: Integer().primaryKey(),
  name: Text(),
  big: BigInteger().nullable(),
  plan: Enum("plan", ["free", "pro"]),
});

// @ts-expect-error a column that the table has not
export const missing: unknown = user.c.nothing;
// @ts-expect-error a number compared with a string
user.c.id.eq("1");
// @ts-expect-error null compared with a column that is never null
user.c.name.eq(null);
// @ts-expect-error a number where a bigint belongs
user.c.big.eq(1);
// @ts-expect-error a value outside the enum
user.c.plan.eq("gold");
// @ts-expect-error undefined in a condition
user.c.name.eq(undefined);
// @ts-expect-error a value of the wrong type
user.insert().values({ name: 5 });
// @ts-expect-error a column that is not there
user.insert().values({ nickname: "x" });
// @ts-expect-error null into a column that is NOT NULL
user.update().values({ name: null });
// @ts-expect-error a boolean where a condition belongs
user.delete().where(user.name === "user");

// @ts-expect-error a type that was not called
void new Table("t", metadata, { id: Integer });
// @ts-expect-error a bare word as a column
void new Table("t", metadata, { id: "integer" });
// @ts-expect-error no MetaData
void new Table("t", {}, { id: Integer() });
// @ts-expect-error a default of the wrong type
Integer().default("1");
// @ts-expect-error null as a default
Integer().nullable().default(null);
// @ts-expect-error a default outside the enum
Enum("plan", ["free"]).default("pro");
// @ts-expect-error a boolean's default is no number
Bool().default(1);
// @ts-expect-error a Date is no date
SqlDate().default(new Date());
// @ts-expect-error an unknown action
Integer().references("user.id", { onDelete: "explode" });
// @ts-expect-error a length in words
Varchar("30");
// @ts-expect-error an enum without values
Enum("plan", []);
// @ts-expect-error JSON of something that is not JSON
Json<Map<string, string>>();
// @ts-expect-error the document null is JsonNull
export const document: JsonValue = null;
// @ts-expect-error undefined is not JSON
export const absent: JsonValue = { a: undefined };

// @ts-expect-error a column of another type
export const other: { readonly id: Attr<"user", "id", string> } = user.c;
