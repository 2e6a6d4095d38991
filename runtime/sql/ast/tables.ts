// Factories of what rows come from: tables and their columns, aliases, rows of parameters, joins.
import { ArgumentError } from "../../errors/errors.js";
import type { ClientValue } from "../../types/client-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { freshKey, internList, internPair, internString } from "./intern.js";
import type {
  AliasNode,
  ColumnGeneration,
  ColumnNode,
  CombinedNode,
  CteDefinition,
  CteNode,
  EntityNode,
  ExpressionNode,
  ForeignKeyNode,
  FromNode,
  JoinKind,
  JoinNode,
  MappedEntity,
  NamedFromNode,
  SelectItem,
  StatementNode,
  TableFunctionNode,
  TableNode,
  TableSample,
  ValuesNode,
} from "./nodes.js";
import { typeOfExpression } from "./expression-type.js";

const TABLE = freshKey();
const COMBINED = freshKey();
const COLUMN = freshKey();
const ALIAS = freshKey();
const VALUES = freshKey();
const JOINS: ReadonlyMap<string, number> = new Map([
  ["inner", freshKey()],
  ["left", freshKey()],
  ["full", freshKey()],
  ["cross", freshKey()],
]);
const ENTITY = freshKey();
const LATERAL = freshKey();
const SAMPLE = freshKey();
const CTE = freshKey();
const CTE_USE = freshKey();
const TABLE_FUNCTION = freshKey();

/** One column as a table is made from it. */
export interface ColumnSpec {
  readonly name: string;
  /** The name in rows and parameters; the database name where left out. */
  readonly property?: string;
  readonly type: SqlType;
  readonly nullable?: boolean;
  readonly primaryKey?: boolean;
  readonly generation?: ColumnGeneration;
  readonly clientDefault?: ClientValue | null;
  readonly onUpdate?: ClientValue | null;
}

interface TableSpec {
  readonly schema?: string | null;
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  readonly foreignKeys?: readonly ForeignKeyNode[];
}

/** A table with an identity of its own: two of the same name are different in every key. */
export function tableNode(spec: TableSpec): TableNode {
  return buildTable(spec, freshKey());
}

/** A table that is only a name and columns: made alike twice, it has one key, so that statements over it are cached. */
export function lightTableNode(spec: TableSpec): TableNode {
  let key = internPair(internPair(TABLE, internString(spec.schema ?? "")), internString(spec.name));
  for (const column of spec.columns) {
    const names = internPair(internString(column.name), internString(column.property ?? column.name));
    key = internPair(internPair(key, names), internString(column.type.key));
  }
  return buildTable(spec, key);
}

function buildTable(spec: TableSpec, key: number): TableNode {
  const columns: ColumnNode[] = [];
  const primaryKey: ColumnNode[] = [];
  const table: TableNode = {
    kind: "table",
    key,
    schema: spec.schema ?? null,
    name: spec.name,
    columns,
    primaryKey,
    foreignKeys: spec.foreignKeys ?? [],
  };
  for (const column of spec.columns) {
    const node = buildColumn(table, column, columns.length);
    columns.push(node);
    if (node.primaryKey) primaryKey.push(node);
  }
  return table;
}

function buildColumn(table: NamedFromNode | null, spec: ColumnSpec, index: number): ColumnNode {
  const property = spec.property ?? spec.name;
  let key = internPair(internPair(COLUMN, table === null ? 0 : table.key), internString(spec.name));
  key = internPair(internPair(key, internString(property)), internString(spec.type.key));
  return {
    kind: "column",
    key,
    table,
    name: spec.name,
    property,
    index,
    type: spec.type,
    nullable: spec.nullable ?? true,
    primaryKey: spec.primaryKey ?? false,
    generation: spec.generation ?? "none",
    clientDefault: spec.clientDefault ?? null,
    onUpdate: spec.onUpdate ?? null,
  };
}

/** A column that belongs to no table. */
export function freeColumnNode(spec: ColumnSpec): ColumnNode {
  return buildColumn(null, spec, 0);
}

/** The table or the select under another name; its columns stand in the same order. */
export function aliasNode(element: AliasNode["element"], name: string, lateral = false): AliasNode {
  const columns: ColumnNode[] = [];
  const key = internPair(internPair(lateral ? LATERAL : ALIAS, element.key), internString(name));
  const alias: AliasNode = lateral
    ? { kind: "alias", key, name, element, columns, lateral }
    : { kind: "alias", key, name, element, columns };
  for (const spec of returnedColumns(element)) columns.push(buildColumn(alias, spec, columns.length));
  return alias;
}

interface CombinedSpec {
  readonly name: string;
  readonly join: FromNode;
  readonly columns: readonly ColumnNode[];
  readonly element?: CombinedNode;
}

/** Joined tables as one source with these of their columns. */
export function combinedNode({ name, join, columns: originals, ...alias }: CombinedSpec): CombinedNode {
  let key = internPair(internPair(COMBINED, internString(name)), join.key);
  for (const column of originals) key = internPair(key, column.key);
  const columns: ColumnNode[] = [];
  const combined: CombinedNode = { kind: "combined", key, name, join, columns, originals, ...alias };
  for (const column of originals) columns.push(buildColumn(combined, column, columns.length));
  return combined;
}

