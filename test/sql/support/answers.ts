// Selects whose rows are the same on every database, with those rows.
import {
  alias,
  ArrayOf,
  bindparam,
  caseOf,
  extract,
  func,
  Integer,
  literal,
  or,
  select,
  sql,
  tuple,
  typeCoerce,
  union,
  values,
  Varchar,
} from "../../../runtime/index.js";
import type { Compilable } from "../../../runtime/sql/typing.js";
import { person, post, tagged } from "./people.js";

interface Answer {
  readonly name: string;
  readonly statement: Compilable;
  readonly rows: readonly (readonly unknown[])[];
}

const { id, name, nick, score, active, born, seen, data, bossId } = person.c;
const ann = id.eq(1);
const chain = select(id.label("node"), literal(0).label("depth"))
  .where(bossId.isNull())
  .cte("chain", { recursive: true });
const tree = chain.unionAll(select(id, chain.c.depth.plus(1)).join(chain, bossId.eq(chain.c.node)));
const counted = select(post.c.personId, func.count().label("n")).groupBy(post.c.personId).subquery("counted");
const boss = alias(person, "boss");

export const ANSWERS: readonly Answer[] = [
  {
    name: "a recursive CTE",
    statement: select(tree.c.node, tree.c.depth).orderBy(tree.c.node),
    rows: [
      [1, 0],
      [2, 1],
      [3, 2],
    ],
  },
  {
    name: "a joined subquery",
    statement: select(name, counted.c.n).outerJoin(counted, counted.c.personId.eq(id)).orderBy(id),
    rows: [
      ["ann", 1],
      ["bob", null],
      ["cy", 1],
    ],
  },
  {
    name: "a table twice",
    statement: select(name, boss.c.name).join(boss, boss.c.id.eq(bossId)).orderBy(id),
    rows: [
      ["bob", "ann"],
      ["cy", "bob"],
    ],
  },
  {
    name: "a union in order",
    statement: union(select(id.label("x")), select(literal(9)))
      .orderBy("x")
      .limit(4),
    rows: [[1], [2], [3], [9]],
  },
  {
    name: "dates moved",
    statement: select(
      born.plusInterval({ months: 1 }),
      born.minusInterval({ days: 31 }),
      seen.plusInterval({ hours: 14, minutes: 1 }),
      seen.minusInterval({ years: 1, weeks: 1, seconds: 31 }),
    ).where(ann),
    rows: [["2024-02-29", "2023-12-31", "2024-02-01T00:21:30.123456", "2023-01-24T10:19:59.123456"]],
  },
  {
    name: "parts of dates",
    statement: select(
      extract("year", seen),
      extract("quarter", seen),
      extract("month", seen),
      extract("week", born),
      extract("day", seen),
      extract("hour", seen),
      extract("minute", seen),
      extract("dow", born),
      extract("doy", born),
    ).where(ann),
    rows: [[2024, 1, 1, 5, 31, 10, 20, 3, 31]],
  },
  {
    name: "values inside JSON",
    statement: select(
      data.json("tags", 1).asText(),
      data.json("size").asInteger(),
      data.json("ratio").asNumber(),
      data.json("on").asBoolean(),
      data.json('a "b" $.c').asText(),
      data.json("nothing").asText(),
      data.json("tags"),
    ).where(ann),
    rows: [["y", 3, 1.5, true, "odd", null, ["x", "y"]]],
  },
  {
    name: "NULL as a value",
    statement: select(id)
      .where(or(nick.isDistinctFrom("a"), nick.isNotDistinctFrom("zz")))
      .orderBy(id),
    rows: [[2], [3]],
  },
  {
    name: "rows in lists, also empty ones",
    statement: select(id)
      .where(
        tuple(id, name).in([
          [1, "ann"],
          [3, "x"],
        ]),
        tuple(id, name).notIn([]),
      )
      .orderBy(id),
    rows: [[1]],
  },
  { name: "no row in an empty list", statement: select(id).where(tuple(id, name).in([])), rows: [] },
  {
    name: "quotients and remainders of negative numbers",
    statement: select(score.floorDividedBy(2), score.modulo(2), score.dividedBy(2), score.neg()).where(id.eq(3)),
    rows: [[-4, -1, -3.5, 7]],
  },
  {
    name: "bits",
    statement: select(id.bitAnd(2), id.bitOr(4), id.bitXor(1), id.shiftLeft(2), literal(12).shiftRight(2)).where(
      id.eq(3),
    ),
    rows: [[2, 7, 2, 12, 3]],
  },
  {
    name: "windows",
    statement: select(
      func.rowNumber().over({ orderBy: id.desc() }).label("r"),
      func.count().over({ partitionBy: active }).label("n"),
      func
        .sum(id)
        .over({ orderBy: id, rows: [null, 0] })
        .label("s"),
    ).orderBy(id),
    rows: [
      [3, 2, 1],
      [2, 1, 3],
      [1, 2, 6],
    ],
  },
  {
    name: "aggregates over some rows",
    statement: select(
      func.count().filter(active.eq(true)),
      func.max(id).filter(active.eq(false)),
      func.sum(score).filter(id.gt(7)),
    ),
    rows: [[2, 2, null]],
  },
  {
    name: "rows of values",
    statement: (() => {
      const pair = values("pair", { a: Integer(), b: Varchar(10) }, [
        { a: 1, b: "x" },
        { a: 3, b: null },
      ]);
      return select(name, pair.c.b).join(pair, pair.c.a.eq(id)).orderBy(id);
    })(),
    rows: [
      ["ann", "x"],
      ["cy", null],
    ],
  },
  {
    name: "values for named parameters: those of the outermost statement win",
    statement: (() => {
      const inner = select(post.c.personId)
        .where(post.c.id.ge(bindparam("least", { type: Integer(), value: 99 })))
        .params({ least: 5 });
      return select(id)
        .where(id.in(inner), name.in(["ann", "bob"]))
        .params({ least: 1 });
    })(),
    rows: [[1]],
  },
  {
    name: "values for the named parameters of a subquery alone",
    statement: (() => {
      const inner = select(post.c.personId.label("author"))
        .where(post.c.id.ge(bindparam("least", { type: Integer() })))
        .params({ least: 2 })
        .subquery("inner_posts");
      return select(name).join(inner, inner.c.author.eq(id));
    })(),
    rows: [["cy"]],
  },
  {
    name: "arrays",
    statement: select(tagged.c.tags, tagged.c.scores).orderBy(tagged.c.id),
    rows: [
      [
        ["x", "y"],
        [1, null, 3],
      ],
      [[], null],
    ],
  },
  {
    name: "arrays as parameters and as another type",
    statement: select(
      typeCoerce(tagged.c.tags, ArrayOf(Varchar(10))),
      bindparam("given", {
        type: ArrayOf(ArrayOf(Integer().nullable())),
        value: [
          [1, null],
          [2, 3],
        ],
      }),
    ).where(tagged.c.id.eq(1)),
    rows: [
      [
        ["x", "y"],
        [
          [1, null],
          [2, 3],
        ],
      ],
    ],
  },
  {
    name: "cases of values, truth and slices",
    statement: select(
      caseOf(
        name,
        [
          ["ann", 1],
          ["bob", 2],
        ],
        0,
      ),
      func.greatest(id, 2),
      func.ceil(literal(1.2)),
    )
      .where(active.is(true))
      .orderBy(id)
      .slice(0, 2),
    rows: [
      [1, 2, 2],
      [0, 3, 2],
    ],
  },
  {
    name: "fragments",
    statement: select(typeCoerce(sql`upper(${name})`, Varchar()))
      .where(sql`${id} in ${[1, 2]}`, sql`${name} <> ${"x' or 1=1 --"}`)
      .orderBy(id),
    rows: [["ANN"], ["BOB"]],
  },
];
