// What else must not compile: one line a mistake, each an error for the reason that stands above it.
import {
  allOf,
  and,
  anyOf,
  bindparam,
  caseOf,
  caseWhen,
  cast,
  cube,
  customType,
  deleteFrom,
  distinct,
  except,
  exists,
  excluded,
  extract,
  func,
  groupingSets,
  insert,
  inserted,
  Integer,
  intersect,
  literal,
  not,
  or,
  rollup,
  select,
  sql,
  tablesample,
  Text,
  text,
  tuple,
  typeCoerce,
  union,
  unionAll,
  update,
  values,
} from "./imports.js";
import { Address, thing, User, userTable } from "./models.js";

// ---- what came last

// @ts-expect-error no such item
void select(User.id).selectedColumns.nmae;
// @ts-expect-error IS is for truth values
User.id.is(true);
// @ts-expect-error nor for numbers
thing.c.done.is(1);
// @ts-expect-error nor for text
thing.c.done.isNot("x");
// @ts-expect-error a value of another type
caseOf(User.id, [["a", 1]]);
// @ts-expect-error results of another type
caseOf<number, string>(User.id, [[1, 2]]);
// @ts-expect-error a percentage is a number
tablesample(userTable, "some", "10");
// @ts-expect-error a sample of a class
tablesample(User, "some", 10);
// @ts-expect-error no such method
tablesample(userTable, "some", 10, { method: "random" });
// @ts-expect-error positions are numbers
select(User.id).slice("1", "2");
// @ts-expect-error names with values
select(User.id).params("x");
// @ts-expect-error a hint is text
select(User.id).withStatementHint(5);
// @ts-expect-error greatest of one
func.greatest(User.id);
// @ts-expect-error values of another type
func.least(User.id, "x");
// @ts-expect-error no text
func.ceil(User.name);
// @ts-expect-error no text
func.power(User.name, 2);
// @ts-expect-error a type
func.call("f").columnValued("x");
// @ts-expect-error elements of another type
thing.c.tags.arrayContains([1]);
// @ts-expect-error an element where an array belongs
thing.c.tags.arrayOverlap("x");
// @ts-expect-error not an array
User.id.arrayContains([1]);

