// Each construct of the language once; its text in every dialect is in the golden file beside the tests.
import {
  alias,
  allOf,
  and,
  anyOf,
  bindparam,
  caseOf,
  caseWhen,
  cast,
  cube,
  defaultValue,
  deleteFrom,
  distinct,
  except,
  exists,
  excluded,
  extract,
  falseCondition,
  func,
  groupingSets,
  insert,
  inserted,
  Integer,
  intersect,
  literal,
  literalColumn,
  nullValue,
  or,
  rollup,
  select,
  sql,
  tablesample,
  text,
  trueCondition,
  tuple,
  typeCoerce,
  union,
  unionAll,
  update,
  values,
  Varchar,
} from "../../../runtime/index.js";
import type { Compilable } from "../../../runtime/sql/typing.js";
import { person, post, tagged } from "./people.js";

export interface Construct {
  readonly name: string;
  readonly statement: Compilable;
  /** Where it compiles and yet cannot be run, by dialect, and why. */
  readonly notRunOn?: Readonly<Record<string, string>>;
}

const { id, name, nick, score, rate, active, born, seen, data, bossId } = person.c;
const titles = select(post.c.personId, func.count().label("n")).where(post.c.id.gt(0)).groupBy(post.c.personId);
const counted = titles.subquery("counted");
const busy = titles.cte("busy");
const chain = select(id.label("node"), literal(0).label("depth"))
  .where(bossId.isNull())
  .cte("chain", { recursive: true });
const tree = chain.unionAll(
  select(id, chain.c.depth.plus(1)).join(chain, bossId.eq(chain.c.node)).where(chain.c.depth.lt(9)),
);
const boss = alias(person, "boss");
const pair = values("pair", { a: Integer(), b: Varchar(10) }, [
  { a: 1, b: "x" },
  { a: 2, b: null },
]);
const each = data.json("tags");
const NO_REGEXP = { sqlite: "REGEXP is a function of the application's" };
const one = { id: 70, name: "zed", active: true };

const SETS: readonly Construct[] = [
  {
    name: "union with an order and a limit of the whole",
    statement: union(select(id, name.label("nm")).where(id.lt(2)), select(post.c.id, post.c.title))
      .orderBy("nm")
      .limit(3),
  },
  { name: "union all", statement: unionAll(select(id), select(post.c.id), select(post.c.personId)) },
  {
    name: "union, called on a select, goes on",
    statement: select(id).union(select(post.c.id)).union(select(post.c.personId)),
  },
  {
    name: "intersect and except",
    statement: except(select(id), intersect(select(post.c.personId), select(post.c.id))),
  },
  {
    name: "intersect all",
    statement: select(id).intersectAll(select(post.c.personId)),
    notRunOn: { mysql: "8.0.31", mariadb: "" },
  },
  { name: "except all", statement: select(id).exceptAll(select(post.c.personId)) },
  {
    name: "members with limits of their own",
    statement: unionAll(select(id).orderBy(id).limit(1), select(post.c.id).orderBy(post.c.id.desc()).limit(2)),
  },
  {
    name: "a union as a table",
    statement: select(func.count()).selectFrom(union(select(id), select(post.c.id)).subquery("u")),
  },
  {
    name: "a union as a list",
    statement: select(name).where(id.in(union(select(post.c.personId), select(post.c.id)))),
  },
];

