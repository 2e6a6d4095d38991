// `athanor reflect --update`: what changed in the database goes into the file, and all that a person wrote stays.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createEngine, text } from "athanor";
import { createProject, type Project } from "./cli.js";

function execute(project: Project, ...statements: readonly string[]): string {
  const url = `sqlite:///${join(project.folder, "app.db")}`;
  const engine = createEngine(url);
  engine.begin((connection) => {
    for (const statement of statements) connection.execute(text(statement));
  });
  engine.dispose();
  return url;
}

const tables = [
  "CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(255) NOT NULL UNIQUE, full_name TEXT)",
  "CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES users(id), title TEXT NOT NULL)",
  "CREATE INDEX posts_author_id_idx ON posts (author_id)",
];

/** The same tables as a person has them. */
const edited = `// Our blog.
dialect sqlite

/// Someone who can sign in.
table users as Account {
  // The one we write to.
  email      varchar(255)  unique
  id         integer       primary key identity
  full_name  text?         map displayName deferred

  property greeting: text = 'Hello ' || email

  relationship articles: Article[]  back_populates writer  cascade all, delete-orphan // all of them
}

table posts as Article {
  id         integer  primary key identity
  author_id  integer  references users(id)
  title      text // in English
  relationship writer: Account  back_populates articles
  index (author_id)
}
`;

async function update(project: Project, url: string) {
  return project.athanor("reflect", url, "--out", "app.schema", "--update");
}

