// The names of types that one database alone has, as its DDL writes them.
import type { NativeType, RawType } from "../../model/column-type.js";
import { rawSqlText } from "../../model/expression-parts.js";
import { CompileError } from "../errors/errors.js";

/** What a dialect tells about itself for its own types. */
interface TypeOwner {
  /** The names by which a type may say that it is this dialect's. */
  readonly names: readonly string[];
  readonly title: string;
  readonly quoteIdentifier: (name: string) => string;
  readonly quoteLiteral: (text: string) => string;
}

/** Words that stand bare: every database reads them whatever their case. */
const WORDS = /^[a-z_]\w*(?: [a-z_]\w*)*$/;

/** `HSTORE`, `SET('a', 'b')`, `INT UNSIGNED`. Throws `CompileError` where the type is another dialect's. */
export function nativeTypeText(type: NativeType, owner: TypeOwner): string {
  if (!owner.names.includes(type.dialect)) {
    throw new CompileError(
      `${type.dialect}.${type.name} is a type of ${type.dialect} alone, and this is ${owner.title}; take a type that ` +
        `both have, or RawType(sql({ … })) with a text for each.`,
    );
  }
  const name = WORDS.test(type.name)
    ? type.name.toUpperCase()
    : type.name.split(".").map(owner.quoteIdentifier).join(".");
  const list = (type.arguments ?? []).map((each) =>
    typeof each === "number" ? String(each) : owner.quoteLiteral(each),
  );
  return `${name}${list.length === 0 ? "" : `(${list.join(", ")})`}${type.unsigned === true ? " UNSIGNED" : ""}`;
}

/** The text for the first of a dialect's `names` that has one, else the fallback. Throws `CompileError` without any. */
export function rawTypeText({ sql }: RawType, names: readonly string[]): string {
  const own = names.find((name) => sql.variants.some((variant) => variant.dialect === name));
  const text = rawSqlText(sql, own ?? names[0] ?? "");
  if (text !== undefined) return text;
  const known = sql.variants.map((variant) => variant.dialect).join(", ");
  throw new CompileError(
    `A type written as SQL has no text for ${names.join(" or ")}, only for ${known}; add one to its sql({ … }).`,
  );
}
