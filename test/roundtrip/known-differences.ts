// Lines of dumps that differ and are known to: how many, and why. The lists may only shrink.

interface KnownDifference {
  /** Lines in both dumps together. */
  readonly lines: number;
  readonly why: string;
}

/** By `dialect database`. */
export const knownDifferences: Readonly<Record<string, KnownDifference>> = {
  "postgresql sakila": { lines: 1, why: "the comment on the schema `public`: schemas are no part of the model" },
  "mysql sakila": { lines: 10, why: "views show the character set of the connection that made them, `_utf8mb3' '`" },
  "mysql temporal": { lines: 3, why: "a CHECK inside a column is created as one of the table, under the same name" },
};
