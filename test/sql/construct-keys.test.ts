// The laws of keys for each construct: values are no part of the key, what differs in text differs in key, and what was
// compiled for one statement finds the values of every other of its key.
import { describe, expect, it, test } from "vitest";
import { mysqlSql } from "../../runtime/dialects/mysql/sql.js";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import {
  alias,
  bindparam,
  deleteFrom,
  excluded,
  extract,
  func,
  groupingSets,
  insert,
  Integer,
  rollup,
  select,
  sql,
  text,
  tuple,
  typeCoerce,
  union,
  unionAll,
  update,
  values,
  Varchar,
} from "../../runtime/index.js";
import { CompileError } from "../../runtime/errors/errors.js";
import { collectBinds } from "../../runtime/sql/ast/collect-binds.js";
import { visitChildren } from "../../runtime/sql/ast/children.js";
import { holdsBinds } from "../../runtime/sql/ast/intern.js";
import type { AnyNode, StatementNode } from "../../runtime/sql/ast/nodes.js";
import { elementOf } from "../../runtime/sql/build/element.js";
import { compileStatement, widenLists } from "../../runtime/sql/compile/compile-statement.js";
import { defaultDialect } from "../../runtime/sql/compile/default-dialect.js";
import type { SqlDialect } from "../../runtime/sql/compile/sql-dialect.js";
import type { Compilable } from "../../runtime/sql/typing.js";
import { CONSTRUCTS } from "./support/constructs.js";
import { person, post } from "./support/people.js";

function nodeOf(statement: object): StatementNode {
  const node = elementOf(statement)?.node;
  switch (node?.kind) {
    case "select":
    case "insert":
    case "update":
    case "delete":
    case "text":
      return node;
    default:
      throw new TypeError("not a statement");
  }
}
/** True where a bind lies in the node or below it. */
function hasBinds(node: AnyNode): boolean {
  if (node.kind === "bind") return true;
  let found = false;
  visitChildren(node, (child) => {
    found ||= hasBinds(child);
  });
  return found;
}

test.each(CONSTRUCTS.map((each) => [each.name, each.statement] as const))(
  "the key tells of binds: %s",
  (_name, statement) => {
    const check = (node: AnyNode): void => {
      if (hasBinds(node)) expect(holdsBinds(node.key), node.kind).toBe(true);
      visitChildren(node, check);
    };
    check(nodeOf(statement));
  },
);

it("passes over parts without binds", () => {
  expect(holdsBinds(nodeOf(select(id, name).join(post).where(score.isNull()).orderBy(id)).key)).toBe(false);
});

const keyOf = (statement: object): number => nodeOf(statement).key;

const { id, name, score, born, seen, data, active, bossId } = person.c;

/** Statements by a number that stands in all of their values. */
const BY_VALUE: Readonly<Record<string, (value: number) => Compilable>> = {
  "set operations": (v) => union(select(id).where(id.gt(v)), select(post.c.id).where(post.c.id.gt(v + 1))).limit(v + 2),
  "members of their own": (v) =>
    unionAll(
      select(id).limit(v),
      select(id)
        .where(id.gt(v + 1))
        .limit(v + 2),
    ),
  "a subquery twice": (v) => {
    const filtered = select(id, name).where(id.gt(v)).subquery("filtered");
    return select(filtered.c.name, select(func.count()).where(post.c.personId.eq(filtered.c.id)).scalar()).where(
      filtered.c.id.lt(v + 1),
    );
  },
  "a CTE in two places": (v) => {
    const kept = select(id).where(id.gt(v)).cte("kept");
    return select(kept.c.id).where(
      kept.c.id.lt(v + 1),
      kept.c.id.in(select(kept.alias("k2").c.id).where(id.ne(v + 2))),
    );
  },
  "a recursive CTE": (v) => {
    const chain = select(id.label("node")).where(id.eq(v)).cte("chain", { recursive: true });
    const tree = chain.unionAll(
      select(id)
        .join(chain, bossId.eq(chain.c.node))
        .where(id.lt(v + 1)),
    );
    return select(tree.c.node).where(tree.c.node.gt(v + 2));
  },
  "a correlated source": (v) => {
    const inner = select(id).where(id.gt(v)).subquery("inner_one");
    return select(inner.c.id).where(
      select(post.c.id)
        .where(post.c.personId.eq(inner.c.id), post.c.id.gt(v + 1))
        .exists(),
    );
  },
  values: (v) => {
    const pair = values("pair", { a: Integer(), b: Varchar() }, [{ a: v, b: String(v + 1) }]);
    return select(pair.c.b).where(pair.c.a.gt(v + 2));
  },
  windows: (v) => select(func.lag(score, v + 2).over({ partitionBy: id.plus(v), orderBy: score.times(v + 1) })),
  aggregates: (v) => select(func.sum(score.plus(v)).filter(id.gt(v + 1))).having(func.count().gt(v + 2)),
  tuples: (v) =>
    select(id).where(tuple(id, name).in(Array.from({ length: v % 3 }, (_, at) => [at, String(v)] as const))),
  "JSON, dates and types": (v) =>
    select(id).where(
      data.json(`k${v}`, 0).asInteger().eq(v),
      born.plusInterval({ days: v + 1 }).isNotDistinctFrom(null),
      extract("year", seen.minusInterval({ hours: v + 2 })).gt(v + 3),
      typeCoerce(v + 4, Integer()).eq(score),
    ),
  fragments: (v) => select(sql`${score} + ${v}`).where(sql`${sql`${v + 1}`} < ${id}`, sql`${id} in ${[v, v + 1]}`),
  texts: (v) => {
    const rows = text("select id from person where id > :least").columns({ id: Integer() }).bindparams({ least: v });
    return select(rows.subquery("rows_of_text").c.id).where(id.lt(v + 1));
  },
  fetch: (v) =>
    select(id)
      .offset(v)
      .fetch(v + 1),
  upserts: (v) =>
    insert(person)
      .values({ id: v, name: String(v + 1), active: true })
      .onConflictDoUpdate({
        target: ["name"],
        targetWhere: id.gt(v + 2),
        set: { score: score.plus(v + 3) },
        where: id.lt(v + 4),
      }),
  "insert from a select": (v) =>
    insert(post).fromSelect(["id", "personId", "title"], select(id.plus(v), id, name).where(id.gt(v + 1))),
  "update from a subquery": (v) => {
    const filtered = select(post.c.personId, post.c.id).where(post.c.id.gt(v)).subquery("filtered");
    return update(person)
      .values({ score: filtered.c.id.plus(v + 1) })
      .where(filtered.c.personId.eq(id), id.gt(v + 2));
  },
  "delete using": (v) => {
    const other = alias(person, "other");
    return deleteFrom(post).using(other).where(other.c.id.eq(post.c.personId), other.c.id.gt(v));
  },
};

