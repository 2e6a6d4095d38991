// Statements, each written once, with the text that every dialect makes of it.
import { selectNode } from "../../../runtime/sql/ast/statements.js";
import { alias } from "../../../runtime/sql/build/alias.js";
import {
  and,
  bindparam,
  caseWhen,
  cast,
  column,
  exists,
  literal,
  literalColumn,
  not,
  or,
  table,
} from "../../../runtime/sql/build/constructs.js";
import { elementOf } from "../../../runtime/sql/build/element.js";
import { func } from "../../../runtime/sql/build/functions.js";
import { excluded, insert } from "../../../runtime/sql/build/insert.js";
import { select } from "../../../runtime/sql/build/select.js";
import { StatementElement } from "../../../runtime/sql/build/statement.js";
import { text } from "../../../runtime/sql/build/text.js";
import { deleteFrom, update } from "../../../runtime/sql/build/update.js";
import type { Compilable } from "../../../runtime/sql/typing.js";
import { Text } from "../../../runtime/types/types.js";
import { Address, addresses, orders, OtherAddress, User, users } from "./models.js";

export interface StatementCase {
  readonly name: string;
  readonly statement: Compilable;
  readonly sql: { readonly default: string; readonly sqlite: string };
  readonly params?: Readonly<Record<string, unknown>>;
  /** The values as the driver gets them. */
  readonly positional?: readonly unknown[];
  /** False where parameters without values keep it from being run as it is. */
  readonly runs?: false;
}

const other = alias(users, "other");
const counted = alias(
  select(addresses.c.userId, func.count().label("n")).where(addresses.c.id.gt(0)).groupBy(addresses.c.userId),
  "counted",
);
const light = table("some_table", column("x"), column("y"));
const ALL_USERS = "user_account.id, user_account.name, user_account.fullname, user_account.score, user_account.active";

/** The same select with its columns named after their tables, as the ORM asks for it. */
function withTableLabels(statement: object): Compilable {
  const node = elementOf(statement)?.node;
  if (node?.kind !== "select") throw new TypeError("not a select");
  return new (class extends StatementElement {})(selectNode({ ...selectParts(node), labelStyle: "table-column" }));
}

function selectParts(node: Parameters<typeof selectNode>[0]): Parameters<typeof selectNode>[0] {
  const { items, froms, where, groupBy, having, orderBy, limit, offset, distinct, labelStyle, options } = node;
  return { items, froms, where, groupBy, having, orderBy, limit, offset, distinct, labelStyle, options };
}

