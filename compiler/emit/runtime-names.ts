// The names that generated code takes from the runtime package, and those it takes from the language. Names that the
// emitter makes up stay clear of them; names that the schema fixes win, and the import is renamed.

export const runtimePackage = "athanor";

/** True for values, false for names that generated code uses as types only. */
const runtimeNames = {
  assignCollection: true,
  assignColumn: true,
  assignRelated: true,
  Attr: false,
  BigInteger: true,
  Binary: true,
  blank: true,
  Bool: true,
  Bytes: true,
  Char: true,
  check: true,
  Cidr: true,
  Collection: false,
  createTable: true,
  currentDate: true,
  currentTime: true,
  currentTimestamp: true,
  Decimal: false,
  decodeDecimal: true,
  decodeInstant: true,
  decodePlainDate: true,
  decodePlainDateTime: true,
  decodePlainTime: true,
  Double: true,
  Entity: true,
  Enum: true,
  foreignKey: true,
  index: true,
  indexKey: true,
  Inet: true,
  Instant: false,
  Integer: true,
  Interval: true,
  isBlank: true,
  Json: true,
  Jsonb: true,
  JsonText: true,
  JsonValue: false,
  loadCollection: true,
  loadColumn: true,
  loadRelated: true,
  MacAddr: true,
  mapClass: true,
  MapCollection: false,
  Meta: false,
  MetaData: true,
  Numeric: true,
  PlainDate: false,
  PlainDateTime: false,
  PlainTime: false,
  primaryKey: true,
  Real: true,
  RelMany: false,
  RelOne: false,
  select: true,
  Select: false,
  SetCollection: false,
  SmallInteger: true,
  sql: true,
  Sql: false,
  SqlDate: true,
  SqlTime: true,
  Table: false,
  TableLike: false,
  Text: true,
  Timestamp: true,
  TimestampTz: true,
  tableOptions: true,
  TsVector: true,
  unique: true,
  Uuid: true,
  Varbinary: true,
  Varchar: true,
  WriteOnlyCollection: false,
} as const;

export type RuntimeName = keyof typeof runtimeNames;
export type GlobalName = "Iterable" | "ReadonlyMap" | "Uint8Array";

export function isValueName(name: RuntimeName): boolean {
  return runtimeNames[name];
}

/** Names that generated modules may need for something else. */
export const occupiedNames: readonly string[] = [...Object.keys(runtimeNames), "Iterable", "ReadonlyMap", "Uint8Array"];
