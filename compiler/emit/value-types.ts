// What a column's values are in TypeScript, and what an object's field may hold until the value is first read.
import type { ColumnTypeKind } from "../../model/column-type.js";
import type { ColumnModel } from "../../model/column-model.js";
import type { ImportCollector } from "./imports.js";
import { type EmitPlan, enumsFile } from "./plan.js";
import type { RuntimeName } from "./runtime-names.js";

type PrimitiveName = "number" | "bigint" | "boolean" | "string";

const primitives: Partial<Record<ColumnTypeKind, PrimitiveName>> = {
  smallint: "number",
  integer: "number",
  bigint: "bigint",
  real: "number",
  double: "number",
  boolean: "boolean",
  char: "string",
  varchar: "string",
  text: "string",
  uuid: "string",
  interval: "string",
  inet: "string",
  cidr: "string",
  macaddr: "string",
  tsvector: "string",
};

interface LateType {
  readonly type: RuntimeName;
  readonly decode: RuntimeName;
}

/** Values that cost something to decode: the field holds the database's text until the property is read. */
const lateTypes: Partial<Record<ColumnTypeKind, LateType>> = {
  numeric: { type: "Decimal", decode: "decodeDecimal" },
  date: { type: "PlainDate", decode: "decodePlainDate" },
  time: { type: "PlainTime", decode: "decodePlainTime" },
  timestamp: { type: "PlainDateTime", decode: "decodePlainDateTime" },
  timestamptz: { type: "Instant", decode: "decodeInstant" },
};

/** The TypeScript of one column in one file. */
export interface ColumnTypes {
  /** The value's type without null. */
  readonly plain: string;
  /** The value's type: what the property gives. */
  readonly value: string;
  /** What the field may hold besides `undefined`. */
  readonly stored: string;
  /** How a stored value that is not decoded yet is recognised and decoded, given the code that denotes it. */
  readonly late: { isEncoded(code: string): string; decode(code: string): string } | undefined;
}

export function columnTypes(column: ColumnModel, plan: EmitPlan, imports: ImportCollector): ColumnTypes {
  const plain = plainType(column, plan, imports);
  const orNull = column.nullable ? " | null" : "";
  const late = lateTypes[column.type.kind];
  if (late !== undefined) {
    return {
      plain,
      value: plain + orNull,
      stored: `${plain} | string${orNull}`,
      late: {
        isEncoded: (code) => `typeof ${code} === "string"`,
        decode: (code) => `${imports.runtime(late.decode)}(${code})`,
      },
    };
  }
  if (isJson(column)) {
    return {
      plain,
      value: plain + orNull,
      stored: `${plain} | ${imports.runtime("JsonText")}${orNull}`,
      late: {
        isEncoded: (code) => `${code} instanceof ${imports.runtime("JsonText")}`,
        decode: (code) => `${code}.parse()`,
      },
    };
  }
  return { plain, value: plain + orNull, stored: plain + orNull, late: undefined };
}

/** The type of the column's values, null included where it may be. */
export function valueType(column: ColumnModel, plan: EmitPlan, imports: ImportCollector): string {
  return plainType(column, plan, imports) + (column.nullable ? " | null" : "");
}

/** The type of the column's values that are not null. */
function plainType(column: ColumnModel, plan: EmitPlan, imports: ImportCollector): string {
  const { type } = column;
  if (type.kind === "enum") return imports.type(enumsFile, plan.enumOf(type.name).typeName);
  if (isJson(column)) return imports.runtime("JsonValue");
  const late = lateTypes[type.kind];
  if (late !== undefined) return imports.runtime(late.type);
  return primitives[type.kind] ?? imports.global("Uint8Array");
}

function isJson(column: ColumnModel): boolean {
  return column.type.kind === "json" || column.type.kind === "jsonb";
}
