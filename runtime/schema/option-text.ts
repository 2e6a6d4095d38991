// Options whose value is SQL that the language's words cannot say: a string in the schema, its text in the statement.

/** What stands in an option's string; anything else as it is. */
export function optionText(value: string | number | true): string {
  const text = String(value);
  return /^'.*'$/s.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
}
