// What the queries beside this file import, so that the cost of the queries alone can be told.
export { alias, tablesample } from "../../../runtime/sql/build/alias.js";
export {
  and,
  bindparam,
  caseOf,
  caseWhen,
  cast,
  exists,
  literal,
  not,
  or,
  table,
  column,
} from "../../../runtime/sql/build/constructs.js";
export { sql } from "../../../runtime/sql/build/fragment.js";
export { func } from "../../../runtime/sql/build/functions.js";
export { excluded, insert, inserted } from "../../../runtime/sql/build/insert.js";
export { except, intersect, select, union, unionAll } from "../../../runtime/sql/build/select.js";
export {
  allOf,
  anyOf,
  cube,
  distinct,
  extract,
  groupingSets,
  rollup,
  tuple,
  typeCoerce,
} from "../../../runtime/sql/build/special-expressions.js";
export { text } from "../../../runtime/sql/build/text.js";
export { deleteFrom, update } from "../../../runtime/sql/build/update.js";
export { values } from "../../../runtime/sql/build/values-source.js";
export { customType } from "../../../runtime/types/custom-type.js";
export { Integer, Text } from "../../../runtime/types/types.js";
export type { AnySelect, Executable, Select } from "../../../runtime/sql/typing.js";
