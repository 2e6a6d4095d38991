// Rules about primary keys and about the columns that keys list.
import { findCapabilities } from "../../model/capabilities.js";
import { isInteger } from "../../model/column-type.js";
import type { BoundTable, ColumnReference } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { identityOption } from "./columns.js";
import type { Findings, Rule } from "./rule.js";

/** S3025: a table has columns. */
export const tableHasColumns: Rule<BoundTable> = function* ({ symbol }) {
  const isPartition = symbol.declaration.kind === "table" && symbol.declaration.partitionOf !== undefined;
  const inherits = symbol.parentColumns.size > 0;
  if (symbol.columns.size === 0 && !isPartition && !inherits)
    yield diagnostic("S3025", symbol.declaration.name.span, symbol.key);
};

/** S4001: a table has one primary key at most. */
export const primaryKeyIsUnique: Rule<BoundTable> = function* ({ symbol, primaryKeys }) {
  const [first, ...others] = primaryKeys;
  for (const key of others) {
    // The same column saying `primary key` twice is reported as a repeated option.
    if (first === undefined || first.columns[0]?.identifier === key.columns[0]?.identifier) continue;
    const related = [{ span: first.span, text: "the first primary key" }];
    yield diagnostic("S4001", { span: key.span, related }, symbol.key);
  }
};

/** S4002: a mapped class has a primary key, as objects are told apart by it. */
export const mappedTableHasPrimaryKey: Rule<BoundTable> = function* ({ symbol, primaryKeys }) {
  const { className } = symbol.declaration;
  if (className === undefined || primaryKeys.length > 0 || symbol.columns.size === 0) return;
  yield diagnostic("S4002", className.span, className.text, symbol.key);
};

/** S4003: a primary key's columns are NOT NULL, but for a dialect that allows otherwise. */
export const primaryKeyIsNotNull: Rule<BoundTable> = function* ({ primaryKeys }, { dialects }) {
  const allowed = dialects.length > 0 && dialects.every((name) => findCapabilities(name)?.nullablePrimaryKey === true);
  if (allowed) return;
  for (const { column } of primaryKeys[0]?.columns ?? []) {
    const isReportedAsIdentity = column !== undefined && identityOption(column) !== undefined;
    if (column?.nullable !== true || isReportedAsIdentity) continue;
    yield diagnostic("S4003", column.member.type.span, column.path);
  }
};

/** Options that give a key its values. */
const generating: ReadonlySet<string> = new Set([
  "identity",
  "serial",
  "autoincrement",
  "default",
  "generate",
  "generated",
]);

/** S4004, a warning: something generates a lone integer key. */
export const integerKeyIsGenerated: Rule<BoundTable> = function* ({ symbol, primaryKeys, foreignKeys }) {
  const [reference, ...more] = primaryKeys[0]?.columns ?? [];
  const column = reference?.column;
  if (column?.storage === undefined || more.length > 0 || !isInteger(column.storage)) return;
  if (symbol.declaration.kind === "view") return;
  if (column.member.options.some(({ kind }) => generating.has(kind))) return;
  // A key that refers to another row takes that row's value.
  const refers = foreignKeys.some(({ columns }) => columns.some((entry) => entry.column === column));
  if (!refers) yield diagnostic("S4004", column.member.name.span, column.path);
};

/** S4005: a key, a foreign key and an index list each column once. */
export const keyColumnsAreUnique: Rule<BoundTable> = function* ({ primaryKeys, uniques, foreignKeys }) {
  for (const { columns } of [...primaryKeys, ...uniques, ...foreignKeys]) yield* eachOnce(columns);
};

function* eachOnce(columns: readonly ColumnReference[]): Findings {
  const seen = new Set<string>();
  for (const { identifier } of columns) {
    if (seen.has(identifier.text)) yield diagnostic("S4005", identifier.span, identifier.text);
    seen.add(identifier.text);
  }
}
