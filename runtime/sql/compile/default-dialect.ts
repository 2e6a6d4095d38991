// The dialect that statements print themselves with: the SQL standard, parameters by name, values as they are.
import { withCustomTypes } from "../../types/custom-type.js";
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
  const { logical } = type;
  const name = TYPE_NAMES.get(logical.kind) ?? logical.kind.toUpperCase();
  const ddl = "length" in logical && logical.length !== undefined ? `${name}(${logical.length})` : name;
  return { ddl, encode: null, decode: null, decodeWide: null, decodeLate: false, canonical: null, bigint: false };
}

export const defaultDialect: SqlDialect = {
  name: "default",
  placeholder: (name) => `:${name}`,
  quoteIdentifier: identifierQuoter(RESERVED_WORDS),
  quoteLiteral,
  codecFor: withCustomTypes(printingCodec),
  limitClause: ({ limit, offset }) => `\n LIMIT ${limit ?? "-1"}${offset === null ? "" : ` OFFSET ${offset}`}`,
  emptyList: "SELECT 1 WHERE 1 != 1",
  valuesForm: "derived",
  constants: new Map([["now", "CURRENT_TIMESTAMP"]]),
  hasIlike: false,
  overrides: {},
};
