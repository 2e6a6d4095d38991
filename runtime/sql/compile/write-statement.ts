// A statement to SQL text: the writers of its parts put together, and the CTEs put at its head.
import type { StatementNode } from "../ast/nodes.js";
import type { CompileContext } from "./compile-context.js";
import { ChangeWriter } from "./write-changes.js";
import { ExpressionCompiler } from "./write-expression.js";
import { SelectWriter } from "./write-select.js";
import { SourceWriter } from "./write-sources.js";

/** The statement's text, with marks where its parameters are. */
export function writeStatement(node: StatementNode, context: CompileContext): string {
  const expressions = new ExpressionCompiler(context, (select) => selects.select(select));
  const sources = new SourceWriter(context, expressions, (statement) => write(statement));
  const selects = new SelectWriter(context, expressions, sources);
  const changes = new ChangeWriter(context, expressions, sources, selects);
  const write = (statement: StatementNode): string => {
    switch (statement.kind) {
      case "select":
        return selects.select(statement);
      case "insert":
        return changes.insert(statement);
      case "update":
        return changes.update(statement);
      case "delete":
        return changes.delete(statement);
      case "text":
        return expressions.write(statement);
    }
  };
  const text = write(node);
  return context.ctes.take() + text;
}
