// Rules about where a column's values come from beside defaults: generated columns, generators, versions, sequences.
import { isInteger } from "../../model/column-type.js";
import { didYouMean } from "../bind/did-you-mean.js";
import type { BoundTable, SequenceSymbol } from "../bind/symbols.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { SequenceOption } from "../syntax/ast.js";
import { findOption } from "./columns.js";
import { tableScope } from "./expression-scopes.js";
import { describeCategory, ExpressionChecker, typeCategory } from "./expression-types.js";
import { generatorFits, generatorName, generatorNames } from "./generators.js";
import { moduleIsPath } from "./modules.js";
import type { ColumnSubject, Findings, Rule } from "./rule.js";
import { describeType } from "./type-text.js";

/** S3028: what the database computes has no other source of values. */
export const generatedColumnHasOneSource: Rule<ColumnSubject> = function* ({ column }) {
  const generated = findOption(column, "generated");
  if (generated === undefined) return;
  const words = {
    identity: "identity",
    serial: "serial",
    autoincrement: "autoincrement",
    default: "default",
    generate: "generate",
    onUpdate: "onupdate",
    version: "version",
  } as const;
  for (const option of column.member.options) {
    if (!(option.kind in words)) continue;
    // Sound: the line above leaves the kinds that are keys of `words`.
    const word = words[option.kind as keyof typeof words];
    const related = [{ span: generated.span, text: "computed here" }];
    yield diagnostic("S3028", { span: option.span, related }, column.path, word);
  }
};

/** S2002, S2007, S3010, S3020 …: a generated column computes a value of its type from its row. */
export const generatedExpressionFits: Rule<ColumnSubject> = function* ({ table, column }) {
  const option = findOption(column, "generated");
  if (option === undefined) return;
  const checker = new ExpressionChecker(tableScope(table.symbol));
  const found = checker.categoryOf(option.expression);
  yield* checker.diagnostics;
  if (checker.diagnostics.length > 0 || column.storage === undefined || found === "any") return;
  const wanted = typeCategory(column.storage);
  if (wanted === "any" || wanted === found) return;
  const type = describeType(column.storage);
  yield diagnostic("S3039", option.expression.span, column.path, type, describeCategory(found));
};

/** S2037, S3029, S3033: a generator exists, and makes values of the column's type. */
export const generatorIsKnown: Rule<ColumnSubject> = function* ({ column }) {
  const option = findOption(column, "generate");
  if (option === undefined) return;
  if (option.module !== undefined) {
    yield* moduleIsPath(option.module);
    return;
  }
  const { text, span } = option.name;
  const generator = generatorName(text);
  if (generator === undefined) {
    yield diagnostic("S3029", { span, help: didYouMean(text, generatorNames) }, text);
  } else if (column.storage !== undefined && !generatorFits(generator, column.storage)) {
    yield diagnostic("S3033", span, column.path, describeType(column.storage), text);
  }
};

/** S3034: a version counts, and is never NULL. */
export const versionCounts: Rule<ColumnSubject> = function* ({ column }) {
  const option = findOption(column, "version");
  if (option === undefined || column.storage === undefined) return;
  if (!isInteger(column.storage) || column.nullable) yield diagnostic("S3034", option.span, column.path);
};

/** S3035: a table has one version. */
export const versionIsUnique: Rule<BoundTable> = function* ({ symbol }) {
  const versions = [...symbol.columns.values()].flatMap((column) => findOption(column, "version") ?? []);
  const [first, ...others] = versions;
  for (const { span } of others) {
    const related = first === undefined ? [] : [{ span: first.span, text: "the first version" }];
    yield diagnostic("S3035", { span, related }, symbol.key);
  }
};

/** S3036: what tells objects apart is loaded with them. */
export const keyIsNotDeferred: Rule<BoundTable> = function* ({ primaryKeys }) {
  for (const { column } of primaryKeys[0]?.columns ?? []) {
    const option = column && findOption(column, "deferred");
    if (column !== undefined && option !== undefined) yield diagnostic("S3036", option.span, column.path);
  }
};

/** S2017, S3037: what a numbered column's sequence counts is a sequence. */
export const columnSequenceIsSound: Rule<ColumnSubject> = function* ({ column }) {
  const option = findOption(column, "identity") ?? findOption(column, "serial");
  yield* sequenceIsSound(column.path, option?.sequence ?? []);
};

/** The same of declared sequences, whose type is a whole number. */
export const declaredSequenceIsSound: Rule<SequenceSymbol> = function* ({ key, declaration }) {
  const { type } = declaration;
  if (type !== undefined) {
    const name = type.kind === "type" && type.name.schema === undefined ? type.name.name.text : "";
    const isWhole = name === "smallint" || name === "integer" || name === "bigint";
    if (!isWhole || type.nullable || type.dimensions > 0) yield diagnostic("S3040", type.span, key);
  }
  yield* sequenceIsSound(key, declaration.options);
};

function* sequenceIsSound(owner: string, options: readonly SequenceOption[]): Findings {
  const seen = new Map<string, SequenceOption>();
  for (const option of options) {
    const earlier = seen.get(option.kind);
    if (earlier === undefined) seen.set(option.kind, option);
    else {
      const related = [{ span: earlier.span, text: "first given here" }];
      yield diagnostic("S2017", { span: option.span, related }, owner, option.kind);
    }
    if (option.kind !== "cycle" && !/^-?\d+$/.test(option.value.digits)) {
      yield diagnostic("S3037", option.span, owner, "its parts are whole numbers");
      return;
    }
  }
  yield* rangeIsSound(owner, seen);
}

function* rangeIsSound(owner: string, options: ReadonlyMap<string, SequenceOption>): Findings {
  const valueOf = (kind: string): { value: bigint; span: SequenceOption["span"] } | undefined => {
    const option = options.get(kind);
    return option === undefined || option.kind === "cycle"
      ? undefined
      : { value: BigInt(option.value.digits), span: option.span };
  };
  const [start, increment, low] = [valueOf("start"), valueOf("increment"), valueOf("minvalue")];
  const [high, cache] = [valueOf("maxvalue"), valueOf("cache")];
  if (increment?.value === 0n) yield diagnostic("S3037", increment.span, owner, "it never moves");
  if (cache !== undefined && cache.value < 1n) yield diagnostic("S3037", cache.span, owner, "it caches nothing");
  if (low !== undefined && high !== undefined && low.value >= high.value) {
    yield diagnostic("S3037", high.span, owner, "its greatest value is not above its least");
  } else if (start !== undefined) {
    const isBelow = low !== undefined && start.value < low.value;
    const isAbove = high !== undefined && start.value > high.value;
    if (isBelow || isAbove) yield diagnostic("S3037", start.span, owner, "it starts outside its range");
  }
}
