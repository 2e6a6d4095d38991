// Which sources a statement reads from: those given and those its columns belong to.
import { visitChildren } from "./children.js";
import type { AnyNode, FromNode, NamedFromNode } from "./nodes.js";

const NONE: readonly NamedFromNode[] = [];

/** The sources that the expressions' columns belong to, in order of appearance, subqueries' own left out. */
export function referencedFroms(nodes: readonly AnyNode[]): ReadonlySet<NamedFromNode> {
  const found = new Set<NamedFromNode>();
  // Every join asks: the commonest kinds do not go through the table.
  const visit = (node: AnyNode): void => {
    switch (node.kind) {
      case "column":
        if (node.table !== null) found.add(node.table);
        return;
      case "binary":
        visit(node.left);
        visit(node.right);
        return;
      case "label":
        visit(node.element);
        return;
      case "entity":
        found.add(node.entity.from);
        for (const from of node.entity.bundled ?? NONE) found.add(from);
        return;
      case "bind":
      case "select":
        return;
      default:
        visitChildren(node, visit);
    }
  };
  for (const node of nodes) visit(node);
  return found;
}

/** True for what has SQL of its own to write: subqueries, samples, CTEs, rows of values, functions. */
export function isDerived(from: NamedFromNode): boolean {
  if (from.kind === "alias") return from.element.kind !== "table" || from.sample !== undefined;
  return from.kind !== "table" && from.kind !== "combined";
}

/** The named sources inside a FROM element: itself, both sides of a join, what tables are combined of. */
export function namedFroms(from: FromNode): readonly NamedFromNode[] {
  if (from.kind === "join") return [...namedFroms(from.left), ...namedFroms(from.right)];
  return from.kind === "combined" ? [from, ...namedFroms(from.join)] : [from];
}

/** What stands in FROM: the given elements, then every other source referred to. */
export function displayedFroms(given: readonly FromNode[], referenced: Iterable<NamedFromNode>): readonly FromNode[] {
  const present = new Set(given.flatMap(namedFroms).map((from) => from.key));
  const froms: FromNode[] = [...given];
  for (const from of referenced) {
    if (present.has(from.key)) continue;
    if (from.kind === "combined") {
      // Tables that were referred to before it stand in it.
      const parts = namedFroms(from);
      for (const part of parts) present.add(part.key);
      for (let at = froms.length - 1; at >= given.length; at--) {
        if (parts.some((part) => part.key === froms[at]?.key)) froms.splice(at, 1);
      }
    }
    present.add(from.key);
    froms.push(from);
  }
  return froms;
}