const DIALECTS: readonly SqlDialect[] = [defaultDialect, sqliteSql, mysqlSql];

/** Text and values of `given` by what was compiled for `compiledFor`, as an engine does it that finds it in its cache. */
function executed(compiledFor: Compilable, given: Compilable, dialect: SqlDialect): unknown {
  const compiled = compileStatement(nodeOf(compiledFor), dialect);
  const binds = collectBinds(nodeOf(given));
  const encoded = compiled.parameters.map(({ bind, encode, expanding }) => {
    const value = binds[bind]?.value;
    if (encode === null) return value;
    return expanding && Array.isArray(value) ? value.map(encode) : encode(value);
  });
  const { sql: sent, values: flat } = widenLists(compiled, encoded, dialect);
  return { sql: sent, values: flat };
}

describe.each(Object.entries(BY_VALUE))("%s", (_name, make) => {
  it("has one key whatever the values", () => {
    expect(keyOf(make(1))).toBe(keyOf(make(50)));
  });

  it.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))(
    "is found in the cache on %s",
    (_dialect, dialect) => {
      try {
        compileStatement(nodeOf(make(1)), dialect);
      } catch (error) {
        if (error instanceof CompileError) return;
        throw error;
      }
      expect(executed(make(10), make(50), dialect)).toEqual(executed(make(50), make(50), dialect));
    },
  );
});

test("what differs in text differs in key", () => {
  const few = [
    select(id).forUpdate({ nowait: true }),
    select(id).forUpdate({ keyShare: true }),
    select(id).forUpdate({ of: person }),
    select(id).fetch(1, { percent: true }),
    select(id).fetch(1, { withTies: true }),
    select(id).prefixWith("A"),
    select(id).suffixWith("A"),
    select(id).prefixWith("A", "sqlite"),
    select(id).withHint(person, "A"),
    select(id).correlate(person),
    select(id).correlateExcept(person),
    select(id).distinct(id),
    select(id).union(select(id)),
    select(id).unionAll(select(id)),
    select(func.count().over({ rows: [0, 1] })),
    select(func.count().over({ rows: [0, 2] })),
    select(func.count().over({ range: [0, 1] })),
    select(func.count().over({ rows: [null, 0] })),
    select(data.json("a", 1)),
    select(data.json("a", 2)),
    select(data.json("a", "b")),
    select(data.json("a", 1).asText()),
    select(score.op("+", 1)),
    select(score.op("-", 1)),
    select(name.collate("a")),
    select(name.collate("b")),
    select(extract("year", born)),
    select(extract("month", born)),
    select(born.plusInterval({ days: 1 })),
    select(born.plusInterval({ weeks: 1 })),
    select(id).groupBy(groupingSets([id], [score])),
    select(id).groupBy(groupingSets([id, score])),
    select(id).groupBy(rollup(id, score)),
    select(sql`a ${id}`),
    select(sql`b ${id}`),
    select(bindparam("a")),
    insert(person).values({ id: 1, name: "x" }).prefixWith("A"),
    insert(person).values({ id: 1, name: "x" }).onConflictDoNothing(),
    insert(person).values({ id: 1, name: "x" }).onConflictDoNothing({ constraint: "a" }),
    insert(person)
      .values({ id: 1, name: "x" })
      .onConflictDoNothing({ target: ["id"], targetWhere: active.eq(true) }),
    insert(person)
      .values({ id: 1, name: "x" })
      .onDuplicateKeyUpdate({ name: excluded(name) }),
    update(person).values({ score: 1 }).from(post),
    deleteFrom(person).using(post),
  ].map(keyOf);
  expect(new Set(few).size).toBe(few.length);
  const all = CONSTRUCTS.map(({ statement }) => keyOf(statement));
  expect(new Set(all).size).toBe(all.length);
});

const over = (value: number): typeof overId => select(id).where(id.gt(value));
const overId = select(id);

test("two subqueries of one name have to be one", () => {
  expect(() => String(select(over(1).subquery("s").c.id, over(2).subquery("s").c.id))).toThrow(
    /two different subqueries are called/,
  );
  expect(() => String(select(over(1).cte("kept").c.id).where(id.in(select(over(2).cte("kept").c.id))))).toThrow(
    /called 'kept'/,
  );
  expect(() => String(select(over(1).cte("kept").c.id, select(post.c.id).cte("kept").c.id))).toThrow(/called 'kept'/);
});
