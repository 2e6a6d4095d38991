// What this package uses of better-sqlite3, written down because the package ships no types.

export interface BetterSqlite3 {
  new (filename: string, options: Readonly<Record<string, unknown>>): BetterSqlite3Database;
}

export interface BetterSqlite3Database {
  readonly inTransaction: boolean;
  prepare(sql: string): BetterSqlite3Statement;
  close(): void;
}

export interface BetterSqlite3Statement {
  readonly reader: boolean;
  readonly readonly: boolean;
  raw(on: boolean): this;
  safeIntegers(on: boolean): this;
  columns(): readonly { readonly name: string }[];
  all(...parameters: readonly unknown[]): (readonly unknown[])[];
  get(...parameters: readonly unknown[]): readonly unknown[] | undefined;
  run(...parameters: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  iterate(parameters: readonly unknown[]): IterableIterator<readonly unknown[]>;
}
