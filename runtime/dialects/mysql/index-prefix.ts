// What an index looks at of columns whose length nobody said.

/** Characters of a text that an index which is not unique looks at. */
export const INDEX_PREFIX = 255;

/** Types without a length. */
export const UNBOUNDED: ReadonlySet<string> = new Set(["text", "bytes", "json", "jsonb", "array"]);
