// What may not stand where it stands: relationships where values belong, sources that nothing is written to, names that
// the select list does not have, values without a SQL type.
import {
  alias,
  and,
  caseWhen,
  cast,
  deleteFrom,
  distinct,
  exists,
  extract,
  func,
  insert,
  literal,
  or,
  rollup,
  select,
  Text,
  tuple,
  union,
  update,
  values,
} from "./imports.js";
import { Address, User, userTable } from "./models.js";

// ---- relationships are joined along; they are no expressions

// @ts-expect-error nothing to select
select(User.addresses);
// @ts-expect-error nothing to select
select(Address.user);
// @ts-expect-error nor beside columns
select(User.id, User.addresses);
// @ts-expect-error nor added
select(User.id).addColumns(User.addresses);
// @ts-expect-error nor instead of others
select(User.id).withOnlyColumns(Address.user);
// @ts-expect-error nothing to order by
select(User).orderBy(User.addresses);
// @ts-expect-error nothing to group by
select(User.id).groupBy(Address.user);
// @ts-expect-error no condition
select(User).where(User.addresses);
// @ts-expect-error nor of groups
select(User.id).having(Address.user);
// @ts-expect-error nothing to be distinct on
select(User.id).distinct(User.addresses);
// @ts-expect-error no source
select(User.id).selectFrom(User.addresses);
// @ts-expect-error no source
select(User.id).crossJoin(User.addresses);
// @ts-expect-error nothing to count
func.count(User.addresses);
// @ts-expect-error nothing to sum up
func.sum(User.addresses);
// @ts-expect-error nothing to coalesce
func.coalesce(Address.user, 1);
// @ts-expect-error no argument
func.call("f", User.addresses);
// @ts-expect-error no operand
User.id.eq(Address.user);
// @ts-expect-error no operand
User.id.in(User.addresses);
// @ts-expect-error no operand
User.id.plus(Address.user);
// @ts-expect-error no bounds
User.id.between(Address.user, 1);
// @ts-expect-error no operand of AND
and(User.addresses);
// @ts-expect-error no operand of OR
or(Address.user, User.id.eq(1));
// @ts-expect-error no part of a row
tuple(User.id, User.addresses);
// @ts-expect-error nothing to cast
cast(User.addresses, Text());
// @ts-expect-error no date
extract("year", User.addresses);
// @ts-expect-error no result
caseWhen<number>([[User.id.eq(1), User.addresses]]);
// @ts-expect-error nothing to be distinct
distinct(User.addresses);
// @ts-expect-error no group
rollup(User.addresses);
// @ts-expect-error nothing to return
insert(User).values({ name: "x" }).returning(User.addresses);
// @ts-expect-error nothing to return
update(User).values({ name: "x" }).returning(User.addresses);
// @ts-expect-error nothing to return
deleteFrom(User).returning(User.addresses);
// @ts-expect-error no label of its own
User.addresses.label("x");
// @ts-expect-error no order of its own
User.addresses.desc();
// @ts-expect-error nothing to partition by
func.count().over({ partitionBy: User.addresses });
// @ts-expect-error nothing to alias
alias(User.addresses, "a");
// @ts-expect-error no select
exists(User.addresses);
// @ts-expect-error no column of the table
insert(User).fromSelect([User.addresses], select(User.id));

// ---- what is read from and not written to

const other = alias(userTable, "other");
const counted = select(User.id).subquery("counted");
const chain = select(User.id).cte("chain");
const rows = values("rows", { a: Text() }, [{ a: "x" }]);
const called = func.call("f").tableValued("called", { a: Text() });
// @ts-expect-error an alias
insert(other);
// @ts-expect-error an alias
update(other);
// @ts-expect-error an alias
deleteFrom(other);
// @ts-expect-error a subquery
insert(counted);
// @ts-expect-error a subquery
update(counted);
// @ts-expect-error a CTE
deleteFrom(chain);
// @ts-expect-error rows of values
update(rows);
// @ts-expect-error a function
deleteFrom(called);
// @ts-expect-error a lateral subquery
insert(select(User.id).lateral("l"));

// ---- names of items

// @ts-expect-error no such item
select(User.id, User.name).orderBy("nmae");
// @ts-expect-error no such label
select(User.id.label("x")).orderBy("id");
// @ts-expect-error a direction is no part of a name
select(User.id.label("x")).orderBy("x desc");
// @ts-expect-error a class has no name of its own there
select(User).orderBy("User");
// @ts-expect-error no such item
select(User.id, func.count().label("n")).groupBy("name");
// @ts-expect-error the aggregate was given no label
select(User.id, func.count()).orderBy("count");
// @ts-expect-error names are the first select's
union(select(User.id.label("x")), select(Address.id.label("y"))).orderBy("y");

// ---- values that no SQL type is known of

// @ts-expect-error a plain object
literal({ a: 1 });
// @ts-expect-error a Date is an instant in some zone
literal(new Date(0));
// @ts-expect-error a list
literal([1, 2]);
// @ts-expect-error undefined is no value
literal(undefined);
// @ts-expect-error a plain object
func.call("f", { a: 1 });
// @ts-expect-error undefined is no value
func.call("f", undefined);
// @ts-expect-error a Date
func.call("f", new Date(0));
// @ts-expect-error a class
func.call("f", User);
// @ts-expect-error a table
func.call("f", userTable);

// ---- and what of these is right

select(User.id).join(User.addresses).outerJoin(Address.user).orderBy("id");
select(User.id.label("x"), func.count().label("n")).groupBy("x").orderBy("n", User.name);
select(other.c.id).join(counted, counted.c.id.eq(other.c.id)).join(chain, chain.c.id.eq(other.c.id));
insert(userTable).fromSelect(["name"], select(User.name));
literal({ a: 1 }, Text() as never);
literal(5).plus(1);