// ---- operators: values of another type
// @ts-expect-error a number for text
User.name.ne(5);
// @ts-expect-error NULL is less than nothing
User.name.lt(null);
// @ts-expect-error undefined is no value
User.name.gt(undefined);
// @ts-expect-error text for a number
User.id.le("1");
// @ts-expect-error a boolean for a number
User.id.ge(true);
// @ts-expect-error text for a number
User.id.between("a", 2);
// @ts-expect-error two bounds
User.id.between(1);
// @ts-expect-error text for a number
User.id.notBetween(1, "b");
// @ts-expect-error a bigint for a number
User.id.eq(1n);
// @ts-expect-error an object is no value
User.id.eq({ $ne: 1 });
// @ts-expect-error a list is no value
User.id.eq([1]);
// @ts-expect-error text for a number
User.id.isDistinctFrom("x");
// @ts-expect-error a number for text
User.name.isNotDistinctFrom(1);
// @ts-expect-error a value is no list
User.id.in(1);
// @ts-expect-error NULL is in no list
User.id.in([null]);
// @ts-expect-error a list of another type
User.id.in(["1"]);
// @ts-expect-error a select of another type
User.id.notIn(select(User.name));
// @ts-expect-error a class is no number
User.id.in(select(User));
// @ts-expect-error a column is no list
User.id.in(User.id);
// @ts-expect-error text is no list
User.id.in(text("1"));
// @ts-expect-error a value is no list
User.name.in(literal(1));
// @ts-expect-error a list of another type
User.id.in(bindparam<string[]>("ids", { expanding: true }));
// @ts-expect-error LIKE is for text
User.id.startsWith("x");
// @ts-expect-error LIKE is for text
User.id.endsWith("x");
// @ts-expect-error LIKE is for text
User.id.contains("x");
// @ts-expect-error LIKE is for text
User.id.ilike("x");
// @ts-expect-error LIKE is for text
User.id.notLike("x");
// @ts-expect-error LIKE is for text
User.id.notIlike("x");
// @ts-expect-error LIKE is for text
User.id.icontains("x");
// @ts-expect-error LIKE is for text
User.id.istartsWith("x");
// @ts-expect-error LIKE is for text
User.id.iendsWith("x");
// @ts-expect-error for text
User.id.regexpMatch("x");
// @ts-expect-error for text
User.id.regexpReplace("x", "y");
// @ts-expect-error for text
User.id.match("x");
// @ts-expect-error for text
User.id.collate("C");
// @ts-expect-error for text
User.id.concat("x");
// @ts-expect-error a pattern is text
User.name.like(1);
// @ts-expect-error the escape is text
User.name.like("x", { escape: 1 });
// @ts-expect-error no such option
User.name.like("x", { escpe: "x" });
// @ts-expect-error the part is a string
User.name.contains(User.name);
// @ts-expect-error the part is a string
User.name.contains(null);
// @ts-expect-error a pattern is text
User.name.regexpMatch(1);
// @ts-expect-error the replacement is missing
User.name.regexpReplace("a");
// @ts-expect-error a name
User.name.collate(1);
// @ts-expect-error a number for text
User.name.concat(5);
// @ts-expect-error text is not calculated with
User.name.plus(1);
// @ts-expect-error text is not calculated with
User.name.minus("x");
// @ts-expect-error text is not calculated with
User.name.times(2);
// @ts-expect-error text is not calculated with
User.name.dividedBy(2);
// @ts-expect-error text is not calculated with
User.name.floorDividedBy(2);
// @ts-expect-error text is not calculated with
User.name.modulo(2);
// @ts-expect-error text is not calculated with
User.name.neg();
// @ts-expect-error text for a number
User.id.plus("1");
// @ts-expect-error NULL plus anything is NULL
User.id.plus(null);
// @ts-expect-error a bigint for a number
User.id.times(1n);
// @ts-expect-error text for a number
User.id.dividedBy(User.name);
// @ts-expect-error bits of text
User.name.bitAnd(1);
// @ts-expect-error text for a number
User.id.bitOr("1");
// @ts-expect-error bits of text
User.name.bitXor(1);
// @ts-expect-error bits of text
User.name.bitNot();
// @ts-expect-error text for a number
User.id.shiftLeft("1");
// @ts-expect-error bits of text
User.name.shiftRight(1);
// @ts-expect-error bits of a decimal
thing.c.price.bitAnd(1);
// @ts-expect-error a number for a bigint
thing.c.big.plus(1);
// @ts-expect-error text for a decimal
thing.c.price.times("2");
// @ts-expect-error a boolean is not calculated with
thing.c.done.plus(1);
// @ts-expect-error text for a date
thing.c.day.eq("2024-01-01");
// @ts-expect-error a Date is no instant
thing.c.at.lt(new Date());
// @ts-expect-error text for bytes
thing.c.bytes.eq("x");
// @ts-expect-error a number for a boolean
thing.c.done.eq(1);
// @ts-expect-error text for a boolean
thing.c.done.eq("true");
// @ts-expect-error a number is no date
thing.c.id.plusInterval({ days: 1 });
// @ts-expect-error text is no date
thing.c.label.plusInterval({ days: 1 });
// @ts-expect-error an interval is an object
thing.c.day.plusInterval("1 day");
// @ts-expect-error no such unit
thing.c.day.plusInterval({ day: 1 });
// @ts-expect-error an amount is a number
thing.c.day.minusInterval({ days: "1" });
// @ts-expect-error an interval is an object
thing.c.day.minusInterval(1);
// @ts-expect-error a point in time is no document
thing.c.at.json("x");
// @ts-expect-error bytes are no document
thing.c.bytes.json("x");
// @ts-expect-error a number is no document
thing.c.big.json("x");
// @ts-expect-error a path has a leg
thing.c.data.json();
// @ts-expect-error a leg is a name or a position
thing.c.data.json(null);
// @ts-expect-error a leg is a name or a position
thing.c.data.json(true);
// @ts-expect-error no such reading
thing.c.data.json("a").asDate();
// @ts-expect-error LIKE is for text
thing.c.data.json("a").asInteger().like("x");
// @ts-expect-error a number for text
thing.c.data.json("a").asText().eq(1);
// @ts-expect-error text for a boolean
thing.c.data.json("a").asBoolean().eq("x");
// @ts-expect-error a list of another type
thing.c.tags.arrayContains([1]);
// @ts-expect-error text is no array
thing.c.label.arrayContains(["x"]);
// @ts-expect-error a value is no array
thing.c.tags.arrayOverlap("x");
// @ts-expect-error a number is no array
thing.c.id.arrayContainedBy([1]);
// @ts-expect-error an operator is text
User.id.op(1, 2);
// @ts-expect-error a type is one of the column types
User.id.op("+", 2, "integer");
// @ts-expect-error an operator is text
User.id.boolOp(1, 2);
// @ts-expect-error a name
User.id.label();
// @ts-expect-error a name
User.id.label(1);
// @ts-expect-error a name
User.id.eq(1).label();
// @ts-expect-error an order has no order
User.id.asc().asc();
// @ts-expect-error no such place
User.id.desc().nullsMiddle();

