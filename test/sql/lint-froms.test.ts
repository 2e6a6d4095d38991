// Sources that nothing joins are told of when a statement is first compiled for an engine; those that a condition, a
// join, a subquery's surroundings or SQL by hand joins are not.
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  alias,
  createEngine,
  deleteFrom,
  exists,
  func,
  insert,
  Integer,
  or,
  select,
  sql,
  text,
  union,
  update,
  values,
} from "../../runtime/index.js";
import type { StatementNode } from "../../runtime/sql/ast/nodes.js";
import { elementOf } from "../../runtime/sql/build/element.js";
import { lintFroms } from "../../runtime/sql/compile/lint-froms.js";
import type { Compilable } from "../../runtime/sql/typing.js";
import { people, person, post } from "./support/people.js";

const { id, name } = person.c;
const other = alias(person, "other");
const third = alias(person, "third");
const counted = select(post.c.personId, func.count().label("n")).groupBy(post.c.personId).subquery("counted");
const pair = values("pair", { a: Integer() }, [{ a: 1 }]);

function warningsOf(statement: Compilable): readonly string[] {
  // Each of them is a statement.
  return lintFroms(elementOf(statement)?.node as StatementNode);
}

describe("nothing joins", () => {
  it.each<[string, Compilable, RegExp]>([
    ["two tables", select(id, post.c.id), /SELECT has a cartesian product between 'person' and 'post': join them/],
    ["two of three", select(id, post.c.id, other.c.id).where(post.c.personId.eq(id)), /'person', 'post' and 'other'/],
    ["tables with conditions of their own", select(id).where(id.eq(1), post.c.id.eq(2)), /'person' and 'post'/],
    ["a subquery", select(id, counted.c.n), /'person' and 'counted'/],
    ["rows of values", select(id, pair.c.a), /'person' and 'pair'/],
    ["a join and a table", select(id, third.c.id).selectFrom(person).join(post), /'person', 'post' and 'third'/],
    [
      "tables in a subquery",
      select(select(func.count()).selectFrom(post, other).scalarSubquery()),
      /'post' and 'other'/,
    ],
    ["tables of a member", union(select(id), select(post.c.id).selectFrom(other)), /'other' and 'post'/],
    ["an UPDATE", update(person).values({ nick: post.c.title }), /UPDATE has .* 'person' and 'post'/],
    ["a DELETE", deleteFrom(post).using(person), /DELETE has .* 'post' and 'person'/],
    [
      "the SELECT of an INSERT",
      insert(post).fromSelect(["id", "personId"], select(id, other.c.id)),
      /'person' and 'other'/,
    ],
  ])("%s", (_name, statement, message) => {
    expect(warningsOf(statement)).toHaveLength(1);
    expect(warningsOf(statement)[0]).toMatch(message);
  });
});

describe("something joins", () => {
  it.each<[string, Compilable]>([
    ["one table", select(id)],
    ["a condition", select(id, post.c.id).where(post.c.personId.eq(id))],
    ["a condition among others", select(id, post.c.id).where(or(post.c.personId.eq(id), id.gt(3)))],
    ["a range", select(id, post.c.id, other.c.id).where(id.between(post.c.id, other.c.id))],
    ["an operator of the database's own", select(id, post.c.title).where(post.c.title.boolOp("~~", name))],
    ["a chain of conditions", select(id, post.c.id, other.c.id).where(post.c.personId.eq(id), other.c.bossId.eq(id))],
    ["joins", select(id).join(post).outerJoin(other, other.c.bossId.eq(id))],
    ["a cross join, which says so", select(id).crossJoin(post)],
    [
      "the statement around",
      select(id).where(exists(select(post.c.id, other.c.id).where(post.c.personId.eq(id), other.c.id.eq(id)))),
    ],
    ["a function", select(id, func.call("generate_series", 1, 2).columnValued("n", Integer()))],
    [
      "a lateral subquery",
      select(id, select(post.c.id).where(post.c.personId.eq(id)).correlate(person).lateral("l").c.id),
    ],
    ["text", select(id, post.c.id).where(text("person.id = post.person_id"))],
    ["a fragment", select(id, post.c.id).where(sql`${id} = ${post.c.personId}`)],
    ["an UPDATE's condition", update(person).values({ nick: post.c.title }).where(post.c.personId.eq(id))],
    ["a DELETE's condition", deleteFrom(post).where(post.c.personId.eq(id))],
    ["set operations, whose members read by themselves", union(select(id), select(post.c.id))],
    [
      "a CTE",
      (() => {
        const busy = select(post.c.personId).cte("busy");
        return select(id).join(busy, busy.c.personId.eq(id));
      })(),
    ],
  ])("%s", (_name, statement) => {
    expect(warningsOf(statement)).toEqual([]);
  });
});

describe("an engine", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    ["warns once of a statement", {}, 1],
    ["does not where it is told so", { enableFromLinting: false }, 0],
  ])("%s", (_name, options, times) => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    using engine = createEngine("sqlite://", options);
    people.createAll(engine);
    using connection = engine.connect();
    const product = select(id, post.c.id);
    connection.execute(product).all();
    connection.execute(product).all();
    connection.execute(select(id).join(post)).all();
    expect(warned).toHaveBeenCalledTimes(times);
    if (times > 0) expect(warned.mock.calls[0]?.[0]).toMatch(/^a SELECT has a cartesian product .* enableFromLinting/);
  });
});
