// A select that counts its rows (LIMIT, OFFSET, DISTINCT, GROUP BY) as a subquery, so that collections can be joined to
// it without their rows being counted: `FROM (SELECT … LIMIT ?) AS anon_1 LEFT OUTER JOIN …`.
import { labelNode, orderNode } from "../../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode, LabelNode, SelectItem, SelectNode } from "../../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { aliasNode, entityNode } from "../../sql/ast/tables.js";
import { partsOf } from "../adapt-columns.js";
import { AliasedEntity } from "../aliased-entity.js";
import { Bundle } from "../bundle.js";
import { mapperBehind } from "../mapped-class.js";
import { type EagerBranch, eagerBranches } from "./load-tree.js";

/** True where the select has to become a subquery before the branches are joined to it. */
export function needsSubquery(select: SelectNode, branches: readonly EagerBranch[]): boolean {
  const counts = select.limit !== null || select.offset !== null || select.distinct || select.groupBy.length > 0;
  return counts && branches.some(joinsCollection);
}

function joinsCollection({ relationship, strategy, below, path }: EagerBranch): boolean {
  if (strategy !== "joined") return false;
  return relationship.collection || eagerBranches(relationship.target, below, path).some(joinsCollection);
}

/** A select of the same items from the given one as a subquery, in the same order. */
export function selectFromSubquery(select: SelectNode): SelectNode {
  const inner = new InnerItems(select);
  for (const item of select.items) inner.addItem(item);
  const orderPlaces = select.orderBy.map((each) => inner.placeOf(each.kind === "order" ? each.element : each));
  const subquery = selectNode({ ...partsOf(select), items: inner.labels, labelStyle: "bare", options: [] });
  const anonymous = aliasNode(subquery, "anon_1");
  const column = (place: number): ColumnNode[] => anonymous.columns.slice(place, place + 1);
  let at = 0;
  const items = select.items.flatMap((item): SelectItem[] => {
    const place = at;
    at += item.kind === "entity" ? item.entity.columns.length : 1;
    if (item.kind !== "entity") return column(place);
    if (item.entity instanceof Bundle) {
      const { name, properties } = item.entity;
      return [entityNode(new Bundle(name, anonymous.columns.slice(place, at), properties))];
    }
    const mapper = mapperBehind(item.entity);
    const columns = anonymous.columns.slice(place, place + mapper.columns.length);
    return [entityNode(new AliasedEntity(mapper, item.entity.name, { from: anonymous, columns }))];
  });
  const orderBy = select.orderBy.flatMap((each, index): ExpressionNode[] => {
    const [element] = column(orderPlaces[index] ?? -1);
    if (element === undefined) return [];
    return [each.kind === "order" ? orderNode(element, each.direction, each.nulls) : element];
  });
  const outer = partsOf(bareSelect(items));
  return selectNode({ ...outer, froms: [anonymous], orderBy, labelStyle: select.labelStyle });
}

/** The subquery's select list: every column and expression once, each under a name of its own. */
class InnerItems {
  readonly labels: LabelNode[] = [];
  readonly #places = new Map<number, number>();
  readonly #names = new Set<string>();
  readonly #withTable: boolean;

  constructor(select: SelectNode) {
    this.#withTable = select.labelStyle === "table-column";
  }

  addItem(item: SelectItem): void {
    if (item.kind !== "entity") this.#add(item);
    else for (const column of item.entity.columns) this.#add(column);
  }

  /** Where the expression stands; it is added where the items lack it. */
  placeOf(node: ExpressionNode): number {
    return this.#places.get(node.key) ?? this.#add(node);
  }

  #add(node: ExpressionNode): number {
    const place = this.labels.length;
    const element = node.kind === "label" ? node.element : node;
    this.labels.push(labelNode(this.#nameOf(node), element));
    if (!this.#places.has(node.key)) this.#places.set(node.key, place);
    return place;
  }

  #nameOf(node: ExpressionNode): string {
    const base = this.#baseName(node);
    let name = base;
    for (let count = 1; this.#names.has(name); count++) name = `${base}_${count}`;
    this.#names.add(name);
    return name;
  }

  #baseName(node: ExpressionNode): string {
    if (node.kind === "label") return node.name;
    if (node.kind !== "column") return "anon";
    return this.#withTable && node.table !== null ? `${node.table.name}_${node.name}` : node.name;
  }
}
