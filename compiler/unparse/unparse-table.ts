// One table or view of the schema model as a declaration in source text, in no particular layout.
import type { ClassModel } from "../../model/class-model.js";
import type {
  IndexKeyModel,
  IndexModel,
  ObjectModel,
  RawElementModel,
  TableModel,
  TableOptionsModel,
  ViewModel,
} from "../../model/schema-model.js";
import { qualifiedNameOf } from "../../model/qualified-name.js";
import { writeString } from "../syntax/literals.js";
import { writeName } from "../syntax/words.js";
import { writeComment } from "./comments.js";
import { type Placement, placeParts } from "./placement.js";
import type { SchemaFacts } from "./schema-facts.js";
import { constraintName, timing, uniqueWords, writeColumn, writeForeignKey } from "./unparse-column.js";
import { writeExpression, writeKey, writeNames, writePath, writeRaw, writeType } from "./unparse-expression.js";

/** The columns of `table` with these names. */
export function writeColumns(table: TableModel, facts: SchemaFacts, names: ReadonlySet<string>): string[] {
  const placement = placeParts(table, (index) => !facts.needsName(index));
  return table.columns
    .filter(({ name }) => names.has(name))
    .map((column) =>
      writeColumn(column, placement.columns.get(column.name) ?? { checks: [], foreignKeys: [] }, table, facts),
    );
}

/** The declaration of a table with its mapped class; columns of `addedElsewhere` are written in subclasses. */
export function writeTable(
  table: TableModel,
  mapped: ClassModel | undefined,
  relationships: readonly string[],
  facts: SchemaFacts,
  addedElsewhere: ReadonlySet<string>,
): string {
  const placement = placeParts(table, (index) => !facts.needsName(index));
  const own = table.columns.flatMap(({ name }) => (addedElsewhere.has(name) ? [] : [name]));
  const members = groups(
    writeColumns(table, facts, new Set(own)),
    [...writeParts(table, placement, facts), ...(table.rawElements ?? []).map(writeRawElement)],
    [
      ...(mapped?.polymorphicOn === undefined ? [] : [`polymorphic on ${writeName(mapped.polymorphicOn)}`]),
      ...relationships,
      ...classMembers(mapped),
    ],
    (table.options ?? []).map(writeOptions),
    (table.objects ?? []).map(writeObject),
  );
  const comment = writeComment(table.comment);
  const was = table.was === undefined ? "" : ` was ${writePath(table.was)}`;
  const head = `table ${writePath(table)}${was}${classClauses(mapped)}${partitionClause(table)}`;
  return block(comment.doc, `${head}${comment.option === undefined ? "" : ` ${comment.option}`}`, members);
}

/** A class over its base's table. */
export function writeSubclass(
  mapped: ClassModel,
  columns: readonly string[],
  relationships: readonly string[],
): string {
  const { name, inheritance, polymorphicIdentity, from } = mapped;
  const clauses = [
    `class ${writeName(name)}`,
    ...(from === undefined ? [] : [`from ${writeString(from.module)}`]),
    ...(inheritance === undefined ? [] : [`extends ${writeName(inheritance.base)}`]),
  ];
  const identity =
    polymorphicIdentity === undefined ? [] : [`polymorphic identity ${writeString(polymorphicIdentity)}`];
  const members = [
    ...columns,
    ...identity,
    ...relationships,
    ...classMembers({ ...mapped, polymorphicIdentity: undefined }),
  ];
  return block(writeComment(mapped.comment).doc, clauses.join(" "), members);
}

export function writeView(view: ViewModel, mapped: ClassModel | undefined, facts: SchemaFacts): string {
  const table = { name: view.name, columns: view.columns, uniques: [], checks: [], foreignKeys: [], indexes: [] };
  const members = [
    ...view.columns.map((column) => writeColumn(column, { checks: [], foreignKeys: [] }, table, facts)),
    `definition ${writeRaw(view.definition)}`,
    ...(view.primaryKey === undefined ? [] : [`primary key (${writeNames(view.primaryKey)})`]),
    ...view.indexes.map((index) => writeIndex(index, facts)),
    ...classMembers(mapped),
    ...(view.options ?? []).map(writeOptions),
  ];
  const comment = writeComment(view.comment);
  const words = `${view.materialized ? "materialized " : ""}view ${writePath(view)}${classClauses(mapped)}`;
  return block(comment.doc, `${words}${comment.option === undefined ? "" : ` ${comment.option}`}`, members);
}

/** What the language does not model, as a declaration or a member. */
export function writeObject({ type, signature, sql, after, ...name }: ObjectModel): string {
  const order = after.length === 0 ? "" : ` after ${after.map(writePath).join(", ")}`;
  const parameters = signature === undefined ? "" : `(${signature})`;
  return `object ${writeName(type)} ${writePath(name)}${parameters}${order} ${writeRaw(sql)}`;
}

/** The lists in one, an empty line between those that hold something. */
function groups(...lists: readonly (readonly string[])[]): string[] {
  const all: string[] = [];
  for (const list of lists) {
    if (all.length > 0 && list.length > 0) all.push("");
    all.push(...list);
  }
  return all;
}

function block(doc: string, head: string, members: readonly string[]): string {
  return `${doc}${head} {\n${members.map((member) => `${member}\n`).join("")}}\n`;
}

function classClauses(mapped: ClassModel | undefined): string {
  if (mapped === undefined) return "";
  const { name, from, inheritance } = mapped;
  const clauses = [
    `as ${writeName(name)}`,
    ...(from === undefined ? [] : [`from ${writeString(from.module)}`]),
    ...(inheritance === undefined
      ? []
      : [`${inheritance.kind === "concrete" ? "concrete " : ""}extends ${writeName(inheritance.base)}`]),
  ];
  return ` ${clauses.join(" ")}`;
}

