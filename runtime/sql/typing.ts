// The public types of the expression language, in one place for those who build on it.
export type * from "./expression-typing.js";
export type * from "./statement-typing.js";
