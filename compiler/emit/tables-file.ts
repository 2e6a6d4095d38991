// `tables.ts`: the metadata and every table, with or without a class, and the input types of those without one.
import { qualifiedKey } from "../../model/qualified-name.js";
import { columnCode } from "./column-code.js";
import { documented } from "./comments.js";
import { constraintsAtColumn } from "./constraint-placement.js";
import type { FileStatement } from "./file-structure.js";
import { keyName, memberName } from "./identifiers.js";
import type { ImportCollector } from "./imports.js";
import { insertInterface, updateInterface } from "./input-types.js";
import { brokenList, callLine, callText, chainText, listCode } from "./layout.js";
import { stringLiteral } from "./literals.js";
import type { EmitPlan, TablePlan } from "./plan.js";
import type { SqlPlace } from "./sql-code.js";
import { tableItems } from "./table-items.js";
import { valueType } from "./value-types.js";

/** `export const metadata: MetaData = new MetaData();` */
export function metadataStatement(plan: EmitPlan, imports: ImportCollector): FileStatement {
  const metadata = imports.runtime("MetaData");
  const comment = "Every table of the schema: `createAll` and `dropAll` go by it.";
  return constant(plan.metadataName, metadata, `new ${metadata}()`, comment);
}

export function tableStatements(table: TablePlan, plan: EmitPlan, imports: ImportCollector): FileStatement[] {
  const { model, constantName, input } = table;
  return [
    columnsInterface(table, plan, imports),
    ...(input === undefined
      ? []
      : [
          insertInterface(input.insertType, constantName, model.columns, plan, imports),
          updateInterface(input.updateType, constantName, model.columns, plan, imports),
        ]),
    constant(constantName, tableType(table, imports), tableCode(table, plan, imports), model.comment),
  ];
}

/** The table's type; without a class to say so, it says itself what `insert` and `update` take. */
function tableType({ model, columnsType, input }: TablePlan, imports: ImportCollector): string {
  const types = `${stringLiteral(model.name)}, ${columnsType}`;
  const table = `${imports.runtime("Table")}<${types}>`;
  if (input === undefined) return table;
  return `${table} & ${imports.runtime("TableLike")}<${types}, ${input.insertType}, ${input.updateType}>`;
}

function columnsInterface({ model, columnsType }: TablePlan, plan: EmitPlan, imports: ImportCollector): FileStatement {
  const attribute = imports.runtime("Attr");
  const owner = stringLiteral(model.name);
  return {
    kind: "interface",
    structure: {
      ...documented(`Columns of \`${qualifiedKey(model)}\`.`),
      isExported: true,
      name: columnsType,
      properties: model.columns.map((column) => ({
        ...documented(column.comment),
        isReadonly: true,
        name: memberName(column.property),
        type: `${attribute}<${owner}, ${stringLiteral(column.property)}, ${valueType(column, plan, imports)}>`,
      })),
    },
  };
}

/** `createTable("user_account", metadata, { … })`, and a list behind the columns where there is more to say. */
function tableCode(table: TablePlan, plan: EmitPlan, imports: ImportCollector): string {
  const { model } = table;
  const place = { plan, imports, table: model };
  const items = tableItems(table, place);
  const create = imports.runtime("createTable");
  const first = `${stringLiteral(model.name)}, ${plan.metadataName}`;
  if (items.length === 0) return `${create}(${first}, ${columnsCode(table, place, 1)})`;
  const list = listCode("[", items.map(callLine), "],", 1);
  const rest = list.includes("\n")
    ? brokenList(
        "[",
        items.map((item) => callText(item, 2)),
        "]",
      )
    : list.slice(0, -1);
  return brokenList(
    `${create}(`,
    [stringLiteral(model.name), plan.metadataName, columnsCode(table, place, 2), rest],
    ")",
  );
}

/** The object of the columns, whose entries stand `depth` steps in. */
function columnsCode({ model, inherited }: TablePlan, place: SqlPlace, depth: number): string {
  const columns = model.columns.map((column) => {
    const { head, calls } = columnCode(column, constraintsAtColumn(model, column.name), place);
    const all = inherited.has(column.name) ? [...calls, "inherited()"] : calls;
    return chainText(`${keyName(column.property)}: ${head}`, all, depth);
  });
  return columns.length === 0 ? "{}" : brokenList("{", columns, "}");
}

function constant(name: string, type: string, initializer: string, comment: string | undefined): FileStatement {
  return {
    kind: "constant",
    structure: { ...documented(comment), name, type, initializer },
  };
}