function partitionClause({ partitionOf }: TableModel): string {
  if (partitionOf === undefined) return "";
  return ` partition of ${writePath(partitionOf.parent)} ${writeRaw(partitionOf.bound)}`;
}

function classMembers(
  mapped:
    | (Pick<ClassModel, "properties" | "proxies" | "composites"> & {
        readonly polymorphicIdentity?: string | undefined;
      })
    | undefined,
): string[] {
  if (mapped === undefined) return [];
  const { polymorphicIdentity, properties = [], proxies = [], composites = [] } = mapped;
  return [
    ...(polymorphicIdentity === undefined ? [] : [`polymorphic identity ${writeString(polymorphicIdentity)}`]),
    ...properties.map(({ name, type, nullable, expression, comment }) => {
      const head = `property ${writeName(name)}: ${writeType(type)}${nullable ? "?" : ""}`;
      return `${writeComment(comment).doc}${head} = ${writeExpression(expression)}`;
    }),
    ...proxies.map(
      ({ name, relationship, attribute, comment }) =>
        `${writeComment(comment).doc}proxy ${writeName(name)} = ${writeName(relationship)}.${writeName(attribute)}`,
    ),
    ...composites.map(({ name, class: { name: className, module }, columns, comment }) => {
      const value = `${writeName(className)} (${writeNames(columns)}) from ${writeString(module)}`;
      return `${writeComment(comment).doc}composite ${writeName(name)}: ${value}`;
    }),
  ];
}

function documented({ comment }: { readonly comment?: string }, text: string): string {
  const { doc, option } = writeComment(comment);
  return `${doc}${text}${option === undefined ? "" : ` ${option}`}`;
}

/** Constraints and indexes as members of `table`: those of `parts`, in order. */
export function writeParts(table: TableModel, parts: Omit<Placement, "columns">, facts: SchemaFacts): string[] {
  const { primaryKey, uniques, checks, foreignKeys, indexes } = parts;
  const key = (one: NonNullable<typeof primaryKey>): string =>
    `${constraintName(one, facts)}primary key (${writeNames(one.columns)})${timing(one)}`;
  return [
    ...(primaryKey === undefined ? [] : [documented(primaryKey, key(primaryKey))]),
    ...uniques.map((one) =>
      documented(one, `${constraintName(one, facts)}unique (${writeNames(one.columns)})${uniqueWords(one)}`),
    ),
    ...checks.map((one) =>
      documented(one, `${constraintName(one, facts)}check (${writeExpression(one.expression)})${timing(one)}`),
    ),
    ...foreignKeys.map((one) =>
      documented(one, writeForeignKey(one, table, facts, `foreign key (${writeNames(one.columns)}) `)),
    ),
    ...indexes.map((index) => writeIndex(index, facts)),
  ];
}

function writeRawElement({ name, sql }: RawElementModel): string {
  return `${name === undefined ? "" : `constraint ${writeName(name)} `}${writeRaw(sql)}`;
}

function writeIndex(index: IndexModel, facts: SchemaFacts): string {
  const { keys, method, include, nullsNotDistinct, storage, where, only } = index;
  const was = index.was === undefined ? "" : ` was ${writeName(index.was)}`;
  const name = facts.needsName(index) || was !== "" ? `${writeName(index.name)}${was} ` : "";
  const comment = writeComment(index.comment);
  const clauses = [
    `${index.unique ? "unique " : ""}index ${name}(${keys.map(writeIndexKey).join(", ")})`,
    ...(method === undefined ? [] : [`using ${writeName(method)}`]),
    ...(include === undefined ? [] : [`include (${writeNames(include)})`]),
    ...(nullsNotDistinct === undefined ? [] : ["nulls not distinct"]),
    ...(storage === undefined
      ? []
      : [`with (${storage.map((one) => `${writeName(one.name)} = ${writeOptionValue(one.value)}`).join(", ")})`]),
    ...(where === undefined ? [] : [`where (${writeExpression(where)})`]),
    ...(only === undefined ? [] : [`only ${writeNames(only)}`]),
    ...(comment.option === undefined ? [] : [comment.option]),
  ];
  return comment.doc + clauses.join(" ");
}

function writeIndexKey({ expression, collation, operatorClass, prefix, direction, nulls }: IndexKeyModel): string {
  const words = [
    writeKey(expression),
    ...(collation === undefined ? [] : [`collate ${writePath(qualifiedNameOf(collation))}`]),
    ...(operatorClass === undefined ? [] : [`ops ${writePath(qualifiedNameOf(operatorClass))}`]),
    ...(prefix === undefined ? [] : [`prefix ${prefix}`]),
    ...(direction === undefined ? [] : [direction]),
    ...(nulls === undefined ? [] : [`nulls ${nulls}`]),
  ];
  return words.join(" ");
}

/** A word, a number or a string as it is, anything else as a string. */
function writeOptionValue(value: string): string {
  return /^(?:-?\d+(?:\.\d+)?|[A-Za-z_]\w*|'(?:[^']|'')*')$/.test(value) ? value : writeString(value);
}

function writeOptions({ dialect, entries }: TableOptionsModel): string {
  const lines = entries.map(({ name, value }) => (value === undefined ? name : `${name} = ${writeOptionValue(value)}`));
  return `options ${dialect} {\n${lines.join("\n")}\n}`;
}
