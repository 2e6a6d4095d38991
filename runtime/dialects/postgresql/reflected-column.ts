// One column of PostgreSQL's catalogue as the schema model has it: its type, and what gives its value.
import type { ColumnModel } from "../../../model/column-model.js";
import { type ColumnType, isInteger } from "../../../model/column-type.js";
import { makeObjectName } from "../../../model/naming.js";
import { qualifiedKey, type QualifiedName } from "../../../model/qualified-name.js";
import { flagOf, jsonOf, optionalText, rawSql, textOf } from "../../reflect/catalog-rows.js";
import {
  saysAnything,
  type SequenceFacts,
  sequenceOptions,
  type SequenceTypeName,
} from "../../reflect/sequence-facts.js";
import { type CatalogType, reflectedType } from "./reflected-type.js";

/** A sequence as the catalogue's questions give it. */
export interface CatalogSequence extends SequenceFacts {
  readonly schema: string;
  readonly name: string;
  readonly oid: string;
  readonly type: SequenceTypeName;
  /** The column's default is made from it. */
  readonly isDefault?: boolean;
}

/** A collation: its name, and its schema where the name alone does not find it. */
export type CatalogCollation = readonly [name: string, schema: string | null];

export function collationName([name, schema]: CatalogCollation): string {
  return qualifiedKey(schema === null ? { name } : { schema, name });
}

interface ReadColumn {
  readonly table: string;
  readonly isLocal: boolean;
  readonly model: ColumnModel;
  /** The sequence that the column owns and counts by. */
  readonly serial: CatalogSequence | undefined;
}

/** Names as the model has them: the default schema is left out. */
export function modelName(schema: string, name: string, defaultSchema: string): QualifiedName {
  return schema === defaultSchema ? { name } : { schema, name };
}

/** A row of `columnsQuery`; `owner` the table's name. */
export function readColumn(
  row: readonly unknown[],
  owner: QualifiedName,
  property: string,
  defaultSchema: string,
): ReadColumn {
  const [table, name, type, notNull, identity, generated, value, collation, comment, local, owned] = row;
  const column = textOf(name);
  const sequence = jsonOf<CatalogSequence>(owned);
  const expression = optionalText(value);
  const isSerial = expression !== undefined && sequence?.isDefault === true && isNextValue(expression);
  const collated = jsonOf<CatalogCollation>(collation);
  const note = optionalText(comment);
  const columnType = reflectedType(jsonOf<CatalogType>(type) ?? UNKNOWN, defaultSchema);
  const model: ColumnModel = {
    name: column,
    property,
    type: columnType,
    nullable: !flagOf(notNull),
    ...(textOf(identity) === "" ? {} : { identity: identityOf(textOf(identity), sequence) }),
    ...(isSerial && sequence !== undefined
      ? { serial: serialOf(sequence, owner, column, columnType, defaultSchema) }
      : {}),
    ...valueOf(expression, textOf(generated), isSerial),
    ...(collated === undefined ? {} : { collation: collationName(collated) }),
    ...(note === undefined ? {} : { comment: note }),
  };
  return { table: textOf(table), isLocal: flagOf(local), model, serial: isSerial ? sequence : undefined };
}

/** Every column has a type; this one stands for none. */
const UNKNOWN: CatalogType = { schema: "", name: "", kind: "", modifier: -1, text: "", visible: false };

function valueOf(
  expression: string | undefined,
  generated: string,
  isSerial: boolean,
): Pick<ColumnModel, "default" | "generated"> {
  if (expression === undefined || isSerial) return {};
  if (generated === "") return { default: rawSql("postgresql", expression) };
  return { generated: { expression: rawSql("postgresql", expression), stored: generated === "s" } };
}

/** `nextval('…'::regclass)` and nothing else. */
function isNextValue(expression: string): boolean {
  return /^nextval\('(?:[^']|'')*'::regclass\)$/.test(expression);
}

function identityOf(kind: string, sequence: CatalogSequence | undefined): NonNullable<ColumnModel["identity"]> {
  const options = sequence === undefined ? {} : sequenceOptions(sequence, sequence.type);
  return { always: kind === "a", ...(saysAnything(options) ? { sequence: options } : {}) };
}

function serialOf(
  sequence: CatalogSequence,
  owner: QualifiedName,
  column: string,
  type: ColumnType,
  defaultSchema: string,
): NonNullable<ColumnModel["serial"]> {
  // What says nothing counts as the column's own type does.
  const options = sequenceOptions(sequence, isInteger(type) ? type.kind : "bigint");
  const name = modelName(sequence.schema, sequence.name, defaultSchema);
  const isMade = name.name === makeObjectName(owner.name, column, "seq") && name.schema === owner.schema;
  return { ...(saysAnything(options) ? { sequence: options } : {}), ...(isMade ? {} : { name }) };
}
