// Rules about the target dialects: types, names and features that one of them does not have. A schema that declares
// no dialect claims none, and is held against none.
import { type ColumnType } from "../../model/column-type.js";
import { type Capabilities, dialects as knownDialects, findCapabilities } from "../../model/capabilities.js";
import { columnNames } from "../bind/column-names.js";
import type { BoundSchema, BoundTable, ColumnSymbol, IndexSymbol, TableSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Expression, Identifier, RawVariant } from "../syntax/ast.js";
import { currentValueName } from "./current-values.js";
import { findOption, identityOption } from "./columns.js";
import { partsOf } from "./expression-parts.js";
import type { ColumnSubject, Findings, Rule } from "./rule.js";
import { describeType } from "./type-text.js";
import { writtenNames } from "./written-names.js";

/** S6001, S6002: each target dialect has the column's type. */
export const typeExists: Rule<ColumnSubject> = function* ({ column }, schema) {
  const { storage, member } = column;
  if (storage === undefined) return;
  const { span } = member.type;
  const type = elementOf(storage);
  if (type.kind === "native") {
    const others = targets(schema).filter((target) => !speaks(target, type.dialect));
    if (others.length > 0) yield diagnostic("S6001", span, column.path, describeType(type), namesOf(others));
    return;
  }
  const lacking = targets(schema).filter(({ lackedTypes }) => lackedTypes[type.kind] !== undefined);
  const help = lacking[0]?.lackedTypes[type.kind];
  if (help !== undefined) yield diagnostic("S6001", { span, help }, column.path, describeType(type), namesOf(lacking));
  const isBareNumber = type.kind === "numeric" && type.precision === undefined;
  const isBareText = (type.kind === "char" || type.kind === "varchar") && type.length === undefined;
  const unsure = targets(schema).filter(({ typesThatNeedWidth }) => typesThatNeedWidth.includes(type.kind));
  if (unsure.length === 0 || !(isBareNumber || isBareText)) return;
  const place = isBareNumber ? { span, help: "write a precision and a scale, such as `numeric(12,2)`" } : { span };
  yield diagnostic("S6002", place, column.path, type.kind, namesOf(unsure));
};

function elementOf(type: ColumnType): ColumnType {
  return type.kind === "array" ? elementOf(type.element) : type;
}

/** S6007, a warning: each target dialect keeps an exact number as a number. */
export const numberIsStoredAsNumber: Rule<ColumnSubject> = function* ({ column }, schema) {
  const { storage: type, member } = column;
  if (type?.kind !== "numeric") return;
  for (const { name, exactDigits } of targets(schema)) {
    if (exactDigits === undefined || (type.precision ?? Infinity) <= exactDigits) continue;
    yield diagnostic("S6007", member.type.span, column.path, name);
  }
};

/** S6005: each target dialect can number an identity column. */
export const identityCanBeNumbered: Rule<BoundTable> = function* (table, schema) {
  for (const column of table.symbol.columns.values()) {
    const option = identityOption(column);
    if (option === undefined) continue;
    for (const { name, identity } of targets(schema)) {
      const rule = identity === "any" ? undefined : identityRule(table, column.name, identity);
      if (rule === undefined) continue;
      yield diagnostic("S6005", option.span, column.path, name, rule);
      break;
    }
  }
};

function identityRule(table: BoundTable, column: string, needs: "lone primary key" | "key"): string | undefined {
  const primary = table.primaryKeys.slice(0, 1).map(({ columns }) => columnNames(columns));
  if (needs === "lone primary key") {
    const isLone = primary[0]?.length === 1 && primary[0][0] === column;
    return isLone ? undefined : "it numbers the primary key alone, of one column";
  }
  const uniques = table.uniques.map(({ columns }) => columnNames(columns));
  const indexes = table.indexes.map(({ columns = [] }) => columns.map(({ name }) => name));
  const isFirst = [...primary, ...uniques, ...indexes].some(([first]) => first === column);
  return isFirst ? undefined : "it numbers the first column of a key or index alone";
}

/** S6003: names that are written fit each target dialect's limit; names that are made always do. */
export const namesFitLimits: Rule<BoundTable> = function* (table, schema) {
  yield* fitLimits(databaseNames(table), schema);
};

/** S6003: so do the names of what is declared beside tables. */
export const declaredNamesFitLimits: Rule<BoundSchema> = function* (schema) {
  const { enums, domains, sequences } = schema;
  yield* fitLimits(
    [...enums, ...domains, ...sequences].map(({ declaration }) => declaration.name.name),
    schema,
  );
};

function* fitLimits(names: readonly Identifier[], schema: BoundSchema): Findings {
  for (const { text, span } of names) {
    for (const { name, identifierLimit: limit } of targets(schema)) {
      if (limit === undefined) continue;
      const length = limit.unit === "bytes" ? new TextEncoder().encode(text).length : [...text].length;
      if (length <= limit.length) continue;
      yield diagnostic("S6003", span, text, length, `${limit.length} ${limit.unit}`, name);
      break;
    }
  }
}

function databaseNames({ symbol, ...table }: BoundTable): Identifier[] {
  const columns = [...symbol.columns.values()].map(({ member }) => member.name);
  return [symbol.declaration.name.name, ...columns, ...writtenNames({ symbol, ...table }).map(({ name }) => name)];
}

