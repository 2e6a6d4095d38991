// Templates for the names of constraints and indexes that a schema leaves unnamed, where a project wants others than
// PostgreSQL's.

/**
 * `{table}`, `{columns}` (joined by `_`) and, in foreign keys, `{referred_table}` stand for the names; what a check or
 * an index is over counts as its columns. Absent: PostgreSQL's way, `{table}_{columns}_key` and its kin.
 */
export interface NamingTemplates {
  readonly primaryKey?: string;
  readonly unique?: string;
  readonly foreignKey?: string;
  readonly check?: string;
  readonly index?: string;
}

export interface NamedParts {
  readonly table: string;
  readonly columns: readonly string[];
  readonly referredTable?: string;
}

const placeholders = ["table", "columns", "referred_table"] as const;

/** What is wrong with a template, as words that follow its name; undefined for one that is sound. */
export function templateProblem(template: string): string | undefined {
  const unknown = [...template.matchAll(/\{([^}]*)\}?/g)].find(
    ([, word]) => !placeholders.some((known) => known === word),
  );
  if (unknown !== undefined) return `has \`${unknown[0]}\`; there are {${placeholders.join("}, {")}}`;
  return template.includes("{table}") ? undefined : "must hold {table}, so that tables' names differ";
}

/** The name that `template` makes. */
export function expandTemplate(template: string, { table, columns, referredTable = "" }: NamedParts): string {
  const texts: Readonly<Record<string, string>> = {
    table,
    columns: columns.join("_"),
    referred_table: referredTable,
  };
  return template.replaceAll(/\{(\w+)\}/g, (_, word: string) => texts[word] ?? "");
}
