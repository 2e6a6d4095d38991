// What the inspector says of SQLite databases: all that stands in the texts of CREATE TABLE, and nothing that is hidden.
import { expect, it } from "vitest";
import { createEngine, type Engine, inspect, text } from "athanor";
import { NoSuchTableError } from "../../runtime/errors/errors.js";
import type { TableModel } from "../../model/schema-model.js";

function engineWith(...statements: readonly string[]): Engine {
  const engine = createEngine("sqlite://");
  engine.begin((connection) => {
    for (const statement of statements) connection.execute(text(statement));
  });
  return engine;
}

function tableOf(sql: string): TableModel {
  const [table] = inspect(engineWith(sql)).model().tables;
  if (table === undefined) throw new Error("no table");
  return table;
}

const raw = (sql: string): object => ({ kind: "raw", variants: [{ dialect: "sqlite", sql }] });

it("tells columns with types, defaults, generation, collation and nullability", () => {
  const { columns } = tableOf(`CREATE TABLE "Odd ""Table" (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- a comment, with a )
    name VARCHAR(30) NOT NULL DEFAULT 'it''s (fine)' COLLATE NOCASE,
    [total price] NUMERIC(10, 2) DEFAULT -1.5,
    made "DATETIME" DEFAULT (datetime('now')),
    double REAL AS (id * 2.0) STORED,
    twice GENERATED ALWAYS AS (id || 'x'),
    untyped,
    UNSIGNED BIG INT
  )`);
  expect(columns).toEqual([
    {
      name: "id",
      property: "id",
      type: { kind: "integer" },
      nullable: false,
      identity: { always: false },
      autoincrement: true,
    },
    {
      name: "name",
      property: "name",
      type: { kind: "varchar", length: 30 },
      nullable: false,
      default: raw("'it''s (fine)'"),
      collation: "NOCASE",
    },
    {
      name: "total price",
      property: "total price",
      type: { kind: "numeric", precision: 10, scale: 2 },
      nullable: true,
      default: raw("-1.5"),
    },
    {
      name: "made",
      property: "made",
      type: { kind: "native", dialect: "sqlite", name: "datetime" },
      nullable: true,
      default: raw("(datetime('now'))"),
    },
    {
      name: "double",
      property: "double",
      type: { kind: "double" },
      nullable: true,
      generated: { expression: raw("id * 2.0"), stored: true },
    },
    {
      name: "twice",
      property: "twice",
      type: { kind: "native", dialect: "sqlite", name: "untyped" },
      nullable: true,
      generated: { expression: raw("id || 'x'"), stored: false },
    },
    {
      name: "untyped",
      property: "untyped",
      type: { kind: "native", dialect: "sqlite", name: "untyped" },
      nullable: true,
    },
    {
      name: "UNSIGNED",
      property: "UNSIGNED",
      type: { kind: "native", dialect: "sqlite", name: "big int" },
      nullable: true,
    },
  ]);
});

it("tells constraints with their names, conflict clauses and timing, and names those without", () => {
  const engine = engineWith(
    "CREATE TABLE parent (a INT, b INT, PRIMARY KEY (a, b))",
    `CREATE TABLE child (
      id TEXT CONSTRAINT the_key PRIMARY KEY ON CONFLICT REPLACE,
      x INT CHECK (x > 0) UNIQUE ON CONFLICT IGNORE,
      y INT CONSTRAINT y_known CHECK (y IN (1, 2)),
      FOREIGN KEY (x, y) REFERENCES parent ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
      CONSTRAINT both UNIQUE (X, y)
      CHECK (x <> y)
    ) STRICT, WITHOUT ROWID`,
  );
  const child = inspect(engine).getTable("child");
  expect(child.primaryKey).toEqual({ name: "the_key", columns: ["id"], onConflict: "replace" });
  expect(child.uniques).toEqual([
    { name: "child_x_key", columns: ["x"], onConflict: "ignore" },
    { name: "both", columns: ["x", "y"] },
  ]);
  expect(child.checks).toEqual([
    { name: "child_x_check", expression: raw("x > 0") },
    { name: "y_known", expression: raw("y IN (1, 2)") },
    { name: "child_check", expression: raw("x <> y") },
  ]);
  expect(child.foreignKeys).toEqual([
    {
      name: "child_x_y_fkey",
      columns: ["x", "y"],
      references: { table: { name: "parent" }, columns: ["a", "b"] },
      onDelete: "set null",
      onUpdate: "cascade",
      deferrable: { initiallyDeferred: true },
    },
  ]);
  expect(child.options).toEqual([{ dialect: "sqlite", entries: [{ name: "strict" }, { name: "without rowid" }] }]);
  expect(child.columns.map(({ nullable }) => nullable)).toEqual([false, true, true]);
});

