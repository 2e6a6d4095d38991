// What a column's values are in TypeScript, and what an object's field may hold until the value is first read.
import type { ColumnType, ColumnTypeKind, RangeKind } from "../../model/column-type.js";
import type { ColumnModel } from "../../model/column-model.js";
import { nativeValues } from "../../model/native-types.js";
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

/** What a range goes over. */
const rangeEnds: Readonly<Record<RangeKind, ColumnType>> = {
  int4range: { kind: "integer" },
  int8range: { kind: "bigint" },
  numrange: { kind: "numeric" },
  tsrange: { kind: "timestamp" },
  tstzrange: { kind: "timestamptz" },
  daterange: { kind: "date" },
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
  const plain = plainOf(column, plan, imports);
  const orNull = column.nullable ? " | null" : "";
  if (column.converter !== undefined || plainerValue(column.type, plan) !== undefined) {
    return { plain, value: plain + orNull, stored: plain + orNull, late: undefined };
  }
  const kind = storedType(column.type, plan)?.kind;
  const late = kind === undefined ? undefined : lateTypes[kind];
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
  if (isJson(kind)) {
    return {
      plain,
      value: plain + orNull,
      // Only where the field stands: a class that extends this one has none of its own.
      get stored() {
        return `${plain} | ${imports.runtime("JsonText")}${orNull}`;
      },
      late: {
        isEncoded: (code) => `${code} instanceof ${imports.runtime("JsonText")}`,
        decode: (code) => `${code}.parse()`,
      },
    };
  }
  return { plain, value: plain + orNull, stored: plain + orNull, late: undefined };
}

/** True for values that may change in place, or may by what a converter says of them at run time. */
export function isMutable({ type, converter }: ColumnModel, plan: EmitPlan): boolean {
  if (converter !== undefined) return true;
  const kind = storedType(type, plan)?.kind;
  return isJson(kind) || kind === "array";
}

/** The type of the column's values, null included where it may be. */
export function valueType(column: ColumnModel, plan: EmitPlan, imports: ImportCollector): string {
  return plainOf(column, plan, imports) + (column.nullable ? " | null" : "");
}

/** What the settings want in place of a type's own values; undefined where those are wanted. */
export function plainerValue(type: ColumnType, { types }: EmitPlan): "string" | "Date" | undefined {
  switch (type.kind) {
    case "numeric":
      return types.numeric === "string" ? "string" : undefined;
    case "date":
    case "time":
    case "timestamp":
      return types.dates === "string" ? "string" : undefined;
    case "timestamptz":
      return types.timestamptz === "Temporal" ? undefined : types.timestamptz;
    default:
      return undefined;
  }
}

function plainOf({ type, converter }: ColumnModel, plan: EmitPlan, imports: ImportCollector): string {
  if (converter !== undefined) return imports.userType(plan.userModule(converter), converter.name);
  const plainer = plainerValue(type, plan);
  if (plainer === undefined) return plainType(type, plan, imports);
  return plainer === "Date" ? imports.global("Date") : plainer;
}

/** The type whose values a domain or a type of one dialect has; undefined where they are whatever was stored. */
function storedType(type: ColumnType, plan: EmitPlan): ColumnType | undefined {
  switch (type.kind) {
    case "domain":
      return storedType(plan.domainOf(type.name).type, plan);
    case "native":
      return nativeValues(type);
    case "raw":
      return undefined;
    default:
      return type;
  }
}

/** The type of values that are not null. */
function plainType(type: ColumnType, plan: EmitPlan, imports: ImportCollector): string {
  const stored = storedType(type, plan);
  if (stored === undefined) return imports.runtime("StoredValue");
  switch (stored.kind) {
    case "enum":
      return imports.type(enumsFile, plan.enumOf(stored.name).typeName);
    case "array": {
      const element = plainType(stored.element, plan, imports);
      // Nothing keeps NULL out of an array; only inner arrays are never NULL.
      return stored.element.kind === "array" ? `readonly (${element})[]` : `readonly (${element} | null)[]`;
    }
    case "json":
    case "jsonb":
      return imports.runtime("JsonValue");
    case "int4range":
    case "int8range":
    case "numrange":
    case "tsrange":
    case "tstzrange":
    case "daterange":
      return `${imports.runtime("Range")}<${plainType(rangeEnds[stored.kind], plan, imports)}>`;
    default: {
      const late = lateTypes[stored.kind];
      return late === undefined
        ? (primitives[stored.kind] ?? imports.global("Uint8Array"))
        : imports.runtime(late.type);
    }
  }
}

function isJson(kind: ColumnTypeKind | undefined): boolean {
  return kind === "json" || kind === "jsonb";
}
