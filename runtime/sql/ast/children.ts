// What each kind of node consists of, in the order in which the base compiler writes it: the one traversal that
// binds and FROM inference are built on. The table is exhaustive: a new kind does not compile until it is here.
import { NO_LIMIT, NO_OFFSET } from "./expressions.js";
import type { AnyNode, DeleteNode, FragmentNode, NamedFromNode, SelectNode, UpdateNode, WriteExtras } from "./nodes.js";

type Visit = (child: AnyNode) => void;
type ChildrenTable = {
  readonly [Kind in AnyNode["kind"]]: (node: Extract<AnyNode, { kind: Kind }>, visit: Visit) => void;
};

const all = (nodes: readonly AnyNode[], visit: Visit): void => {
  for (const node of nodes) visit(node);
};
const leaf = (): void => undefined;

/** What a select consists of; `readAlso` is called where FROM ends, for the sources that only columns tell of. */
export function visitSelect(node: SelectNode, visit: Visit, readAlso: (() => void) | null): void {
  const extras = node.extras ?? null;
  if (extras !== null) all(extras.ctes, visit);
  if (extras !== null && extras.set !== null) all(extras.set.selects, visit);
  else {
    if (extras !== null) all(extras.distinctOn, visit);
    all(node.items, visit);
    all(node.froms, visit);
    if (readAlso !== null) readAlso();
    all(node.where, visit);
    all(node.groupBy, visit);
    all(node.having, visit);
  }
  all(node.orderBy, visit);
  const fetch = extras === null ? null : extras.fetch;
  if (fetch !== null) visit(fetch.count);
  else if (node.limit === null && node.offset === null) return;
  visit(node.limit ?? NO_LIMIT);
  visit(node.offset ?? NO_OFFSET);
}

/** The same for an UPDATE. */
export function visitUpdate(node: UpdateNode, visit: Visit, readAlso: (() => void) | null): void {
  visitWriteExtras(node, visit);
  if (readAlso !== null) readAlso();
  if (node.values !== null) visit(node.values);
  for (const assignment of node.assignments ?? []) visit(assignment.value);
  all(node.where, visit);
  all(node.returning, visit);
}

/** The same for a DELETE. */
export function visitDelete(node: DeleteNode, visit: Visit, readAlso: (() => void) | null): void {
  visitWriteExtras(node, visit);
  if (readAlso !== null) readAlso();
  all(node.where, visit);
  all(node.returning, visit);
}

function visitWriteExtras({ extras }: { readonly extras?: WriteExtras | null }, visit: Visit): void {
  if (extras === undefined || extras === null) return;
  all(extras.ctes, visit);
  all(extras.froms, visit);
}

const CHILDREN: ChildrenTable = {
  column: leaf,
  bind: leaf,
  constant: leaf,
  raw: leaf,
  table: leaf,
  combined: leaf,
  entity: leaf,
  unary: (node, visit) => visit(node.operand),
  binary(node, visit) {
    visit(node.left);
    visit(node.right);
  },
  between(node, visit) {
    visit(node.operand);
    visit(node.low);
    visit(node.high);
  },
  junction: (node, visit) => all(node.operands, visit),
  function: (node, visit) => all(node.operands, visit),
  cast: (node, visit) => visit(node.operand),
  case(node, visit) {
    if (node.subject !== null) visit(node.subject);
    for (const when of node.whens) {
      visit(when.condition);
      visit(when.result);
    }
    if (node.otherwise !== null) visit(node.otherwise);
  },
  tuple: (node, visit) => all(node.elements, visit),
  exists: (node, visit) => visit(node.select),
  subquery: (node, visit) => visit(node.select),
  label: (node, visit) => visit(node.element),
  order: (node, visit) => visit(node.element),
  text: (node, visit) => all(node.binds, visit),
  alias(node, visit) {
    visit(node.element);
    if (node.sample === undefined) return;
    visit(node.sample.percent);
    if (node.sample.seed !== null) visit(node.sample.seed);
  },
  values(node, visit) {
    for (const row of node.rows) all(row, visit);
  },
  join(node, visit) {
    visit(node.left);
    visit(node.right);
    visit(node.on);
  },
  select: (node, visit) => visitSelect(node, visit, null),
  insert(node, visit) {
    visitWriteExtras(node, visit);
    for (const row of node.rows) all(row, visit);
    if (node.select !== null) visit(node.select);
    if (node.conflict !== null) {
      all(node.conflict.targetWhere ?? [], visit);
      for (const assignment of node.conflict.set ?? []) visit(assignment.value);
      all(node.conflict.where, visit);
    }
    all(node.returning, visit);
  },
  update: (node, visit) => visitUpdate(node, visit, null),
  delete: (node, visit) => visitDelete(node, visit, null),
  cte: (node, visit) => visit(node.definition.element),
  tableFunction: (node, visit) => visit(node.call),
  window(node, visit) {
    visit(node.operand);
    all(node.partitionBy, visit);
    all(node.orderBy, visit);
  },
  filter(node, visit) {
    visit(node.operand);
    all(node.conditions, visit);
  },
  withinGroup(node, visit) {
    visit(node.operand);
    all(node.orderBy, visit);
  },
  collate: (node, visit) => visit(node.operand),
  extract: (node, visit) => visit(node.operand),
  quantified: (node, visit) => visit(node.operand),
  json(node, visit) {
    visit(node.operand);
    for (const leg of node.legs) if (typeof leg !== "number") visit(leg);
    visit(node.path);
  },
  operation(node, visit) {
    visit(node.left);
    visit(node.right);
  },
  grouping(node, visit) {
    for (const set of node.sets) all(set, visit);
  },
  dateShift(node, visit) {
    visit(node.operand);
    visit(node.amount);
  },
  typed: (node, visit) => visit(node.operand),
  fragment(node, visit) {
    for (const part of node.parts) if (!isNamedSource(part)) visit(part);
  },
  identifier: leaf,
};

/** True for a source that a fragment only names. */
function isNamedSource(part: FragmentNode["parts"][number]): part is NamedFromNode {
  switch (part.kind) {
    case "table":
    case "alias":
    case "values":
    case "cte":
    case "tableFunction":
    case "combined":
      return true;
    default:
      return false;
  }
}

/** Calls `visit` with each part of the node, in writing order. */
export function visitChildren(node: AnyNode, visit: Visit): void {
  const entry = CHILDREN[node.kind] as (node: AnyNode, visit: Visit) => void; // the entry of this node's own kind
  entry(node, visit);
}