/** S6004: on dialects that do not tell case apart, a table's columns differ by more. */
export const columnsDifferByMoreThanCase: Rule<BoundTable> = function* ({ symbol }, schema) {
  yield* differByMoreThanCase(
    [...symbol.columns.values()].map(({ member }) => member.name),
    schema,
  );
};

/** S6004: so do the tables of one database schema. */
export const tablesDifferByMoreThanCase: Rule<BoundSchema> = function* (schema) {
  const bySchema = new Map<string | undefined, Identifier[]>();
  for (const { symbol } of schema.tables) {
    const names = bySchema.get(symbol.name.schema);
    if (names === undefined) bySchema.set(symbol.name.schema, [symbol.declaration.name.name]);
    else names.push(symbol.declaration.name.name);
  }
  for (const names of bySchema.values()) yield* differByMoreThanCase(names, schema);
};

function* differByMoreThanCase(names: readonly Identifier[], schema: BoundSchema): Findings {
  const dialect = targets(schema).find(({ ignoresCase }) => ignoresCase);
  if (dialect === undefined) return;
  const seen = new Map<string, Identifier>();
  for (const name of names) {
    const folded = name.text.toLowerCase();
    const earlier = seen.get(folded);
    if (earlier === undefined) seen.set(folded, name);
    else if (earlier.text !== name.text) {
      const related = [{ span: earlier.span, text: "the other name" }];
      yield diagnostic("S6004", { span: name.span, related }, name.text, earlier.text, dialect.name);
    }
  }
}

/** S6008: a CHECK reads the clock only where each target dialect lets it; an index never does. */
export const clockIsReadable: Rule<BoundTable> = function* ({ checks, indexes }, schema) {
  const refusing = targets(schema).filter(({ clockInChecks }) => !clockInChecks);
  if (refusing.length > 0) {
    for (const clock of checks.flatMap(({ expression }) => partsOf(expression, isClock))) {
      yield diagnostic("S6008", clock.span, "a CHECK", namesOf(refusing));
    }
  }
  const every = schema.dialects.length === 0 ? knownDialects : targets(schema);
  for (const clock of indexes.flatMap(indexExpressions).flatMap((part) => partsOf(part, isClock))) {
    yield diagnostic("S6008", clock.span, "an index", namesOf(every));
  }
};

function isClock(expression: Expression): boolean {
  if (expression.kind === "call") return expression.name.name.text.toLowerCase() === "now";
  return (
    expression.kind === "name" &&
    expression.path.length === 1 &&
    currentValueName(expression.path[0]?.text ?? "") !== undefined
  );
}

function indexExpressions({ keys, where }: IndexSymbol): Expression[] {
  return [...keys.map(({ expression }) => expression), ...(where === undefined ? [] : [where])];
}

/** S6006: raw SQL has a variant or a fallback for each target. */
export const rawSqlHasVariants: Rule<BoundTable> = function* ({ symbol, checks, indexes, definitions }, schema) {
  for (const expression of [
    ...[...symbol.columns.values()].flatMap(expressionsOfColumn),
    ...partitionBound(symbol),
    ...definitions,
    ...checks.map((check) => check.expression),
    ...indexes.flatMap(indexExpressions),
  ]) {
    for (const part of partsOf(expression, ({ kind }) => kind === "raw")) {
      if (part.kind === "raw") yield* variantsFit(part.variants, schema);
    }
  }
};

function expressionsOfColumn(column: ColumnSymbol): Expression[] {
  const { type } = column.member;
  const values = [
    type.kind === "rawType" ? type.sql : undefined,
    findOption(column, "default")?.value,
    findOption(column, "onUpdate")?.value,
    findOption(column, "generated")?.expression,
  ];
  return values.filter((value) => value !== undefined);
}

function partitionBound({ declaration }: TableSymbol): Expression[] {
  return declaration.kind === "table" && declaration.partitionOf !== undefined ? [declaration.partitionOf.bound] : [];
}

function* variantsFit(variants: readonly RawVariant[], schema: BoundSchema): Findings {
  const [first] = variants;
  const hasFallback = variants.some(({ dialect }) => dialect === undefined);
  const missing = targets(schema).filter((target) => !variants.some(({ dialect = "" }) => speaks(target, dialect)));
  if (first !== undefined && !hasFallback && missing.length > 0)
    yield diagnostic("S6006", first.span, namesOf(missing));
}

/** Whether what is written for `dialect` alone is the target's, too. */
function speaks({ name, kin }: Capabilities, dialect: string): boolean {
  return name === dialect || kin.includes(dialect);
}

function namesOf(dialects: readonly Capabilities[]): string[] {
  return dialects.map(({ name }) => name);
}

/** Asked for every column: worked out once a schema. */
const targetsOf = new WeakMap<BoundSchema, readonly Capabilities[]>();

function targets(schema: BoundSchema): readonly Capabilities[] {
  const known = targetsOf.get(schema);
  if (known !== undefined) return known;
  const found = schema.dialects.flatMap((name) => findCapabilities(name) ?? []);
  targetsOf.set(schema, found);
  return found;
}
