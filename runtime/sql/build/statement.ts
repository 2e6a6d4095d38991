// What every statement object can do by itself: print and compile.
import type { StatementNode } from "../ast/nodes.js";
import { compileText } from "../compile/compile-text.js";
import type { CompiledText, CompileOptions } from "../typing.js";
import { SqlElement } from "./element.js";

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
