// What a statement's rows hold: one column after the other for a connection, items and entities for a session.
import { unknownType } from "../../types/declared-type.js";
import type { SqlType } from "../../types/sql-type.js";
import { typeOfExpression } from "../ast/expression-type.js";
import type { ExpressionNode, SelectItem, StatementNode, TextNode } from "../ast/nodes.js";
import type { ResultColumn, ResultItem } from "./compiled.js";
import type { SqlDialect } from "./sql-dialect.js";

interface ResultShape {
  readonly columns: readonly ResultColumn[] | null;
  readonly items: readonly ResultItem[] | null;
  readonly bigintRows: boolean;
}

const NO_ROWS: ResultShape = { columns: null, items: null, bigintRows: false };

/** Numbers the items that have no name of their own: `count_1`, `anon_1`. One for each list of items. */
export class ItemNames {
  readonly #counts = new Map<string, number>();

  /** The name made up for the item; null where it has one, or is text that may name itself. */
  madeUp(node: ExpressionNode): string | null {
    switch (node.kind) {
      case "column":
      case "label":
      case "raw":
      case "text":
        return null;
      case "cast":
        return node.operand.kind === "column" ? node.operand.property : this.#next("anon");
      case "function":
        return this.#next(node.name);
      default:
        return this.#next("anon");
    }
  }

  /** The item's name in a row. */
  nameOf(node: ExpressionNode): string {
    if (node.kind === "label") return node.name;
    if (node.kind === "column") return node.property;
    return this.madeUp(node) ?? (node.kind === "raw" && /^\w+$/.test(node.text) ? node.text : this.#next("anon"));
  }

  #next(base: string): string {
    const count = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, count);
    return `${base}_${count}`;
  }
}

/** An item's expressions: an entity's columns, or itself. */
export function itemColumns(item: SelectItem): readonly ExpressionNode[] {
  return item.kind === "entity" ? item.entity.columns : [item];
}

export function resultShape(node: StatementNode, dialect: SqlDialect): ResultShape {
  if (node.kind === "text") return textShape(node.columns, dialect);
  const items = node.kind === "select" ? node.items : node.returning;
  if (items.length === 0) return NO_ROWS;
  const keys: string[] = [];
  const expressions: ExpressionNode[] = [];
  const resultItems: ResultItem[] = [];
  const names = new ItemNames();
  for (const item of items) {
    const at = expressions.length;
    if (item.kind === "entity") {
      const { entity } = item;
      resultItems.push({ kind: "entity", key: entity.name, at, count: entity.columns.length, entity });
      keys.push(...entity.properties);
      expressions.push(...entity.columns);
    } else {
      const key = names.nameOf(item);
      resultItems.push({ kind: "column", key, at });
      keys.push(key);
      expressions.push(item);
    }
  }
  return { items: resultItems, ...decodedColumns(keys, expressions.map(typeOfExpression), dialect, expressions) };
}

/** The key of what was selected, under whatever label. */
function selected(node: ExpressionNode): number {
  return node.kind === "label" ? node.element.key : node.key;
}

function textShape(columns: TextNode["columns"], dialect: SqlDialect): ResultShape {
  if (columns === null) return NO_ROWS;
  const keys = columns.map((column) => column.property);
  return {
    items: keys.map((key, at) => ({ kind: "column", key, at })),
    ...decodedColumns(
      keys,
      columns.map((column) => column.type),
      dialect,
    ),
  };
}

/** The columns with the conversion that suits the row: one that needs bigint makes all integers of the row bigint. */
function decodedColumns(
  keys: readonly string[],
  types: readonly SqlType[],
  dialect: SqlDialect,
  expressions?: readonly ExpressionNode[],
): { readonly columns: readonly ResultColumn[]; readonly bigintRows: boolean } {
  const codecs = types.map((type) => dialect.codecFor(type));
  const bigintRows = codecs.some((codec) => codec.bigint);
  const columns = codecs.map((codec, index): ResultColumn => {
    const decode = bigintRows ? codec.decodeWide : codec.decode;
    const key = keys[index] ?? String(index);
    const type = types[index] ?? unknownType;
    const expression = expressions?.[index];
    return expression === undefined
      ? { key, type, decode }
      : { key, type, decode, expressionKey: selected(expression) };
  });
  return { columns, bigintRows };
}