it("tells what numbers rows: a lone INTEGER key and no other", () => {
  const numbered = (sql: string): boolean => tableOf(sql).columns[0]?.identity !== undefined;
  expect(numbered("CREATE TABLE t (id INTEGER PRIMARY KEY)")).toBe(true);
  expect(numbered("CREATE TABLE t (id INTEGER, PRIMARY KEY (id))")).toBe(true);
  expect(numbered("CREATE TABLE t (id INT PRIMARY KEY)")).toBe(false);
  expect(numbered("CREATE TABLE t (id INTEGER PRIMARY KEY DESC)")).toBe(false);
  expect(numbered("CREATE TABLE t (id INTEGER PRIMARY KEY) WITHOUT ROWID")).toBe(false);
  expect(tableOf("CREATE TABLE t (id INT PRIMARY KEY)").columns[0]?.nullable).toBe(true);
});

it("tells indexes with expressions, order, collation and condition", () => {
  const engine = engineWith(
    'CREATE TABLE t (a, b TEXT, "c,d" INT)',
    `CREATE UNIQUE INDEX one ON t (a DESC, lower(b) COLLATE nocase, "c,d" + 1, b COLLATE RTRIM ASC) WHERE a IS NOT NULL`,
    "CREATE TRIGGER noted AFTER INSERT ON t BEGIN SELECT 1; END",
  );
  const inspector = inspect(engine);
  expect(inspector.getIndexes("t")).toEqual([
    {
      name: "one",
      unique: true,
      keys: [
        { expression: { kind: "column", name: "a" }, direction: "desc" },
        { expression: raw("lower(b)"), collation: "nocase" },
        { expression: raw('"c,d" + 1') },
        { expression: { kind: "column", name: "b" }, collation: "RTRIM" },
      ],
      where: raw("a IS NOT NULL"),
    },
  ]);
  expect(inspector.hasIndex("t", "one")).toBe(true);
  expect(inspector.getTable("t").objects?.map(({ type, name }) => [type, name])).toEqual([["trigger", "noted"]]);
});

it("tells views, broken and recursive ones too, and hides shadow tables", () => {
  const engine = engineWith(
    "CREATE TABLE t (a INTEGER, b TEXT)",
    "CREATE VIEW good AS SELECT a, upper(b) AS loud FROM t;",
    "CREATE VIEW named (x, y) AS SELECT a, b FROM t",
    "CREATE VIEW broken AS SELECT * FROM gone",
    "CREATE VIEW ring AS SELECT * FROM ring",
    "CREATE VIRTUAL TABLE search USING fts5(body)",
  );
  const inspector = inspect(engine);
  expect(inspector.getTableNames()).toEqual(["t"]);
  expect(inspector.getViewNames()).toEqual(["good", "named", "broken", "ring"]);
  expect(inspector.getViewDefinition("good")).toBe("SELECT a, upper(b) AS loud FROM t");
  expect(inspector.getViewDefinition("named")).toBe("SELECT a, b FROM t");
  expect(inspector.getColumns("named").map(({ name }) => name)).toEqual(["x", "y"]);
  expect(inspector.getColumns("broken")).toEqual([]);
  expect(inspector.model().objects?.map(({ type, name }) => [type, name])).toEqual([["virtual table", "search"]]);
});

it("reads attached schemas under their names, and refuses what is not there", () => {
  const engine = engineWith("ATTACH ':memory:' AS side", "CREATE TABLE side.t (a INTEGER REFERENCES other (x))");
  const inspector = inspect(engine);
  expect(inspector.getSchemaNames()).toEqual(["main", "side"]);
  expect(inspector.getTableNames({ schema: "side" })).toEqual(["t"]);
  expect(inspector.getForeignKeys("t", { schema: "side" })[0]?.references.table).toEqual({
    schema: "side",
    name: "other",
  });
  expect(inspector.hasTable("t")).toBe(false);
  expect(() => inspector.getColumns("t")).toThrow(NoSuchTableError);
  expect(() => inspector.model({ tables: ["t"] })).toThrow(/no table or view t/);
});

it("asks few questions whatever the number of tables", () => {
  const statements: string[] = [];
  const engine = createEngine("sqlite://", { echo: true, logger: (line) => statements.push(line) });
  engine.begin((connection) => {
    for (let index = 0; index < 200; index += 1)
      connection.execute(text(`CREATE TABLE t${index} (id INTEGER PRIMARY KEY)`));
  });
  statements.length = 0;
  const inspector = inspect(engine);
  expect(inspector.getMultiColumns().size).toBe(200);
  expect(inspector.getPkConstraint("t7")).toEqual({ name: "t7_pkey", columns: ["id"] });
  expect(statements.filter((line) => line.includes("SELECT"))).toHaveLength(2);
});
