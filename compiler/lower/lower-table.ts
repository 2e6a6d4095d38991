// One checked table as the model has it: every name and default explicit, columns' options turned into constraints.
import type { ColumnModel } from "../../model/column-model.js";
import type {
  CheckModel,
  ForeignKeyModel,
  IndexKeyModel,
  IndexModel,
  KeyModel,
  TableModel,
} from "../../model/schema-model.js";
import { InternalError } from "../../model/internal-error.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import { columnNames } from "../bind/column-names.js";
import { qualifiedName } from "../bind/declare.js";
import type {
  BoundTable,
  CheckSymbol,
  ColumnSymbol,
  ForeignKeySymbol,
  IndexSymbol,
  KeySymbol,
  TableSymbol,
} from "../bind/symbols.js";
import type { ColumnOption, IndexKey } from "../syntax/ast.js";
import { lowerExpression } from "./lower-expression.js";
import type { TableNamer } from "./made-names.js";

export function lowerTable(table: BoundTable, namer: TableNamer): TableModel {
  const { symbol } = table;
  const [primaryKey] = table.primaryKeys;
  return {
    ...symbol.name,
    columns: [...symbol.columns.values()].map((column) => lowerColumn(column, symbol)),
    ...(primaryKey === undefined ? {} : { primaryKey: lowerKey(primaryKey, (columns) => namer.primaryKey(columns)) }),
    uniques: table.uniques.map((unique) => lowerKey(unique, (columns) => namer.unique(columns))),
    checks: table.checks.map((check) => lowerCheck(check, symbol, namer)),
    foreignKeys: table.foreignKeys.map((foreignKey) => lowerForeignKey(foreignKey, namer)),
    indexes: table.indexes.map((index) => lowerIndex(index, symbol, namer)),
    ...(symbol.declaration.doc === undefined ? {} : { comment: symbol.declaration.doc.text }),
  };
}

function lowerColumn(column: ColumnSymbol, table: TableSymbol): ColumnModel {
  const { options, doc } = column.member;
  if (column.type === undefined) throw new InternalError(`the type of ${column.path} is unknown after the checks`);
  const find = <Kind extends ColumnOption["kind"]>(kind: Kind) =>
    options.find((option): option is Extract<ColumnOption, { kind: Kind }> => option.kind === kind);
  const initial = find("default");
  const identity = find("identity");
  const numbered = identity !== undefined || find("autoincrement") !== undefined;
  const collation = find("collate");
  const comment = find("comment")?.text.value ?? doc?.text;
  return {
    name: column.name,
    property: column.property,
    type: column.type,
    nullable: column.nullable,
    ...(initial === undefined ? {} : { default: lowerExpression(initial.value, table.columns, column.type) }),
    ...(numbered ? { identity: { always: identity?.always ?? false } } : {}),
    ...(find("autoincrement") === undefined ? {} : { autoincrement: true }),
    ...(collation === undefined ? {} : { collation: qualifiedKey(qualifiedName(collation.name)) }),
    ...(comment === undefined ? {} : { comment }),
  };
}

function lowerKey(key: KeySymbol, makeName: (columns: readonly string[]) => string): KeyModel {
  const columns = columnNames(key.columns);
  return { name: key.constraintName?.text ?? makeName(columns), columns };
}

function lowerCheck(check: CheckSymbol, table: TableSymbol, namer: TableNamer): CheckModel {
  const expression = lowerExpression(check.expression, table.columns);
  return { name: check.constraintName?.text ?? namer.check(expression), expression };
}

function lowerForeignKey(foreignKey: ForeignKeySymbol, namer: TableNamer): ForeignKeyModel {
  const { target, targetColumns, reference } = foreignKey;
  if (target === undefined || targetColumns === undefined) {
    throw new InternalError("a foreign key refers to nothing after the checks");
  }
  const columns = columnNames(foreignKey.columns);
  const action = (event: "delete" | "update") => reference.actions.find((entry) => entry.event === event)?.action;
  const onDelete = action("delete");
  const onUpdate = action("update");
  const { deferrable } = reference;
  return {
    name: foreignKey.constraintName?.text ?? namer.foreignKey(columns, target.name.name),
    columns,
    references: { table: target.name, columns: columnNames(targetColumns) },
    ...(onDelete === undefined ? {} : { onDelete }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
    ...(deferrable === undefined ? {} : { deferrable: { initiallyDeferred: deferrable.initiallyDeferred } }),
  };
}

function lowerIndex(index: IndexSymbol, table: TableSymbol, namer: TableNamer): IndexModel {
  const keys = index.keys.map((key) => lowerIndexKey(key, table));
  const where = index.where === undefined ? undefined : lowerExpression(index.where, table.columns);
  return {
    name: index.name?.text ?? namer.index(keys.map(({ expression }) => expression)),
    unique: index.unique,
    keys,
    ...(where === undefined ? {} : { where }),
  };
}

function lowerIndexKey(key: IndexKey, table: TableSymbol): IndexKeyModel {
  return {
    expression: lowerExpression(key.expression, table.columns),
    ...(key.direction === undefined ? {} : { direction: key.direction }),
    ...(key.nulls === undefined ? {} : { nulls: key.nulls }),
    ...(key.collation === undefined ? {} : { collation: qualifiedKey(qualifiedName(key.collation)) }),
  };
}
