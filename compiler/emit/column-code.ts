// One column of a table as the call that describes it: `Varchar(30).named("full_name").nullable()`.
import type { ColumnType, ColumnTypeKind, NamedKind, NativeType } from "../../model/column-type.js";
import type { Expression } from "../../model/expression.js";
import { nativeValues } from "../../model/native-types.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { ColumnModel } from "../../model/column-model.js";
import type { DomainModel, ForeignKeyModel } from "../../model/schema-model.js";
import { hasDefault, isGenerated } from "./column-facts.js";
import type { ColumnConstraints } from "./constraint-placement.js";
import {
  constraintOptions,
  foreignKeyOptions,
  type OptionEntry,
  sequenceOptions,
  uniqueOptions,
} from "./constraint-options.js";
import { objectLiteral, stringLiteral } from "./literals.js";
import type { FileStatement } from "./file-structure.js";
import { brokenList } from "./layout.js";
import { type ConverterPlan, enumsFile } from "./plan.js";
import type { RuntimeName } from "./runtime-names.js";
import { fragmentCode, sqlCode, type SqlPlace } from "./sql-code.js";
import { plainerValue, valueType } from "./value-types.js";

const builders: Readonly<Record<NamedKind, RuntimeName>> = {
  smallint: "SmallInteger",
  integer: "Integer",
  bigint: "BigInteger",
  boolean: "Bool",
  real: "Real",
  double: "Double",
  numeric: "Numeric",
  char: "Char",
  varchar: "Varchar",
  text: "Text",
  bytes: "Bytes",
  binary: "Binary",
  varbinary: "Varbinary",
  date: "SqlDate",
  time: "SqlTime",
  timestamp: "Timestamp",
  timestamptz: "TimestampTz",
  uuid: "Uuid",
  json: "Json",
  jsonb: "Jsonb",
  interval: "Interval",
  inet: "Inet",
  cidr: "Cidr",
  macaddr: "MacAddr",
  tsvector: "TsVector",
  int4range: "Int4Range",
  int8range: "Int8Range",
  numrange: "NumRange",
  tsrange: "TsRange",
  tstzrange: "TsTzRange",
  daterange: "DateRange",
};

/** The type's call, and the calls chained to it. */
interface ColumnCode {
  readonly head: string;
  readonly calls: readonly string[];
}

export function columnCode(column: ColumnModel, constraints: ColumnConstraints, place: SqlPlace): ColumnCode {
  const { primaryKey, unique, foreignKey } = constraints;
  const calls: string[] = [];
  if (column.name !== column.property) calls.push(`named(${stringLiteral(column.name)})`);
  if (primaryKey !== undefined) calls.push(`primaryKey(${objectLiteral(constraintOptions(primaryKey))})`);
  calls.push(...numberingCalls(column));
  // Tables number a lone whole-number key unless it says that it is not.
  if (primaryKey !== undefined && isUnnumberedKey(column, foreignKey)) calls.push("autoincrement(false)");
  if (column.nullable) calls.push("nullable()");
  if (unique !== undefined) calls.push(`unique(${objectLiteral(uniqueOptions(unique))})`);
  if (column.default !== undefined && hasDefault(column)) {
    calls.push(`default(${defaultCode(column.default, column.type, { ...place, defaultOf: column })})`);
  }
  if (column.generated !== undefined) {
    const { expression, stored } = column.generated;
    calls.push(`generated(${fragmentCode(expression, place)}${stored ? ", { stored: true }" : ""})`);
  }
  if (column.onUpdate !== undefined) {
    calls.push(`onUpdate(${defaultCode(column.onUpdate, column.type, { ...place, defaultOf: column })})`);
  }
  if (column.generator !== undefined) calls.push(`clientDefault(${generatorCode(column.generator, place)})`);
  if (foreignKey !== undefined) {
    const { table, columns } = foreignKey.references;
    const target = [qualifiedKey(table), ...columns.map((name) => qualifiedKey({ name }))].join(".");
    calls.push(`references(${stringLiteral(target)}, ${objectLiteral(foreignKeyOptions(foreignKey))})`);
  }
  if (column.collation !== undefined) calls.push(`collate(${stringLiteral(column.collation)})`);
  if (column.comment !== undefined) calls.push(`comment(${stringLiteral(column.comment)})`);
  return { head: columnTypeCode(column, place), calls };
}