export const SELECTS: readonly StatementCase[] = [
  {
    name: "a condition on a table",
    statement: select(users).where(users.c.name.eq("spongebob")),
    sql: {
      default: `SELECT ${ALL_USERS} \nFROM user_account \nWHERE user_account.name = :name_1`,
      sqlite: `SELECT ${ALL_USERS} \nFROM user_account \nWHERE user_account.name = ?`,
    },
    params: { name_1: "spongebob" },
    positional: ["spongebob"],
  },
  {
    name: "an entity lists its columns under bare names",
    statement: select(User),
    sql: { default: `SELECT ${ALL_USERS} \nFROM user_account`, sqlite: `SELECT ${ALL_USERS} \nFROM user_account` },
  },
  {
    name: "FROM holds every table referred to",
    statement: select(Address.emailAddress).where(User.name.eq("x"), Address.userId.eq(User.id)),
    sql: {
      default:
        "SELECT address.email_address \nFROM address, user_account \n" +
        "WHERE user_account.name = :name_1 AND address.user_id = user_account.id",
      sqlite:
        "SELECT address.email_address \nFROM address, user_account \n" +
        "WHERE user_account.name = ? AND address.user_id = user_account.id",
    },
  },
  {
    name: "a nested OR comes in parentheses, the outer AND does not",
    statement: select(User.id).where(and(or(User.name.eq("a"), User.name.eq("b")), User.id.gt(0))),
    sql: {
      default:
        "SELECT user_account.id \nFROM user_account \n" +
        "WHERE (user_account.name = :name_1 OR user_account.name = :name_2) AND user_account.id > :id_1",
      sqlite:
        "SELECT user_account.id \nFROM user_account \n" +
        "WHERE (user_account.name = ? OR user_account.name = ?) AND user_account.id > ?",
    },
    params: { name_1: "a", name_2: "b", id_1: 0 },
  },
  {
    name: "NULL is asked for with IS",
    statement: select(User.id).where(User.fullname.eq(null), User.name.ne("x"), not(User.fullname.isNull())),
    sql: {
      default:
        "SELECT user_account.id \nFROM user_account \nWHERE user_account.fullname IS NULL " +
        "AND user_account.name != :name_1 AND user_account.fullname IS NOT NULL",
      sqlite:
        "SELECT user_account.id \nFROM user_account \nWHERE user_account.fullname IS NULL " +
        "AND user_account.name != ? AND user_account.fullname IS NOT NULL",
    },
  },
  {
    name: "labels, functions, groups, order and limit",
    statement: select(User.name.label("nm"), func.count(), func.max(User.id).label("top"))
      .where(User.id.between(1, 9))
      .groupBy(User.name)
      .having(func.count().gt(0))
      .orderBy("nm", func.count().desc().nullsLast())
      .limit(10)
      .offset(0),
    sql: {
      default:
        "SELECT user_account.name AS nm, count(*) AS count_1, max(user_account.id) AS top \nFROM user_account \n" +
        "WHERE user_account.id BETWEEN :id_1 AND :id_2 GROUP BY user_account.name \nHAVING count(*) > :count_1 " +
        "ORDER BY nm, count(*) DESC NULLS LAST\n LIMIT :param_1 OFFSET :param_2",
      sqlite:
        "SELECT user_account.name AS nm, count(*) AS count_1, max(user_account.id) AS top \nFROM user_account \n" +
        "WHERE user_account.id BETWEEN ? AND ? GROUP BY user_account.name \nHAVING count(*) > ? " +
        "ORDER BY nm, count(*) DESC NULLS LAST\n LIMIT ? OFFSET ?",
    },
    positional: [1n, 9n, 0n, 10n, 0n],
  },
  {
    name: "a limit or an offset alone",
    statement: select(User.id)
      .where(exists(select(Address.id).limit(1)))
      .offset(1),
    sql: {
      default:
        "SELECT user_account.id \nFROM user_account \n" +
        "WHERE EXISTS (SELECT address.id \nFROM address\n LIMIT :param_1)\n LIMIT -1 OFFSET :param_2",
      sqlite:
        "SELECT user_account.id \nFROM user_account \n" +
        "WHERE EXISTS (SELECT address.id \nFROM address\n LIMIT ? OFFSET ?)\n LIMIT ? OFFSET ?",
    },
    positional: [1n, 0n, -1n, 1n],
  },
  {
    name: "DISTINCT and a table without columns referred to",
    statement: select(literal(1)).distinct().selectFrom(User),
    sql: {
      default: "SELECT DISTINCT :param_1 AS anon_1 \nFROM user_account",
      sqlite: "SELECT DISTINCT ? AS anon_1 \nFROM user_account",
    },
  },
  {
    name: "a join on the foreign key",
    statement: select(User.name, Address.emailAddress).selectFrom(User).join(Address),
    sql: {
      default:
        "SELECT user_account.name, address.email_address \n" +
        "FROM user_account JOIN address ON user_account.id = address.user_id",
      sqlite:
        "SELECT user_account.name, address.email_address \n" +
        "FROM user_account JOIN address ON user_account.id = address.user_id",
    },
  },
  {
    name: "a join by a relationship, then an alias with its own condition",
    statement: select(User, Address, OtherAddress.emailAddress)
      .join(User.addresses)
      .outerJoin(OtherAddress, and(OtherAddress.userId.eq(User.id), OtherAddress.id.gt(Address.id))),
    sql: {
      default:
        `SELECT ${ALL_USERS}, address.id, address.email_address, address.user_id, a2.email_address \n` +
        "FROM user_account JOIN address ON user_account.id = address.user_id " +
        "LEFT OUTER JOIN address AS a2 ON a2.user_id = user_account.id AND a2.id > address.id",
      sqlite:
        `SELECT ${ALL_USERS}, address.id, address.email_address, address.user_id, a2.email_address \n` +
        "FROM user_account JOIN address ON user_account.id = address.user_id " +
        "LEFT OUTER JOIN address AS a2 ON a2.user_id = user_account.id AND a2.id > address.id",
    },
  },
  {
    name: "lists widen to their values",
    statement: select(User.id).where(User.id.in([1, 2]), User.name.notIn(["x"]), not(User.id.in([]))),
    sql: {
      default:
        "SELECT user_account.id \nFROM user_account \nWHERE user_account.id IN (:id_1_1, :id_1_2) " +
        "AND user_account.name NOT IN (:name_1_1) AND user_account.id NOT IN (SELECT 1 WHERE 1 != 1)",
      sqlite:
        "SELECT user_account.id \nFROM user_account \nWHERE user_account.id IN (?, ?) " +
        "AND user_account.name NOT IN (?) AND user_account.id NOT IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)",
    },
    params: { id_1: [1, 2], name_1: ["x"], id_2: [] },
    positional: [1n, 2n, "x"],
  },
  {
    name: "subqueries leave out what the select around them reads",
    statement: select(
      User.name,
      select(func.count(Address.id)).where(Address.userId.eq(User.id)).scalar().label("n"),
    ).where(User.id.in(select(Address.userId).where(Address.emailAddress.like("%x.org")).subquery())),
    sql: {
      default:
        "SELECT user_account.name, (SELECT count(address.id) AS count_1 \nFROM address \n" +
        "WHERE address.user_id = user_account.id) AS n \nFROM user_account \nWHERE user_account.id IN " +
        "(SELECT address.user_id \nFROM address \nWHERE address.email_address LIKE :emailAddress_1)",
      sqlite:
        "SELECT user_account.name, (SELECT count(address.id) AS count_1 \nFROM address \n" +
        "WHERE address.user_id = user_account.id) AS n \nFROM user_account \nWHERE user_account.id IN " +
        "(SELECT address.user_id \nFROM address \nWHERE address.email_address LIKE ?)",
    },
  },
  {
    name: "text searches take wildcards literally and say so",
    statement: select(Address.id).where(
      or(
        Address.emailAddress.contains("c%"),
        Address.emailAddress.startsWith("a_\\"),
        Address.emailAddress.ilike("A%"),
      ),
    ),
    sql: {
      default:
        "SELECT address.id \nFROM address \nWHERE address.email_address LIKE :emailAddress_1 ESCAPE '\\' " +
        "OR address.email_address LIKE :emailAddress_2 ESCAPE '\\' " +
        "OR lower(address.email_address) LIKE lower(:emailAddress_3)",
      sqlite:
        "SELECT address.id \nFROM address \nWHERE address.email_address LIKE ? ESCAPE '\\' " +
        "OR address.email_address LIKE ? ESCAPE '\\' OR lower(address.email_address) LIKE lower(?)",
    },
    positional: ["%c\\%%", "a\\_\\\\%", "A%"],
  },
  {
    name: "arithmetic with as few parentheses as can be, and true division",
    statement: select(
      users.c.score.plus(1).times(2).label("a"),
      users.c.id.times(2).plus(1).minus(users.c.id.minus(1)).label("b"),
      users.c.id.dividedBy(2).label("c"),
      users.c.name.concat("!").concat("?").label("d"),
    ),
    sql: {
      default:
        "SELECT (user_account.score + :score_1) * :param_1 AS a, " +
        "user_account.id * :id_1 + :param_2 - (user_account.id - :id_2) AS b, user_account.id / :id_3 AS c, " +
        "user_account.name || :name_1 || :param_3 AS d \nFROM user_account",
      sqlite:
        "SELECT (user_account.score + ?) * ? AS a, user_account.id * ? + ? - (user_account.id - ?) AS b, " +
        "user_account.id / (? + 0.0) AS c, user_account.name || ? || ? AS d \nFROM user_account",
    },
  },
  {
    name: "CASE, CAST, hand-written fragments and unusual functions",
    statement: select(
      caseWhen([[User.id.lt(2), "first"]], "later").label("rank"),
      cast(User.id, Text()),
      literalColumn<number>("1 + 1").label("two"),
      func.call<string>("printf", "%d", User.id),
      func.coalesce(User.fullname, "none"),
      func.now(),
      func.countDistinct(User.name),
    ),
    sql: {
      default:
        "SELECT CASE WHEN user_account.id < :id_1 THEN :param_1 ELSE :param_2 END AS rank, " +
        "CAST(user_account.id AS TEXT) AS id, 1 + 1 AS two, printf(:param_3, user_account.id) AS printf_1, " +
        "coalesce(user_account.fullname, :fullname_1) AS coalesce_1, CURRENT_TIMESTAMP AS now_1, " +
        "count(DISTINCT user_account.name) AS count_1 \nFROM user_account",
      sqlite:
        "SELECT CASE WHEN user_account.id < ? THEN ? ELSE ? END AS rank, " +
        "CAST(user_account.id AS TEXT) AS id, 1 + 1 AS two, printf(?, user_account.id) AS printf_1, " +
        "coalesce(user_account.fullname, ?) AS coalesce_1, strftime('%Y-%m-%dT%H:%M:%f000Z', 'now') AS now_1, " +
        "count(DISTINCT user_account.name) AS count_1 \nFROM user_account",
    },
  },
  {
    name: "a table twice, and a select as a table",
    statement: select(other.c.name, counted.c.n)
      .selectFrom(users)
      .join(other, other.c.id.gt(users.c.id))
      .outerJoin(counted, counted.c.userId.eq(other.c.id)),
    sql: {
      default:
        "SELECT other.name, counted.n \nFROM user_account JOIN user_account AS other ON other.id > user_account.id " +
        "LEFT OUTER JOIN (SELECT address.user_id, count(*) AS n \nFROM address \n" +
        "WHERE address.id > :id_1 GROUP BY address.user_id) AS counted ON counted.user_id = other.id",
      sqlite:
        "SELECT other.name, counted.n \nFROM user_account JOIN user_account AS other ON other.id > user_account.id " +
        "LEFT OUTER JOIN (SELECT address.user_id, count(*) AS n \nFROM address \n" +
        "WHERE address.id > ? GROUP BY address.user_id) AS counted ON counted.user_id = other.id",
    },
  },
  {
    name: "names that need quotes",
    statement: select(orders.c.buyerId, orders.c.sellerId.label("select")).where(orders.c.sellerId.eq(1)),
    sql: {
      default:
        'SELECT "order"."buyer id", "order"."Seller" AS "select" \nFROM "order" \nWHERE "order"."Seller" = :sellerId_1',
      sqlite: 'SELECT "order"."buyer id", "order"."Seller" AS "select" \nFROM "order" \nWHERE "order"."Seller" = ?',
    },
  },
  {
    name: "tables without metadata, and text as a condition",
    statement: select(light.c.x).where(light.c.y.gt(2), text("x > :least OR x = 0").bindparams({ least: 1 })),
    sql: {
      default: "SELECT some_table.x \nFROM some_table \nWHERE some_table.y > :y_1 AND (x > :least OR x = 0)",
      sqlite: "SELECT some_table.x \nFROM some_table \nWHERE some_table.y > ? AND (x > ? OR x = 0)",
    },
    params: { y_1: 2, least: 1 },
    runs: false,
  },
  {
    name: "columns named after their tables",
    statement: withTableLabels(select(Address).where(literal(1).eq(Address.userId))),
    sql: {
      default:
        "SELECT address.id AS address_id, address.email_address AS address_email_address, " +
        "address.user_id AS address_user_id \nFROM address \nWHERE :param_1 = address.user_id",
      sqlite:
        "SELECT address.id AS address_id, address.email_address AS address_email_address, " +
        "address.user_id AS address_user_id \nFROM address \nWHERE ? = address.user_id",
    },
  },
];

