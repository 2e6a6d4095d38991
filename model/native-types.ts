// What values the types of one dialect have: each by the logical type whose values it takes and gives.
import { findCapabilities } from "./capabilities.js";
import type { ColumnType, NativeType } from "./column-type.js";

/**
 * The type whose values a native type has, arguments aside. Text where nothing is known of it, which is what databases
 * say of their rarer types; undefined where its values are whatever was stored.
 */
export function nativeValues({ dialect, name, unsigned }: NativeType): ColumnType | undefined {
  const lower = name.toLowerCase();
  const known = findCapabilities(dialect)?.nativeTypes.find(({ names }) => names.test(lower));
  if (known === undefined) return { kind: "text" };
  const { values } = known;
  const isInteger = values?.kind === "smallint" || values?.kind === "integer" || values?.kind === "bigint";
  return isInteger && unsigned === true ? { kind: values.kind, unsigned } : values;
}
