// Names that a person would give: words in the singular and the plural, classes, properties, relationships.
import { describe, expect, test } from "vitest";
import { canonicalModel } from "../../model/canonical.js";
import { pluralize, singularize } from "../../model/english.js";
import { nameSchema } from "../../model/reflected-classes.js";
import { classNames, propertyNames } from "../../model/reflected-names.js";
import type { ForeignKeyModel, SchemaModel, TableModel } from "../../model/schema-model.js";

describe("English", () => {
  test.each([
    ["users", "user"],
    ["addresses", "address"],
    ["people", "person"],
    ["categories", "category"],
    ["statuses", "status"],
    ["movies", "movie"],
    ["boxes", "box"],
    ["heroes", "hero"],
    ["photos", "photo"],
    ["shoes", "shoe"],
    ["wolves", "wolf"],
    ["knives", "knife"],
    ["moves", "move"],
    ["analyses", "analysis"],
    ["indexes", "index"],
    ["queries", "query"],
    ["caches", "cache"],
    ["databases", "database"],
    ["matches", "match"],
    ["days", "day"],
    ["quizzes", "quiz"],
    ["children", "child"],
  ])("%s and %s", (plural, singular) => {
    expect(singularize(plural)).toBe(singular);
    expect(pluralize(singular)).toBe(plural);
    expect(singularize(singular)).toBe(singular);
    expect(pluralize(plural)).toBe(plural);
  });

  test.each(["series", "news", "data", "media", "staff", "information"])("%s is both", (word) => {
    expect(singularize(word)).toBe(word);
    expect(pluralize(word)).toBe(word);
  });
});

test.each([
  ["user_accounts", "UserAccount"],
  ["OrderDetails", "OrderDetail"],
  ["ORDER DETAILS", "OrderDetail"],
  ["people", "Person"],
  ["objects", "Objects"],
  ["promise", "PromiseRow"],
  ["2024_sales", "Table2024Sale"],
])("the class of %s is %s", (table, name) => {
  expect(classNames({ name: table })[0]).toBe(name);
});

test.each([
  ["user_id", "userId"],
  ["userID", "userID"],
  ["CustomerID", "customerId"],
  ["ID", "id"],
  ["unit price", "unitPrice"],
  ["constructor", "constructorColumn"],
  ["__proto__", "proto"],
  ["$money", "money"],
  ["1st", "column1st"],
  ["élan_vital", "élanVital"],
])("the property of %s is %s", (column, name) => {
  expect(propertyNames(column)[0]).toBe(name);
});

/** A table whose key is its first column. */
function table(name: string, columns: readonly string[], more: Partial<TableModel> = {}): TableModel {
  const [key = "id"] = columns;
  return {
    name,
    columns: columns.map((column) => ({
      name: column.replace("?", ""),
      property: "",
      type: { kind: "integer" },
      nullable: column.endsWith("?"),
    })),
    primaryKey: { name: `${name}_pkey`, columns: [key] },
    uniques: [],
    checks: [],
    foreignKeys: [],
    indexes: [],
    ...more,
  };
}

function references(column: string, target: string, more: Partial<ForeignKeyModel> = {}): ForeignKeyModel {
  return { name: `fk_${column}`, columns: [column], references: { table: { name: target }, columns: ["id"] }, ...more };
}

/** What the classes see: `Post.author: User`, `User.posts: Post[]`. */
function relationships(...tables: readonly TableModel[]): string[] {
  return nameSchema({ dialects: [], enums: [], tables })
    .classes.flatMap(({ name, relationships: list }) =>
      list.map((one) => `${name}.${one.name}: ${one.target}${one.collection ? "[]" : one.optional ? "?" : ""}`),
    )
    .toSorted();
}

const users = table("users", ["id"]);