/** True for a whole-number key column whose value every new row has to state. */
function isUnnumberedKey(column: ColumnModel, foreignKey: ForeignKeyModel | undefined): boolean {
  const isNumber = wholeNumbers.has(column.type.kind) && foreignKey === undefined;
  return isNumber && column.generated === undefined && !isGenerated(column);
}

const wholeNumbers: ReadonlySet<ColumnTypeKind> = new Set(["smallint", "integer", "bigint"]);

/** How the database numbers the rows. */
function numberingCalls({ identity, serial, autoincrement }: ColumnModel): string[] {
  const calls: string[] = [];
  if (identity !== undefined) {
    const always: OptionEntry[] = identity.always ? [["always", "true"]] : [];
    calls.push(`identity(${objectLiteral([...always, ...sequenceOptions(identity.sequence ?? {})])})`);
  }
  if (serial !== undefined) {
    const name: OptionEntry[] = serial.name === undefined ? [] : [["name", stringLiteral(qualifiedKey(serial.name))]];
    calls.push(`serial(${objectLiteral([...name, ...sequenceOptions(serial.sequence ?? {})])})`);
  }
  if (autoincrement === true) calls.push("autoincrement()");
  return calls;
}

/** What makes the column's value in a new row. */
function generatorCode(generator: NonNullable<ColumnModel["generator"]>, { plan, imports }: SqlPlace): string {
  switch (generator.kind) {
    case "uuid":
    case "uuid7":
      return imports.runtime(generator.kind);
    case "now":
      return imports.runtime("currentTimestamp");
    case "function":
      return imports.userValue(plan.userModule(generator.function), generator.function.name);
  }
}

/** The type: with a converter one of the user's own. */
function columnTypeCode({ type, converter }: ColumnModel, place: SqlPlace): string {
  return converter === undefined ? valueTypeCode(type, place) : place.plan.converterOf(converter, type).constantName;
}

/** The type of values without a converter, in the wrapping that the settings want. */
export function valueTypeCode(type: ColumnType, place: SqlPlace): string {
  const code = typeCode(type, place);
  const plainer = plainerValue(type, place.plan);
  if (plainer === undefined) return code;
  return `${place.imports.runtime(plainer === "Date" ? "asDate" : "asText")}(${code})`;
}

/**
 * `const moneyType: ColumnBuilder<Money> = customType<Money, Decimal>({ … })`: a type over the database's whose values
 * the user's module converts.
 */
export function converterStatement({ model, type, constantName }: ConverterPlan, place: SqlPlace): FileStatement {
  const { plan, imports } = place;
  const name = imports.userValue(plan.userModule(model), model.name);
  const stored = valueType({ name: "", property: "", type, nullable: false }, plan, imports);
  const initializer = brokenList(
    `${imports.runtime("customType")}<${name}, ${stored}>({`,
    [
      `name: ${stringLiteral(model.name)}`,
      `impl: ${typeCode(type, place)}`,
      `encode: (value) => ${name}.encode(value)`,
      `decode: (value) => ${name}.decode(value)`,
      `mutable: ${imports.runtime("converterMutation")}<${name}>(${name})`,
    ],
    "})",
  );
  const annotation = `${imports.runtime("ColumnBuilder")}<${name}>`;
  return { kind: "constant", structure: { name: constantName, type: annotation, initializer, isLocal: true } };
}

/** `Numeric(10, 2)`, `Enum("post_status", postStatusValues)`, `ArrayOf(Text().nullable())`. */
function typeCode(type: ColumnType, place: SqlPlace): string {
  const { plan, imports } = place;
  switch (type.kind) {
    case "enum":
      return enumCode(type.name, place);
    case "domain":
      return domainCode(plan.domainOf(type.name), place);
    case "array": {
      const nullable = type.element.kind === "array" ? "" : ".nullable()";
      return `${imports.runtime("ArrayOf")}(${typeCode(type.element, place)}${nullable})`;
    }
    case "native":
      return nativeCode(type, place);
    case "raw":
      return `${imports.runtime("RawType")}(${sqlCode(type.sql, place)})`;
    default:
      return `${imports.runtime(builders[type.kind])}(${typeArguments(type)})`;
  }
}

export function enumCode(key: string, { plan, imports }: SqlPlace): string {
  const values = imports.value(enumsFile, plan.enumOf(key).valuesName);
  return `${imports.runtime("Enum")}(${stringLiteral(key)}, ${values})`;
}

