// Where the `:name` parameters of hand-written SQL are: not in strings, quoted names or comments, not `::`, not `\:`.
import { ArgumentError } from "../../errors/errors.js";

interface TextParts {
  /** The text around the parameters: one piece more than there are names. */
  readonly segments: readonly string[];
  readonly names: readonly string[];
}

/** A string, a quoted name or a comment, an escaped or doubled colon, or a parameter. */
const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\\:|::|:([A-Za-z_]\w*)/g;

/** Splits SQL text at its parameters. `\:` stands for a colon that begins none. */
export function splitText(sql: string): TextParts {
  if (sql.includes("\0")) throw new ArgumentError("text() cannot hold a NUL character");
  const segments: string[] = [];
  const names: string[] = [];
  let segment = "";
  let from = 0;
  for (const match of sql.matchAll(TOKEN)) {
    const [token, name] = match;
    segment += sql.slice(from, match.index);
    from = match.index + token.length;
    if (name !== undefined && !/\w/.test(sql[match.index - 1] ?? "")) {
      segments.push(segment);
      names.push(name);
      segment = "";
    } else segment += token === "\\:" ? ":" : token;
  }
  segments.push(segment + sql.slice(from));
  return { segments, names };
}
