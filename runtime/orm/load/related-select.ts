// The SELECTs of related objects: of one owner, for access (`WHERE ? = address.user_id`), of many by their keys, for
// select-in loading (`WHERE address.user_id IN (…)`), and of all that another SELECT found, for subquery loading.
import { windowNode } from "../../sql/ast/advanced-expressions.js";
import {
  binaryNode,
  bindNode,
  functionNode,
  junctionNode,
  labelNode,
  listBindNode,
} from "../../sql/ast/expressions.js";
import { displayedFroms, referencedFroms } from "../../sql/ast/froms.js";
import type {
  ColumnNode,
  ExpressionNode,
  FromNode,
  MappedEntity,
  SelectItem,
  SelectNode,
} from "../../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { aliasNode, entityNode, joinNode } from "../../sql/ast/tables.js";
import { MappingError } from "../../errors/errors.js";
import { Integer } from "../../types/types.js";
import { adaptColumns, partsOf, standingAdapter } from "../adapt-columns.js";
import { AliasedEntity } from "../aliased-entity.js";
import type { Relationship, Slot } from "../mapper.js";
import { leadsToPrimaryKey } from "../relationships/foreign-key.js";
import {
  allEqual,
  columnsOfSlots,
  conjunction,
  furtherConditions,
  joinSteps,
  linkColumns,
  linkTable,
  orderOf,
} from "../relationships/join-conditions.js";
import type { BranchDetails } from "./load-tree.js";

const INTEGER = Integer().type;

/** The owner's values of a relationship's local columns, in the order of its pairs. */
export type OwnerKey = readonly unknown[];

/** A SELECT of related objects, and how to know their owners. */
interface RelatedSelect {
  readonly select: SelectNode;
  /** How many columns with the owner's key stand before the object; where there are none, the object has them. */
  readonly keyCount: number;
}

/** The related objects of one owner. */
export function selectOfOne(
  relationship: Relationship,
  key: OwnerKey,
  criteria: readonly ExpressionNode[] = [],
): SelectNode {
  if (relationship.dependsOnRow) return selectFromRows(relationship, [key], criteria, []);
  const { target } = relationship;
  const remote = columnsOfSlots(relationship.remoteColumns, target.columns);
  const link = linkTable(relationship);
  const further = [...furtherConditions(relationship, target, link), ...criteria];
  if (link === null) {
    // By primary key the column stands first, as in a refresh; else the parameter.
    const where = leadsToPrimaryKey(relationship)
      ? allEqual(remote, bindsOf(remote, key))
      : allEqual(bindsOf(remote, key), remote);
    return relatedSelect(relationship, [], [], [where, ...further]);
  }
  const { toOwner, toTarget } = linkColumns(relationship, link);
  const where = [allEqual(bindsOf(toOwner, key), toOwner), allEqual(remote, toTarget), ...further];
  return relatedSelect(relationship, [], [target.from, link], where);
}

/** The related objects of many owners. */
export function selectOfMany(
  relationship: Relationship,
  keys: readonly OwnerKey[],
  { criteria = [], limitPerParent }: BranchDetails,
): RelatedSelect {
  const found = selectAmong(relationship, keys, criteria);
  return limitPerParent === undefined ? found : firstOfEach(relationship, found, limitPerParent);
}

function selectAmong(
  relationship: Relationship,
  keys: readonly OwnerKey[],
  criteria: readonly ExpressionNode[],
): RelatedSelect {
  const { target } = relationship;
  if (relationship.dependsOnRow) {
    const keyColumns = relationship.startColumns;
    return { select: selectFromRows(relationship, keys, criteria, keyColumns), keyCount: keyColumns.length };
  }
  const link = linkTable(relationship);
  if (link === null) {
    const remote = columnsOfSlots(relationship.remoteColumns, target.columns);
    const where = [isAmong(remote, keys), ...furtherConditions(relationship, target, null), ...criteria];
    return { select: relatedSelect(relationship, [], [], where), keyCount: 0 };
  }
  const linkAlias = aliasNode(link, `${link.name}_1`);
  const { toOwner, toTarget } = linkColumns(relationship, linkAlias);
  const remote = columnsOfSlots(relationship.remoteColumns, target.columns);
  const on = conjunction([allEqual(remote, toTarget), ...furtherConditions(relationship, target, linkAlias)]);
  const froms = [joinNode(linkAlias, target.from, on, "inner")];
  const select = relatedSelect(relationship, toOwner, froms, [isAmong(toOwner, keys), ...criteria]);
  return { select, keyCount: toOwner.length };
}

/**
 * The related objects by their owners' rows, which stand in the statement under another name.
 * @param columns the owner's columns to select before the object
 */
function selectFromRows(
  relationship: Relationship,
  keys: readonly OwnerKey[],
  criteria: readonly ExpressionNode[],
  columns: readonly Slot[],
): SelectNode {
  const { owner, target, startColumns } = relationship;
  if (owner.from.kind !== "table") {
    throw new MappingError(
      `${String(relationship)} joins by further columns of its own class, which it cannot ` +
        `where that class has several tables`,
    );
  }
  const source = aliasNode(owner.from, `${owner.from.name}_1`);
  const link = linkTable(relationship);
  const linkAlias = link === null ? null : aliasNode(link, `${link.name}_1`);
  const from = joinSteps(relationship, source.columns, target, linkAlias).reduce<FromNode>(
    (left, step) => joinNode(left, step.right, step.on, "inner"),
    source,
  );
  const among = isAmong(columnsOfSlots(startColumns, source.columns), keys);
  return relatedSelect(relationship, columnsOfSlots(columns, source.columns), [from], [among, ...criteria]);
}

