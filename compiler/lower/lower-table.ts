// One checked table as the model has it: every name and default explicit, columns' options turned into constraints.
import type {
  CheckModel,
  ConstraintTiming,
  ForeignKeyModel,
  IndexKeyModel,
  IndexModel,
  KeyModel,
  ObjectModel,
  TableModel,
  TableOptionsModel,
  UniqueModel,
} from "../../model/schema-model.js";
import { InternalError } from "../../model/internal-error.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import { columnNames } from "../bind/column-names.js";
import { qualifiedName } from "../bind/qualified-path.js";
import { rawSql } from "../bind/raw-sql.js";
import type {
  BoundTable,
  CheckSymbol,
  ConstraintSymbol,
  ForeignKeySymbol,
  IndexSymbol,
  KeySymbol,
  TableSymbol,
} from "../bind/symbols.js";
import { isConflictResolution } from "../check/constraint-words.js";
import { printOptionValue } from "../print/print-expression.js";
import { printDialectOptionParts } from "../print/print-other-members.js";
import type { IndexKey, ObjectDeclaration, OptionsMember } from "../syntax/ast.js";
import { lowerColumn } from "./lower-column.js";
import { lowerExpression } from "./lower-expression.js";
import type { TableNamer } from "./made-names.js";

export function lowerTable(table: BoundTable, namer: TableNamer): TableModel {
  const { symbol } = table;
  const { declaration } = symbol;
  const [primaryKey] = table.primaryKeys;
  const rawElements = table.rawElements.map(({ constraintName, sql }) =>
    constraintName === undefined ? { sql: rawSql(sql) } : { name: constraintName.text, sql: rawSql(sql) },
  );
  const comment = declaration.comment?.value ?? declaration.doc?.text;
  return {
    ...symbol.name,
    columns: [...symbol.columns.values()].map((column) => lowerColumn(column, symbol)),
    ...(primaryKey === undefined ? {} : { primaryKey: lowerKey(primaryKey, (columns) => namer.primaryKey(columns)) }),
    uniques: table.uniques.map((unique) => lowerUnique(unique, namer)),
    checks: table.checks.map((check) => lowerCheck(check, symbol, namer)),
    foreignKeys: table.foreignKeys.map((foreignKey) => lowerForeignKey(foreignKey, namer)),
    indexes: table.indexes.map((index) => lowerIndex(index, symbol, namer)),
    ...(rawElements.length === 0 ? {} : { rawElements }),
    ...(table.options.length === 0 ? {} : { options: table.options.map(lowerOptions) }),
    ...lowerPartition(symbol),
    ...(table.objects.length === 0 ? {} : { objects: table.objects.map(lowerObject) }),
    ...(comment === undefined ? {} : { comment }),
    ...(declaration.was === undefined ? {} : { was: qualifiedName(declaration.was) }),
  };
}

function lowerPartition({ declaration }: TableSymbol): Pick<TableModel, "partitionOf"> {
  if (declaration.kind !== "table" || declaration.partitionOf === undefined) return {};
  const { parent, bound } = declaration.partitionOf;
  return { partitionOf: { parent: qualifiedName(parent), bound: rawSql(bound) } };
}

export function lowerOptions({ dialect, entries }: OptionsMember): TableOptionsModel {
  return { dialect: dialect.text, entries: entries.map(printDialectOptionParts) };
}

export function lowerObject(object: ObjectDeclaration): ObjectModel {
  return {
    ...qualifiedName(object.name),
    type: object.type.text,
    ...(object.signature === undefined ? {} : { signature: object.signature }),
    sql: rawSql(object.sql),
    after: object.after.map(qualifiedName),
  };
}

/** What stands before and after a constraint. */
function lowerTiming({ attributes, was, doc }: ConstraintSymbol): ConstraintTiming {
  const timing: { -readonly [Key in keyof ConstraintTiming]: ConstraintTiming[Key] } = {};
  if (doc !== undefined) timing.comment = doc.text;
  if (was !== undefined) timing.was = was.text;
  for (const attribute of attributes) {
    switch (attribute.kind) {
      case "deferrable":
        timing.deferrable = { initiallyDeferred: attribute.initiallyDeferred };
        break;
      case "notValid":
      case "notEnforced":
        timing[attribute.kind] = true;
        break;
      case "onConflict": {
        const resolution = attribute.resolution.text;
        if (isConflictResolution(resolution)) timing.onConflict = resolution;
        break;
      }
      case "comment":
        timing.comment = attribute.text.value;
        break;
      case "nullsNotDistinct":
        break;
    }
  }
  return timing;
}

