// Random schema models in the form in which a dialect's database gives them back: names that are hard on every quoter,
// types, keys, checks, indexes and comments.
import * as fc from "fast-check";
import type { ColumnModel } from "../../../model/column-model.js";
import type { ColumnType } from "../../../model/column-type.js";
import type { Expression } from "../../../model/expression.js";
import { enumTypeName } from "../../../model/naming.js";
import { qualifiedKey } from "../../../model/qualified-name.js";
import type { EnumModel, ForeignKeyModel, IndexModel, SchemaModel, TableModel } from "../../../model/schema-model.js";
import { propertyNames } from "../../../runtime/reflect/property-names.js";

/** What a dialect's models are made of. */
export interface ModelShape {
  readonly dialect: string;
  /** Types, each with the texts that its defaults are given back in. */
  readonly types: readonly { readonly type: ColumnType; readonly defaults: readonly string[] }[];
  readonly comments: boolean;
  readonly enums: boolean;
  /** Names and comments may have characters beyond the first 65,536. */
  readonly wide: boolean;
  /** The name that a primary key has whatever it was called. */
  readonly keyName?: (table: string) => string;
}

const hostile = [
  "order",
  "Mixed Case",
  'quote " two',
  "quote ' one",
  "back ` tick",
  "per % cent",
  "par(ens)",
  "col:ons",
  "[Brackets]",
  "q?marks",
  "1param",
  "/slashes/",
  "dot.s",
  "a*/b",
  "-- dash",
  "line\nbreak",
  "back\\slash",
  "${x}",
  "__proto__",
  "constructor",
  "émoji 🐙",
  "ıstanbul",
  "select",
  "null",
];

/** A name of 30 characters at most; those of one scope are kept apart by `distinct`. */
const name = fc.oneof(fc.constantFrom(...hostile), fc.stringMatching(/^[a-z][a-z0-9_]{0,7}$/));
const comment = fc.constantFrom("plain", 'it\'s \\ "quoted"', "two\nlines", "*/ ${x} 🐙", "");

function distinct(length: fc.Arbitrary<string[]>): fc.Arbitrary<string[]> {
  return length.map((names) => names.map((each, index) => `${each}${index}`));
}

function raw(dialect: string, sql: string): Expression {
  return { kind: "raw", variants: [{ dialect, sql }] };
}

interface Draft {
  readonly columns: readonly { readonly pick: number; readonly nullable: boolean; readonly initial: number }[];
  readonly columnNames: readonly string[];
  readonly comment: string;
  readonly unique: readonly number[];
  readonly index: readonly number[];
  readonly descends: boolean;
  readonly check: boolean;
  readonly target: number;
  readonly onDelete: "cascade" | "set null" | undefined;
}

const draft: fc.Arbitrary<Draft> = fc.record({
  columns: fc.array(fc.record({ pick: fc.nat(), nullable: fc.boolean(), initial: fc.nat(3) }), { maxLength: 4 }),
  columnNames: distinct(fc.array(name, { minLength: 6, maxLength: 6 })),
  comment,
  unique: fc.array(fc.nat(3), { maxLength: 2 }),
  index: fc.array(fc.nat(3), { maxLength: 2 }),
  descends: fc.boolean(),
  check: fc.boolean(),
  target: fc.nat(3),
  onDelete: fc.constantFrom("cascade", "set null", undefined),
});

/** Models of up to four tables that refer to each other, in rings too. */
export function randomModels(shape: ModelShape): fc.Arbitrary<SchemaModel> {
  const drafts = fc.array(draft, { minLength: 1, maxLength: 4 });
  const tableNames = distinct(fc.array(name, { minLength: 4, maxLength: 4 }));
  const values = fc.uniqueArray(fc.constantFrom("a", "it's", "x y", 'q"', "back\\slash"), {
    minLength: 1,
    maxLength: 3,
  });
  const parts = fc.record({ drafts, tableNames, values, moodName: name });
  return (shape.wide ? parts : parts.map(narrowed)).map((parts) => {
    const enums: EnumModel[] = shape.enums
      ? [
          {
            name: `mood ${parts.moodName}`,
            typeName: enumTypeName({ name: `mood ${parts.moodName}` }),
            values: parts.values,
          },
        ]
      : [];
    const tables = parts.drafts.map((each, index) =>
      tableOf(each, index, parts.tableNames, parts.drafts, shape, enums),
    );
    return { dialects: [shape.dialect], enums, tables, classes: [] };
  });
}

