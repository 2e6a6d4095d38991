// How the example dialect stores types: as SQLite does, but for booleans, which are the words "yes" and "no".
import { DataError, InvalidValueError, sqlite, type SqlType, type TypeCodec } from "athanor";

const yesOrNo: TypeCodec = {
  ddl: "TEXT",
  encode(value) {
    if (typeof value === "boolean") return value ? "yes" : "no";
    throw new InvalidValueError(`Expected a boolean, got ${String(value)}.`);
  },
  decode: readWord,
  decodeWide: readWord,
  decodeLate: false,
  canonical: null,
  bigint: false,
};

function readWord(value: unknown): boolean {
  if (value === "yes" || value === "no") return value === "yes";
  throw new DataError(`The database holds ${String(value)} where yes or no should be.`);
}

export function codecFor(type: SqlType): TypeCodec {
  return type.logical.kind === "boolean" ? yesOrNo : sqlite.sql.codecFor(type);
}