function lowerKey(key: KeySymbol, makeName: (columns: readonly string[]) => string): KeyModel {
  const columns = columnNames(key.columns);
  return { name: key.constraintName?.text ?? makeName(columns), columns, ...lowerTiming(key) };
}

function lowerUnique(key: KeySymbol, namer: TableNamer): UniqueModel {
  const isDistinct = !key.attributes.some(({ kind }) => kind === "nullsNotDistinct");
  return { ...lowerKey(key, (columns) => namer.unique(columns)), ...(isDistinct ? {} : { nullsNotDistinct: true }) };
}

function lowerCheck(check: CheckSymbol, table: TableSymbol, namer: TableNamer): CheckModel {
  const expression = lowerExpression(check.expression, table.columns);
  return { name: check.constraintName?.text ?? namer.check(expression), expression, ...lowerTiming(check) };
}

function lowerForeignKey(foreignKey: ForeignKeySymbol, namer: TableNamer): ForeignKeyModel {
  const { target, targetColumns, reference } = foreignKey;
  if (target === undefined || targetColumns === undefined) {
    throw new InternalError("a foreign key refers to nothing after the checks");
  }
  const columns = columnNames(foreignKey.columns);
  const action = (event: "delete" | "update") => reference.actions.find((entry) => entry.event === event);
  const onDelete = action("delete");
  const onUpdate = action("update");
  return {
    name: foreignKey.constraintName?.text ?? namer.foreignKey(columns, target.name.name),
    columns,
    references: { table: target.name, columns: columnNames(targetColumns) },
    ...(onDelete === undefined ? {} : { onDelete: onDelete.action }),
    ...(onUpdate === undefined ? {} : { onUpdate: onUpdate.action }),
    ...(onDelete?.columns === undefined ? {} : { onDeleteColumns: onDelete.columns.map(({ text }) => text) }),
    ...(reference.match?.full === true ? { match: "full" } : {}),
    ...lowerTiming(foreignKey),
  };
}

/** `namer` makes the names of indexes that have none. */
export function lowerIndex(index: IndexSymbol, table: TableSymbol, namer: TableNamer): IndexModel {
  const keys = index.keys.map((key) => lowerIndexKey(key, table));
  const where = index.where === undefined ? undefined : lowerExpression(index.where, table.columns);
  const { method, nullsNotDistinct, storage, only, comment, was, doc } = index.clauses;
  const text = comment?.value ?? doc?.text;
  return {
    name: index.name?.text ?? namer.index(keys.map(({ expression }) => expression)),
    unique: index.unique,
    keys,
    ...(where === undefined ? {} : { where }),
    ...(method === undefined ? {} : { method: method.text }),
    ...(index.include.length === 0 ? {} : { include: columnNames(index.include) }),
    ...(nullsNotDistinct === true ? { nullsNotDistinct } : {}),
    ...(storage === undefined
      ? {}
      : { storage: storage.map(({ name, value }) => ({ name: name.text, value: printOptionValue(value) })) }),
    ...(only === undefined ? {} : { only: only.map((name) => name.text) }),
    ...(text === undefined ? {} : { comment: text }),
    ...(was === undefined ? {} : { was: was.text }),
  };
}

function lowerIndexKey(key: IndexKey, table: TableSymbol): IndexKeyModel {
  return {
    expression: lowerExpression(key.expression, table.columns),
    ...(key.direction === undefined ? {} : { direction: key.direction }),
    ...(key.nulls === undefined ? {} : { nulls: key.nulls }),
    ...(key.collation === undefined ? {} : { collation: qualifiedKey(qualifiedName(key.collation)) }),
    ...(key.operatorClass === undefined ? {} : { operatorClass: qualifiedKey(qualifiedName(key.operatorClass)) }),
    ...(key.prefix === undefined ? {} : { prefix: Number(key.prefix.digits) }),
  };
}
