// What each library's program for the type checker is: the same twenty tables, the same ten queries.
export interface TypeProgram {
  /** A folder of `bench/node_modules` without which there is nothing to check; null for the product itself. */
  readonly needs: string | null;
  /** The files of the tables, by their paths; `schema.ts` among them or made by `prepare`. */
  readonly files: Readonly<Record<string, string>>;
  /** Generates what is generated, in the folder where the files are. */
  readonly prepare?: (folder: string) => void;
  /** What the queries import. */
  readonly imports: string;
  /** The type of `db`, which the queries ask. */
  readonly database: string;
  /** One by its key; filtered, ordered, limited; two columns; two tables' columns; by a parent's column; a count; sums
   * by name; with parents; an insert; an update. Each reads something of its result. */
  readonly queries: readonly string[];
}

export const TABLES = 20;

/** The texts that `text` gives for each table, whose parent is the table before it. */
export function eachTable(text: (index: number) => string): string {
  return Array.from({ length: TABLES }, (_, index) => text(index)).join("\n");
}

/** The program's text: its imports, and its queries, each in a function of its own. */
export function programText({ imports, database, queries }: TypeProgram): string {
  const functions = queries.map((query, index) => `export const q${index} = async (db: ${database}) => ${query};`);
  return `${imports}\n${functions.join("\n")}\n`;
}
