// What words of SQL, Prisma and SQLAlchemy are called here: advice for those who write what they are used to.

type Advice = Readonly<Record<string, string>>;

const tableAdvice = "a table with a class is declared as `table user_account as User { … }`";
const settingsAdvice = "settings stand in athanor.config.ts, the databases in a line such as `dialect postgresql`";

const declarations: Advice = {
  model: tableAdvice,
  entity: tableAdvice,
  interface: tableAdvice,
  create: "a declaration has no `create`, and its body stands in braces: `table user_account { … }`",
  alter: "a schema says how things are, not how they change: edit the declaration",
  drop: "a schema says how things are: remove the declaration",
  insert: "a schema holds no rows: insert them with the program",
  index: "an index stands in its table: `index (a, b)`",
  datasource: settingsAdvice,
  generator: settingsAdvice,
  schema: "a name takes its database schema with it: `table shop.item { … }`",
  function: "what the language does not model is an object: `object function name sql'create function …'`",
  trigger: "a trigger stands in its table: `object trigger name sql'create trigger …'`",
  extension: "an extension is an object: `object extension name sql'create extension name'`",
};

const columnOptions: Advice = {
  auto_increment: "write `identity`, or `autoincrement` for SQLite's keyword",
  unsigned: "`unsigned` belongs to the type: write it before `?`",
  foreign: "leave `foreign key` out: `references table` says it",
  generated: "write `as (expression) stored`, or `identity` for numbers that the database counts",
  on: "`on update` of a column is `onupdate`; that of a foreign key stands behind `references table`",
  nullable: "put `?` after the type to allow NULL",
  required: "remove it: a column is NOT NULL unless its type ends in `?`",
  optional: "put `?` after the type to allow NULL",
  not: "remove it: a column is NOT NULL unless its type ends in `?`",
  null: "put `?` after the type to allow NULL",
  key: "write `primary key`",
  id: "write `primary key`",
  relation: "write `references table`, and a line `relationship name: Class`",
  computed: "write `as (expression) stored`, or a `property` for what objects compute too",
};

const relationshipOptions: Advice = {
  backref: "`backref` belongs to `references … relationship …`; here both sides say `back_populates`",
  references: "the foreign key stands in its column: `author_id integer references author`",
  delete: "cascades are parted by commas: `cascade all, delete-orphan`",
  "delete-orphan": "cascades are parted by commas: `cascade all, delete-orphan`",
  uselist: "a collection is `Target[]`, one object `Target` or `Target?`",
  on: "`on delete` stands in the foreign key: `references author on delete cascade`",
};

const functions: Advice = {
  uuid: "the runtime makes one with `generate uuid()` in place of `default`",
  uuid7: "the runtime makes one with `generate uuid7()` in place of `default`",
  gen_random_uuid:
    "the runtime makes one with `generate uuid()`; the database's own is `default sql'gen_random_uuid()'`",
  autoincrement: "write the option `identity` in place of `default`",
  nextval: "write `serial`, or `default sql'nextval(''name'')'`",
  len: "write `length`",
  char_length: "write `length`",
  concat: "join texts with `||`",
  ifnull: "write `coalesce`",
  isnull: "write `coalesce`, or `… is null` as a test",
  nvl: "write `coalesce`",
  iif: "write `case when … then … else … end`",
  if: "write `case when … then … else … end`",
  ucase: "write `upper`",
  lcase: "write `lower`",
  substring: "write `substr`",
  getdate: "write `now()`",
  sysdate: "write `now()`",
};

/** Advice on a word in place of a declaration's, whatever its case. */
export function declarationAdvice(word: string): string | undefined {
  return adviceOn(word, declarations);
}

export function columnOptionAdvice(word: string): string | undefined {
  return adviceOn(word, columnOptions);
}

export function relationshipOptionAdvice(word: string): string | undefined {
  return adviceOn(word, relationshipOptions);
}

export function functionAdvice(name: string): string | undefined {
  return adviceOn(name, functions);
}

function adviceOn(word: string, advice: Advice): string | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(advice, key) ? advice[key] : undefined;
}