/**
 * Of the rows of a select of related objects, the first few for each owner: numbered by a window function within the
 * owner's rows, in a subquery.
 */
function firstOfEach(relationship: Relationship, { select, keyCount }: RelatedSelect, limit: number): RelatedSelect {
  const mapper = relationship.target;
  const owners: ColumnNode[] = select.items.flatMap((item) => (item.kind === "column" ? [item] : []));
  const partition = owners.length > 0 ? owners : columnsOfSlots(relationship.remoteColumns, mapper.columns);
  const order = select.orderBy.length > 0 ? select.orderBy : mapper.primaryKey.map(({ column }) => column);
  const number = windowNode(functionNode("row_number", [], INTEGER), partition, order, null);
  const keys = owners.map((column, index) => labelNode(`owner_${index + 1}`, column));
  const items: ExpressionNode[] = [...keys, ...mapper.columns, labelNode("place", number)];
  const inner = selectNode({ ...partsOf(select), items, orderBy: [], labelStyle: "bare", options: [] });
  const numbered = aliasNode(inner, "anon_1");
  const ownerColumns = numbered.columns.slice(0, keyCount);
  const place = numbered.columns.at(-1);
  const columns = numbered.columns.slice(keyCount, keyCount + mapper.columns.length);
  const entity = new AliasedEntity(mapper, mapper.name, { from: numbered, columns });
  const adapter = standingAdapter(mapper, entity);
  const outer = selectNode({
    ...partsOf(bareSelect([...ownerColumns, entityNode(entity)])),
    where: place === undefined ? [] : [binaryNode("le", place, bindNode("limit", INTEGER, limit))],
    orderBy: order.map((each) => adaptColumns(each, adapter)),
    labelStyle: select.labelStyle,
  });
  return { select: outer, keyCount };
}

/**
 * The related objects of all owners that another select finds, which stands as a subquery in this one.
 * @param owner what stands for the owners' class in that select
 */
export function selectFromOwners(
  relationship: Relationship,
  owners: SelectNode,
  owner: MappedEntity,
  criteria: readonly ExpressionNode[],
): RelatedSelect {
  const keys = columnsOfSlots(relationship.localColumns, owner.columns);
  const isCounted = owners.limit !== null || owners.offset !== null || (owners.extras?.fetch ?? null) !== null;
  const mentioned = referencedFroms([...owners.items, ...owners.where, ...owners.having, ...owners.groupBy]);
  const inner = selectNode({
    ...partsOf(owners),
    items: keys.map((column, index) => labelNode(`owner_${index + 1}`, column)),
    froms: displayedFroms(owners.froms, mentioned),
    // Each key once; where rows are counted, the same rows have to be counted.
    distinct: isCounted ? owners.distinct : true,
    orderBy: isCounted ? owners.orderBy : [],
    labelStyle: "bare",
    options: [],
  });
  const found = aliasNode(inner, "anon_1");
  const { target } = relationship;
  const link = linkTable(relationship);
  const linkAlias = link === null ? null : aliasNode(link, `${link.name}_1`);
  const sides: ColumnNode[] = [];
  relationship.localColumns.forEach(({ index }, at) => {
    const column = found.columns[at];
    if (column !== undefined) sides[index] = column;
  });
  const from = joinSteps(relationship, sides, target, linkAlias).reduce<FromNode>(
    (left, step) => joinNode(left, step.right, step.on, "inner"),
    found,
  );
  const select = relatedSelect(relationship, found.columns, [from], criteria);
  return { select: isCounted ? selectNode({ ...partsOf(select), distinct: true }) : select, keyCount: keys.length };
}

function relatedSelect(
  relationship: Relationship,
  columns: readonly ColumnNode[],
  froms: readonly FromNode[],
  where: readonly ExpressionNode[],
): SelectNode {
  const items: SelectItem[] = [...columns, entityNode(relationship.target)];
  return selectNode({
    ...partsOf(bareSelect(items)),
    froms,
    where: where.flatMap((node) => (node.kind === "junction" && node.operator === "and" ? node.operands : [node])),
    orderBy: orderOf(relationship, relationship.target),
    labelStyle: "table-column",
  });
}

function bindsOf(columns: readonly ColumnNode[], values: OwnerKey): ExpressionNode[] {
  return columns.map((column, index) => bindNode("param", column.type, values[index]));
}

/** `column IN (…)`; for a composite key `a = ? AND b = ? OR …`, which every database knows. */
export function isAmong(columns: readonly ColumnNode[], keys: readonly OwnerKey[]): ExpressionNode {
  const [column] = columns;
  if (columns.length === 1 && column !== undefined) {
    return binaryNode(
      "in",
      column,
      listBindNode(
        "primary_keys",
        column.type,
        keys.map(([value]) => value),
      ),
    );
  }
  const each = keys.map((key) => allEqual(columns, bindsOf(columns, key)));
  return each.length === 1 ? conjunction(each) : junctionNode("or", each);
}
