// One checked column as the model has it: every option explicit.
import type { ColumnModel, ImportedName } from "../../model/column-model.js";
import { InternalError } from "../../model/internal-error.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { SequenceOptions } from "../../model/sequence-options.js";
import { qualifiedName } from "../bind/qualified-path.js";
import type { ColumnSymbol, TableSymbol } from "../bind/symbols.js";
import { generatorName } from "../check/generators.js";
import type { ColumnOption, ModuleName, SequenceOption, StringLiteral } from "../syntax/ast.js";
import { lowerExpression } from "./lower-expression.js";

type OptionOf<Kind extends ColumnOption["kind"]> = Extract<ColumnOption, { kind: Kind }>;

export function lowerColumn(column: ColumnSymbol, table: TableSymbol): ColumnModel {
  const { options, doc } = column.member;
  if (column.type === undefined) throw new InternalError(`the type of ${column.path} is unknown after the checks`);
  const find = <Kind extends ColumnOption["kind"]>(kind: Kind) =>
    options.find((option): option is OptionOf<Kind> => option.kind === kind);
  const collation = find("collate");
  const comment = find("comment")?.text.value ?? doc?.text;
  const was = find("was");
  return {
    name: column.name,
    property: column.property,
    type: column.type,
    nullable: column.nullable,
    ...lowerValue(column, table, find),
    ...(column.converter === undefined ? {} : { converter: importedName(column.converter) }),
    ...(collation === undefined ? {} : { collation: qualifiedKey(qualifiedName(collation.name)) }),
    ...(find("deferred") === undefined ? {} : { deferred: true }),
    ...(find("version") === undefined ? {} : { version: true }),
    ...(comment === undefined ? {} : { comment }),
    ...(was === undefined ? {} : { was: was.name.text }),
  };
}

type FindOption = <Kind extends ColumnOption["kind"]>(kind: Kind) => OptionOf<Kind> | undefined;

/** Where the column's values come from. */
function lowerValue(column: ColumnSymbol, { columns }: TableSymbol, find: FindOption): Partial<ColumnModel> {
  const initial = find("default");
  const identity = find("identity");
  const serial = find("serial");
  const autoincrement = find("autoincrement");
  const generated = find("generated");
  const onUpdate = find("onUpdate");
  const generate = find("generate");
  const isNumbered = identity !== undefined || autoincrement !== undefined;
  const sequence = lowerSequence(identity?.sequence ?? []);
  return {
    ...(initial === undefined ? {} : { default: lowerExpression(initial.value, columns, column.storage) }),
    ...(isNumbered ? { identity: { always: identity?.always ?? false, ...(sequence && { sequence }) } } : {}),
    ...(serial === undefined ? {} : { serial: lowerSerial(serial) }),
    ...(autoincrement === undefined ? {} : { autoincrement: true }),
    ...(generated === undefined
      ? {}
      : { generated: { expression: lowerExpression(generated.expression, columns), stored: generated.stored } }),
    ...(onUpdate === undefined ? {} : { onUpdate: lowerExpression(onUpdate.value, columns, column.storage) }),
    ...(generate === undefined ? {} : { generator: lowerGenerator(generate) }),
  };
}

function lowerSerial({ name, sequence: options = [] }: OptionOf<"serial">): NonNullable<ColumnModel["serial"]> {
  const sequence = lowerSequence(options);
  return {
    ...(sequence === undefined ? {} : { sequence }),
    ...(name === undefined ? {} : { name: qualifiedName(name) }),
  };
}

function lowerGenerator({ name, module, span }: OptionOf<"generate">): NonNullable<ColumnModel["generator"]> {
  if (module !== undefined) return { kind: "function", function: importedName({ name, module, span }) };
  const kind = generatorName(name.text);
  if (kind === undefined) throw new InternalError(`generator ${name.text} is unknown after the checks`);
  return { kind };
}

/** What a sequence says; undefined where it says nothing. */
export function lowerSequence(options: readonly SequenceOption[]): SequenceOptions | undefined {
  if (options.length === 0) return undefined;
  const digits = (kind: Exclude<SequenceOption["kind"], "cycle">): string | undefined =>
    options.flatMap((option) => (option.kind === kind ? [option.value.digits] : []))[0];
  const [start, increment, minValue] = [digits("start"), digits("increment"), digits("minvalue")];
  const [maxValue, cache] = [digits("maxvalue"), digits("cache")];
  return {
    ...(start === undefined ? {} : { start }),
    ...(increment === undefined ? {} : { increment }),
    ...(minValue === undefined ? {} : { minValue }),
    ...(maxValue === undefined ? {} : { maxValue }),
    ...(cache === undefined ? {} : { cache }),
    ...(options.some(({ kind }) => kind === "cycle") ? { cycle: true } : {}),
  };
}

/** An export of one of the user's modules, with the schema file that its path is relative to. */
export function importedName({
  name,
  module,
}: ModuleName | { name: ModuleName["name"]; module: StringLiteral }): ImportedName {
  return { name: name.text, module: module.value, file: module.span.file };
}
