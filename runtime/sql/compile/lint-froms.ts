// Finds sources that nothing joins: every row of one with every row of the other, which is seldom meant. What is
// written as a join, `crossJoin()` included, is meant; SQL by hand is taken to join what it names.
import { visitChildren } from "../ast/children.js";
import { displayedFroms, namedFroms, referencedFroms } from "../ast/froms.js";
import type { AnyNode, ExpressionNode, FromNode, NamedFromNode, StatementNode } from "../ast/nodes.js";

/** A sentence for each statement, subqueries included, that has such sources. */
export function lintFroms(node: StatementNode): readonly string[] {
  const found: string[] = [];
  lint(node, new Set(), found);
  return found;
}

function lint(node: AnyNode, outer: ReadonlySet<number>, found: string[]): void {
  const sources = sourcesOf(node);
  let inner = outer;
  if (sources !== null) {
    inner = new Set([...outer, ...sources.froms.flatMap(namedFroms).map((from) => from.key)]);
    const warning = unjoined(sources, outer);
    if (warning !== null) found.push(`${sources.verb} ${warning}`);
  }
  visitChildren(node, (child) => lint(child, inner, found));
}

interface Sources {
  readonly verb: string;
  readonly froms: readonly FromNode[];
  readonly where: readonly ExpressionNode[];
}

function sourcesOf(node: AnyNode): Sources | null {
  switch (node.kind) {
    case "select": {
      if ((node.extras?.set ?? null) !== null) return null;
      const { items, where } = node;
      return { verb: "SELECT", froms: displayedFroms(node.froms, referencedFroms([...items, ...where])), where };
    }
    case "update":
    case "delete": {
      const values = node.kind === "update" ? (node.assignments ?? []).map((each) => each.value) : [];
      const given = [node.table, ...(node.kind === "update" && node.values !== null ? [node.values] : [])];
      const froms = displayedFroms(
        [...given, ...(node.extras?.froms ?? [])],
        referencedFroms([...node.where, ...values]),
      );
      return { verb: node.kind.toUpperCase(), froms, where: node.where };
    }
    default:
      return null;
  }
}

function unjoined({ froms, where }: Sources, outer: ReadonlySet<number>): string | null {
  if (froms.length < 2) return null;
  const groups = new Groups();
  for (const from of froms) {
    groups.connect(namedFroms(from));
    if (from.kind === "join") connectCondition(from.on, groups);
  }
  for (const condition of where) connectCondition(condition, groups);
  // What the statement around it reads joins what is compared with it; functions and LATERAL join what they are given.
  const own = froms.flatMap(namedFroms).filter((from) => !outer.has(from.key) && !joinsByItself(from));
  const [first] = own;
  if (first === undefined || isOpaque(where)) return null;
  const [joined, apart] = [
    own.filter((from) => groups.same(first, from)),
    own.filter((from) => !groups.same(first, from)),
  ];
  if (apart.length === 0) return null;
  return (
    `has a cartesian product between ${namesOf(joined)} and ${namesOf(apart)}: join them by a condition, or say that ` +
    "every row is meant to meet every other with crossJoin()"
  );
}

function joinsByItself(from: NamedFromNode): boolean {
  return from.kind === "tableFunction" || (from.kind === "alias" && from.lateral === true);
}

/** Text of which nobody knows what it joins. */
function isOpaque(where: readonly ExpressionNode[]): boolean {
  return where.some((node) => node.kind === "text" || node.kind === "raw" || node.kind === "fragment");
}

function connectCondition(node: AnyNode, groups: Groups): void {
  switch (node.kind) {
    case "binary":
    case "operation":
      groups.connect([...referencedFroms([node.left]), ...referencedFroms([node.right])]);
      break;
    case "between":
      groups.connect([...referencedFroms([node.operand, node.low, node.high])]);
      break;
    case "select":
      return;
    default:
      break;
  }
  visitChildren(node, (child) => connectCondition(child, groups));
}

function namesOf(froms: readonly NamedFromNode[]): string {
  return froms.map((from) => `'${from.name}'`).join(", ");
}

/** Sources that are joined, each group by one of its members. */
class Groups {
  readonly #parents = new Map<number, number>();

  connect(froms: readonly NamedFromNode[]): void {
    const [first, ...others] = froms;
    if (first === undefined) return;
    for (const other of others) this.#parents.set(this.#root(other.key), this.#root(first.key));
  }

  same(left: NamedFromNode, right: NamedFromNode): boolean {
    return this.#root(left.key) === this.#root(right.key);
  }

  #root(key: number): number {
    const parent = this.#parents.get(key);
    return parent === undefined || parent === key ? key : this.#root(parent);
  }
}