/** The same without characters that the database's catalogue cannot hold. */
function narrowed<T>(value: T): T {
  // Sound: replacing characters inside strings keeps the shape.
  return JSON.parse(JSON.stringify(value).replaceAll(/[\u{10000}-\u{10ffff}]/gu, "w")) as T;
}

function tableOf(
  table: Draft,
  index: number,
  names: readonly string[],
  drafts: readonly Draft[],
  shape: ModelShape,
  enums: readonly EnumModel[],
): TableModel {
  const own = names[index] ?? "";
  const columns = columnsOf(table, shape, enums);
  const [key = "", reference = "", ...others] = columns.map((column) => column.name);
  const pick = (picks: readonly number[]): string[] =>
    [...new Set(picks.flatMap((at) => others[at] ?? []))].filter((each) => isIndexable(columns, each));
  const unique = pick(table.unique);
  const target = table.target % drafts.length;
  const indexed = pick(table.index);
  return {
    name: own,
    columns,
    primaryKey: { name: shape.keyName?.(own) ?? `key ${own}`, columns: [key] },
    uniques: unique.length === 0 ? [] : [{ name: `unique ${own}`, columns: unique }],
    checks: table.check
      ? [{ name: `check ${own}`, expression: raw(shape.dialect, shape.dialect === "mariadb" ? "`n` > 0" : "n > 0") }]
      : [],
    foreignKeys: [foreignKeyOf(own, reference, names[target] ?? "", drafts[target], table)],
    indexes: indexed.length === 0 ? [] : [indexOf(own, indexed, table.descends)],
    ...(shape.comments && table.comment !== "" ? { comment: table.comment } : {}),
  };
}

/** A numbered key, a reference, the column that checks are about, and others of any type. */
function columnsOf(table: Draft, shape: ModelShape, enums: readonly EnumModel[]): ColumnModel[] {
  const types = [
    ...shape.types,
    ...enums.map((one) => ({ type: { kind: "enum", name: qualifiedKey(one) } as const, defaults: [] })),
  ];
  const [key = "", reference = "", ...others] = table.columnNames;
  const names = [key, reference, ...others.slice(0, table.columns.length), "n"];
  const properties = propertyNames(names);
  return names.map((column, index) => {
    const drafted = table.columns[index - 2];
    const chosen = types[(drafted?.pick ?? 0) % types.length];
    const base = { name: column, property: properties[index] ?? column };
    return columnOf(base, index, drafted, chosen, shape, table.comment);
  });
}

const integer: ColumnType = { kind: "integer" };

function columnOf(
  base: { readonly name: string; readonly property: string },
  index: number,
  drafted: Draft["columns"][number] | undefined,
  chosen: ModelShape["types"][number] | undefined,
  { dialect, comments }: ModelShape,
  note: string,
): ColumnModel {
  if (index === 0) return { ...base, type: integer, nullable: false, identity: { always: false } };
  if (index === 1 || drafted === undefined || chosen === undefined) return { ...base, type: integer, nullable: true };
  const initial = chosen.defaults[drafted.initial];
  return {
    ...base,
    type: chosen.type,
    nullable: drafted.nullable,
    ...(initial === undefined ? {} : { default: raw(dialect, initial) }),
    ...(comments && drafted.nullable && note !== "" ? { comment: note } : {}),
  };
}

function isIndexable(columns: readonly ColumnModel[], column: string): boolean {
  const kind = columns.find(({ name: each }) => each === column)?.type.kind;
  return kind === "integer" || kind === "varchar" || kind === "date";
}

function foreignKeyOf(
  own: string,
  column: string,
  target: string,
  targetDraft: Draft | undefined,
  { onDelete }: Draft,
): ForeignKeyModel {
  const references = { table: { name: target }, columns: [targetDraft?.columnNames[0] ?? ""] };
  return { name: `to ${own}`, columns: [column], references, ...(onDelete === undefined ? {} : { onDelete }) };
}

function indexOf(own: string, columns: readonly string[], descends: boolean): IndexModel {
  const keys = columns.map((column): IndexModel["keys"][number] => {
    const expression = { kind: "column", name: column } as const;
    return descends ? { expression, direction: "desc" } : { expression };
  });
  return { name: `index ${own}`, unique: false, keys };
}