const SOURCES: readonly Construct[] = [
  { name: "a subquery as a table", statement: select(name, counted.c.n).join(counted, counted.c.personId.eq(id)) },
  { name: "a subquery that only a column tells of", statement: select(counted.c.n).where(counted.c.n.gt(0)) },
  {
    name: "a scalar subquery",
    statement: select(name, select(func.count()).where(post.c.personId.eq(id)).scalarSubquery().label("n")),
  },
  {
    name: "a select as a list",
    statement: select(name).where(id.in(select(post.c.personId).where(post.c.title.ne("x")))),
  },
  {
    name: "exists and its opposite",
    statement: select(name).where(
      or(exists(select(post.c.id).where(post.c.personId.eq(id))), exists(select(post.c.id)).not()),
    ),
  },
  {
    name: "correlate",
    statement: select(name).where(select(post.c.id).where(post.c.personId.eq(id)).correlate(person).exists()),
  },
  {
    name: "correlate except",
    statement: select(name).where(
      select(post.c.id, boss.c.id).where(post.c.personId.eq(id)).correlateExcept(post, boss).exists(),
    ),
  },
  {
    name: "a lateral subquery",
    statement: select(name, post.c.title)
      .join(post)
      .crossJoin(
        select(func.max(post.c.id).label("top")).where(post.c.personId.eq(id)).correlate(person).lateral("last"),
      ),
  },
  {
    name: "full and cross joins",
    statement: select(name).crossJoin(post).fullJoin(boss, boss.c.id.eq(bossId)).addColumns(boss.c.name.label("boss")),
  },
  { name: "a CTE", statement: select(name, busy.c.n).join(busy, busy.c.personId.eq(id)).where(busy.c.n.gt(0)) },
  {
    name: "a CTE used twice",
    statement: select(busy.c.n).where(
      exists(select(busy.alias("other").c.n).where(busy.alias("other").c.n.gt(busy.c.n))),
    ),
  },
  { name: "a CTE that the database keeps", statement: select(titles.cte("kept", { materialized: true }).c.n) },
  {
    name: "a recursive CTE",
    statement: select(tree.c.node, func.max(tree.c.depth).label("deep")).groupBy(tree.c.node),
  },
  { name: "a CTE that reads another", statement: select(select(busy.c.n.label("m")).cte("outer_one").c.m) },
  {
    name: "an INSERT as a CTE",
    statement: (() => {
      const made = insert(person)
        .values({ ...one, id: 71, name: "cte" })
        .returning(id)
        .cte("made");
      return select(made.c.id);
    })(),
    notRunOn: {
      sqlite: "only SELECT can be a CTE",
      mysql: "only SELECT can be a CTE",
      mariadb: "only SELECT can be a CTE",
    },
  },
  {
    name: "a CTE that nothing refers to",
    statement: select(id).addCte(deleteFrom(post).where(post.c.id.lt(0)).cte("gone")),
    notRunOn: {
      sqlite: "only SELECT can be a CTE",
      mysql: "only SELECT can be a CTE",
      mariadb: "only SELECT can be a CTE",
    },
  },
  { name: "values as a table", statement: select(pair.c.a, pair.c.b).where(pair.c.a.gt(0)) },
  { name: "values joined", statement: select(name, pair.c.b).join(pair, pair.c.a.eq(id)) },
  {
    name: "text as a table",
    statement: (() => {
      const rows = text("SELECT id, title FROM post WHERE id > :least")
        .columns({ id: Integer(), title: Varchar() })
        .bindparams({ least: 0 })
        .subquery("rows_of_text");
      return select(rows.c.title).where(rows.c.id.lt(9));
    })(),
  },
  {
    name: "a function as a table",
    statement: (() => {
      const series = func.call("generate_series", 1, 3).tableValued("series", { n: Integer() }, { named: true });
      return select(series.c.n);
    })(),
    notRunOn: { sqlite: "has no generate_series", mysql: "has no generate_series", mariadb: "has no generate_series" },
  },
  {
    name: "a function as a column",
    statement: select(func.call("generate_series", 1, 3).columnValued("n", Integer())),
    notRunOn: { sqlite: "has no generate_series", mysql: "has no generate_series", mariadb: "has no generate_series" },
  },
  {
    name: "part of a table",
    statement: (() => {
      const some = tablesample(person, "some", 50, { seed: 7 });
      const pages = tablesample(post, "pages", 100, { method: "system" });
      return select(some.c.name, pages.c.title).join(pages, pages.c.personId.eq(some.c.id));
    })(),
  },
  {
    name: "a function as a table with numbers",
    statement: (() => {
      const series = func
        .call("generate_series", 5, 7)
        .tableValued("series", { n: Integer(), at: Integer() }, { ordinality: true });
      return select(series.c.n, series.c.at);
    })(),
    notRunOn: { sqlite: "has no generate_series", mysql: "has no generate_series", mariadb: "has no generate_series" },
  },
];

