// The shape of one catalogue entry: severity and wording of a diagnostic code, as data.

export interface MessageTemplate<Arguments extends readonly unknown[] = readonly never[]> {
  readonly severity: "error" | "warning";
  /** What the code stands for, without the particulars: the heading of its page in docs/errors. */
  readonly title: string;
  /** One sentence that names the thing in backticks and states the fact. */
  readonly message: (...args: Arguments) => string;
  /** What to do next. */
  readonly help?: string | ((...args: Arguments) => string | undefined);
}

/** A table of entries by code; use it with `satisfies` so that each entry keeps its argument types. */
export type MessageTable = Readonly<Record<string, MessageTemplate>>;
