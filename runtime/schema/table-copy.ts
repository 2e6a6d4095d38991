// A table's definition for another MetaData: the same columns and extras, with the schema that it moves to.
import { qualifiedKey } from "../../model/qualified-name.js";
import { ColumnBuilder } from "../types/column-builder.js";
import type { TableExtra, TableOptions } from "./extras.js";
import type { TableArguments } from "./table-from-model.js";
import { splitColumnName, splitName } from "./target-name.js";

interface Home {
  readonly schema: string | null;
  readonly comment: string | null;
  readonly options: NonNullable<TableOptions["options"]>;
}

/** `home` is the table as it is; `schema` where it goes. */
export function movedArguments({ columns, extras }: TableArguments, home: Home, schema: string | null): TableArguments {
  const kept = extras.filter((extra) => extra.kind !== "options").map((extra) => movedExtra(extra, home, schema));
  const { comment, options } = home;
  const own: TableExtra = {
    kind: "options",
    options: { ...(schema === null ? {} : { schema }), ...(comment === null ? {} : { comment }), options },
  };
  return {
    columns: Object.fromEntries(
      Object.entries(columns).map(([property, builder]) => [property, movedColumn(builder, home, schema)] as const),
    ),
    extras: [...kept, own],
  };
}

/** A target in the table's own schema moves along; others stay where they are. */
function movedSchema(target: string | null, home: Home, schema: string | null): string | null {
  return target === null || target === home.schema ? schema : target;
}

function movedExtra(extra: TableExtra, home: Home, schema: string | null): TableExtra {
  if (extra.kind !== "foreign key") return extra;
  const parts = splitName(extra.target);
  const moved = movedSchema(parts.length === 2 ? (parts[0] ?? null) : null, home, schema);
  return { ...extra, target: dotted(moved, [parts.at(-1) ?? ""]) };
}

function movedColumn(builder: ColumnBuilder<unknown>, home: Home, schema: string | null): ColumnBuilder<unknown> {
  const { references } = builder.options;
  if (references === undefined) return builder;
  const { schema: from, table, column } = splitColumnName(references.target);
  const target = dotted(movedSchema(from, home, schema), [table, column]);
  return new ColumnBuilder(builder.type, { ...builder.options, references: { ...references, target } });
}

function dotted(schema: string | null, names: readonly string[]): string {
  return [...(schema === null ? [] : [schema]), ...names].map((name) => qualifiedKey({ name })).join(".");
}
