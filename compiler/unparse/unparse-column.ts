// One column of the schema model as a table member, with the constraints that are written in it.
import type { ColumnModel } from "../../model/column-model.js";
import { camelCase } from "../../model/naming.js";
import { qualifiedNameOf } from "../../model/qualified-name.js";
import type { ConstraintTiming, ForeignKeyModel, TableModel, UniqueModel } from "../../model/schema-model.js";
import type { SequenceOptions } from "../../model/sequence-options.js";
import { writeString } from "../syntax/literals.js";
import { writeName } from "../syntax/words.js";
import { writeComment } from "./comments.js";
import type { ColumnParts } from "./placement.js";
import type { SchemaFacts } from "./schema-facts.js";
import { writeExpression, writeNames, writePath, writeType, writeValue } from "./unparse-expression.js";

/** The column's lines: its comment, its name and type, its options in a block. */
export function writeColumn(column: ColumnModel, parts: ColumnParts, table: TableModel, facts: SchemaFacts): string {
  const comment = writeComment(column.comment);
  const options = [
    ...keyOptions(column, parts, facts),
    ...valueOptions(column),
    ...parts.foreignKeys.map((foreignKey) => writeForeignKey(foreignKey, table, facts)),
    ...parts.checks.map(
      (check) => `${constraintName(check, facts)}check (${writeExpression(check.expression)})${timing(check)}`,
    ),
    ...(column.collation === undefined ? [] : [`collate ${writePath(qualifiedNameOf(column.collation))}`]),
    ...(column.deferred === true ? ["deferred"] : []),
    ...(column.version === true ? ["version"] : []),
    ...(column.property === camelCase(column.name) ? [] : [`map ${writeName(column.property)}`]),
    ...(column.was === undefined ? [] : [`was ${writeName(column.was)}`]),
    ...(comment.option === undefined ? [] : [comment.option]),
  ];
  const alias = facts.aliasOf(column);
  const type = alias === undefined ? writeType(column.type) : writeName(alias);
  const head = `${writeName(column.name, "member")} ${type}${column.nullable ? "?" : ""}`;
  return `${comment.doc}${head}${options.length === 0 ? "" : ` {\n${options.join("\n")}\n}`}`;
}

function keyOptions(column: ColumnModel, { primaryKey, unique, index }: ColumnParts, facts: SchemaFacts): string[] {
  const { identity, serial } = column;
  const options: string[] = [];
  if (primaryKey !== undefined) options.push(`${constraintName(primaryKey, facts)}primary key${timing(primaryKey)}`);
  if (column.autoincrement === true) options.push("autoincrement");
  else if (identity !== undefined) {
    options.push(`identity${identity.always ? " always" : ""}${inParentheses(sequenceOptions(identity.sequence))}`);
  }
  if (serial !== undefined) {
    const name = serial.name === undefined ? [] : [writePath(serial.name)];
    options.push(`serial${inParentheses([...name, ...sequenceOptions(serial.sequence)])}`);
  }
  if (unique !== undefined) options.push(`${constraintName(unique, facts)}unique${uniqueWords(unique)}`);
  if (index !== undefined) options.push(index.unique ? "unique index" : "index");
  return options;
}

function valueOptions({ default: initial, generated, onUpdate, generator }: ColumnModel): string[] {
  const options: string[] = [];
  if (initial !== undefined) options.push(`default ${writeValue(initial)}`);
  if (generated !== undefined) {
    options.push(`as (${writeExpression(generated.expression)}) ${generated.stored ? "stored" : "virtual"}`);
  }
  if (onUpdate !== undefined) options.push(`onupdate ${writeValue(onUpdate)}`);
  if (generator?.kind === "function") {
    options.push(`generate ${writeName(generator.function.name)} from ${writeString(generator.function.module)}`);
  } else if (generator !== undefined) options.push(`generate ${generator.kind}()`);
  return options;
}

/** A sequence's options in the one order; none where nothing differs from the database's own. */
export function sequenceOptions(options: SequenceOptions | undefined): string[] {
  const { start, increment, minValue, maxValue, cache, cycle } = options ?? {};
  const valued: readonly (readonly [string, string | undefined])[] = [
    ["start", start],
    ["increment", increment],
    ["minvalue", minValue],
    ["maxvalue", maxValue],
    ["cache", cache],
  ];
  const written = valued.flatMap(([word, value]) => (value === undefined ? [] : [`${word} ${value}`]));
  return [...written, ...(cycle === true ? ["cycle"] : [])];
}

function inParentheses(words: readonly string[]): string {
  return words.length === 0 ? "" : ` (${words.join(" ")})`;
}

/** `constraint n [was o] `, where it has to be written. */
export function constraintName(part: ConstraintTiming & { readonly name: string }, facts: SchemaFacts): string {
  const was = part.was === undefined ? "" : ` was ${writeName(part.was)}`;
  return facts.needsName(part) || was !== "" ? `constraint ${writeName(part.name)}${was} ` : "";
}

/** What may follow any constraint. */
export function timing({ deferrable, notValid, notEnforced, onConflict }: ConstraintTiming): string {
  const words: string[] = [];
  if (deferrable !== undefined) {
    words.push(deferrable.initiallyDeferred ? " deferrable initially deferred" : " deferrable");
  }
  if (notValid === true) words.push(" not valid");
  if (notEnforced === true) words.push(" not enforced");
  if (onConflict !== undefined) words.push(` on conflict ${onConflict}`);
  return words.join("");
}

export function uniqueWords(unique: UniqueModel): string {
  return `${unique.nullsNotDistinct === true ? " nulls not distinct" : ""}${timing(unique)}`;
}

/** `references …` with all that belongs to it; `subject` is `foreign key (a, b) ` outside columns. */
export function writeForeignKey(
  foreignKey: ForeignKeyModel,
  table: TableModel,
  facts: SchemaFacts,
  subject = "",
): string {
  const { references, onDelete, onDeleteColumns, onUpdate, match } = foreignKey;
  const key = facts.primaryKeyOf(references.table);
  const isKey = key !== undefined && key.join("\0") === references.columns.join("\0");
  const parts = [
    `references ${writePath(references.table)}${isKey ? "" : `(${writeNames(references.columns)})`}`,
    ...(match === undefined ? [] : [`match ${match}`]),
    ...(onDelete === undefined ? [] : [`on delete ${onDelete}`]),
    ...(onDeleteColumns === undefined ? [] : [`(${writeNames(onDeleteColumns)})`]),
    ...(onUpdate === undefined ? [] : [`on update ${onUpdate}`]),
  ];
  const relationships = facts.relationshipsOf(table, foreignKey);
  return constraintName(foreignKey, facts) + subject + parts.join(" ") + timing(foreignKey) + relationships;
}