export const WRITES: readonly StatementCase[] = [
  {
    name: "INSERT of a row",
    statement: insert(users).values({ name: "spongebob", fullname: "Spongebob Squarepants" }),
    sql: {
      default: "INSERT INTO user_account (name, fullname) VALUES (:name, :fullname)",
      sqlite: "INSERT INTO user_account (name, fullname) VALUES (?, ?)",
    },
    params: { name: "spongebob", fullname: "Spongebob Squarepants" },
    positional: ["spongebob", "Spongebob Squarepants"],
  },
  {
    name: "INSERT without values takes every column",
    statement: insert(addresses),
    sql: {
      default: "INSERT INTO address (id, email_address, user_id) VALUES (:id, :emailAddress, :userId)",
      sqlite: "INSERT INTO address (id, email_address, user_id) VALUES (?, ?, ?)",
    },
    params: {},
    runs: false,
  },
  {
    name: "INSERT of rows, returning",
    statement: insert(users)
      .values([
        { name: "a", score: literal(1) },
        { name: "b", score: null },
      ])
      .returning(User.id, User.name.label("nm")),
    sql: {
      default:
        "INSERT INTO user_account (name, score) VALUES (:name_m0, :param_1), (:name_m1, :score_m1) " +
        "RETURNING id, name AS nm",
      sqlite: "INSERT INTO user_account (name, score) VALUES (?, ?), (?, ?) RETURNING id, name AS nm",
    },
    positional: ["a", 1n, "b", null],
  },
  {
    name: "INSERT of defaults alone",
    statement: insert(users).values({}),
    sql: {
      default: "INSERT INTO user_account DEFAULT VALUES",
      sqlite: "INSERT INTO user_account DEFAULT VALUES",
    },
  },
  {
    name: "INSERT from a SELECT",
    statement: insert(addresses)
      .fromSelect(["emailAddress", "userId"], select(User.name.concat("@x.org"), User.id).where(User.id.lt(2)))
      .onConflictDoNothing(),
    sql: {
      default:
        "INSERT INTO address (email_address, user_id) " +
        "SELECT user_account.name || :name_1 AS anon_1, user_account.id \n" +
        "FROM user_account \nWHERE user_account.id < :id_1 ON CONFLICT DO NOTHING",
      sqlite:
        "INSERT INTO address (email_address, user_id) SELECT user_account.name || ? AS anon_1, user_account.id \n" +
        "FROM user_account \nWHERE user_account.id < ? ON CONFLICT DO NOTHING",
    },
  },
  {
    name: "INSERT or update",
    statement: insert(users)
      .values({ id: 1, name: "x" })
      .onConflictDoUpdate({
        target: ["id"],
        set: { name: excluded(users.c.name), score: users.c.score.plus(1), fullname: "y" },
        where: users.c.name.ne(excluded(users.c.name)),
      })
      .returning(User),
    sql: {
      default:
        "INSERT INTO user_account (id, name) VALUES (:id, :name) " +
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, score = user_account.score + :score_1, " +
        "fullname = :fullname_set WHERE user_account.name != excluded.name " +
        "RETURNING id, name, fullname, score, active",
      sqlite:
        "INSERT INTO user_account (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, " +
        "score = user_account.score + ?, fullname = ? WHERE user_account.name != excluded.name " +
        "RETURNING id, name, fullname, score, active",
    },
  },
  {
    name: "UPDATE",
    statement: update(users)
      .where(users.c.name.eq("sandy"))
      .values({ fullname: "Sandy Cheeks", score: users.c.score.plus(1) })
      .returning(users.c.score),
    sql: {
      default:
        "UPDATE user_account SET fullname=:fullname, score=user_account.score + :score_1 " +
        "WHERE user_account.name = :name_1 RETURNING score",
      sqlite:
        "UPDATE user_account SET fullname=?, score=user_account.score + ? WHERE user_account.name = ? RETURNING score",
    },
    params: { fullname: "Sandy Cheeks", score_1: 1, name_1: "sandy" },
  },
  {
    name: "UPDATE with other tables in its condition and in a value",
    statement: update(User)
      .values({
        fullname: select(func.min(OtherAddress.emailAddress)).where(OtherAddress.userId.eq(User.id)).scalar(),
      })
      .where(User.id.eq(Address.userId), Address.emailAddress.eq("a@x.org")),
    sql: {
      default:
        "UPDATE user_account SET fullname=(SELECT min(a2.email_address) AS min_1 \nFROM address AS a2 \n" +
        "WHERE a2.user_id = user_account.id) FROM address " +
        "WHERE user_account.id = address.user_id AND address.email_address = :emailAddress_1",
      sqlite:
        "UPDATE user_account SET fullname=(SELECT min(a2.email_address) AS min_1 \nFROM address AS a2 \n" +
        "WHERE a2.user_id = user_account.id) FROM address " +
        "WHERE user_account.id = address.user_id AND address.email_address = ?",
    },
  },
  {
    name: "UPDATE by named parameters",
    statement: update(users)
      .where(users.c.id.eq(bindparam("b_id")))
      .values({ name: bindparam<string>("n") }),
    sql: {
      default: "UPDATE user_account SET name=:n WHERE user_account.id = :b_id",
      sqlite: "UPDATE user_account SET name=? WHERE user_account.id = ?",
    },
    params: {},
    runs: false,
  },
  {
    name: "UPDATE of everything",
    statement: update(users).values({ active: true }),
    sql: { default: "UPDATE user_account SET active=:active", sqlite: "UPDATE user_account SET active=?" },
    params: { active: true },
    positional: [1n],
  },
  {
    name: "DELETE",
    statement: deleteFrom(users)
      .where(exists(select(Address.id).where(Address.userId.eq(User.id))), User.id.in([1]))
      .returning(User.id),
    sql: {
      default:
        "DELETE FROM user_account WHERE EXISTS (SELECT address.id \nFROM address \n" +
        "WHERE address.user_id = user_account.id) AND user_account.id IN (:id_1_1) RETURNING id",
      sqlite:
        "DELETE FROM user_account WHERE EXISTS (SELECT address.id \nFROM address \n" +
        "WHERE address.user_id = user_account.id) AND user_account.id IN (?) RETURNING id",
    },
  },
  {
    name: "DELETE of everything",
    statement: deleteFrom(Address),
    sql: { default: "DELETE FROM address", sqlite: "DELETE FROM address" },
  },
  {
    name: "text",
    statement: text("UPDATE user_account SET name = :name WHERE id = :id AND ':id' != '\\:x'").bindparams({
      name: "z",
      id: 1,
    }),
    sql: {
      default: "UPDATE user_account SET name = :name WHERE id = :id AND ':id' != '\\:x'",
      sqlite: "UPDATE user_account SET name = ? WHERE id = ? AND ':id' != '\\:x'",
    },
    params: { name: "z", id: 1 },
    positional: ["z", 1n],
  },
];
