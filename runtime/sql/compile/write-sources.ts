// What stands in FROM: tables, subqueries, joins, functions and rows of values; and the CTEs, which are written where
// they are first read from and stand at the statement's head.
import { collectBinds } from "../ast/collect-binds.js";
import type {
  AliasNode,
  ColumnNode,
  CteDefinition,
  CteNode,
  FromNode,
  JoinNode,
  StatementNode,
  TableFunctionNode,
  TableHint,
  TableNode,
  ValuesNode,
} from "../ast/nodes.js";
import type { CompileContext } from "./compile-context.js";
import type { ExpressionCompiler } from "./write-expression.js";

const JOIN_WORDS = {
  inner: "JOIN",
  left: "LEFT OUTER JOIN",
  full: "FULL OUTER JOIN",
  cross: "CROSS JOIN",
} as const;

/** How a whole statement is written inside another one, which its sources do not reach. */
type StatementWriter = (node: StatementNode) => string;

export class SourceWriter {
  readonly #context: CompileContext;
  readonly #expressions: ExpressionCompiler;
  readonly #writeStatement: StatementWriter;

  constructor(context: CompileContext, expressions: ExpressionCompiler, writeStatement: StatementWriter) {
    this.#context = context;
    this.#expressions = expressions;
    this.#writeStatement = writeStatement;
  }

  from(node: FromNode, hints: readonly TableHint[] = []): string {
    if (node.kind === "join") return this.#join(node, hints);
    return this.#source(node) + this.#hint(node, hints);
  }

  /** Makes sure that the CTE stands at the statement's head. */
  define(node: CteNode): void {
    const { definition } = node;
    const { ctes } = this.#context;
    if (ctes.has(definition.key) || ctes.isOpen(definition.key)) {
      this.#context.skip(collectBinds(definition.element));
      return;
    }
    ctes.open(definition);
    const body = this.#isolated(() => this.#writeStatement(definition.element));
    ctes.close(definition, `${this.#cteHead(definition, node.columns)}(${body})`);
  }

  // ---- rows of parameters

  valuesRows(node: ValuesNode): string {
    const rows = node.rows.map((row) => this.#expressions.list(row));
    if (this.#context.dialect.valuesForm === "union") return rows.map((row) => `SELECT ${row}`).join(" UNION ALL ");
    return `VALUES ${rows.map((row) => `(${row})`).join(", ")}`;
  }

  /** The rows under the names, types and collations of a table's columns, which an empty SELECT brings in first. */
  valuesLike(node: ValuesNode, table: TableNode): string {
    const head = `SELECT ${this.columnNames(node.columns)} FROM ${this.#expressions.sourceName(table)} WHERE 1 = 0`;
    return `(${head} UNION ALL ${this.valuesRows(node)}) AS ${this.#expressions.sourceName(node)}`;
  }

  valuesColumns(node: ValuesNode): string {
    return `${this.#context.dialect.quoteIdentifier(node.name)} (${this.columnNames(node.columns)})`;
  }

  valuesSource(node: ValuesNode): string {
    return `(${this.valuesRows(node)}) AS ${this.valuesColumns(node)}`;
  }

  columnNames(columns: readonly ColumnNode[]): string {
    return columns.map((column) => this.#context.dialect.quoteIdentifier(column.name)).join(", ");
  }

  // ---- one source each

  #source(node: Exclude<FromNode, JoinNode>): string {
    switch (node.kind) {
      case "table":
        return this.#expressions.sourceName(node);
      case "alias":
        return this.#aliased(node);
      case "values":
        return this.#values(node);
      case "cte":
        return this.#cte(node);
      case "tableFunction":
        return this.#tableFunction(node);
      case "combined":
        return this.from(node.join);
    }
  }

  #join(node: JoinNode, hints: readonly TableHint[]): string {
    if (node.join === "full") this.#context.require("fullJoin", "FULL OUTER JOIN");
    const left = this.from(node.left, hints);
    const right = node.right.kind === "combined" ? `(${this.from(node.right, hints)})` : this.from(node.right, hints);
    const joined = `${left} ${JOIN_WORDS[node.join]} ${right}`;
    return node.join === "cross" ? joined : `${joined} ON ${this.#expressions.write(node.on)}`;
  }

  #aliased(node: AliasNode): string {
    const name = this.#context.dialect.quoteIdentifier(node.name);
    if (node.element.kind === "table") {
      return `${this.#expressions.sourceName(node.element)} AS ${name}${this.#sample(node)}`;
    }
    const { element } = node;
    if (node.lateral !== true) return `(${this.#isolated(() => this.#writeStatement(element))}) AS ${name}`;
    this.#context.require("lateral", "LATERAL");
    return `LATERAL (${this.#writeStatement(element)}) AS ${name}`;
  }

  #sample({ sample }: AliasNode): string {
    if (sample === undefined) return "";
    this.#context.require("tablesample", "TABLESAMPLE");
    const part = ` TABLESAMPLE ${sample.method}(${this.#expressions.write(sample.percent)})`;
    return sample.seed === null ? part : `${part} REPEATABLE (${this.#expressions.write(sample.seed)})`;
  }

  #cte(node: CteNode): string {
    this.define(node);
    const { dialect } = this.#context;
    const own = dialect.quoteIdentifier(node.definition.name);
    return node.name === node.definition.name ? own : `${own} AS ${dialect.quoteIdentifier(node.name)}`;
  }

  #values(node: ValuesNode): string {
    if (this.#context.dialect.valuesForm === "derived") return this.valuesSource(node);
    const { ctes } = this.#context;
    if (ctes.has(node.key)) this.#context.skip(collectBinds(node));
    else ctes.add(node, `${this.valuesColumns(node)} AS \n(${this.valuesRows(node)})`);
    return this.#context.dialect.quoteIdentifier(node.name);
  }

  #tableFunction(node: TableFunctionNode): string {
    const { dialect } = this.#context;
    const call = this.#expressions.write(node.call) + (node.ordinality ? " WITH ORDINALITY" : "");
    const name = dialect.quoteIdentifier(node.name);
    return `${call} AS ${name}${node.derived ? `(${this.columnNames(node.columns)})` : ""}`;
  }

  #cteHead(definition: CteDefinition, columns: readonly ColumnNode[]): string {
    const { dialect } = this.#context;
    const names = definition.recursive && columns.length > 0 ? `(${this.columnNames(columns)})` : "";
    let word = "";
    if (definition.materialized !== null && dialect.lacks?.materialized === undefined) {
      word = definition.materialized ? "MATERIALIZED " : "NOT MATERIALIZED ";
    }
    return `${dialect.quoteIdentifier(definition.name)}${names} AS ${word}\n`;
  }

  /** Writes what sees none of the sources around it, in parentheses of its own. */
  #isolated(write: () => string): string {
    const { enclosing } = this.#context;
    const hidden = enclosing.splice(0);
    const outer = this.#context.qualified;
    this.#context.qualified = true;
    const text = write();
    this.#context.qualified = outer;
    enclosing.push(...hidden);
    return text;
  }

  #hint(node: Exclude<FromNode, JoinNode>, hints: readonly TableHint[]): string {
    return hints
      .filter((hint) => hint.from.key === node.key && this.#context.speaks(hint))
      .map((hint) => ` ${hint.text}`)
      .join("");
  }
}
