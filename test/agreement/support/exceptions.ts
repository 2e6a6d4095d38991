// Where databases do not agree, each with its reason and a query that shows it. The random queries leave these cases
// out, or the reference follows the difference as one of its traits. The list may only become shorter.
import { type AnyQuery, cast, func, Integer, literal, select, Text } from "athanor";
import type { DatabaseKind } from "../../support/databases/databases.js";
import type { Traits } from "./evaluate.js";
import { tables } from "./tables.js";

const { item } = tables;

export const TRAITS: Readonly<Record<DatabaseKind, Traits>> = {
  sqlite: { likeIgnoresCase: true },
  postgresql: { likeIgnoresCase: false },
  mysql: { likeIgnoresCase: false },
};

/** What a query gives that a database refuses. */
export const REFUSED = Symbol("refused");

export interface Exception {
  readonly title: string;
  readonly reason: string;
  readonly query: AnyQuery;
  /** The first column of the rows. */
  readonly gives: Readonly<Record<DatabaseKind, readonly unknown[] | typeof REFUSED>>;
}

const every = (sqlite: unknown, postgresql: unknown, mysql: unknown): Exception["gives"] => ({
  sqlite: sqlite === REFUSED ? REFUSED : [sqlite],
  postgresql: postgresql === REFUSED ? REFUSED : [postgresql],
  mysql: mysql === REFUSED ? REFUSED : [mysql],
});

const text = (value: string) => cast(literal(value), Text());
const number = (value: number) => cast(literal(value), Integer());

/** Over `item` with three rows: n is 1, 2 and NULL. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    title: "LIKE and case",
    reason:
      "SQLite's LIKE, and with it startsWith, endsWith and contains, takes a to z and A to Z for the same letters; the others do not. Use ilike to ignore case everywhere.",
    query: select(func.count()).selectFrom(item).where(text("abc").like("AB%")),
    gives: every(3, 0, 0),
  },
  {
    title: "A backslash in a LIKE pattern",
    reason:
      "PostgreSQL, MySQL and MariaDB take it for the escape character where the pattern names no other; SQLite takes it for itself. Name the escape, or use contains, which does.",
    query: select(func.count())
      .selectFrom(item)
      .where(text("a_c").like(String.raw`a\_c`)),
    gives: every(0, 3, 3),
  },
  {
    title: "Letters beyond ASCII in lower and upper",
    reason:
      "SQLite knows the case of ASCII alone, PostgreSQL what the database's locale knows (in the tests, which use the locale C, ASCII as well), MySQL and MariaDB that of all letters.",
    query: select(func.upper(text("aé"))),
    gives: every("Aé", "Aé", "AÉ"),
  },
  {
    title: "Blanks at the end of a text",
    reason:
      "MySQL and MariaDB do not see them where parameters are compared with parameters, and MySQL not where columns are compared either; columns that this package makes on MariaDB tell such texts apart.",
    query: select(func.count()).where(literal("a").eq(literal("a "))),
    gives: every(0, 0, 1),
  },
  {
    title: "Where NULL is sorted",
    reason:
      "PostgreSQL takes NULL for greater than any value, the others for less. Say nullsFirst() or nullsLast(), which all of them follow.",
    query: select(item.c.n).selectFrom(item).orderBy(item.c.n),
    gives: { sqlite: [null, 1, 2], postgresql: [1, 2, null], mysql: [null, 1, 2] },
  },
  {
    title: "Division by zero",
    reason:
      "an error on PostgreSQL, NULL elsewhere; so is the rest of a division by zero. Divide by nullif(x, 0) for NULL everywhere.",
    query: select(number(1).modulo(number(0))),
    gives: every(null, REFUSED, null),
  },
  {
    title: "Whole numbers that outgrow their type",
    reason:
      "PostgreSQL computes in the operands' own width and refuses more than that; the others compute in 64 bits, beyond which SQLite goes on in floating point and MySQL and MariaDB refuse.",
    query: select(cast(literal(2_147_483_647), Integer()).plus(number(1))),
    gives: every(2_147_483_648, REFUSED, 2_147_483_648),
  },
  {
    title: "Halves in round",
    reason:
      "of a floating point number, PostgreSQL, MySQL and MariaDB round a half to the even neighbour, SQLite away from zero.",
    query: select(func.round(item.c.n.plus(0.5)))
      .selectFrom(item)
      .where(item.c.n.eq(2)),
    gives: every(3, 2, 2),
  },
  {
    title: "The last digits of a quotient",
    reason:
      "a quotient of whole numbers is a decimal of some twenty digits on PostgreSQL and a floating point number elsewhere, so that three thirds may or may not be one.",
    query: select(func.count())
      .selectFrom(item)
      .where(number(1).dividedBy(number(3)).times(number(3)).eq(number(1))),
    gives: every(3, 0, 3),
  },
  {
    title: "substr from before the start",
    reason: "a start below 1 counts from the end on SQLite, MySQL and MariaDB; on PostgreSQL it lies before the text.",
    query: select(func.substr(text("abc"), -1)),
    gives: every("c", "abc", "c"),
  },
  {
    title: "ORDER BY a parameter alone",
    reason:
      "MySQL and MariaDB look for the column at that position. Such an order says nothing on the others: leave it out.",
    query: select(item.c.n).selectFrom(item).where(item.c.n.eq(1)).orderBy(literal(0).asc().nullsLast()),
    gives: every(1, 1, REFUSED),
  },
  {
    title: "GROUP BY an expression with parameters",
    reason:
      "PostgreSQL does not take the parameters in the select list and in GROUP BY for the same, and refuses. Compute the value in a subquery or CTE, and group by its column.",
    query: select(item.c.n.plus(1)).selectFrom(item).where(item.c.n.eq(1)).groupBy(item.c.n.plus(1)),
    gives: every(2, REFUSED, 2),
  },
  {
    title: "DISTINCT ordered by what is not selected",
    reason: "refused by PostgreSQL, as it does not say which of the equal rows counts; the others pick one.",
    query: select(item.c.f).selectFrom(item).distinct().orderBy(item.c.id),
    gives: every(null, REFUSED, null),
  },
];
