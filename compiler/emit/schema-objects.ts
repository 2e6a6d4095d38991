// What a MetaData holds beside tables: sequences, types that no column makes known, and what is kept as SQL.
import { qualifiedKey } from "../../model/qualified-name.js";
import type { ObjectModel, SequenceModel, TableModel } from "../../model/schema-model.js";
import { converterStatement, domainCode, enumCode } from "./column-code.js";
import { documented } from "./comments.js";
import { type OptionEntry, sequenceOptions } from "./constraint-options.js";
import type { FileStatement } from "./file-structure.js";
import type { ImportCollector } from "./imports.js";
import { callText } from "./layout.js";
import { objectLiteral, stringLiteral } from "./literals.js";
import type { EmitPlan, SequencePlan } from "./plan.js";
import { fragmentCode, type SqlPlace } from "./sql-code.js";

/** For SQL that stands in no table. */
const nowhere: TableModel = { name: "", columns: [], uniques: [], checks: [], foreignKeys: [], indexes: [] };

/** Statements before the tables: sequences and types that defaults and columns may name. */
export function typeStatements(plan: EmitPlan, imports: ImportCollector): FileStatement[] {
  const place: SqlPlace = { plan, imports, table: nowhere };
  const declared = (code: string, comment: string | undefined): FileStatement => {
    const options: OptionEntry[] = comment === undefined ? [] : [["comment", stringLiteral(comment)]];
    const call = { callee: imports.runtime("declareType"), arguments: [plan.metadataName, code], options };
    return { kind: "code", text: `${callText(call, 0)};` };
  };
  return [
    ...plan.sequences.map((sequence) => sequenceStatement(sequence, plan, imports)),
    ...plan.converters.map((converter) => converterStatement(converter, place)),
    ...plan.enums
      .filter(({ model }) => model.comment !== undefined || !plan.usedTypes.has(qualifiedKey(model)))
      .map(({ model }) => declared(enumCode(qualifiedKey(model), place), model.comment)),
    ...plan.domains
      .filter((domain) => domain.comment !== undefined || !plan.usedTypes.has(qualifiedKey(domain)))
      .map((domain) => declared(domainCode(domain, place), domain.comment)),
  ];
}

/** Statements after the tables: functions, extensions and the like. */
export function objectStatements(plan: EmitPlan, imports: ImportCollector): FileStatement[] {
  const place: SqlPlace = { plan, imports, table: nowhere };
  return plan.objects.map((object) => {
    const callee = `new ${imports.runtime("SchemaObject")}`;
    const text = callText({ callee, arguments: [plan.metadataName], options: objectOptions(object, place) }, 0);
    return { kind: "code", text: `${text};` };
  });
}

/** `type: "trigger"`, `name: "…"`, `sql: "…"`, … */
export function objectOptions(object: ObjectModel, place: SqlPlace): OptionEntry[] {
  const entries: OptionEntry[] = [
    ["type", stringLiteral(object.type)],
    ["name", stringLiteral(object.name)],
  ];
  if (object.schema !== undefined) entries.push(["schema", stringLiteral(object.schema)]);
  if (object.signature !== undefined) entries.push(["signature", stringLiteral(object.signature)]);
  entries.push(["sql", fragmentCode(object.sql, place)]);
  if (object.after.length > 0) {
    const names = object.after.map(({ schema, name }) => {
      const entriesOfName: OptionEntry[] = schema === undefined ? [] : [["schema", stringLiteral(schema)]];
      return objectLiteral([...entriesOfName, ["name", stringLiteral(name)]]);
    });
    entries.push(["after", `[${names.join(", ")}]`]);
  }
  return entries;
}

function sequenceStatement(
  { model, constantName }: SequencePlan,
  plan: EmitPlan,
  imports: ImportCollector,
): FileStatement {
  const type = imports.runtime("Sequence");
  const options = sequenceEntries(model);
  const call = { callee: `new ${type}`, arguments: [stringLiteral(model.name), plan.metadataName], options };
  const initializer = callText(call, 0);
  return { kind: "constant", structure: { ...documented(model.comment), name: constantName, type, initializer } };
}

function sequenceEntries({ schema, type, options, comment }: SequenceModel): OptionEntry[] {
  const entries: OptionEntry[] = [];
  if (schema !== undefined) entries.push(["schema", stringLiteral(schema)]);
  if (type !== "bigint") entries.push(["type", stringLiteral(type)]);
  entries.push(...sequenceOptions(options));
  if (comment !== undefined) entries.push(["comment", stringLiteral(comment)]);
  return entries;
}
