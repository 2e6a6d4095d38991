// The keys that objects of a class are found by: of its table, and with joined tables those of its bases too.
import { InternalError } from "../../model/internal-error.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { ClassModel } from "../../model/class-model.js";
import type { TableModel } from "../../model/schema-model.js";

export interface ClassKey {
  readonly primary: boolean;
  readonly columns: readonly { readonly name: string; readonly property: string }[];
}

/** What the keys are looked up in. */
interface Models {
  tableOf(model: ClassModel): TableModel;
  classOf(name: string): ClassModel;
}

/** The class's keys, the primary key first, each set of columns once. */
export function classKeys(model: ClassModel, models: Models): ClassKey[] {
  const seen = new Set<string>();
  return keysOf(model, models).filter(({ columns }) => {
    const identity = JSON.stringify(columns.map(({ property }) => property).toSorted());
    return !seen.has(identity) && seen.add(identity);
  });
}

function keysOf(model: ClassModel, models: Models): ClassKey[] {
  const table = models.tableOf(model);
  const own = uniqueKeys(table).map(({ columns }) => columns);
  if (model.inheritance?.kind === "joined") {
    // The table's own primary key is the base's under another name.
    const key = new Set(table.primaryKey?.columns ?? []);
    const others = own.filter((columns) => !columns.some((name) => key.has(name)));
    return [
      ...keysOf(models.classOf(model.inheritance.base), models),
      ...others.map((columns) => keyOf(table, columns, false)),
    ];
  }
  const mapped = model.columns === undefined ? undefined : new Set(model.columns);
  return own
    .filter((columns) => columns.every((name) => mapped === undefined || mapped.has(name)))
    .map((columns) => keyOf(table, columns, columns === table.primaryKey?.columns));
}

/** The primary key, unique constraints, and unique indexes over whole columns and all rows. */
function uniqueKeys(table: TableModel): { readonly columns: readonly string[] }[] {
  const indexes = table.indexes
    .filter((index) => index.unique && index.where === undefined)
    .map((index) =>
      index.keys.map(({ expression, prefix }) =>
        expression.kind === "column" && prefix === undefined ? expression.name : undefined,
      ),
    )
    .filter((columns): columns is string[] => columns.every((column) => column !== undefined));
  return [
    ...(table.primaryKey === undefined ? [] : [table.primaryKey]),
    ...table.uniques,
    ...indexes.map((columns) => ({ columns })),
  ];
}

/** The model's own references are sound. */
function keyOf(table: TableModel, columns: readonly string[], primary: boolean): ClassKey {
  return {
    primary,
    columns: columns.map((name) => {
      const column = table.columns.find((candidate) => candidate.name === name);
      if (column === undefined) throw new InternalError(`table ${qualifiedKey(table)} has no column ${name}`);
      return { name, property: column.property };
    }),
  };
}