// ---- conditions
// @ts-expect-error a boolean is no condition
and(true);
// @ts-expect-error a column is no condition
or(User.id);
// @ts-expect-error null is no condition
or(null);
// @ts-expect-error a boolean is no condition
User.id.eq(1).and(true);
// @ts-expect-error text is no condition
User.id.eq(1).or("x");
// @ts-expect-error a class is no select
exists(User);
// @ts-expect-error a condition is no select
exists(User.id.eq(1));
// @ts-expect-error a column is no condition
not(User.id);
// @ts-expect-error a boolean is no condition
caseWhen<string>([[true, "x"]]);
// @ts-expect-error another type of result
caseWhen<string>([[User.id.eq(1), 5]]);
// @ts-expect-error another type of result
caseWhen<string>([[User.id.eq(1), "x"]], 5);
// @ts-expect-error a string is no condition
select(User).where("id = 1");
// @ts-expect-error null is no condition
select(User).where(null);
// @ts-expect-error an object is no condition
select(User).where({ id: 1 });
// @ts-expect-error a column is no condition
select(User).having(User.id);

// ---- select
// @ts-expect-error nothing to select
select();
// @ts-expect-error a value is wrapped by literal()
select(1);
// @ts-expect-error a string is wrapped by literal()
select(User.id, "name");
// @ts-expect-error GROUP BY takes expressions
select(User).groupBy("name");
// @ts-expect-error a position is no order
select(User).orderBy(1);
// @ts-expect-error null is no order
select(User).orderBy(null);
// @ts-expect-error a number of rows
select(User).limit("1");
// @ts-expect-error null takes it away
select(User).limit(undefined);
// @ts-expect-error a number of rows
select(User).offset("1");
// @ts-expect-error a number of rows
select(User).fetch("1");
// @ts-expect-error no such option
select(User).fetch(1, { ties: true });
// @ts-expect-error no such option
select(User).forUpdate({ skiplocked: true });
// @ts-expect-error a column is no table
select(User).forUpdate({ of: User.id });
// @ts-expect-error options are an object
select(User).forUpdate("nowait");
// @ts-expect-error a string is no target
select(User).join("address");
// @ts-expect-error a boolean is no condition
select(User).join(Address, true);
// @ts-expect-error a column is no condition
select(User).join(Address, Address.userId);
// @ts-expect-error a column is no target
select(User).outerJoin(User.id);
// @ts-expect-error a number is no target
select(User).fullJoin(5);
// @ts-expect-error a relationship is no cross join
select(User).crossJoin(User.addresses);
// @ts-expect-error a string is no source
select(User).selectFrom("user");
// @ts-expect-error DISTINCT ON takes expressions
select(User).distinct("name");
// @ts-expect-error words are text
select(User).prefixWith(1);
// @ts-expect-error a string is no source
select(User).withHint("user", "x");
// @ts-expect-error a column is no source
select(User).correlate(User.id);
// @ts-expect-error no class to filter by
select(User.id).filterBy({ id: 1 });
// @ts-expect-error nothing to add
select(User).addColumns();
// @ts-expect-error a string is no column
select(User).withOnlyColumns("id");