/** The column as the table behind it has it: another one only in combined tables. */
export function originalOf(column: ColumnNode): ColumnNode {
  return column.table?.kind === "combined" ? (column.table.originals[column.index] ?? column) : column;
}

/** Part of a table's rows, under another name. */
export function sampleNode(element: TableNode, name: string, sample: TableSample): AliasNode {
  const columns: ColumnNode[] = [];
  const head = internPair(internPair(SAMPLE, internString(sample.method)), sample.percent.key);
  const key = internPair(internPair(internPair(head, sample.seed?.key ?? 0), element.key), internString(name));
  const alias: AliasNode = { kind: "alias", key, name, element, columns, sample };
  for (const spec of element.columns) columns.push(buildColumn(alias, spec, columns.length));
  return alias;
}

/** What the rows of a table or a statement are made of. */
function returnedColumns(element: TableNode | StatementNode): readonly ColumnSpec[] {
  switch (element.kind) {
    case "table":
      return element.columns;
    case "select":
      return selectedColumns(element.items);
    case "text":
      return (element.columns ?? []).map((column) => ({ name: column.property, type: column.type }));
    default:
      return selectedColumns(element.returning);
  }
}

interface CteSpec {
  readonly name: string;
  readonly element: StatementNode;
  readonly recursive: boolean;
  readonly materialized: boolean | null;
  readonly restates: CteDefinition | null;
}

/** A CTE under its own name. */
export function cteNode(spec: CteSpec): CteNode {
  const flags = (spec.recursive ? 2 : 0) + (spec.materialized === null ? 0 : spec.materialized ? 4 : 8);
  const key = internPair(internPair(internPair(CTE, flags), internString(spec.name)), spec.element.key);
  return cteUse({ key, ...spec }, spec.name);
}

/** A CTE under another name, to read from it twice. */
export function cteUse(definition: CteDefinition, name: string): CteNode {
  const columns: ColumnNode[] = [];
  const key = internPair(internPair(CTE_USE, definition.key), internString(name));
  const cte: CteNode = { kind: "cte", key, name, definition, columns };
  for (const spec of returnedColumns(definition.element)) columns.push(buildColumn(cte, spec, columns.length));
  return cte;
}

interface TableFunctionSpec {
  readonly name: string;
  readonly call: ExpressionNode;
  readonly columns: readonly ColumnSpec[];
  readonly ordinality: boolean;
  readonly derived: boolean;
  readonly scalar?: boolean;
}

/** A function in FROM. */
export function tableFunctionNode(spec: TableFunctionSpec): TableFunctionNode {
  const { name, call, ordinality, derived, scalar = false } = spec;
  const flags = (ordinality ? 2 : 0) + (derived ? 4 : 0) + (scalar ? 8 : 0);
  let key = internPair(internPair(internPair(TABLE_FUNCTION, flags), internString(name)), call.key);
  for (const column of spec.columns) key = internPair(key, internString(column.name));
  const columns: ColumnNode[] = [];
  const source: TableFunctionNode = { kind: "tableFunction", key, name, call, columns, ordinality, derived, scalar };
  for (const column of spec.columns) columns.push(buildColumn(source, column, columns.length));
  return source;
}

/** What a select's items are called when it is used as a table. */
function selectedColumns(items: readonly SelectItem[]): ColumnSpec[] {
  return items.flatMap((item, index): readonly ColumnSpec[] => {
    if (item.kind === "entity") return item.entity.columns;
    if (item.kind === "column") return [{ ...item, primaryKey: false, generation: "none" }];
    const name = item.kind === "label" ? item.name : `anon_${index + 1}`;
    return [{ name, type: typeOfExpression(item) }];
  });
}

/** Rows of parameters as a table; every row has a value for every column. */
export function valuesNode(
  name: string,
  columns: readonly ColumnSpec[],
  rows: readonly (readonly ExpressionNode[])[],
): ValuesNode {
  let key = internPair(internPair(internPair(VALUES, internString(name)), columns.length * 2), rows.length * 2);
  for (const column of columns) key = internPair(key, internString(column.name));
  for (const row of rows) key = internList(key, row);
  const nodes: ColumnNode[] = [];
  const values: ValuesNode = { kind: "values", key, name, columns: nodes, rows };
  for (const column of columns) nodes.push(buildColumn(values, column, nodes.length));
  return values;
}

/** Throws `ArgumentError` for a kind of join that does not exist. */
export function joinNode(left: FromNode, right: NamedFromNode, on: ExpressionNode, join: JoinKind): JoinNode {
  const head = JOINS.get(join);
  if (head === undefined) throw new ArgumentError(`no such join: ${join}`);
  const key = internPair(internPair(internPair(head, left.key), right.key), on.key);
  return { kind: "join", key, left, right, on, join };
}

/** A mapped class as an item of a select list. */
export function entityNode(entity: MappedEntity): EntityNode {
  return { kind: "entity", key: internPair(ENTITY, entity.key), entity };
}
