// Rules about one column's options: each once, and those that go together.
import { isInteger } from "../../model/column-type.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { BoundTable, ColumnSymbol } from "../bind/symbols.js";
import type { ColumnOption } from "../syntax/ast.js";
import type { ColumnSubject, Rule } from "./rule.js";
import { describeType } from "./type-text.js";

/** Options that a column has once; the others add a constraint each time. */
const singleOptions: Partial<Record<ColumnOption["kind"], string>> = {
  primaryKey: "primary key",
  unique: "unique",
  index: "index",
  identity: "identity",
  serial: "serial",
  autoincrement: "autoincrement",
  default: "default",
  onUpdate: "onupdate",
  generate: "generate",
  generated: "as (…)",
  collate: "collate",
  comment: "comment",
  map: "map",
  was: "was",
  deferred: "deferred",
  version: "version",
};

/** S2017: a column says each of its options once. */
export const columnOptionsAreUnique: Rule<ColumnSubject> = function* ({ column }) {
  const seen = new Map<string, ColumnOption>();
  for (const option of column.member.options) {
    const name = singleOptions[option.kind];
    if (name === undefined) continue;
    const earlier = seen.get(name);
    if (earlier === undefined) seen.set(name, option);
    else {
      const related = [{ span: earlier.span, text: "first given here" }];
      yield diagnostic("S2017", { span: option.span, related }, column.path, name);
    }
  }
};

/** S3014: numbered columns are whole numbers. */
export const identityIsWholeNumber: Rule<ColumnSubject> = function* ({ column }) {
  const option = identityOption(column);
  if (option === undefined || column.storage === undefined || isInteger(column.storage)) return;
  yield diagnostic("S3014", option.span, column.path, describeType(column.storage), option.kind);
};

/** S3016: a numbered column has no other default. */
export const identityHasNoDefault: Rule<ColumnSubject> = function* ({ column }) {
  const value = findOption(column, "default");
  const option = identityOption(column);
  if (value !== undefined && option !== undefined) yield diagnostic("S3016", value.span, column.path, option.kind);
};

/** S3017: a numbered column is NOT NULL. */
export const identityIsNotNull: Rule<ColumnSubject> = function* ({ column }) {
  const option = identityOption(column);
  if (column.nullable && option !== undefined) {
    yield diagnostic("S3017", column.member.type.span, column.path, option.kind);
  }
};

/** S3015: a table has one numbered column. */
export const identityIsUnique: Rule<BoundTable> = function* ({ symbol }) {
  const [first, ...others] = [...symbol.columns.values()].filter((column) => {
    const option = identityOption(column);
    // A table may have any number of sequences of its own.
    return option !== undefined && option.kind !== "serial";
  });
  for (const column of others) {
    const related = first === undefined ? [] : [{ span: first.member.name.span, text: "the first identity column" }];
    yield diagnostic("S3015", { span: identityOption(column)?.span ?? column.member.span, related }, symbol.key);
  }
};

type NumberingOption = Extract<ColumnOption, { kind: "identity" | "serial" | "autoincrement" }>;

/** The option that lets the database number the rows. */
export function identityOption(column: ColumnSymbol): NumberingOption | undefined {
  return findOption(column, "identity") ?? findOption(column, "serial") ?? findOption(column, "autoincrement");
}

export function findOption<Kind extends ColumnOption["kind"]>(
  column: ColumnSymbol,
  kind: Kind,
): Extract<ColumnOption, { kind: Kind }> | undefined {
  return column.member.options.find((option): option is Extract<ColumnOption, { kind: Kind }> => option.kind === kind);
}
