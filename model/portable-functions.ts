// The functions that every dialect has and that mean the same in each: what expressions of the schema may call.

/** What a value is, as far as expressions care; `any` goes together with everything. */
export type ValueCategory = "number" | "text" | "boolean" | "date" | "time" | "timestamp" | "bytes" | "json" | "any";

export interface PortableFunction {
  readonly least: number;
  /** Undefined for any number. */
  readonly most: number | undefined;
  /** What each argument is; the last entry holds for those after it. */
  readonly takes: readonly ValueCategory[];
  /** `argument` for the category of the first argument that has one. */
  readonly gives: ValueCategory | "argument";
}

export const portableFunctions: ReadonlyMap<string, PortableFunction> = new Map<string, PortableFunction>([
  ["now", { least: 0, most: 0, takes: [], gives: "timestamp" }],
  ["lower", { least: 1, most: 1, takes: ["text"], gives: "text" }],
  ["upper", { least: 1, most: 1, takes: ["text"], gives: "text" }],
  ["length", { least: 1, most: 1, takes: ["text"], gives: "number" }],
  ["trim", { least: 1, most: 1, takes: ["text"], gives: "text" }],
  ["ltrim", { least: 1, most: 1, takes: ["text"], gives: "text" }],
  ["rtrim", { least: 1, most: 1, takes: ["text"], gives: "text" }],
  ["replace", { least: 3, most: 3, takes: ["text"], gives: "text" }],
  ["substr", { least: 2, most: 3, takes: ["text", "number"], gives: "text" }],
  ["abs", { least: 1, most: 1, takes: ["number"], gives: "number" }],
  ["round", { least: 1, most: 2, takes: ["number"], gives: "number" }],
  ["coalesce", { least: 2, most: undefined, takes: ["any"], gives: "argument" }],
  ["nullif", { least: 2, most: 2, takes: ["any"], gives: "argument" }],
]);