const AGGREGATES: readonly Construct[] = [
  {
    name: "a window",
    statement: select(
      name,
      func
        .rowNumber()
        .over({ partitionBy: active, orderBy: [score.desc(), id] })
        .label("place"),
    ),
  },
  {
    name: "windows with frames",
    statement: select(
      func
        .sum(score)
        .over({ orderBy: id, rows: [-1, 1] })
        .label("near"),
      func
        .sum(score)
        .over({ orderBy: id, rows: [null, 0] })
        .label("so_far"),
      func
        .count()
        .over({ orderBy: id, range: [null, null] })
        .label("all_of_them"),
      func.lag(name).over({ orderBy: id }).label("before"),
      func.lead(name, 2).over({ orderBy: id }).label("after"),
      func.firstValue(name).over({ orderBy: id }).label("first_name"),
      func.ntile(2).over({ orderBy: id }).label("half"),
    ),
  },
  {
    name: "frames of groups",
    statement: select(
      func
        .count()
        .over({ orderBy: score, groups: [-1, 0] })
        .label("n"),
    ),
    notRunOn: { mysql: "has no GROUPS", mariadb: "has no GROUPS" },
  },
  {
    name: "numbers calculated",
    statement: select(
      func.ceil(rate).label("c"),
      func.floor(rate).label("f"),
      func.power(rate, 2).label("p"),
      func.sqrt(func.abs(rate)).label("q"),
      func.exp(literal(0.5)).label("e"),
      func.ln(literal(2.5)).label("l"),
      func.sign(score).label("s"),
      func.greatest(id, 2).label("g"),
      func.least(id, score).label("m"),
    ),
  },
  {
    name: "ordered aggregates with their types",
    statement: select(
      func.percentileCont(0.5).withinGroup(rate).label("middle"),
      func.percentileDisc(0.5).withinGroup(id).label("median"),
      func.mode<boolean>().withinGroup(active).label("common"),
    ),
  },
  {
    name: "an aggregate of arrays",
    statement: select(func.arrayAgg(id).label("ids"), func.arrayAgg(nick).label("nicks")),
    notRunOn: { sqlite: "has no array_agg", mysql: "has no array_agg", mariadb: "has no array_agg" },
  },
  { name: "an empty window", statement: select(func.count().over().label("n"), id) },
  {
    name: "aggregates over some rows",
    statement: select(
      func.count().filter(active.eq(true)).label("a"),
      func.sum(score).filter(score.gt(1), score.lt(9)).label("b"),
    ),
  },
  {
    name: "an ordered-set aggregate",
    statement: select(func.call<number>("percentile_disc", literalColumn("0.5")).withinGroup(score).label("median")),
  },
  {
    name: "distinct aggregates",
    statement: select(func.count(distinct(name)).label("a"), func.countDistinct(name).label("b")),
  },
  { name: "distinct on", statement: select(name, score).distinct(active).orderBy(active, score.desc()) },
  {
    name: "grouping sets",
    statement: select(active, score, func.count().label("n")).groupBy(groupingSets([active, score], [active], [])),
    notRunOn: { mysql: "", mariadb: "" },
  },
  {
    name: "cube",
    statement: select(active, score, func.count().label("n")).groupBy(cube(active, score)),
    notRunOn: { mysql: "", mariadb: "" },
  },
  { name: "rollup", statement: select(active, score, func.count().label("n")).groupBy(rollup(active, score)) },
  {
    name: "having",
    statement: select(active, func.count().label("n"))
      .groupBy(active)
      .having(func.count().gt(0), func.max(score).isNotNull()),
  },
  { name: "aggregated text", statement: select(func.aggregateStrings(name, ", ").label("names")) },
];

const CLAUSES: readonly Construct[] = [
  { name: "for update", statement: select(id).forUpdate() },
  { name: "for update, skipping what is locked", statement: select(id).forUpdate({ skipLocked: true }) },
  { name: "for share, without waiting", statement: select(id).forUpdate({ share: true, nowait: true }) },
  { name: "for update of one table", statement: select(id).join(post).forUpdate({ of: post }) },
  {
    name: "for no key update, for key share",
    statement: union(select(id).forUpdate({ noKey: true }), select(post.c.id)),
    notRunOn: { postgresql: "not in a UNION" },
  },
  { name: "a slice", statement: select(id).orderBy(id).slice(1, 3) },
  {
    name: "an order and groups by name",
    statement: select(name, id.label("x")).groupBy("name", "x").orderBy("x", "name"),
  },
  {
    name: "items used again by name",
    statement: (() => {
      const query = select(name, score.plus(1).label("more"));
      return query.orderBy(query.selectedColumns.more.desc(), query.selectedColumns.name);
    })(),
  },
  {
    name: "a hint for the whole statement",
    statement: select(id).limit(1).withStatementHint("/* whole */").withStatementHint("/* mysql */", "mysql"),
  },
  {
    name: "values for named parameters, inside and around",
    statement: (() => {
      const inner = select(post.c.personId)
        .where(post.c.id.ge(bindparam("least", { type: Integer(), value: 99 })))
        .params({ least: 5 });
      return select(id)
        .where(id.in(inner), name.eq(bindparam("who", { type: Varchar() })))
        .params({ who: "ann", least: 1 });
    })(),
  },
  {
    name: "values for the named parameters of a write",
    statement: update(person)
      .where(id.eq(bindparam("which", { type: Integer() })))
      .values({ score: 1 })
      .params({ which: 3 }),
  },
  { name: "fetch", statement: select(id).orderBy(id).fetch(2) },
  { name: "fetch after an offset", statement: select(id).orderBy(id).offset(1).fetch(2) },
  { name: "fetch with ties", statement: select(id).orderBy(score).fetch(1, { withTies: true }) },
  {
    name: "words for one dialect",
    statement: select(id).prefixWith("SQL_NO_CACHE", "mysql").suffixWith("/* read */").prefixWith("ALL"),
  },
  {
    name: "hints",
    statement: select(id)
      .withHint(person, "USE INDEX (PRIMARY)", "mysql")
      .withHint(person, "USE INDEX (PRIMARY)", "mariadb"),
  },
  {
    name: "other items",
    statement: select(id).where(score.gt(1)).withOnlyColumns(name).addColumns(nick, func.lower(name).label("low")),
  },
  { name: "null order", statement: select(id).orderBy(score.desc().nullsLast(), nick.asc().nullsFirst()) },
];

