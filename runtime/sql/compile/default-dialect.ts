// The dialect that statements print themselves with: the SQL standard, parameters by name, values as they are.
import { withCustomTypes } from "../../types/custom-type.js";
import { nativeTypeText, rawTypeText } from "../../types/dialect-type-text.js";
import type { SqlType, TypeCodec } from "../../types/sql-type.js";
import { identifierQuoter, quoteLiteral, RESERVED_WORDS } from "./identifiers.js";
import type { SqlDialect } from "./sql-dialect.js";

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ["double", "DOUBLE PRECISION"],
  ["timestamptz", "TIMESTAMP WITH TIME ZONE"],
  ["bytes", "BLOB"],
  ["enum", "VARCHAR"],
]);

/** Converts nothing: what is printed are the values that were given. */
function printingCodec(type: SqlType): TypeCodec {
  return {
    ddl: typeName(type),
    encode: null,
    decode: null,
    decodeWide: null,
    decodeLate: false,
    canonical: null,
    bigint: false,
  };
}

function typeName({ logical, inner }: SqlType): string {
  switch (logical.kind) {
    case "array":
      return `${inner === undefined ? "" : typeName(inner)}[]`;
    case "domain":
      return logical.name.split(".").map(quoteIdentifier).join(".");
    case "native":
      return nativeTypeText(logical, { names: [logical.dialect], title: "", quoteIdentifier, quoteLiteral });
    case "raw":
      return rawTypeText(
        logical,
        logical.sql.variants.map(({ dialect }) => dialect ?? ""),
      );
    default: {
      const name = TYPE_NAMES.get(logical.kind) ?? logical.kind.toUpperCase();
      return "length" in logical && logical.length !== undefined ? `${name}(${logical.length})` : name;
    }
  }
}

const quoteIdentifier = identifierQuoter(RESERVED_WORDS);

export const defaultDialect: SqlDialect = {
  name: "default",
  placeholder: (name) => `:${name}`,
  quoteIdentifier,
  quoteLiteral,
  codecFor: withCustomTypes(printingCodec),
  limitClause: ({ limit, offset }) => `\n LIMIT ${limit ?? "-1"}${offset === null ? "" : ` OFFSET ${offset}`}`,
  emptyList: "SELECT 1 WHERE 1 != 1",
  valuesForm: "derived",
  constants: new Map([["now", "CURRENT_TIMESTAMP"]]),
  hasIlike: false,
  overrides: {},
};
