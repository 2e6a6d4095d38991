// `tables.ts`: the metadata and every table, with or without a class, and the input types of those without one.
import { VariableDeclarationKind } from "ts-morph";
import { qualifiedKey } from "../../model/qualified-name.js";
import { columnCode } from "./column-code.js";
import { documented } from "./comments.js";
import { constraintsAtColumn } from "./constraint-placement.js";
import type { FileStatement, FileStructure } from "./file-structure.js";
import { keyName, memberName } from "./identifiers.js";
import { ImportCollector } from "./imports.js";
import { insertInterface, updateInterface } from "./input-types.js";
import { objectLiteral, stringLiteral } from "./literals.js";
import { type EmitPlan, type TablePlan, tablesFile } from "./plan.js";
import { tableItems } from "./table-items.js";
import { valueType } from "./value-types.js";

export function tablesFileStructure(plan: EmitPlan, header: readonly string[]): FileStructure {
  const imports = new ImportCollector(plan.fixedNames);
  const metadata = imports.runtime("MetaData");
  const statements = [
    constant(
      plan.metadataName,
      metadata,
      `new ${metadata}()`,
      "Every table of the schema: `createAll` and `dropAll` go by it.",
    ),
    ...plan.tables.flatMap((table) => tableStatements(table, plan, imports)),
  ];
  return { path: tablesFile, header, imports: imports.structures(), statements };
}

function tableStatements(table: TablePlan, plan: EmitPlan, imports: ImportCollector): FileStatement[] {
  const { model, constantName, input } = table;
  return [
    columnsInterface(table, plan, imports),
    ...(input === undefined
      ? []
      : [
          insertInterface(input.insertType, constantName, model.columns, plan, imports),
          updateInterface(input.updateType, constantName, model.columns, plan, imports),
        ]),
    constant(
      constantName,
      tableType(table, imports),
      `${imports.runtime("createTable")}(${tableArguments(table, plan, imports).join(", ")})`,
      model.comment,
    ),
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

function tableArguments({ model }: TablePlan, plan: EmitPlan, imports: ImportCollector): string[] {
  const columns = model.columns.map((column) => {
    const code = columnCode(column, constraintsAtColumn(model, column.name), { plan, imports, table: model });
    return `${keyName(column.property)}: ${code},`;
  });
  const items = tableItems(model, plan, imports);
  const options: [string, string][] = [];
  if (model.schema !== undefined) options.push(["schema", stringLiteral(model.schema)]);
  if (model.comment !== undefined) options.push(["comment", stringLiteral(model.comment)]);
  if (options.length > 0) items.push(`${imports.runtime("tableOptions")}(${objectLiteral(options)})`);
  return [
    stringLiteral(model.name),
    plan.metadataName,
    `{\n${columns.join("\n")}\n}`,
    ...(items.length > 0 ? [`[${items.join(",\n")}]`] : []),
  ];
}

function constant(name: string, type: string, initializer: string, comment: string | undefined): FileStatement {
  return {
    kind: "variable",
    structure: {
      ...documented(comment),
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      declarations: [{ name, type, initializer }],
    },
  };
}
