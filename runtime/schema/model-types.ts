// Column types of the schema model as the column types that tables are made of.
import type { ColumnType } from "../../model/column-type.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { DomainModel, EnumModel } from "../../model/schema-model.js";
import { ArgumentError } from "../errors/errors.js";
import type { ColumnBuilder } from "../types/column-builder.js";
import { ArrayOf, Domain, Native, RawType } from "../types/composed-types.js";
import type { DomainDefinition } from "../types/domain-definition.js";
import * as types from "../types/types.js";
import { type FragmentContext, fragmentOf, rawFragment } from "./model-fragments.js";

/** What types may be named by. */
export interface ModelTypes {
  readonly enums: ReadonlyMap<string, EnumModel>;
  readonly domains: ReadonlyMap<string, DomainModel>;
  /** The dialects that the model is for. */
  readonly dialects: FragmentContext["dialects"];
}

/** The type. Throws `ArgumentError` where it names an enum or domain that the model does not hold. */
export function columnType(type: ColumnType, context: ModelTypes): ColumnBuilder<unknown> {
  switch (type.kind) {
    case "enum": {
      const [first, ...rest] = named(context.enums, type.name, "enum").values;
      return types.Enum(type.name, first === undefined ? [""] : [first, ...rest]);
    }
    case "domain":
      return domainType(named(context.domains, type.name, "domain"), type.name, context);
    case "array": {
      const element = columnType(type.element, context);
      // A database does not say whether elements may be NULL.
      return ArrayOf(type.element.kind === "array" ? element : element.nullable());
    }
    case "native": {
      const { dialect, name, arguments: list, unsigned } = type;
      return Native(dialect, name, {
        ...(list === undefined ? {} : { arguments: list }),
        ...(unsigned === true ? { unsigned } : {}),
      });
    }
    case "raw":
      return RawType(rawFragment(type.sql));
    default:
      return namedType(type);
  }
}

function named<Model>(models: ReadonlyMap<string, Model>, name: string, what: string): Model {
  const model = models.get(name);
  if (model === undefined)
    throw new ArgumentError(`A column is of the ${what} ${name}, which the model does not hold.`);
  return model;
}

function domainType(domain: DomainModel, name: string, context: ModelTypes): ColumnBuilder<unknown> {
  const { collation, checks, default: initial } = domain;
  const definition: DomainDefinition = {
    ...(domain.nullable ? {} : { notNull: true }),
    ...(initial === undefined
      ? {}
      : { default: fragmentOf(initial, { dialects: context.dialects, place: "default", type: domain.type }) }),
    ...(collation === undefined ? {} : { collation }),
    checks: checks.map((check) => ({ name: check.name, condition: fragmentOf(check.expression, context) })),
  };
  return Domain(name, columnType(domain.type, context), definition);
}

type NamedType = Exclude<ColumnType, { readonly kind: "enum" | "domain" | "array" | "native" | "raw" }>;

const PLAIN = {
  boolean: types.Bool,
  real: types.Real,
  double: types.Double,
  text: types.Text,
  bytes: types.Bytes,
  date: types.SqlDate,
  uuid: types.Uuid,
  json: types.Json,
  jsonb: types.Jsonb,
  interval: types.Interval,
  inet: types.Inet,
  cidr: types.Cidr,
  macaddr: types.MacAddr,
  tsvector: types.TsVector,
  int4range: types.Int4Range,
  int8range: types.Int8Range,
  numrange: types.NumRange,
  tsrange: types.TsRange,
  tstzrange: types.TsTzRange,
  daterange: types.DateRange,
} as const;

function namedType(type: NamedType): ColumnBuilder<unknown> {
  switch (type.kind) {
    case "smallint":
      return types.SmallInteger(type);
    case "integer":
      return types.Integer(type);
    case "bigint":
      return types.BigInteger(type);
    case "numeric":
      return types.Numeric(type.precision, type.scale);
    case "char":
      return types.Char(type.length);
    case "varchar":
      return types.Varchar(type.length);
    case "binary":
      return types.Binary(type.length);
    case "varbinary":
      return types.Varbinary(type.length);
    case "time":
      return types.SqlTime(type.precision);
    case "timestamp":
      return types.Timestamp(type.precision);
    case "timestamptz":
      return types.TimestampTz(type.precision);
    default:
      return PLAIN[type.kind]();
  }
}

/** The enums and domains of a model, by name. */
export function modelTypes(
  enums: readonly EnumModel[],
  domains: readonly DomainModel[],
  dialects: FragmentContext["dialects"],
): ModelTypes {
  return {
    enums: new Map(enums.map((one) => [qualifiedKey(one), one])),
    domains: new Map(domains.map((one) => [qualifiedKey(one), one])),
    dialects,
  };
}
