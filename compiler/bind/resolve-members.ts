// Binding, second pass: keys, checks, indexes and foreign keys of one table, from columns' options and from members
// of their own. A column's options come at the column's place, so that source order is kept.
import type {
  ColumnMember,
  ColumnOption,
  ConstraintParts,
  DocComment,
  IndexKey,
  IndexMember,
  TableMember,
} from "../syntax/ast.js";
import type { Resolver } from "./resolver.js";
import type {
  BoundTable,
  ColumnReference,
  ColumnSymbol,
  ConstraintSymbol,
  ForeignKeySymbol,
  IndexSymbol,
  KeySymbol,
  TableSymbol,
} from "./symbols.js";

/** A table that binding is still filling. */
export type TableDraft = {
  readonly [Name in keyof BoundTable]: BoundTable[Name] extends readonly (infer Item)[] ? Item[] : BoundTable[Name];
};

/** Foreign keys without columns refer to the target's primary key, which `completeTargets` fills in later. */
export function resolveMembers(table: TableSymbol, resolver: Resolver): TableDraft {
  const members: TableDraft = {
    symbol: table,
    primaryKeys: [],
    uniques: [],
    checks: [],
    foreignKeys: [],
    indexes: [],
    rawElements: [],
    options: [],
    objects: [],
    definitions: [],
    parent: parentOf(table, resolver),
    relationships: [],
    properties: [],
    proxies: [],
    composites: [],
  };
  for (const member of table.members) {
    if (member.kind === "column") resolveColumnOptions(table, member, members, resolver);
    else resolveMember(table, member, members, resolver);
  }
  return members;
}

function parentOf({ declaration }: TableSymbol, resolver: Resolver): TableSymbol | undefined {
  if (declaration.kind !== "table" || declaration.partitionOf === undefined) return undefined;
  return resolver.table(declaration.partitionOf.parent);
}

/** Completes foreign keys that name no columns with the primary key of their target. */
export function completeTargets(tables: readonly TableDraft[]): void {
  const primaryKeys = new Map(tables.map(({ symbol, primaryKeys: [key] }) => [symbol, key]));
  for (const { foreignKeys } of tables) {
    for (const [index, foreignKey] of foreignKeys.entries()) {
      if (foreignKey.target === undefined || foreignKey.reference.columns !== undefined) continue;
      const key = primaryKeys.get(foreignKey.target);
      if (key !== undefined) foreignKeys[index] = { ...foreignKey, targetColumns: key.columns };
    }
  }
}

function resolveColumnOptions(table: TableSymbol, member: ColumnMember, members: TableDraft, resolver: Resolver): void {
  const columns = [{ identifier: member.name, column: table.columns.get(member.name.text) }];
  for (const option of member.options) resolveColumnOption(table, option, columns, members, resolver);
}

function resolveColumnOption(
  table: TableSymbol,
  option: ColumnOption,
  columns: readonly ColumnReference[],
  members: TableDraft,
  resolver: Resolver,
): void {
  switch (option.kind) {
    case "primaryKey":
      members.primaryKeys.push({ ...constraintOf(option), columns });
      break;
    case "unique":
      members.uniques.push({ ...constraintOf(option), columns });
      break;
    case "check":
      members.checks.push({ ...constraintOf(option), expression: option.expression });
      break;
    case "references":
      members.foreignKeys.push(foreignKeySymbol(table, columns, option, resolver));
      break;
    case "rawElement":
      members.rawElements.push({ ...constraintOf(option), sql: option.sql });
      break;
    case "index":
      members.indexes.push(columnIndex(option, columns));
      break;
    default:
      break;
  }
}

function resolveMember(table: TableSymbol, member: TableMember, members: TableDraft, resolver: Resolver): void {
  switch (member.kind) {
    case "primaryKeyConstraint":
    case "uniqueConstraint": {
      const key: KeySymbol = { ...constraintOf(member), columns: resolver.columns(member.columns, table) };
      (member.kind === "uniqueConstraint" ? members.uniques : members.primaryKeys).push(key);
      break;
    }
    case "checkConstraint":
      members.checks.push({ ...constraintOf(member), expression: member.expression });
      break;
    case "foreignKeyConstraint":
      members.foreignKeys.push(foreignKeySymbol(table, resolver.columns(member.columns, table), member, resolver));
      break;
    case "rawElement":
      members.rawElements.push({ ...constraintOf(member), sql: member.sql });
      break;
    case "indexMember":
      members.indexes.push(indexSymbol(table, member, resolver));
      break;
    case "options":
      members.options.push(member);
      break;
    case "object":
      members.objects.push(member);
      break;
    case "definition":
      members.definitions.push(member.sql);
      break;
    default:
      break;
  }
}

type WrittenConstraint = ConstraintParts & { readonly doc?: DocComment };

function constraintOf({ constraintName, was, attributes, doc, span }: WrittenConstraint): ConstraintSymbol {
  return { constraintName, was, attributes, doc, span };
}

function foreignKeySymbol(
  source: TableSymbol,
  columns: readonly ColumnReference[],
  clause: WrittenConstraint & Pick<ForeignKeySymbol, "reference">,
  resolver: Resolver,
): ForeignKeySymbol {
  const { reference } = clause;
  const target = resolver.table(reference.table);
  const named = reference.columns;
  const targetColumns = target === undefined || named === undefined ? undefined : resolver.columns(named, target);
  return { ...constraintOf(clause), source, columns, target, targetColumns, reference };
}

function columnIndex(
  option: Extract<ColumnOption, { kind: "index" }>,
  references: readonly ColumnReference[],
): IndexSymbol {
  const keys = references.map(({ identifier }): IndexKey => {
    const { span } = identifier;
    return { expression: { kind: "name", path: [identifier], span }, span };
  });
  const columns = references.flatMap(({ column }) => column ?? []);
  const clauses = option.method === undefined ? {} : { method: option.method };
  const { unique, span } = option;
  return { name: undefined, unique, keys, where: undefined, columns, include: [], clauses, span };
}

function indexSymbol(table: TableSymbol, member: IndexMember, resolver: Resolver): IndexSymbol {
  const columns = member.keys.map((key) => plainColumn(key, table));
  return {
    name: member.name,
    unique: member.unique,
    keys: member.keys,
    where: member.where,
    columns: columns.includes(undefined) ? undefined : columns.flatMap((column) => column ?? []),
    include: resolver.columns(member.include ?? [], table),
    clauses: member,
    span: member.span,
  };
}

function plainColumn(key: IndexKey, table: TableSymbol): ColumnSymbol | undefined {
  if (key.expression.kind !== "name" || key.expression.path.length !== 1) return undefined;
  return table.columns.get(key.expression.path[0]?.text ?? "");
}
