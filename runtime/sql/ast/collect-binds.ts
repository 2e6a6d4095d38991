// The binds of a statement in writing order. A compiled statement's parameters refer to them by position, so that what
// was compiled for one statement serves every other of the same key.
import { ArgumentError } from "../../errors/errors.js";
import { visitChildren, visitDelete, visitSelect, visitUpdate } from "./children.js";
import { holdsBinds } from "./intern.js";
import { displayedFroms, isDerived, referencedFroms } from "./froms.js";
import type { AnyNode, BindNode, CteDefinition, ExpressionNode, FromNode, NamedFromNode } from "./nodes.js";

/** Every occurrence of a bind, in writing order; one used twice is there twice. */
export function collectBinds(node: AnyNode): readonly BindNode[] {
  return collected(node, false);
}

/** The same with the values that statements were given by `params()`: those of the outermost statement win. */
export function collectValues(node: AnyNode): readonly BindNode[] {
  return collected(node, true);
}

function collected(node: AnyNode, withGiven: boolean): readonly BindNode[] {
  const binds: BindNode[] = [];
  let derived = false;
  // This runs at every execution: what has no binds is passed over, the commonest kinds do not go through the table.
  const visit = (child: AnyNode): void => {
    if (!holdsBinds(child.key)) return;
    switch (child.kind) {
      case "column":
        if (child.table !== null && child.table.kind !== "table" && isDerived(child.table)) derived = true;
        return;
      case "entity":
        if (isDerived(child.entity.from)) derived = true;
        return;
      case "table":
        return;
      case "bind":
        binds.push(child);
        return;
      case "binary":
        visit(child.left);
        visit(child.right);
        return;
      case "label":
      case "order":
        visit(child.element);
        return;
      case "function":
        for (const operand of child.operands) visit(operand);
        return;
      case "join":
        visit(child.left);
        visit(child.right);
        visit(child.on);
        return;
      default: {
        const start = binds.length;
        visitChildren(child, visit);
        if (withGiven) giveValues(binds, start, child);
      }
    }
  };
  visit(node);
  return derived ? new SourceCollector(withGiven).collect(node) : binds;
}

/** Replaces the binds from `start` on, which are the statement's, by those with the values that it was given. */
function giveValues(binds: BindNode[], start: number, node: AnyNode): void {
  const given = givenTo(node);
  if (given === undefined) return;
  for (let at = start; at < binds.length; at++) {
    const bind = binds[at];
    if (bind === undefined || bind.unique || !Object.hasOwn(given, bind.name)) continue;
    binds[at] = { ...bind, value: given[bind.name] };
  }
}

function givenTo(node: AnyNode): Readonly<Record<string, unknown>> | undefined {
  switch (node.kind) {
    case "select":
    case "insert":
    case "update":
    case "delete":
      return node.extras?.given;
    default:
      return undefined;
  }
}

/**
 * The same where columns come from subqueries, CTEs and the like: what only a column tells of is visited too, where the
 * writer puts it into FROM. A source that a subquery leaves to the statement around it is visited there as well, and
 * the writer passes over it.
 */
class SourceCollector {
  readonly #binds: BindNode[] = [];
  readonly #definitions = new Map<number, CteDefinition>();
  readonly #withGiven: boolean;

  constructor(withGiven: boolean) {
    this.#withGiven = withGiven;
  }

  collect(node: AnyNode): readonly BindNode[] {
    this.#visit(node);
    return this.#binds;
  }

  readonly #visit = (node: AnyNode): void => {
    const start = this.#binds.length;
    this.#visitNode(node);
    if (this.#withGiven) giveValues(this.#binds, start, node);
  };

  #visitNode(node: AnyNode): void {
    switch (node.kind) {
      case "bind":
        this.#binds.push(node);
        return;
      case "select":
        visitSelect(node, this.#visit, () => this.#sources(node.froms, [...node.items, ...node.where]));
        return;
      case "update": {
        const given = [node.table, ...(node.values === null ? [] : [node.values]), ...(node.extras?.froms ?? [])];
        const values = (node.assignments ?? []).map((assignment) => assignment.value);
        visitUpdate(node, this.#visit, () => this.#sources(given, [...node.where, ...values]));
        return;
      }
      case "delete": {
        const given = [node.table, ...(node.extras?.froms ?? [])];
        visitDelete(node, this.#visit, () => this.#sources(given, node.where));
        return;
      }
      case "cte":
        this.#define(node.definition);
        visitChildren(node, this.#visit);
        return;
      default:
        visitChildren(node, this.#visit);
    }
  }

  #sources(given: readonly FromNode[], expressions: readonly (ExpressionNode | AnyNode)[]): void {
    const referenced = referencedFroms(expressions);
    checkNames(referenced);
    for (const from of displayedFroms(given, referenced).slice(given.length)) this.#visit(from);
  }

  #define(definition: CteDefinition): void {
    const known = this.#definitions.get(definition.key);
    if (known === undefined) this.#definitions.set(definition.key, definition);
    else if (known !== definition && collectBinds(definition.element).length > 0) throw namedAlike(definition.name);
  }
}

/** Two subqueries of one structure and name count as one, which they may only where their values are the same. */
function checkNames(froms: ReadonlySet<NamedFromNode>): void {
  const known = new Map<number, NamedFromNode>();
  for (const from of froms) {
    const other = known.get(from.key);
    if (other === undefined) known.set(from.key, from);
    else if (isDerived(from) && from.kind !== "cte" && collectBinds(from).length > 0) throw namedAlike(from.name);
  }
}

function namedAlike(name: string): ArgumentError {
  return new ArgumentError(`two different subqueries are called '${name}' in one statement; give one another name`);
}
