// The rarer constructs, and the exact types of what they return.
import { firstOf, rowOf, same } from "./equal.js";
import {
  alias,
  allOf,
  caseOf,
  column,
  customType,
  distinct,
  extract,
  func,
  insert,
  Integer,
  select,
  sql,
  table,
  Text,
  text,
  tuple,
  typeCoerce,
  union,
  update,
  values,
} from "./imports.js";
import { Address, thing, User, userTable } from "./models.js";

// Subqueries, CTEs and set operations have the columns of their select list.
const counted = select(Address.userId, func.count().label("n")).groupBy(Address.userId).subquery("counted");
const joined = rowOf(select(User, counted.c.n).outerJoin(counted, counted.c.userId.eq(User.id)));
same<typeof joined.n, number | null>(true);
const whole = select(User).subquery("whole");
const wholeRow = rowOf(select(whole.c.fullname, whole.c.id));
same<typeof wholeRow.fullname, string | null>(true);
const wholeTable = select(userTable).cte("whole_table");
same<ReturnType<typeof firstOf<string>>, string>(true);
const tableName = rowOf(select(wholeTable.c.name));
same<typeof tableName.name, string>(true);
const chain = select(User.id.label("node")).cte("chain", { recursive: true });
const tree = chain.unionAll(select(User.id).join(chain, chain.c.node.lt(User.id)));
const node = firstOf(select(tree.c.node));
same<typeof node, number>(true);
const both = rowOf(
  union(select(User.id, User.name.label("nm")), select(Address.id, Address.emailAddress)).orderBy("nm"),
);
same<typeof both.nm, string>(true);
same<(typeof both)[0], number>(true);
const again = alias(userTable, "again");
const deleted = insert(User).values({ name: "x" }).returning(User.id, User.name.label("nm")).cte("made");
const made = rowOf(select(deleted.c.nm, again.c.id));
same<typeof made.nm, string>(true);

// A scalar subquery may find no row; a tuple, a quantifier and a select stand where their types fit.
const scalar = rowOf(select(select(func.max(Address.id)).scalarSubquery().label("top")));
same<typeof scalar.top, number | null>(true);
export const conditions = select(User).where(
  tuple(User.id, User.name).in([[1, "x"]]),
  tuple(User.id, User.name).in(select(Address.id, Address.emailAddress)),
  User.id.ge(allOf(select(Address.userId))),
  User.id.in(select(Address.userId)),
  User.id.in(union(select(Address.userId), select(Address.id))),
  User.name.isDistinctFrom(null),
  sql`${User.id} = ${1}`,
);

// Windows and aggregates keep their function's type.
const windows = rowOf(
  select(
    func
      .rowNumber()
      .over({ partitionBy: User.name, orderBy: [User.id.desc(), User.name] })
      .label("place"),
    func.lag(User.name).over({ orderBy: User.id }).label("before"),
    func.sum(User.id).filter(User.id.gt(1)).label("total"),
    func.count(distinct(User.name)).label("names"),
    User.id.gt(1).label("later"),
  ),
);
same<typeof windows.place, number>(true);
same<typeof windows.before, string | null>(true);
same<typeof windows.total, number | null>(true);
same<typeof windows.names, number>(true);
same<typeof windows.later, boolean>(true);

// Operators keep their operand's type, JSON and dates have their own.
const odd = rowOf(
  select(
    thing.c.big.plus(1n).label("big"),
    thing.c.day.plusInterval({ days: 1 }).label("next"),
    extract("year", thing.c.day).label("year"),
    thing.c.data.json("a", 0).asInteger().label("a"),
    typeCoerce(thing.c.id, Text()).label("text"),
    sql<string>`upper(${thing.c.label})`.label("loud"),
  ),
);
same<typeof odd.big, bigint>(true);
same<typeof odd.year, number>(true);
same<typeof odd.a, number | null>(true);
same<typeof odd.text, string>(true);
same<typeof odd.loud, string>(true);

const called = select(User.id, User.name.label("nm"));
const again2 = rowOf(
  called.orderBy(called.selectedColumns.nm).addColumns(called.selectedColumns.id.plus(1).label("n")),
);
same<typeof again2.n, number>(true);
const light = table("light", column("a", Text()), column("b", Integer()), column("c"));
const lightRow = rowOf(select(light.c.a, light.c.b, light.c.c));
same<typeof lightRow.a, string>(true);
same<typeof lightRow.b, number>(true);
same<typeof lightRow.c, unknown>(true);
const cased = rowOf(
  select(
    caseOf(User.name, [["a", 1]], 0).label("n"),
    func.arrayAgg(User.id).label("ids"),
    func.greatest(User.id, 5).label("most"),
    func.call("unnest", User.id).columnValued("x", Integer()),
  ),
);
same<typeof cased.n, number>(true);
same<typeof cased.ids, readonly number[] | null>(true);
same<typeof cased.most, number>(true);
same<typeof cased.x, number>(true);

// Values, texts and functions as tables; custom types.
const pairs = values("pairs", { a: Integer(), b: Text() }, [{ a: 1, b: null }]);
const pair = rowOf(select(pairs.c.a, pairs.c.b));
same<typeof pair.a, number>(true);
const rows = text("select x from t").columns({ x: Integer() }).subquery("rows");
const x = firstOf(select(rows.c.x));
same<typeof x, number>(true);
const url = customType<URL, string>({ name: "Url", impl: Text(), encode: String, decode: (href) => new URL(href) });
const typedUrl = firstOf(select(typeCoerce("x", url)));
same<typeof typedUrl, URL>(true);
export const updated = update(User)
  .from(Address)
  .where(Address.userId.eq(User.id))
  .values({ name: Address.emailAddress });
