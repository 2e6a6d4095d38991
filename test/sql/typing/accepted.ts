// Queries that must compile, and the exact types of what they return.
import { firstOf, rowOf, same } from "./equal.js";
import {
  alias,
  and,
  type AnySelect,
  caseWhen,
  deleteFrom,
  excluded,
  exists,
  func,
  insert,
  literal,
  or,
  select,
  type Select,
  text,
  update,
} from "./imports.js";
import { Address, User, userTable } from "./models.js";

// Columns, labels and entities, by position and by name.
const mixed = rowOf(select(User.id, User.name.label("nm"), User));
same<(typeof mixed)[0], number>(true);
same<(typeof mixed)[1], string>(true);
same<(typeof mixed)[2], User>(true);
same<typeof mixed.id, number>(true);
same<typeof mixed.nm, string>(true);
same<typeof mixed.User, User>(true);
const [id, name, user] = mixed;
same<typeof id, number>(true);
same<typeof name, string>(true);
same<typeof user, User>(true);

// An outer join makes the joined side's values nullable, and those of no other.
const joined = rowOf(
  select(User, Address, Address.emailAddress, func.count(Address.id).label("n"))
    .outerJoin(User.addresses)
    .where(User.name.eq("x")),
);
same<(typeof joined)[0], User>(true);
same<(typeof joined)[1], Address | null>(true);
same<typeof joined.emailAddress, string | null>(true);
same<typeof joined.n, number>(true);

// Entities' first column is the entity.
same<ReturnType<typeof firstOf<User>>, User>(true);
const first = firstOf(select(User).filterBy({ name: "x" }).orderBy(User.id.desc().nullsLast()).limit(3));
same<typeof first, User>(true);

// Conditions.
export const conditions = select(User).where(
  or(User.fullname.eq(null), and(User.name.startsWith("a"), User.id.in([1, 2]))),
  exists(select(Address.id).where(Address.userId.eq(User.id))),
  User.id.in(select(Address.userId).subquery()),
  text("1 = 1"),
);
export const arithmetic = select(User.id.plus(1).times(2).label("twice"), User.name.concat("!"), literal("x"));
const twice = rowOf(arithmetic);
same<typeof twice.twice, number>(true);

const cases = rowOf(select(caseWhen<string>([[User.id.lt(10), "early"]], "late").label("age")));
same<typeof cases.age, string>(true);

// Functions keep what can be null.
const functions = rowOf(select(func.max(User.id).label("top"), func.coalesce(User.fullname, "").label("full")));
same<typeof functions.top, number | null>(true);
same<typeof functions.full, string>(true);

// Whole tables, by name.
const tableRow = rowOf(select(userTable));
same<typeof tableRow.id, number>(true);
same<typeof tableRow.fullname, string | null>(true);

// Aliases of tables and of selects have the columns of what they stand for.
const other = alias(userTable, "other");
const otherRow = rowOf(select(other.c.id, other.c.fullname));
same<typeof otherRow.fullname, string | null>(true);
const counted = alias(select(Address.userId, func.count().label("n")).groupBy(Address.userId), "counted");
const countedRow = rowOf(select(User, counted.c.n).join(counted, counted.c.userId.eq(User.id)));
same<typeof countedRow.n, number>(true);

// Text: as declared.
const textRow = rowOf(text<{ x: number; y: string }>("select x, y from t where y > :y"));
same<typeof textRow.x, number>(true);
same<typeof textRow.y, string>(true);

// Writing.
const inserted = rowOf(
  insert(User)
    .values([{ name: "x" }, { name: func.lower(User.name) }])
    .returning(User),
);
same<typeof inserted.User, User>(true);
insert(userTable).values({ name: "x" });
insert(User).onConflictDoUpdate({ target: ["id"], set: { name: "y" } });
insert(User).onConflictDoUpdate({ target: [User.id], set: { name: excluded(User.name) } });
const updated = rowOf(
  update(User)
    .where(User.id.eq(1))
    .values({ id: User.id.plus(1) })
    .returning(User.id),
);
same<typeof updated.id, number>(true);
deleteFrom(User).where(User.name.eq("x"));

// Statements built piece by piece keep their type, also through helpers that know nothing of the row.
export function page<S extends AnySelect>(statement: S, size: number): S {
  return statement.limit(size).offset(size);
}
let query: Select<[typeof User]> = select(User).where(User.name.eq("x"));
query = page(query.limit(3), 3);
const piecewise = firstOf(query);
same<typeof piecewise, User>(true);
let dynamic = select(User).where(User.name.eq("x"));
if (Math.random() > 0.5) dynamic = dynamic.outerJoin(User.addresses).where(Address.emailAddress.like("%"));
const dynamicFirst = firstOf(page(dynamic, 3));
same<typeof dynamicFirst, User>(true);
