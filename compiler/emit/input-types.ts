// The interfaces that say what goes in: constructor arguments, column values, and what `insert` and `update` take.
import type { ColumnModel } from "../../model/column-model.js";
import type { ClassContents } from "./class-plan.js";
import { isGenerated, isWritable } from "./column-facts.js";
import { documented } from "./comments.js";
import type { FileStatement, MemberSignature } from "./file-structure.js";
import { memberName } from "./identifiers.js";
import type { ImportCollector } from "./imports.js";
import type { EmitPlan } from "./plan.js";
import { valueType } from "./value-types.js";

/** `UserInit`: what `new User(…)` takes. */
export function initInterface(
  { plan, base, properties, relations }: ClassContents,
  imports: ImportCollector,
): FileStatement {
  const columns = properties
    .filter((property) => property.writable)
    .map(({ name, column, types, optional }) => initMember(name, types.value, optional, column.comment));
  const related = relations
    .filter((relation) => relation.writable)
    .map(({ name, inputType, model }) => initMember(name, inputType, true, model.comment));
  return exportedInterface(
    plan.initType,
    `What \`new ${plan.model.name}(…)\` takes.`,
    [...columns, ...related],
    base === undefined ? [] : [imports.type(base.file, base.initType)],
  );
}

/** `UserColumns`: the values of the columns. */
export function valuesInterface({ plan, allProperties }: ClassContents): FileStatement {
  return exportedInterface(
    plan.columnsType,
    `Column values of a row behind \`${plan.model.name}\`.`,
    allProperties.map(({ name, types }) => ({ name: memberName(name), type: types.value })),
  );
}

/**
 * What `insert` takes for a class or a table: what the database makes by itself may be left out, and the discriminator,
 * which `insert` knows of a class.
 */
export function insertInterface(
  name: string,
  target: string,
  columns: readonly ColumnModel[],
  plan: EmitPlan,
  imports: ImportCollector,
  discriminator?: ColumnModel,
): FileStatement {
  const members = columns.filter(isWritable).map((column): MemberSignature => ({
    name: memberName(column.property),
    hasQuestionToken: column.nullable || isGenerated(column) || column.version === true || column === discriminator,
    type: valueOrSql(column, plan, imports),
  }));
  return exportedInterface(name, `What \`insert(${target})\` takes.`, members);
}

/** What `update` takes for a class or a table. */
export function updateInterface(
  name: string,
  target: string,
  columns: readonly ColumnModel[],
  plan: EmitPlan,
  imports: ImportCollector,
): FileStatement {
  const members = columns.filter(isWritable).map((column): MemberSignature => ({
    name: memberName(column.property),
    hasQuestionToken: true,
    type: valueOrSql(column, plan, imports),
  }));
  return exportedInterface(name, `What \`update(${target})\` takes.`, members);
}

function initMember(name: string, type: string, optional: boolean, comment: string | undefined): MemberSignature {
  return {
    ...documented(comment),
    name: memberName(name),
    hasQuestionToken: optional,
    type: optional ? `${type} | undefined` : type,
  };
}

function exportedInterface(
  name: string,
  description: string,
  properties: MemberSignature[],
  bases: string[] = [],
): FileStatement {
  const structure = { ...documented(description), name, isExported: true, properties } as const;
  return { kind: "interface", structure: bases.length === 0 ? structure : { ...structure, extends: bases } };
}

function valueOrSql(column: ColumnModel, plan: EmitPlan, imports: ImportCollector): string {
  const value = valueType(column, plan, imports);
  return `${value} | ${imports.runtime("Sql")}<${value}>`;
}
