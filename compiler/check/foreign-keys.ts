// Rules about foreign keys: that they fit what they refer to, that their actions can work, that an index serves them.
import { findCapabilities } from "../../model/capabilities.js";
import { haveSameValues } from "../../model/comparable-types.js";
import { columnNames, describeForeignKey } from "../bind/column-names.js";
import type { BoundTable } from "../bind/symbols.js";
import { hasIndexOn, isKeyOf } from "../bind/uniqueness.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { findOption } from "./columns.js";
import type { ForeignKeySubject, Rule } from "./rule.js";
import { describeType } from "./type-text.js";

/** S4013: a foreign key that names no columns refers to a table with a primary key. */
export const referencedTableHasPrimaryKey: Rule<ForeignKeySubject> = function* ({ foreignKey }, schema) {
  const { target, reference } = foreignKey;
  if (target === undefined || reference.columns !== undefined || target.declaration.kind === "view") return;
  // A mapped class without a primary key is reported at the class.
  if (schema.tableOf(target).primaryKeys.length > 0 || target.className !== undefined) return;
  yield diagnostic("S4013", { span: reference.table.span, related: [declaredAt(target)] }, target.key);
};

/** S4010: a foreign key has as many columns as it refers to. */
export const foreignKeyCountFits: Rule<ForeignKeySubject> = function* ({ foreignKey }) {
  const { columns, target, targetColumns, reference } = foreignKey;
  if (target === undefined || targetColumns === undefined || columns.length === targetColumns.length) return;
  const names = columnNames(targetColumns).join(", ");
  const help = reference.columns === undefined ? `the primary key of \`${target.key}\` is (${names})` : undefined;
  const place = { span: reference.span, related: [declaredAt(target)], help };
  yield diagnostic("S4010", place, columns.length, target.key, targetColumns.length);
};

/** S4011: a foreign key's columns have the types of those they refer to. */
export const foreignKeyTypesFit: Rule<ForeignKeySubject> = function* ({ foreignKey }) {
  const { columns, targetColumns } = foreignKey;
  if (targetColumns === undefined || columns.length !== targetColumns.length) return;
  for (const [index, { column }] of columns.entries()) {
    const target = targetColumns[index]?.column;
    if (column?.storage === undefined || target?.storage === undefined) continue;
    if (haveSameValues(column.storage, target.storage)) continue;
    const related = [{ span: target.member.type.span, text: "refers to this" }];
    const [type, targetType] = [describeType(column.storage), describeType(target.storage)];
    yield diagnostic("S4011", { span: column.member.type.span, related }, column.path, type, target.path, targetType);
  }
};

/** S4012: a foreign key refers to a primary key or to unique columns. */
export const referencedColumnsAreUnique: Rule<ForeignKeySubject> = function* ({ foreignKey }, schema) {
  const { target, targetColumns, reference, columns } = foreignKey;
  if (target === undefined || targetColumns === undefined || reference.columns === undefined) return;
  if (targetColumns.some(({ column }) => column === undefined) || columns.length !== targetColumns.length) return;
  if (target.declaration.kind === "view") return;
  const names = columnNames(targetColumns);
  if (isKeyOf(schema.tableOf(target), names)) return;
  yield diagnostic("S4012", { span: reference.span, related: [declaredAt(target)] }, target.key, names.join(", "));
};

/** S4015, S4016: `set null` needs columns that may be NULL, `set default` columns with a default. */
export const referenceActionsCanWork: Rule<ForeignKeySubject> = function* ({ foreignKey }) {
  for (const { action, event, span, columns } of foreignKey.reference.actions) {
    const named = columns?.map(({ text }) => text);
    for (const { column } of foreignKey.columns) {
      if (column === undefined || column.nullable || named?.includes(column.name) === false) continue;
      if (action === "set null") yield diagnostic("S4015", span, column.path, event);
      if (action === "set default" && findOption(column, "default") === undefined) {
        yield diagnostic("S4016", span, column.path, event);
      }
    }
  }
};

/** S4017: a foreign key refers to a table. */
export const foreignKeyRefersToTable: Rule<ForeignKeySubject> = function* ({ foreignKey }) {
  const { target, reference } = foreignKey;
  if (target?.declaration.kind !== "view") return;
  yield diagnostic("S4017", { span: reference.table.span, related: [declaredAt(target)] }, target.key);
};

/** S4018: `set null (…)` on deletion lists columns of the foreign key. */
export const actionColumnsAreOwn: Rule<ForeignKeySubject> = function* ({ foreignKey }) {
  const own = new Set(columnNames(foreignKey.columns));
  for (const { event, action, columns = [] } of foreignKey.reference.actions) {
    for (const { text, span } of columns) {
      if (!own.has(text)) yield diagnostic("S4018", span, text, describeForeignKey(foreignKey));
    }
    const [first] = columns;
    const isListed = event === "delete" && (action === "set null" || action === "set default");
    if (first !== undefined && !isListed) yield diagnostic("S4019", first.span, `on ${event} ${action}`);
  }
};

/** S2017: a foreign key says once what happens on each event. */
export const actionsAreUnique: Rule<ForeignKeySubject> = function* ({ foreignKey }) {
  const seen = new Set<string>();
  for (const { event, span } of foreignKey.reference.actions) {
    if (seen.has(event)) yield diagnostic("S2017", span, describeForeignKey(foreignKey), `on ${event}`);
    seen.add(event);
  }
};

/** S4014, a warning: an index serves a foreign key, whose target's rows otherwise take long to delete. */
export const foreignKeyHasIndex: Rule<ForeignKeySubject> = function* ({ table, foreignKey }, { dialects }) {
  if (dialects.length > 0 && dialects.every((name) => findCapabilities(name)?.foreignKeys.indexed === true)) return;
  const names = columnNames(foreignKey.columns);
  if (foreignKey.columns.some(({ column }) => column === undefined) || hasIndexOn(table, names)) return;
  const help = names.length === 1 ? undefined : `add \`index (${names.join(", ")})\``;
  yield diagnostic("S4014", { span: foreignKey.span, help }, describeForeignKey(foreignKey));
};

function declaredAt(table: BoundTable["symbol"]) {
  return { span: table.declaration.name.span, text: `\`${table.key}\` is declared here` };
}
