// Raw SQL of the source as the model keeps it.
import type { RawSql } from "../../model/expression.js";
import type { RawExpression } from "../syntax/ast.js";

export function rawSql({ variants }: RawExpression): RawSql {
  return {
    kind: "raw",
    variants: variants.map(({ dialect, sql }) => (dialect === undefined ? { sql } : { dialect, sql })),
  };
}
