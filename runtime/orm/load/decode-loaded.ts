// The driver's values as objects keep them. Where decoding costs something the canonical text is kept, and the property
// decodes it when it is first read.
import type { Compiled } from "../../sql/compile/compiled.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";

/** How the values of one column are converted. */
export interface Conversion {
  readonly at: number;
  readonly decode: (value: unknown) => unknown;
}

/** For each compiled select, the columns that need a conversion; rows pass as they are where there is none. */
const conversions = new WeakMap<Compiled, readonly Conversion[]>();

/** Converts the rows in place. The driver has handed them over for good. */
export function decodeLoaded(rows: readonly unknown[][], compiled: Compiled, dialect: SqlDialect): void {
  convertRows(rows, conversionsOf(compiled, dialect));
}

/** The same where it is known what is to be converted. */
export function convertRows(rows: readonly unknown[][], converted: readonly Conversion[]): void {
  if (converted.length === 0) return;
  for (const row of rows) convertRow(row, converted);
}

/** Converts one row in place. */
export function convertRow(row: unknown[], converted: readonly Conversion[]): void {
  for (let index = 0; index < converted.length; index++) {
    const conversion = converted[index];
    if (conversion === undefined) continue;
    const { at, decode } = conversion;
    const value = row[at];
    if (value === null) continue;
    const now = decode(value);
    // Text that is kept as it came need not be written.
    if (now !== value) row[at] = now;
  }
}

/** The columns whose values have to be converted. */
export function conversionsOf(compiled: Compiled, dialect: SqlDialect): readonly Conversion[] {
  let converted = conversions.get(compiled);
  if (converted === undefined) conversions.set(compiled, (converted = findConversions(compiled, dialect)));
  return converted;
}

function findConversions(compiled: Compiled, dialect: SqlDialect): Conversion[] {
  const columns = compiled.columns ?? [];
  const inEntities = new Set<number>();
  for (const item of compiled.items ?? []) {
    // The values of a bundle are read as they are, those of an object through its properties.
    if (item.kind === "entity" && item.entity.bundled === undefined)
      for (let at = item.at; at < item.at + item.count; at++) inEntities.add(at);
  }
  return columns.flatMap(({ type, decode }, at) => {
    const codec = dialect.codecFor(type);
    const conversion = inEntities.has(at) && codec.decodeLate ? codec.canonical : decode;
    return conversion === null ? [] : [{ at, decode: conversion }];
  });
}
