// The type aliases that columns with a converter need: one for each converter and type, named after the converter.
import type { ColumnModel } from "../../model/column-model.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { isTypeName } from "../../model/column-type-names.js";
import { writeString } from "../syntax/literals.js";
import { writeName } from "../syntax/words.js";
import { writeType } from "./unparse-expression.js";

export interface ConverterTypes {
  /** The declarations, by the alias's name. */
  readonly declarations: ReadonlyMap<string, string>;
  /** The alias of a column's type; undefined for a column without a converter. */
  aliasOf(column: ColumnModel): string | undefined;
}

export function converterTypes(model: SchemaModel): ConverterTypes {
  const taken = new Set([...model.enums, ...(model.domains ?? [])].map(({ name }) => name));
  const aliases = new Map<string, string>();
  const declarations = new Map<string, string>();
  for (const column of [...model.tables, ...(model.views ?? [])].flatMap(({ columns }) => columns)) {
    const text = definition(column);
    if (text === undefined || aliases.has(text)) continue;
    const name = freeName(column.converter?.name ?? "", taken);
    taken.add(name);
    aliases.set(text, name);
    declarations.set(name, `type ${writeName(name)} = ${text}\n`);
  }
  return { declarations, aliasOf: (column) => aliases.get(definition(column) ?? "") };
}

function definition({ type, converter }: ColumnModel): string | undefined {
  if (converter === undefined) return undefined;
  return `${writeType(type)} as ${writeName(converter.name)} from ${writeString(converter.module)}`;
}

/** `MoneyAmount` as `money_amount`, with a number where that is taken. */
function freeName(className: string, taken: ReadonlySet<string>): string {
  const words = className.replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, "_").toLowerCase();
  let name = words;
  for (let number = 2; taken.has(name) || isTypeName(name); number += 1) name = `${words}_${number}`;
  return name;
}