export function domainCode(domain: DomainModel, place: SqlPlace): string {
  const parts: [string, string][] = [];
  if (!domain.nullable) parts.push(["notNull", "true"]);
  if (domain.default !== undefined) parts.push(["default", sqlCode(domain.default, place)]);
  if (domain.collation !== undefined) parts.push(["collation", stringLiteral(domain.collation)]);
  if (domain.checks.length > 0) {
    const checks = domain.checks.map(({ name, expression }) =>
      objectLiteral([
        ["name", stringLiteral(name)],
        ["condition", fragmentCode(expression, place)],
      ]),
    );
    parts.push(["checks", `[${checks.join(", ")}]`]);
  }
  const list = [stringLiteral(qualifiedKey(domain)), typeCode(domain.type, place)];
  if (parts.length > 0) list.push(objectLiteral(parts));
  return `${place.imports.runtime("Domain")}(${list.join(", ")})`;
}

function nativeCode(type: NativeType, place: SqlPlace): string {
  const values = nativeValues(type);
  const parts: [string, string][] = [];
  if (type.arguments !== undefined) {
    const list = type.arguments.map((each) => (typeof each === "number" ? String(each) : stringLiteral(each)));
    parts.push(["arguments", `[${list.join(", ")}]`]);
  }
  if (type.unsigned === true) parts.push(["unsigned", "true"]);
  if (values !== undefined) parts.push(["as", typeCode(values, place)]);
  const list = [stringLiteral(type.dialect), stringLiteral(type.name)];
  if (parts.length > 0) list.push(objectLiteral(parts));
  return `${place.imports.runtime("Native")}(${list.join(", ")})`;
}

function typeArguments(type: Extract<ColumnType, { kind: NamedKind }>): string {
  if ("unsigned" in type) return objectLiteral([["unsigned", "true"]]);
  if ("length" in type && type.length !== undefined) return String(type.length);
  if ("scale" in type && type.scale !== undefined) return `${type.precision}, ${type.scale}`;
  if ("precision" in type && type.precision !== undefined) return String(type.precision);
  return "";
}

/** A default as the value itself where the column's type has one in code, else as SQL. */
function defaultCode(expression: Expression, type: ColumnType, place: SqlPlace): string {
  const clock = clockName(expression, type);
  if (clock !== undefined) return place.imports.runtime(clock);
  switch (expression.kind) {
    case "boolean":
      return type.kind === "boolean" ? String(expression.value) : sqlCode(expression, place);
    case "string":
      return acceptsText(type) && plainerValue(type, place.plan) !== "Date"
        ? stringLiteral(expression.value)
        : sqlCode(expression, place);
    case "number":
      return numberCode(expression.digits, type) ?? sqlCode(expression, place);
    default:
      return sqlCode(expression, place);
  }
}

/** The database's clock in a column of its own type; in others SQL's conversions decide. */
function clockName(expression: Expression, type: ColumnType): RuntimeName | undefined {
  const current =
    expression.kind === "current"
      ? expression.name
      : expression.kind === "call" && expression.name === "now" && expression.arguments.length === 0
        ? "current_timestamp"
        : undefined;
  if (current === "current_date" && type.kind === "date") return "currentDate";
  if (current === "current_time" && type.kind === "time") return "currentTime";
  const isTimestamp = type.kind === "timestamp" || type.kind === "timestamptz";
  return current === "current_timestamp" && isTimestamp ? "currentTimestamp" : undefined;
}

const textKinds: ReadonlySet<string> = new Set(
  "char varchar text enum uuid interval inet cidr macaddr tsvector date time timestamp timestamptz".split(" "),
);

function acceptsText(type: ColumnType): boolean {
  return textKinds.has(type.kind);
}

/** The number in code; undefined where it has to be SQL: old targets know no bigint literals. */
function numberCode(digits: string, type: ColumnType): string | undefined {
  switch (type.kind) {
    case "smallint":
    case "integer":
      return /^-?\d{1,15}$/.test(digits) ? String(Number(digits)) : undefined;
    case "real":
    case "double":
      return Number.isFinite(Number(digits)) ? String(Number(digits)).replace("e+", "e") : undefined;
    case "numeric":
      return stringLiteral(digits);
    default:
      return undefined;
  }
}
