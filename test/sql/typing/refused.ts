// What must not compile: each statement is an error, and one that stops being one fails the type check.
import { rowOf } from "./equal.js";
import { insert, not, select, update, deleteFrom } from "./imports.js";
import { Address, User, userTable } from "./models.js";

// @ts-expect-error no such column
select(User.nmae);
// @ts-expect-error another type
User.name.eq(5);
// @ts-expect-error LIKE is for text
User.id.like("x");
// @ts-expect-error NOT NULL is never null
User.name.eq(null);
// @ts-expect-error a JavaScript comparison
select(User).where(User.name === "x");
// @ts-expect-error undefined is no value
select(User).where(User.id.eq(undefined));
// @ts-expect-error undefined is no condition
select(User).where(undefined);
// @ts-expect-error a value where a condition belongs
select(User).where(User.name);
// @ts-expect-error a column is no join target
select(User).join(User.name);
// @ts-expect-error no such property
select(User).filterBy({ nam: "x" });
// @ts-expect-error another type
select(User).filterBy({ name: 5 });
// @ts-expect-error number against string
User.id.eq(Address.emailAddress);
// @ts-expect-error strings are not selected
select("users");
// @ts-expect-error instances are not selected
select(new User());
// @ts-expect-error a list of another type
User.id.in(["a"]);
// @ts-expect-error a subquery of another type
User.id.in(select(User.name).subquery());
// @ts-expect-error only directions that exist
User.id.sideways();
// @ts-expect-error a required property is missing
insert(User).values({});
// @ts-expect-error another type
insert(User).values({ name: 5 });
// @ts-expect-error NOT NULL is never null
insert(userTable).values({ name: null });
// @ts-expect-error no such property
update(User).values({ nmae: "x" });
// @ts-expect-error a boolean is no condition
deleteFrom(User).where(true);
// @ts-expect-error a boolean is no condition
not(false);

const row = rowOf(select(User.id, User.name));
// @ts-expect-error no such name
void row.nme;
// @ts-expect-error no such position
void row[2];
// @ts-expect-error a number has no such method
row.id.toUpperCase();
const outer = rowOf(select(User, Address).outerJoin(User.addresses));
// @ts-expect-error may be null after an outer join
void outer[1].emailAddress;
const address = rowOf(select(Address).outerJoin(Address.user));
void address[0].emailAddress;