const OPERATORS: readonly Construct[] = [
  {
    name: "is distinct from",
    statement: select(id).where(nick.isDistinctFrom("x"), nick.isNotDistinctFrom(null), score.isDistinctFrom(score)),
  },
  {
    name: "rows in a list",
    statement: select(id).where(
      tuple(id, name).in([
        [1, "ann"],
        [2, "bob"],
      ]),
      tuple(id, name).notIn([]),
    ),
  },
  { name: "rows in a select", statement: select(id).where(tuple(id, name).in(select(post.c.personId, post.c.title))) },
  {
    name: "any and all",
    statement: select(id).where(
      score.ge(allOf(select(score).where(score.isNotNull()))),
      id.eq(anyOf(select(post.c.personId))),
    ),
  },
  {
    name: "patterns",
    statement: select(id).where(
      name.notLike("x%"),
      name.notIlike("X%"),
      name.icontains("A_"),
      name.istartsWith("A"),
      name.iendsWith("N"),
      id.notBetween(8, 9),
    ),
  },
  {
    name: "regular expressions",
    statement: select(name.regexpReplace("a+", "b").label("r")).where(
      name.regexpMatch("^a"),
      name.regexpMatch("^b").not(),
    ),
    notRunOn: NO_REGEXP,
  },
  {
    name: "full text search",
    statement: select(id).where(name.match("ann")),
    notRunOn: {
      sqlite: "of virtual tables alone",
      mysql: "needs a full text index",
      mariadb: "needs a full text index",
    },
  },
  {
    name: "bits",
    statement: select(
      id.bitAnd(1).label("a"),
      id.bitOr(2).label("b"),
      id.bitXor(3).label("c"),
      id.shiftLeft(2).label("d"),
      id.shiftRight(1).label("e"),
      id.bitAnd(3).plus(1).label("g"),
    ),
  },
  {
    name: "whole quotients, remainders, signs",
    statement: select(
      score.neg().floorDividedBy(2).label("q"),
      score.modulo(3).label("r"),
      score.dividedBy(2).label("f"),
      rate.neg().label("n"),
    ),
  },
  {
    name: "collate",
    statement: select(name.collate("C").label("c")).where(name.collate("C").eq("x")).orderBy(name.collate("C")),
    notRunOn: { sqlite: "has no such collation", mysql: "has no such collation", mariadb: "has no such collation" },
  },
  {
    name: "operators of the database's own",
    statement: select(name.op("||", "!").label("shout")).where(name.boolOp("~~", "a%")),
    notRunOn: { sqlite: "has no ~~", mysql: "has no ~~", mariadb: "has no ~~" },
  },
  {
    name: "truth values",
    statement: select(id.gt(1).label("big")).where(trueCondition(), or(falseCondition(), active.eq(true))),
  },
  {
    name: "null and coalesce",
    statement: select(
      func.coalesce(nick, name).label("n"),
      func.nullif(score, 3).label("s"),
      nullValue<number>().label("x"),
    ),
  },
  {
    name: "types of their own",
    statement: select(
      typeCoerce(score, Varchar()).label("s"),
      typeCoerce(5, Integer()).label("five"),
      cast(id, Varchar()).label("text"),
    ),
  },
  {
    name: "concat",
    statement: select(name.concat("-").concat(nick).label("both"), func.concat(name, "!").label("shout")),
  },
  {
    name: "current date and time",
    statement: select(func.currentDate().label("d"), func.currentTime().label("t"), func.now().label("n")),
  },
  {
    name: "parts of dates",
    statement: select(
      extract("year", seen).label("y"),
      extract("quarter", seen).label("q"),
      extract("month", seen).label("m"),
      extract("day", seen).label("d"),
      extract("hour", seen).label("h"),
      extract("minute", seen).label("mi"),
      extract("dow", born).label("dw"),
      extract("doy", born).label("dy"),
      extract("epoch", seen).label("ep"),
    ),
  },
  {
    name: "dates moved",
    statement: select(
      born.plusInterval({ months: 1, days: 2 }).label("later"),
      seen.minusInterval({ hours: 3 }).label("earlier"),
      seen.plusInterval({ weeks: 1 }).label("next_week"),
    ),
  },
  {
    name: "values inside JSON",
    statement: select(
      each.label("tags"),
      data.json("tags", 0).asText().label("first_tag"),
      data.json("size").asInteger().label("size"),
      data.json("ratio").asNumber().label("ratio"),
      data.json("on").asBoolean().label("is_on"),
      data.json('a "b" $.c').asText().label("odd"),
    ),
  },
  {
    name: "conditions on JSON",
    statement: select(id).where(data.json("size").asInteger().gt(1), data.json("tags", 1).asText().eq("y")),
  },
  {
    name: "arrays",
    statement: select(id).where(
      sql<number[]>`ARRAY[1,2]`.arrayContains(sql<number[]>`ARRAY[${id}]`),
      sql<number[]>`ARRAY[1]`.arrayOverlap(sql<number[]>`ARRAY[1]`),
    ),
  },
  {
    name: "columns of arrays",
    statement: select(tagged.c.id, tagged.c.tags).where(
      tagged.c.tags.arrayContains(["x"]),
      tagged.c.tags.arrayContainedBy(["x", "y", 'a "b"']),
      tagged.c.scores.arrayOverlap([1]),
      literal("y").eq(anyOf(tagged.c.tags)),
      tagged.c.tags.in([["x", "y"], []]),
    ),
  },
  { name: "arrays read and compared", statement: select(tagged.c.tags, tagged.c.scores).where(tagged.c.id.lt(3)) },
  {
    name: "truth",
    statement: select(id).where(active.is(true), id.gt(1).label("x").isNot(null), active.isNot(false)),
  },
  {
    name: "a case of values",
    statement: select(
      caseOf(
        name,
        [
          ["ann", 1],
          ["bob", 2],
        ],
        0,
      ).label("n"),
      caseWhen([[score.gt(1), "high"]], "low").label("level"),
    ),
  },
  {
    name: "fragments",
    statement: select(sql<string>`lower(${name})`.label("low"), sql`${score} + ${1}`.label("s")).where(
      sql`${id} IN ${[1, 2]}`,
      sql`${name} = ${"x' --"} OR ${sql`${active}`}`,
    ),
  },
  {
    name: "fragments with names and pieces",
    statement: select(
      sql`(SELECT max(${sql.identifier("p", "id")}) FROM ${person} AS p WHERE ${sql.join([sql`p.id > ${0}`, sql`p.id < ${99}`], sql.raw(" AND "))})`.label(
        "top",
      ),
    ),
  },
  {
    name: "named parameters",
    statement: select(id).where(
      id.eq(bindparam("wanted", { type: Integer(), callable: () => 3 })),
      name.in(bindparam<string[]>("names", { expanding: true, value: ["a", "b"] })),
    ),
  },
];

