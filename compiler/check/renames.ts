// Rules about `was`: it names what is gone, so that a migration can tell a rename from a loss.
import { qualifiedKey } from "../../model/qualified-name.js";
import { qualifiedName } from "../bind/qualified-path.js";
import type { BoundSchema, BoundTable, EnumSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import { findOption } from "./columns.js";
import type { Rule } from "./rule.js";

/** S2040: a table or enum was called something that nothing is called now. */
export const renamedDeclarationsAreGone: Rule<BoundSchema> = function* ({ tables, enums }) {
  const renamed = [
    { kind: "table", symbols: tables.map(({ symbol }) => symbol) },
    { kind: "enum", symbols: enums },
  ] as const;
  for (const { kind, symbols } of renamed) {
    const names = new Set(symbols.map(({ key }) => key));
    for (const { declaration } of symbols) {
      if (declaration.was === undefined) continue;
      const key = qualifiedKey(qualifiedName(declaration.was));
      if (names.has(key)) yield diagnostic("S2040", declaration.was.span, kind, key);
    }
  }
};

/** The same of columns. */
export const renamedColumnsAreGone: Rule<BoundTable> = function* ({ symbol }) {
  for (const column of symbol.columns.values()) {
    const was = findOption(column, "was");
    if (was !== undefined && symbol.columns.has(was.name.text)) {
      yield diagnostic("S2040", was.name.span, "column", was.name.text);
    }
  }
};

/** The same of enum values. */
export const renamedValuesAreGone: Rule<EnumSymbol> = function* ({ declaration }) {
  const values = new Set(declaration.values.map(({ value }) => value));
  for (const { was, span } of declaration.values) {
    if (was !== undefined && values.has(was)) yield diagnostic("S2040", span, "value", was);
  }
};
