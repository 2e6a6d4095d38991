// What an SQLite file holds, a line a fact: SQLite keeps statements as somebody wrote them, so that its pragmas say what
// two databases have in common, and the texts only what the pragmas leave out.
import { type Connection, text } from "athanor";

type Row = readonly unknown[];

/** Tables, columns, keys, checks, indexes and views of a file; triggers aside. */
export function sqliteFacts(connection: Connection): string[] {
  const ask = (sql: string): Row[] => connection.execute(text(sql)).tuples().all();
  const entries = ask("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");
  return entries.flatMap(([type, name, table, sql]) => {
    const quoted = literal(String(name));
    if (type === "view") return [`view ${String(name)}: ${tokensOf(String(sql)).join(" ")}`];
    if (type === "index") return [`${String(table)}: ${indexFact(String(name), String(sql))}`];
    if (type !== "table" || String(name).startsWith("sqlite_")) return [];
    return [
      ...ask(`SELECT type, wr, strict FROM pragma_table_list(${quoted})`),
      // An INTEGER PRIMARY KEY alone is the rowid and never NULL, said or not.
      ...ask(`SELECT name, replace(upper(type), ' ', ''), pk, hidden,
                max("notnull", pk = 1 AND upper(type) = 'INTEGER' AND 1 = sum(pk > 0) OVER ())
              FROM pragma_table_xinfo(${quoted})`),
      ...ask(`SELECT 'default', name, dflt_value FROM pragma_table_xinfo(${quoted})`).map(([word, column, value]) => [
        word,
        column,
        value === null ? null : withoutParentheses(tokensOf(String(value))).join(" "),
      ]),
      // Without columns a foreign key refers to the primary key.
      ...ask(`SELECT 'foreign key', group_concat("from"), "table", on_update, on_delete, group_concat(coalesce("to",
                (SELECT name FROM pragma_table_info("table") AS target WHERE target.pk = key.seq + 1)))
              FROM pragma_foreign_key_list(${quoted}) AS key GROUP BY id`),
      ...ask(`SELECT origin, "unique", (SELECT group_concat(name) FROM pragma_index_info(list.name))
              FROM pragma_index_list(${quoted}) AS list WHERE origin <> 'c'`),
      ...clausesOf(tokensOf(String(sql))).map((clause) => [clause]),
    ].map((row) => `${String(name)}: ${row.map(String).join(" ")}`);
  });
}

function indexFact(name: string, sql: string): string {
  const words = tokensOf(sql).filter((word) => word !== "asc");
  return `index ${name} ${words.slice(words.indexOf("on")).join(" ")} ${words.includes("unique") ? "unique" : ""}`;
}

/** What no pragma tells: checks, generated columns, collations, AUTOINCREMENT, timing. */
function clausesOf(tokens: readonly string[]): string[] {
  const clauses: string[] = [];
  for (const [index, word] of tokens.entries()) {
    if ((word === "check" || word === "as") && tokens[index + 1] === "(") {
      clauses.push(`${word} ${tokens.slice(index + 1, closing(tokens, index + 1) + 1).join(" ")}`);
    }
    if (word === "collate" || word === "conflict") clauses.push(`${word} ${tokens[index + 1] ?? ""}`);
    if (word === "autoincrement" || word === "deferred") clauses.push(word);
  }
  return clauses.toSorted();
}

function closing(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index] === "(") depth += 1;
    if (tokens[index] === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** Words in one case, names without quotes, strings as they are; comments left out. */
function tokensOf(sql: string): string[] {
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[\w$]+|\S/g;
  return [...sql.matchAll(token)]
    .map(([image]) => image)
    .filter((image) => !/^(?:--|\/\*)/.test(image))
    .map((image) => (image.startsWith("'") ? image : image.replace(/^["`[]([\s\S]*)["`\]]$/, "$1").toLowerCase()));
}

function withoutParentheses(tokens: readonly string[]): readonly string[] {
  const isWhole = tokens[0] === "(" && closing(tokens, 0) === tokens.length - 1;
  return isWhole ? withoutParentheses(tokens.slice(1, -1)) : tokens;
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