const WRITES: readonly Construct[] = [
  {
    name: "insert from a select",
    statement: insert(post).fromSelect(["id", "personId", "title"], select(id.plus(500), id, name).where(id.lt(3))),
  },
  {
    name: "insert from a select of a CTE",
    statement: insert(post).fromSelect(
      ["id", "personId", "title"],
      select(busy.c.personId.plus(900), busy.c.personId, literal("t")).where(busy.c.n.gt(0)),
    ),
  },
  {
    name: "insert of several rows",
    statement: insert(person).values([
      { ...one, id: 80, name: "r1" },
      { ...one, id: 81, name: "r2" },
    ]),
  },
  {
    name: "insert of defaults alone",
    statement: insert(person).values({}),
    notRunOn: {
      sqlite: "name is required",
      postgresql: "name is required",
      mysql: "name is required",
      mariadb: "name is required",
    },
  },
  {
    name: "insert of a default",
    statement: insert(person).values({ ...one, id: 82, name: "r3", nick: defaultValue() }),
    notRunOn: { sqlite: "has no DEFAULT in VALUES" },
  },
  {
    name: "insert with words",
    statement: insert(person)
      .values({ ...one, id: 83, name: "r4" })
      .prefixWith("OR IGNORE", "sqlite")
      .prefixWith("IGNORE", "mysql")
      .prefixWith("IGNORE", "mariadb"),
  },
  {
    name: "insert or nothing",
    statement: insert(person)
      .values({ ...one, name: "ann" })
      .onConflictDoNothing({ target: ["name"] }),
  },
  {
    name: "insert or update",
    statement: insert(person)
      .values({ ...one, name: "ann" })
      .onConflictDoUpdate({
        target: ["name"],
        set: { nick: excluded(name), score: score.plus(1) },
        where: score.lt(9),
      }),
  },
  {
    name: "insert or update, by a constraint",
    statement: insert(person)
      .values({ ...one, name: "ann" })
      .onConflictDoUpdate({ constraint: "uq_person_name", set: { nick: "c" } }),
    notRunOn: { sqlite: "has no ON CONSTRAINT" },
  },
  {
    name: "insert or update on a duplicate key",
    statement: insert(person)
      .values({ ...one, name: "ann" })
      .onDuplicateKeyUpdate({ nick: inserted(name), score: score.plus(1) }),
  },
  {
    name: "insert or update, and return",
    statement: insert(person)
      .values({ ...one, name: "ann" })
      .onConflictDoUpdate({ target: ["name"], set: { nick: "again" } })
      .returning(id, nick),
  },
  {
    name: "insert or nothing, and return",
    statement: insert(person)
      .values({ ...one, name: "ann" })
      .onConflictDoNothing()
      .returning(id),
  },
  {
    name: "insert or update on a duplicate key, and return",
    statement: insert(person)
      .values({ ...one, name: "ann" })
      .onDuplicateKeyUpdate({ nick: inserted(name) })
      .returning(id, nick),
  },
  {
    name: "insert or update of several rows",
    statement: insert(person)
      .values([
        { ...one, id: 85, name: "ann" },
        { ...one, id: 86, name: "new" },
      ])
      .onConflictDoUpdate({ target: ["name"], targetWhere: id.gt(0), set: { nick: excluded(name) } }),
    notRunOn: {
      sqlite: "has no such partial index",
      postgresql: "has no such partial index",
    },
  },
  {
    name: "update in the order given",
    statement: update(person).where(id.eq(1)).values({ nick: "n", score: 2 }).values({ active: true, nick: "m" }),
  },
  {
    name: "insert and return",
    statement: insert(person)
      .values({ ...one, id: 84, name: "r5" })
      .returning(id, func.lower(name).label("low")),
  },
  {
    name: "update",
    statement: update(person)
      .where(id.eq(1))
      .values({ score: score.plus(1), nick: "n" }),
  },
  {
    name: "update from another table",
    statement: update(person).values({ nick: post.c.title }).where(post.c.personId.eq(id), post.c.title.ne("x")),
  },
  {
    name: "update from a subquery",
    statement: update(person).values({ score: counted.c.n }).where(counted.c.personId.eq(id)),
  },
  {
    name: "update from a CTE",
    statement: update(person).values({ score: busy.c.n }).where(busy.c.personId.eq(id)),
    notRunOn: { mariadb: "has no WITH before UPDATE" },
  },
  { name: "update and return", statement: update(person).where(id.eq(1)).values({ nick: "x" }).returning(id, nick) },
  { name: "delete by another table", statement: deleteFrom(post).where(post.c.personId.eq(id), name.eq("nobody")) },
  {
    name: "delete using a join",
    statement: deleteFrom(post)
      .using(boss)
      .where(post.c.personId.eq(boss.c.id), and(boss.c.name.eq("nobody"))),
  },
  { name: "delete and return", statement: deleteFrom(post).where(post.c.id.lt(0)).returning(post.c.id) },
];

export const CONSTRUCTS: readonly Construct[] = [
  ...SETS,
  ...SOURCES,
  ...AGGREGATES,
  ...CLAUSES,
  ...OPERATORS,
  ...WRITES,
];
