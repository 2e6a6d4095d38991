// The query whose building is measured: three tables joined, grouped and ordered, with conditions that come and go, so
// that it has eight shapes. Every contender builds the same eight.

/** What the user of a search form has chosen. */
export interface Choice {
  readonly city: string | null;
  readonly least: number | null;
  readonly byTotal: boolean;
}

/** The eight choices, with values that differ from round to round. */
export function choice(index: number): Choice {
  return {
    city: (index & 1) === 0 ? null : `city ${index % 100}`,
    least: (index & 2) === 0 ? null : index % 50,
    byTotal: (index & 4) !== 0,
  };
}

/** A contender: builds the query, and makes SQL of it where that is all it can do with one. */
export interface Builder<Query = unknown> {
  readonly build: (choice: Choice) => Query;
  readonly toSql: (query: Query) => string;
}