describe("an update", () => {
  test("leaves a file alone that says what the database has", async () => {
    const project = createProject({ "app.schema": edited });
    const url = execute(project, ...tables);
    expect(await update(project, url)).toEqual({ exitCode: 0, stdout: "", stderr: "app.schema is up to date\n" });
    expect(project.read("app.schema")).toBe(edited);
  });

  test("allows the warnings that it brings, and no others, as long as they are true", async () => {
    const project = createProject({
      "app.schema": edited.replace("  index (author_id)\n", "").replace("primary key identity", "primary key"),
    });
    const url = execute(
      project,
      ...tables.slice(0, 2),
      "CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER REFERENCES posts(id))",
    );
    const allowed = "// allow S4014: foreign key without an index\ntable comments";
    expect((await update(project, url)).exitCode).toBe(0);
    expect(project.read("app.schema")).toContain(allowed);
    expect((await project.athanor("check", "app.schema")).stderr.match(/S\d+/g)).toEqual(["S4014"]);
    execute(project, "CREATE INDEX comments_post_id_idx ON comments (post_id)");
    expect((await update(project, url)).exitCode).toBe(0);
    expect(project.read("app.schema")).not.toContain("// allow");
    expect((await project.athanor("check", "app.schema")).stderr.match(/S\d+/g)).toEqual(["S4014"]);
  });

  test("adds, changes and marks, and keeps the rest", async () => {
    const project = createProject({ "app.schema": edited });
    const url = execute(
      project,
      ...tables,
      "ALTER TABLE users ADD COLUMN born DATE",
      "ALTER TABLE users DROP COLUMN full_name",
      "CREATE INDEX users_born ON users (born)",
      "CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), body TEXT NOT NULL)",
    );
    const outcome = await update(project, url);
    expect(project.read("app.schema")).toBe(`// Our blog.
dialect sqlite

/// Someone who can sign in.
table users as Account {
  // The one we write to.
  email      varchar(255)  unique
  id         integer       primary key identity
  // gone from the database
  full_name  text?         map displayName  deferred
  born       date?

  property greeting: text = 'Hello ' || email

  relationship articles: Article[]  back_populates writer  cascade all, delete-orphan  // all of them

  index users_born (born)
}

table posts as Article {
  id         integer  primary key identity
  author_id  integer  references users(id)
  title      text  // in English
  relationship writer: Account  back_populates articles
  index (author_id)
}

// allow S4014: foreign key without an index
table comments as Comment {
  id       integer  primary key identity
  post_id  integer  references posts  relationship post backref comments
  body     text
}
`);
    expect(outcome.stderr.split("\n")).toEqual(
      expect.arrayContaining([
        "added users.born",
        "gone users.full_name",
        "added users.users_born",
        "added table comments",
      ]),
    );
    const again = project.read("app.schema");
    expect((await update(project, url)).stderr).toBe("app.schema is up to date\n");
    expect(project.read("app.schema")).toBe(again);
  });

  test("takes the mark away from what is there again", async () => {
    const project = createProject({ "app.schema": edited });
    const url = execute(project, ...tables, "ALTER TABLE users DROP COLUMN full_name");
    await update(project, url);
    expect(project.read("app.schema")).toContain("// gone from the database");
    execute(project, "ALTER TABLE users ADD COLUMN full_name TEXT");
    await update(project, url);
    expect(project.read("app.schema")).not.toContain("gone");
  });

  test("changes a column and keeps what only code knows of it", async () => {
    const project = createProject({ "app.schema": edited.replace("deferred", "/* big */ deferred") });
    const url = execute(
      project,
      "CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(255) NOT NULL UNIQUE, full_name VARCHAR(80) NOT NULL)",
      ...tables.slice(1),
    );
    await update(project, url);
    const changed = project.read("app.schema");
    expect(changed).toContain("  /* big */\n");
    expect(changed).toMatch(/full_name +varchar\(80\) +deferred +map displayName\n/);
    expect(changed).toContain("relationship articles: Article[]");
  });

  test("says nothing of tables that were not asked for", async () => {
    const project = createProject({ "app.schema": edited });
    const url = execute(project, tables[0] ?? "");
    await project.athanor("reflect", url, "--out", "app.schema", "--update", "--tables", "u*");
    expect(project.read("app.schema")).toBe(edited);
    await update(project, url);
    expect(project.read("app.schema")).toContain("// gone from the database\ntable posts");
  });

  test("marks nothing but tables and views as gone where tables were asked for by name", async () => {
    const project = createProject();
    const url = execute(project, ...tables, "CREATE VIRTUAL TABLE users_found USING fts5(full_name)");
    await update(project, url);
    const whole = project.read("app.schema");
    expect(whole).toContain('object "virtual table" users_found');
    const outcome = await project.athanor("reflect", url, "--out", "app.schema", "--update", "--tables", "users*");
    expect(outcome.stderr).toBe("app.schema is up to date\n");
    expect(project.read("app.schema")).toBe(whole);
  });

  test("updates what the chosen tables refer to like them", async () => {
    const project = createProject({
      "app.schema": "dialect sqlite\n\ntable users as Account {\n  id  integer  primary key identity\n}\n",
    });
    const url = execute(project, ...tables, "CREATE TABLE comments (id INTEGER PRIMARY KEY)");
    const chosen = ["--out", "app.schema", "--update", "--tables", "posts"];
    const outcome = await project.athanor("reflect", url, ...chosen);
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: `table users brought along by a foreign key of posts
added users.email
added users.full_name
added table posts
app.schema updated
`,
    });
    const updated = project.read("app.schema");
    expect(updated).not.toContain("comments");
    expect(updated).toContain("references users  relationship author backref posts");
    expect((await project.athanor("reflect", url, ...chosen)).stderr).toBe(
      "table users brought along by a foreign key of posts\napp.schema is up to date\n",
    );
    expect(project.read("app.schema")).toBe(updated);
  });

  test("changes nothing where the file has errors", async () => {
    const broken = `${edited}table t { x integr }\n`;
    const project = createProject({ "app.schema": broken });
    const outcome = await update(project, execute(project, ...tables));
    expect(outcome).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("nothing was updated") });
    expect(project.read("app.schema")).toBe(broken);
  });

  test("writes the file where there is none", async () => {
    const project = createProject();
    expect(await update(project, execute(project, ...tables))).toMatchObject({ exitCode: 0 });
    expect(project.read("app.schema")).toContain("table users as User {");
    expect(await project.athanor("reflect", "sqlite:///app.db", "--update")).toMatchObject({ exitCode: 2 });
  });
});
