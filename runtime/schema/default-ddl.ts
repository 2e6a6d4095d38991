// DDL in the standard's words: how tables print while no database is in sight.
import { defaultDialect } from "../sql/compile/default-dialect.js";
import { canonicalDecimal, canonicalTemporal } from "../types/check-value.js";
import { encodeJson } from "../types/json.js";
import type { Column } from "./column.js";
import { DdlCompiler } from "./ddl-compiler.js";

class DefaultDdlCompiler extends DdlCompiler {
  protected override columnType(column: Column): string {
    const { logical } = column.type;
    if (logical.kind !== "numeric" || logical.precision === undefined) return super.columnType(column);
    return logical.scale === undefined
      ? `NUMERIC(${logical.precision})`
      : `NUMERIC(${logical.precision}, ${logical.scale})`;
  }

  /** The default dialect converts no values, so those without a literal of their own get their canonical text. */
  protected override storedValue(value: unknown, column: Column): unknown {
    const { logical } = column.type;
    switch (logical.kind) {
      case "date":
      case "time":
      case "timestamp":
      case "timestamptz":
        return canonicalTemporal(logical.kind, value, logical.precision);
      case "numeric":
        return canonicalDecimal(value, logical.precision, logical.scale);
      case "json":
      case "jsonb":
        return encodeJson(value);
      default:
        return super.storedValue(value, column);
    }
  }
}

export const defaultDdl: DdlCompiler = new DefaultDdlCompiler(defaultDialect);