describe("relationships", () => {
  test("take their name from the key's column, and the plural of the class on the way back", () => {
    const posts = table("posts", ["id", "author_id", "editor?"], { foreignKeys: [references("author_id", "users")] });
    expect(relationships(users, posts)).toEqual(["Post.author: User", "User.posts: Post[]"]);
  });

  test("are told apart where two keys lead to one table", () => {
    const posts = table("posts", ["id", "author_id", "editor_id?"], {
      foreignKeys: [references("author_id", "users"), references("editor_id", "users")],
    });
    expect(relationships(users, posts)).toEqual([
      "Post.author: User",
      "Post.editor: User?",
      "User.postsAsAuthor: Post[]",
      "User.postsAsEditor: Post[]",
    ]);
  });

  test("do not take a column's name", () => {
    const posts = table("posts", ["id", "author", "author_id"], {
      foreignKeys: [references("author", "users"), references("author_id", "users")],
    });
    expect(relationships(users, posts).slice(0, 2)).toEqual(["Post.authorUser: User", "Post.user: User"]);
  });

  test("of a tree are parent and children", () => {
    const nodes = table("nodes", ["id", "parent_id?"], { foreignKeys: [references("parent_id", "nodes")] });
    expect(relationships(nodes)).toEqual(["Node.children: Node[]", "Node.parent: Node?"]);
  });

  test("are one to one where the key is unique", () => {
    const profiles = table("profiles", ["id", "user_id"], {
      foreignKeys: [references("user_id", "users")],
      uniques: [{ name: "profiles_user_id_key", columns: ["user_id"] }],
    });
    expect(relationships(users, profiles)).toEqual(["Profile.user: User", "User.profile: Profile?"]);
  });

  test("go through pure link tables, which have no class", () => {
    const posts = table("posts", ["id"]);
    const tags = table("tags", ["id"]);
    const link = table("post_tag", ["post_id", "tag_id"], {
      primaryKey: { name: "post_tag_pkey", columns: ["post_id", "tag_id"] },
      foreignKeys: [references("post_id", "posts"), references("tag_id", "tags")],
    });
    expect(relationships(posts, tags, link)).toEqual(["Post.tags: Tag[]", "Tag.posts: Post[]"]);
    const more = { ...link, columns: [...link.columns, ...table("x", ["position"]).columns] };
    expect(relationships(posts, tags, more)).toContain("PostTag.post: Post");
  });

  test("between objects of one class go both ways through a link table", () => {
    const link = table("follows", ["follower_id", "friend_id"], {
      primaryKey: { name: "follows_pkey", columns: ["follower_id", "friend_id"] },
      foreignKeys: [references("follower_id", "users"), references("friend_id", "users")],
    });
    expect(relationships(users, link)).toEqual(["User.followers: User[]", "User.friends: User[]"]);
  });

  test("leave to the database what it does with rows whose parent goes", () => {
    const posts = table("posts", ["id", "author_id"], {
      foreignKeys: [references("author_id", "users", { onDelete: "cascade" })],
    });
    const [user] = nameSchema({ dialects: [], enums: [], tables: [users, posts] }).classes;
    expect(user?.relationships[0]).toMatchObject({ passiveDeletes: true, direction: "one-to-many" });
    expect(user?.relationships[0]?.cascade).toContain("delete-orphan");
  });
});

function named(...tables: readonly TableModel[]): SchemaModel {
  return nameSchema({ dialects: [], enums: [], tables });
}

describe("names that clash", () => {
  test("of classes", () => {
    const { classes } = named(
      table("user", ["id"]),
      users,
      table("users", ["id"], { schema: "auth" }),
      table("USER", ["id"]),
    );
    expect(classes.map(({ name }) => name)).toEqual(["UserRow", "Users", "AuthUser", "User"]);
  });

  test("of properties", () => {
    const [first] = named(table("t", ["id", "a_b", "aB", "_id", "ID", "toJSON", "!!", "??"])).tables;
    expect(first?.columns.map(({ property }) => property)).toEqual([
      "id",
      "aBColumn",
      "aB",
      "idColumn",
      "columnId",
      "toJson",
      "column1",
      "column2",
    ]);
  });

  test("whatever the order of the tables", () => {
    const tables = [
      users,
      table("user", ["id"]),
      table("posts", ["id", "user_id"], { foreignKeys: [references("user_id", "user")] }),
    ];
    expect(canonicalModel(named(...tables.toReversed())).classes).toEqual(canonicalModel(named(...tables)).classes);
  });

  test("of enums and classes", () => {
    const { enums } = nameSchema({
      dialects: [],
      enums: [
        { name: "user", typeName: "", values: ["a"] },
        { name: "post_status", typeName: "", values: ["a"] },
      ],
      tables: [users],
    });
    expect(enums.map(({ typeName }) => typeName)).toEqual(["UserValue", "PostStatus"]);
  });
});
