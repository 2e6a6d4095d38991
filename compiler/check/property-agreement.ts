// What databases, or a database and a getter, answer differently: a property may not ask for it.
import type { ColumnType, ColumnTypeKind } from "../../model/column-type.js";
import { expressionKind } from "../../model/expression-kind.js";
import type { StoredReference } from "../../model/expression-nullability.js";
import { subexpressions } from "../../model/expression-parts.js";
import type { Expression } from "../../model/expression.js";
import { followPath } from "../bind/class-attributes.js";
import type { BoundSchema, ClassSymbol } from "../bind/symbols.js";

type Kind = ColumnTypeKind | undefined;
type KindOf = (part: Expression) => Kind;

/** Kinds whose text each database writes in its own way, and what they are called. */
const unlikeTexts: ReadonlyMap<Kind, string> = new Map<Kind, string>([
  ["numeric", "a decimal"],
  ["double", "a floating number"],
  ["real", "a floating number"],
  ["time", "a time of day"],
  ["timestamp", "a timestamp"],
  ["timestamptz", "a moment"],
]);

/**
 * Why databases and getters would not answer a sound property alike; undefined where they do. It is a cast to text of
 * what has no one text, or a moment held against a date, which depends on the session's time zone.
 */
export function findDisagreement(expression: Expression, symbol: ClassSymbol, schema: BoundSchema): string | undefined {
  return disagreement(expression, (part) => expressionKind(part, (reference) => typeOf(reference, symbol, schema)));
}

/** Why the first part of `expression` that is not answered alike is not. */
function disagreement(expression: Expression, kindOf: KindOf): string | undefined {
  return (
    ownDisagreement(expression, kindOf) ?? firstOf(subexpressions(expression), (part) => disagreement(part, kindOf))
  );
}

function ownDisagreement(expression: Expression, kindOf: KindOf): string | undefined {
  switch (expression.kind) {
    case "cast": {
      const unlike = /^(text|varchar|char)\b/.test(expression.type)
        ? unlikeTexts.get(kindOf(expression.operand))
        : undefined;
      return unlike && `the text of ${unlike} is written differently by each`;
    }
    case "comparison":
      return zoneDisagreement([expression.left, expression.right], kindOf);
    case "in":
      return zoneDisagreement([expression.operand, ...expression.values], kindOf);
    case "between":
      return zoneDisagreement([expression.operand, expression.low, expression.high], kindOf);
    case "call":
      return expression.name === "nullif" ? zoneDisagreement(expression.arguments, kindOf) : undefined;
    default:
      return undefined;
  }
}

function zoneDisagreement(compared: readonly Expression[], kindOf: KindOf): string | undefined {
  const kinds = compared.map(kindOf);
  const zoneless = kinds.find((kind) => kind === "date" || kind === "timestamp");
  if (zoneless === undefined || !kinds.includes("timestamptz")) return undefined;
  return `which moment a ${zoneless} is depends on the session's time zone`;
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function typeOf(reference: StoredReference, symbol: ClassSymbol, schema: BoundSchema): ColumnType | undefined {
  const { name } = reference;
  if (name === undefined || reference.kind === "sideColumn") return undefined;
  const names = reference.kind === "column" ? [name] : [...reference.relationships, name];
  const found = followPath(symbol, names, schema.tableOf);
  if (found === undefined || "index" in found || found.end === undefined) return undefined;
  return "storage" in found.end ? found.end.storage : found.end.resolved?.storage;
}
