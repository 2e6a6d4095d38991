// `athanor reflect`: a database that somebody else made becomes the schema file that a person would have written.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createEngine, text } from "athanor";
import { createProject, type Project } from "./cli.js";

/** Makes `app.db` in the project's folder and gives its URL. */
function database(project: Project, ...statements: readonly string[]): string {
  const url = `sqlite:///${join(project.folder, "app.db")}`;
  const engine = createEngine(url);
  engine.begin((connection) => {
    for (const statement of statements) connection.execute(text(statement));
  });
  engine.dispose();
  return url;
}

const blog = [
  "CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(255) NOT NULL UNIQUE, full_name TEXT)",
  `CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    title TEXT NOT NULL DEFAULT 'untitled',
    stars INTEGER NOT NULL DEFAULT 0 CONSTRAINT stars_known CHECK (stars BETWEEN 0 AND 5)
  )`,
  "CREATE INDEX posts_author_id_idx ON posts (author_id)",
  "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
  `CREATE TABLE post_tags (
    post_id INTEGER NOT NULL REFERENCES posts(id),
    tag_id INTEGER NOT NULL REFERENCES tags(id),
    PRIMARY KEY (post_id, tag_id)
  )`,
  "CREATE INDEX post_tags_tag_id_idx ON post_tags (tag_id)",
];

const blogSchema = `dialect sqlite

table post_tags {
  post_id  integer  references posts
  tag_id   integer  index  references tags

  primary key (post_id, tag_id)
}

table posts as Post {
  id         integer  primary key identity
  author_id  integer {
    index
    references users on delete cascade  relationship author backref posts {
      cascade all, delete-orphan
      passive_deletes
    }
  }
  title      text     default 'untitled'
  stars      integer  default 0  constraint stars_known check (stars between 0 and 5)

  relationship tags: Tag[]  secondary post_tags  back_populates posts
}

table tags as Tag {
  id    integer  primary key identity
  name  text     unique

  relationship posts: Post[]  secondary post_tags  back_populates tags
}

table users as User {
  id         integer       primary key identity
  email      varchar(255)  unique
  full_name  text?
}
`;

describe("reflect", () => {
  test("writes what a person would, and says what is there", async () => {
    const project = createProject();
    const url = database(project, ...blog);
    const outcome = await project.athanor("reflect", url, "--out", "schemas/app.schema");
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "schemas/app.schema: 4 tables, 3 classes, 4 relationships\n",
    });
    expect(project.read("schemas/app.schema")).toBe(blogSchema);
    expect(await project.athanor("format", "schemas", "--check")).toMatchObject({ exitCode: 0 });
    expect(await project.athanor("check", "schemas")).toMatchObject({
      exitCode: 0,
      stderr: expect.not.stringMatching(/S\d/),
    });
    expect(await project.athanor("generate", "schemas", "--out", "generated")).toMatchObject({ exitCode: 0 });
  });

  test("prints to standard output where no file is named", async () => {
    const project = createProject();
    expect((await project.athanor("reflect", database(project, ...blog))).stdout).toBe(blogSchema);
  });

  test("takes only the tables that are asked for", async () => {
    const project = createProject();
    const url = database(project, ...blog);
    const { stdout } = await project.athanor("reflect", url, "--tables", "user*", "tags");
    expect(stdout.match(/^table .*/gm)).toEqual(["table tags as Tag {", "table users as User {"]);
    expect(await project.athanor("reflect", url, "--tables", "nothing*")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("no table matches nothing*"),
    });
  });

  test("takes along what the chosen tables refer to, and says so", async () => {
    const project = createProject();
    const url = database(
      project,
      ...blog,
      "CREATE TABLE notes (id INTEGER PRIMARY KEY, link_id INTEGER REFERENCES notes(id), text TEXT)",
    );
    const outcome = await project.athanor("reflect", url, "--out", "app.schema", "--tables", "post_tags", "notes");
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: `app.schema: 5 tables, 4 classes, 6 relationships
table posts brought along by a foreign key of post_tags
table tags brought along by a foreign key of post_tags
table users brought along by a foreign key of posts
`,
    });
    expect(project.read("app.schema").match(/^table .*/gm)).toEqual([
      "table notes as Note {",
      "table post_tags {",
      "table posts as Post {",
      "table tags as Tag {",
      "table users as User {",
    ]);
    expect(await project.athanor("check", "app.schema")).toMatchObject({ exitCode: 0 });
  });

  test("follows foreign keys that spell their table in another case", async () => {
    const project = createProject();
    const url = database(
      project,
      "CREATE TABLE Users (Id INTEGER PRIMARY KEY, email TEXT UNIQUE)",
      "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES USERS(ID), mail TEXT REFERENCES users(Email))",
    );
    const { exitCode, stdout, stderr } = await project.athanor("reflect", url, "--tables", "posts");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("table Users brought along by a foreign key of posts\n");
    expect(stdout).toContain("references Users ");
    expect(stdout).toContain("references Users(email) ");
  });

  test("names every chosen table whose foreign key leads to one that comes along", async () => {
    const project = createProject();
    const url = database(
      project,
      ...blog,
      "CREATE TABLE likes (id INTEGER PRIMARY KEY, post_id INTEGER REFERENCES posts(id), user_id INTEGER REFERENCES users(id))",
    );
    const { stderr } = await project.athanor("reflect", url, "--tables", "likes");
    expect(stderr).toBe(`standard output: 3 tables, 3 classes, 6 relationships
table posts brought along by a foreign key of likes
table users brought along by foreign keys of likes, posts
`);
  });

  test("leaves a file that exists alone", async () => {
    const project = createProject({ "app.schema": "// mine\n" });
    const outcome = await project.athanor("reflect", database(project, ...blog), "--out", "app.schema");
    expect(outcome).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("app.schema exists already") });
    expect(project.read("app.schema")).toBe("// mine\n");
  });

  test("says what is wrong with a database that it cannot read", async () => {
    const project = createProject({ "app.db": "this is no database, whatever it is called, for sure\n".repeat(100) });
    const url = `sqlite:///${join(project.folder, "app.db")}`;
    expect(await project.athanor("reflect", url)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("cannot read the database"),
    });
    expect(await project.athanor("reflect", "nosql://x")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("nosql"),
    });
  });
});
