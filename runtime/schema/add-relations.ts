// The tables and views of a schema model as tables of a MetaData.
import type { QualifiedName } from "../../model/qualified-name.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { Table, type TableOwner } from "./table.js";
import { tableArguments, tableContext, viewArguments } from "./table-from-model.js";

/** Makes those of which `isWanted` says so. */
export function addRelations(
  model: SchemaModel,
  metadata: TableOwner,
  isWanted: (name: QualifiedName) => boolean,
): void {
  const context = tableContext(model);
  for (const table of model.tables) {
    if (!isWanted(table)) continue;
    const { columns, extras } = tableArguments(table, context);
    new Table(table.name, metadata, columns, extras);
  }
  for (const view of model.views ?? []) {
    if (!isWanted(view)) continue;
    const { columns, extras } = viewArguments(view, context);
    new Table(view.name, metadata, columns, extras);
  }
}
