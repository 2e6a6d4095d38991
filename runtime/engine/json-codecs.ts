// JSON documents by functions of the program's own (`jsonSerializer`, `jsonDeserializer`): a form of the dialect whose
// JSON types use them.
import type { Dialect } from "../dialects/dialect.js";
import { InvalidValueError } from "../errors/errors.js";
import { withCustomTypes } from "../types/custom-type.js";
import { describeValue } from "../types/describe-value.js";
import { JsonNull } from "../types/json.js";
import type { SqlType, TypeCodec, ValueConverter } from "../types/sql-type.js";

/** JSON text of a value; the document `null` is given as null. */
export type JsonSerializer = (value: unknown) => string;
export type JsonDeserializer = (text: string) => unknown;

/** The dialect with these functions for its JSON; the dialect itself where there are none. */
export function withJson(
  dialect: Dialect,
  serialize: JsonSerializer | undefined,
  deserialize: JsonDeserializer | undefined,
): Dialect {
  if (serialize === undefined && deserialize === undefined) return dialect;
  const codecs = new Map<string, TypeCodec>();
  const codecFor = (type: SqlType): TypeCodec => {
    const { kind } = type.logical;
    if (kind !== "json" && kind !== "jsonb") return dialect.sql.codecFor(type);
    let codec = codecs.get(kind);
    if (codec === undefined) codecs.set(kind, (codec = jsonCodec(dialect.sql.codecFor(type), serialize, deserialize)));
    return codec;
  };
  const sql = { ...dialect.sql, codecFor: withCustomTypes(codecFor) };
  return { ...dialect, sql, ddl: dialect.ddl.withSql?.(sql) ?? dialect.ddl };
}

function jsonCodec(
  inner: TypeCodec,
  serialize: JsonSerializer | undefined,
  deserialize: JsonDeserializer | undefined,
): TypeCodec {
  const encode = serialize === undefined ? inner.encode : encoder(serialize);
  const decode = deserialize === undefined ? inner.decode : decoder(deserialize);
  // Documents are read at once: what waits to be parsed would be parsed by nobody's function.
  return { ...inner, encode, decode, decodeWide: decode, decodeLate: false, canonical: null };
}

function encoder(serialize: JsonSerializer): ValueConverter {
  return (value) => {
    const text: unknown = serialize(value === JsonNull ? null : value);
    if (typeof text === "string") return text;
    throw new InvalidValueError(`jsonSerializer is to give text, not ${describeValue(text)}`);
  };
}

function decoder(deserialize: JsonDeserializer): ValueConverter {
  return (text) => deserialize(String(text)) ?? JsonNull;
}
