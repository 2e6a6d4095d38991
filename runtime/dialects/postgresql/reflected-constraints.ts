// Constraints and indexes of PostgreSQL's catalogue as the schema model has them. What it has no place for (exclusion,
// INCLUDE, periods, NO INHERIT) stays a table element in the server's own words.
import type {
  CheckModel,
  ConstraintTiming,
  ForeignKeyModel,
  IndexKeyModel,
  IndexModel,
  KeyModel,
  RawElementModel,
  ReferentialAction,
  UniqueModel,
} from "../../../model/schema-model.js";
import { flagOf, jsonOf, listOf, numberOf, optionalText, rawSql, textOf } from "../../reflect/catalog-rows.js";
import { withoutParentheses } from "../../reflect/sql-tokens.js";
import { type CatalogCollation, collationName, modelName } from "./reflected-column.js";

export const POSTGRESQL_QUOTING = { dollars: true } as const;

/** One constraint, as the part of the table that it is. */
export type ReadConstraint =
  | { readonly kind: "primary key"; readonly model: KeyModel }
  | { readonly kind: "unique"; readonly model: UniqueModel }
  | { readonly kind: "check"; readonly model: CheckModel }
  | { readonly kind: "foreign key"; readonly model: ForeignKeyModel }
  | { readonly kind: "raw"; readonly model: RawElementModel };

const ACTIONS: ReadonlyMap<string, ReferentialAction> = new Map([
  ["c", "cascade"],
  ["r", "restrict"],
  ["n", "set null"],
  ["d", "set default"],
]);

/** A row of `constraintsQuery`. */
export function readConstraint(row: readonly unknown[], defaultSchema: string): ReadConstraint {
  const [, name, type, columns, , , , , noInherit, definition, expression, , nullsNotDistinct, includes, period] = row;
  const kind = textOf(type);
  const key = { name: textOf(name), columns: listOf(columns), ...timing(row) };
  const isRaw =
    kind === "x" || flagOf(period) || (flagOf(noInherit) && kind === "c") || (kind === "u" && flagOf(includes));
  if (isRaw) {
    return { kind: "raw", model: { name: key.name, sql: rawSql("postgresql", textOf(definition)) } };
  }
  switch (kind) {
    case "p":
      return { kind: "primary key", model: key };
    case "u":
      return { kind: "unique", model: { ...key, ...(flagOf(nullsNotDistinct) ? { nullsNotDistinct: true } : {}) } };
    case "f":
      return { kind: "foreign key", model: { ...key, ...reference(row, defaultSchema) } };
    default: {
      const sql = withoutParentheses(textOf(expression), POSTGRESQL_QUOTING);
      return { kind: "check", model: { name: key.name, expression: rawSql("postgresql", sql), ...timing(row) } };
    }
  }
}

function timing(row: readonly unknown[]): ConstraintTiming {
  const [, , , , deferrable, deferred, validated, enforced, , , , note] = row;
  const comment = optionalText(note);
  const isEnforced = textOf(enforced) !== "false";
  return {
    ...(flagOf(deferrable) ? { deferrable: { initiallyDeferred: flagOf(deferred) } } : {}),
    ...(flagOf(validated) || !isEnforced ? {} : { notValid: true }),
    ...(isEnforced ? {} : { notEnforced: true }),
    ...(comment === undefined ? {} : { comment }),
  };
}

function reference(
  row: readonly unknown[],
  defaultSchema: string,
): Pick<ForeignKeyModel, "references" | "onDelete" | "onUpdate" | "match" | "onDeleteColumns"> {
  const [onDelete, onUpdate, match, schema, table, columns, setColumns] = row.slice(15);
  const [deleted, updated] = [ACTIONS.get(textOf(onDelete)), ACTIONS.get(textOf(onUpdate))];
  const touched = listOf(setColumns);
  return {
    references: { table: modelName(textOf(schema), textOf(table), defaultSchema), columns: listOf(columns) },
    ...(deleted === undefined ? {} : { onDelete: deleted }),
    ...(updated === undefined ? {} : { onUpdate: updated }),
    ...(touched.length === 0 ? {} : { onDeleteColumns: touched }),
    ...(textOf(match) === "f" ? { match: "full" } : {}),
  };
}

/** A key of an index, as the question gives it. */
interface CatalogKey {
  readonly column: string | null;
  readonly sql: string | null;
  /** 1 for descending, 2 for NULLs first. */
  readonly options: number;
  readonly opclass: CatalogCollation | null;
  readonly collation: CatalogCollation | null;
}

/** A row of `indexesQuery`. */
export function readIndex(row: readonly unknown[]): IndexModel {
  const [, name, unique, method, keys, include, where, storage, nullsNotDistinct, note] = row;
  const included = listOf(include);
  const condition = optionalText(where);
  const stored = storageOptions(storage);
  const comment = optionalText(note);
  return {
    name: textOf(name),
    unique: flagOf(unique),
    keys: (jsonOf<CatalogKey[]>(keys) ?? []).map(readKey),
    ...(condition === undefined
      ? {}
      : { where: rawSql("postgresql", withoutParentheses(condition, POSTGRESQL_QUOTING)) }),
    ...(method === "btree" ? {} : { method: textOf(method) }),
    ...(included.length === 0 ? {} : { include: included }),
    ...(flagOf(nullsNotDistinct) ? { nullsNotDistinct: true } : {}),
    ...(stored.length === 0 ? {} : { storage: stored }),
    ...(comment === undefined ? {} : { comment }),
  };
}

function readKey({ column, sql, options, opclass, collation }: CatalogKey): IndexKeyModel {
  const descends = (numberOf(options) ?? 0) % 2 === 1;
  const nullsFirst = (numberOf(options) ?? 0) >= 2;
  return {
    expression:
      column === null
        ? rawSql("postgresql", withoutParentheses(sql ?? "", POSTGRESQL_QUOTING))
        : { kind: "column", name: column },
    ...(descends ? { direction: "desc" } : {}),
    ...(descends === nullsFirst ? {} : { nulls: nullsFirst ? "first" : "last" }),
    ...(collation === null ? {} : { collation: collationName(collation) }),
    ...(opclass === null ? {} : { operatorClass: collationName(opclass) }),
  };
}

/** `name=value` texts. */
export function storageOptions(value: unknown): { readonly name: string; readonly value: string }[] {
  return listOf(value).map((option) => {
    const at = option.indexOf("=");
    return { name: option.slice(0, at), value: option.slice(at + 1) };
  });
}
