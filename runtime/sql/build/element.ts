// What all public SQL objects are: a node behind a class. Being made by these classes is what tells SQL from data: an
// object that came from JSON has the same fields at best, never the class.
import type { AnyNode, ExpressionNode } from "../ast/nodes.js";

/** Where an element may stand. */
type ElementRole = "expression" | "condition" | "order" | "subquery" | "text" | "source" | "statement";

const NONE: readonly ExpressionNode[] = [];

/** Subclasses `declare` their node and set it in the constructor, once: queries make very many of them. */
export abstract class SqlElement {
  /** On the prototype, as everything that all objects of a class share. */
  abstract get role(): ElementRole;
  abstract readonly node: AnyNode;

  /** What rows have to meet where this is selected: that of the class whose attribute it is. */
  get criteria(): readonly ExpressionNode[] {
    return NONE;
  }
}

/** An element that may be an operand: an expression, a condition or a subquery. */
export abstract class OperandElement extends SqlElement {
  abstract override readonly node: ExpressionNode;
}

/** The element, where the value is one; else null. */
export function elementOf(value: unknown): SqlElement | null {
  return value instanceof SqlElement ? value : null;
}

/**
 * An implementation under its public type. The public interfaces say more than the classes: what a value's type is and
 * whose column it is exist for the type checker alone, so the claim is the factory's that calls this.
 */
export function typed<T>(implementation: object): T {
  return implementation as T; // the doc comment above says why the claim is sound
}