// ---- subqueries, CTEs, set operations
// @ts-expect-error no such column
void select(User.id).subquery("s").c.name;
// @ts-expect-error a label is missing
void select(func.count()).subquery("s").c.count_1;
// @ts-expect-error it goes by its label
void select(User.id.label("x")).subquery("s").c.id;
// @ts-expect-error a name
select(User.id).subquery(1);
// @ts-expect-error LIKE is for text
select(User.id).subquery("s").c.id.like("x");
// @ts-expect-error a name
select(User.id).cte();
// @ts-expect-error no such option
select(User.id).cte("c", { recursiv: true });
// @ts-expect-error no such column
void select(User.id).cte("c").c.name;
// @ts-expect-error columns of another type
select(User.id).cte("c").unionAll(select(User.name));
// @ts-expect-error a name
select(User.id).cte("c").alias();
// @ts-expect-error a name
select(User.id).lateral();
// @ts-expect-error columns of another type
union(select(User.id), select(User.name));
// @ts-expect-error another number of columns
union(select(User.id), select(User.id, User.name));
// @ts-expect-error another number of columns
unionAll(select(User.id, User.name), select(User.id));
// @ts-expect-error another class
intersect(select(User), select(Address));
// @ts-expect-error a class is no select
except(select(User.id), User);
// @ts-expect-error another select
select(User.id).union();
// @ts-expect-error columns of another type
select(User.id).exceptAll(select(User.name));
// @ts-expect-error a union has no WHERE of its own
union(select(User.id), select(User.id)).where(User.id.eq(1));
// @ts-expect-error a union has no FROM of its own
union(select(User.id), select(User.id)).join(Address);
// @ts-expect-error a select is no CTE
select(User.id).addCte(select(User.id));
// @ts-expect-error text is not calculated with
select(User.name).scalarSubquery().plus(1);
// @ts-expect-error another type
User.id.eq(select(User.name).scalarSubquery());
// @ts-expect-error another type
User.id.gt(anyOf(select(User.name)));
// @ts-expect-error an array is no SQL
User.id.gt(allOf([1, 2]));
// @ts-expect-error a tuple has two parts
tuple(User.id);
// @ts-expect-error a part is missing
tuple(User.id, User.name).in([[1]]);
// @ts-expect-error the parts are in another order
tuple(User.id, User.name).in([["x", 1]]);
// @ts-expect-error a part too many
tuple(User.id, User.name).in([[1, "x", 2]]);
// @ts-expect-error another number of columns
tuple(User.id, User.name).in(select(User.id));
// @ts-expect-error columns of another type
tuple(User.id, User.name).in(select(User.name, User.id));
// @ts-expect-error text for a number
values("v", { a: Integer() }, [{ a: "x" }]);
// @ts-expect-error no such column
values("v", { a: Integer() }, [{ b: 1 }]);
// @ts-expect-error a column is missing
values("v", { a: Integer(), b: Integer() }, [{ a: 1 }]);
// @ts-expect-error a type is one of the column types
values("v", { a: "integer" }, []);
// @ts-expect-error no such column
void values("v", { a: Integer() }, [{ a: 1 }]).c.b;

// ---- functions
// @ts-expect-error for text
func.lower(User.id);
// @ts-expect-error a value is wrapped by literal()
func.length(5);
// @ts-expect-error a position is a number
func.substr(User.name, "1");
// @ts-expect-error text
func.replace(User.name, 1, "x");
// @ts-expect-error for numbers
func.abs(User.name);
// @ts-expect-error for numbers
func.round(User.name);
// @ts-expect-error another type
func.coalesce(User.fullname, 5);
// @ts-expect-error another type
func.nullif(User.id, "x");
// @ts-expect-error for text
func.aggregateStrings(User.id, ",");
// @ts-expect-error a separator
func.aggregateStrings(User.name);
// @ts-expect-error a number
func.ntile("4");
// @ts-expect-error something to put together
func.concat();
// @ts-expect-error no such function: func.call() takes any
func.nope();
// @ts-expect-error a name
func.call(5);
// @ts-expect-error a value is wrapped by literal()
func.count("*");
// @ts-expect-error no such option
func.count().over({ partition: User.id });
// @ts-expect-error an order is SQL
func.count().over({ orderBy: "id" });
// @ts-expect-error two bounds
func.count().over({ rows: 3 });
// @ts-expect-error two bounds
func.count().over({ rows: [null] });
// @ts-expect-error bounds are numbers
func.count().over({ range: ["1", 2] });
// @ts-expect-error a condition
func.count().filter();
// @ts-expect-error a boolean is no condition
func.count().filter(true);
// @ts-expect-error a column is no condition
func.count().filter(User.id);
// @ts-expect-error an order
func.count().withinGroup();
// @ts-expect-error a window has no window
func.count().over().over();
// @ts-expect-error a column is no function
User.id.over({});
// @ts-expect-error a type is one of the column types
func.call("f").tableValued("t", { a: 1 });
// @ts-expect-error no such column
void func.call("f").tableValued("t", { a: Integer() }).c.b;
// @ts-expect-error a value is no expression
distinct("name");
// @ts-expect-error no such field
extract("years", thing.c.day);
// @ts-expect-error a value is no expression
extract("year", "2024-01-01");
// @ts-expect-error a type is one of the column types
cast(User.id, "text");
// @ts-expect-error a type is one of the column types
typeCoerce(User.id, String);
// @ts-expect-error sets are lists
groupingSets(User.id);
// @ts-expect-error something to group by
cube();
// @ts-expect-error a value is no expression
rollup("name");

