// SQL text as MySQL's and MariaDB's catalogues give it, put into the form in which it can be said again.
import { type SqlQuoting, sqlTokens, withoutParentheses } from "../../reflect/sql-tokens.js";

export const MYSQL_QUOTING: SqlQuoting = { backslashes: true };

/** A condition without its outer parentheses. MySQL gives quotes inside with a backslash before each. */
export function conditionText(text: string, isMariadb: boolean): string {
  return withoutParentheses(isMariadb ? text : text.replaceAll("\\'", "'"), MYSQL_QUOTING);
}

/** The text without the name of the database that it is in: `` `shop`.`t` `` is `` `t` ``. */
export function withoutDatabase(text: string, database: string): string {
  const tokens = sqlTokens(text, MYSQL_QUOTING);
  let kept = "";
  let from = 0;
  tokens.forEach((token, index) => {
    const isQualifier = token.kind === "quoted" && token.value === database && tokens[index + 1]?.text === ".";
    const dot = tokens[index + 1];
    if (!isQualifier || tokens[index - 1]?.text === "." || dot === undefined) return;
    kept += text.slice(from, token.start);
    from = dot.end;
  });
  return kept + text.slice(from);
}

/** The SELECT of a CREATE VIEW, without its check option. */
export function viewSelect(createView: string): string {
  const tokens = sqlTokens(createView, MYSQL_QUOTING);
  const as = tokens.findIndex(({ kind, text }) => kind === "word" && text.toUpperCase() === "AS");
  const select = createView.slice(tokens[as]?.end ?? 0).trim();
  return select.replace(/\s+WITH\s+(?:CASCADED|LOCAL)\s+CHECK\s+OPTION$/i, "");
}

/** A CREATE without `` DEFINER=`user`@`host` ``, who need not exist elsewhere. */
export function withoutDefiner(text: string): string {
  return text.replace(/^CREATE\s+DEFINER\s*=\s*(?:`(?:[^`]|``)*`|\S+?)@(?:`(?:[^`]|``)*`|\S+)\s+/i, "CREATE ");
}

/** The table option that says how a table is partitioned: a string, as partitions are no words of the language. */
export const PARTITIONING = "partition by";

/** What follows PARTITION BY in a CREATE TABLE; undefined where nothing does. */
export function partitioning(createTable: string): string | undefined {
  const at = createTable.search(/\bPARTITION BY\b/);
  if (at === -1) return undefined;
  const text = createTable.slice(at).replace(/^PARTITION BY\s+/, "");
  return text
    .replace(/\s*\*\/\s*$/, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
