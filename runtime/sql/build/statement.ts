// What every statement object can do by itself: print and compile.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { collectBinds } from "../ast/collect-binds.js";
import type { StatementNode } from "../ast/nodes.js";
import { compileText } from "../compile/compile-text.js";
import type { CompiledText, CompileOptions } from "../typing.js";
import { SqlElement } from "./element.js";

/** What `params()` was given. Throws `ArgumentError` for names that are no parameter's. */
export function givenValues(node: StatementNode, values: unknown): Readonly<Record<string, unknown>> {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new ArgumentError(`params() takes an object of values by name, got ${describeValue(values)}`);
  }
  const known = new Set(
    collectBinds(node)
      .filter((bind) => !bind.unique)
      .map((bind) => bind.name),
  );
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) throw new ArgumentError(`params(): '${name}' is undefined; pass null for NULL`);
    if (!known.has(name)) {
      const names = known.size === 0 ? "it has none" : `it has ${[...known].join(", ")}`;
      throw new ArgumentError(`params(): the statement has no parameter '${name}'; ${names}`);
    }
  }
  return { ...values };
}

export abstract class StatementElement<Node extends StatementNode = StatementNode> extends SqlElement {
  declare readonly node: Node;

  constructor(node: Node) {
    super();
    this.node = node;
  }

  get role(): "statement" | "text" {
    return "statement";
  }

  compile(options: CompileOptions = {}): CompiledText {
    return compileText(this.node, options.dialect?.sql, options.literalBinds);
  }

  override toString(): string {
    return compileText(this.node).sql;
  }
}