// ---- writing
// @ts-expect-error no such property
insert(User).values({ nam: "x" });
// @ts-expect-error a required property is missing
insert(User).values([{ name: "x" }, {}]);
// @ts-expect-error NOT NULL is never null
insert(User).values({ name: null });
// @ts-expect-error a column of another type
insert(User).values({ name: User.id });
// @ts-expect-error a string is no table
insert("user");
// @ts-expect-error no such property
insert(User).fromSelect(["nam"], select(User.name));
// @ts-expect-error a string is no select
insert(User).fromSelect(["name"], "select 1");
// @ts-expect-error no such property
insert(User).onConflictDoNothing({ target: ["nope"] });
// @ts-expect-error values are missing
insert(User).onConflictDoUpdate({ target: ["id"] });
// @ts-expect-error another type
insert(User).onConflictDoUpdate({ target: ["id"], set: { name: 5 } });
// @ts-expect-error another type
insert(User).onDuplicateKeyUpdate({ name: 5 });
// @ts-expect-error something to return
insert(User).returning();
// @ts-expect-error a string is no column
insert(User).returning("id");
// @ts-expect-error words
insert(User).prefixWith();
// @ts-expect-error another type
update(User).values({ name: 5 });
// @ts-expect-error NOT NULL is never null
update(User).values({ name: null });
// @ts-expect-error a string is no condition
update(User).where("x");
// @ts-expect-error a string is no source
update(User).from("address");
// @ts-expect-error a string is no table
update("user");
// @ts-expect-error a string is no table
deleteFrom("user");
// @ts-expect-error a string is no source
deleteFrom(User).using("address");
// @ts-expect-error DELETE sets nothing
deleteFrom(User).values({ name: "x" });
// @ts-expect-error a value is no column
excluded(5);
// @ts-expect-error a value is no column
inserted("name");

// ---- text, fragments, parameters, types
// @ts-expect-error SQL is text
text(5);
// @ts-expect-error a type is one of the column types
text("x").columns({ a: 1 });
// @ts-expect-error the columns are not known
text("x").subquery("t");
// @ts-expect-error no such column
void text("x").columns({ a: Integer() }).subquery("t").c.b;
// @ts-expect-error a name
sql.identifier();
// @ts-expect-error SQL is text
sql.raw(5);
// @ts-expect-error a list
sql.join("x");
// @ts-expect-error LIKE is for text
sql<number>`1`.like("x");
// @ts-expect-error a name
bindparam();
// @ts-expect-error a name
bindparam(5);
// @ts-expect-error another type
bindparam<number>("n", { value: "x" });
// @ts-expect-error another type
bindparam<number>("n", { type: Text() });
// @ts-expect-error another type
literal<number>("x");
// @ts-expect-error LIKE is for text
literal(5).like("x");
// @ts-expect-error another type in the database
customType<URL, string>({ name: "Url", impl: Integer(), encode: String, decode: (href) => new URL(href) });
// @ts-expect-error encode gives the database's type
customType<URL, string>({ name: "Url", impl: Text(), encode: (url) => url, decode: (href) => new URL(href) });
// @ts-expect-error decode is missing
customType<URL, string>({ name: "Url", impl: Text(), encode: String });
// @ts-expect-error decode gives the type
customType<URL, string>({ name: "Url", impl: Text(), encode: String, decode: (href) => href });
