// The schema model as source text: what reading the text gives is the model again. Says only what is not so by itself,
// and says it where a person would. Layout is the formatter's.
import type { NamingTemplates } from "../../model/naming-templates.js";
import { enumTypeName } from "../../model/naming.js";
import { qualifiedKey, type QualifiedName, qualifiedNameOf } from "../../model/qualified-name.js";
import type { ClassModel } from "../../model/class-model.js";
import type { DomainModel, EnumModel, ObjectModel, SchemaModel, SequenceModel } from "../../model/schema-model.js";
import { writeString } from "../syntax/literals.js";
import { needsQuoting, writeName } from "../syntax/words.js";
import { addedColumns, columnsAddedBy } from "./added-columns.js";
import { writeComment } from "./comments.js";
import { converterTypes } from "./converter-types.js";
import { schemaFacts } from "./schema-facts.js";
import { sequenceOptions } from "./unparse-column.js";
import { writeExpression, writeNames, writePath, writeType, writeValue } from "./unparse-expression.js";
import { relationshipTexts } from "./unparse-relationships.js";
import { writeColumns, writeObject, writeSubclass, writeTable, writeView } from "./unparse-table.js";

/** One declaration: what it declares, by kind and name, and its text. */
export interface WrittenDeclaration {
  readonly kind: "dialect" | "enum" | "type" | "domain" | "sequence" | "table" | "class" | "view" | "object";
  /** The name's key; empty for `dialect`. */
  readonly key: string;
  readonly text: string;
}

/** The declarations of `model`, in its order; each ends in a line end. `templates` make the names left unwritten. */
export function unparseSchema(model: SchemaModel, templates: NamingTemplates): WrittenDeclaration[] {
  const relationships = relationshipTexts(model);
  const converters = converterTypes(model);
  const classes = new Map(model.classes.map((one) => [one.name, one]));
  const tableOf = new Map(model.tables.map((table) => [qualifiedKey(table), table]));
  const facts = schemaFacts(model, relationships, converters, templates);
  const classOf = new Map(model.classes.filter(isOwn).map((one) => [qualifiedKey(one.table), one]));
  const { domains = [], sequences = [], views = [], objects = [] } = model;
  return [
    ...(model.dialects.length === 0
      ? []
      : [{ kind: "dialect" as const, key: "", text: `dialect ${writeNames(model.dialects)}\n` }]),
    ...model.enums.map((one) => ({ kind: "enum" as const, key: qualifiedKey(one), text: writeEnum(one) })),
    ...[...converters.declarations].map(([key, text]) => ({ kind: "type" as const, key, text })),
    ...domains.map((one) => ({ kind: "domain" as const, key: qualifiedKey(one), text: writeDomain(one) })),
    ...sequences.map((one) => ({ kind: "sequence" as const, key: qualifiedKey(one), text: writeSequence(one) })),
    ...model.tables.map((table) => {
      const key = qualifiedKey(table);
      const added = addedColumns(table, classes);
      const text = writeTable(table, classOf.get(key), relationships.members(table), facts, added);
      return { kind: "table" as const, key, text };
    }),
    ...model.classes
      .filter((one) => !isOwn(one))
      .map((one) => {
        const table = tableOf.get(qualifiedKey(one.table));
        const columns = table === undefined ? [] : writeColumns(table, facts, columnsAddedBy(one, classes));
        const text = writeSubclass(one, columns, relationships.ofClass(one));
        return { kind: "class" as const, key: one.name, text };
      }),
    ...views.map((view) => {
      const key = qualifiedKey(view);
      return { kind: "view" as const, key, text: writeView(view, classOf.get(key), facts) };
    }),
    ...objects.map((one) => ({
      kind: "object" as const,
      key: objectKey(one),
      text: `${writeObject(one)}\n`,
    })),
  ];
}

/** Tells objects apart: functions of one name differ by their parameters. */
export function objectKey({
  type,
  signature,
  ...name
}: Pick<ObjectModel, "type" | "signature"> & QualifiedName): string {
  return `${type} ${qualifiedKey(name)}(${signature ?? ""})`;
}

/** Whether the class has a table of its own. */
function isOwn({ inheritance }: ClassModel): boolean {
  return inheritance?.kind !== "single";
}

function writeEnum(one: EnumModel): string {
  const comment = writeComment(one.comment);
  const was = new Map((one.renamedValues ?? []).map((renamed) => [renamed.value, renamed.was]));
  const values = one.values.map((value) => {
    const earlier = was.get(value);
    return `${writeEnumValue(value)}${earlier === undefined ? "" : ` was ${writeEnumValue(earlier)}`}\n`;
  });
  const clauses = [
    `enum ${writePath(one)}`,
    ...(one.was === undefined ? [] : [`was ${writePath(one.was)}`]),
    ...(one.typeName === enumTypeName(one) ? [] : [`as ${writeName(one.typeName)}`]),
    ...(comment.option === undefined ? [] : [comment.option]),
  ];
  return `${comment.doc}${clauses.join(" ")} {\n${values.join("")}}\n`;
}

function writeEnumValue(value: string): string {
  return needsQuoting(value) ? writeString(value) : value;
}

function writeDomain(domain: DomainModel): string {
  const comment = writeComment(domain.comment);
  const clauses = [
    `domain ${writePath(domain)} = ${writeType(domain.type)}${domain.nullable ? "?" : ""}`,
    ...(domain.collation === undefined ? [] : [`collate ${writePath(qualifiedNameOf(domain.collation))}`]),
    ...(domain.default === undefined ? [] : [`default ${writeValue(domain.default)}`]),
    ...domain.checks.map(
      ({ name, expression }) => `constraint ${writeName(name)} check (${writeExpression(expression)})`,
    ),
    ...(comment.option === undefined ? [] : [comment.option]),
  ];
  return `${comment.doc}${clauses.join(" ")}\n`;
}

function writeSequence(sequence: SequenceModel): string {
  const comment = writeComment(sequence.comment);
  const clauses = [
    `sequence ${writePath(sequence)}`,
    ...(sequence.type === "bigint" ? [] : [`as ${sequence.type}`]),
    ...sequenceOptions(sequence.options),
    ...(comment.option === undefined ? [] : [comment.option]),
  ];
  return `${comment.doc}${clauses.join(" ")}\n`;
}
