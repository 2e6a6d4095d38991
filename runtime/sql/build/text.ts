// `text()`: SQL written by hand, with `:name` parameters.
import { ArgumentError } from "../../errors/errors.js";
import { unknownType } from "../../types/declared-type.js";
import { describeValue } from "../../types/describe-value.js";
import type { SqlType } from "../../types/sql-type.js";
import { typeForValue } from "../../types/value-type.js";
import { namedBindNode, textNode } from "../ast/expressions.js";
import type { BindNode, TextNode } from "../ast/nodes.js";
import { aliasNode, cteNode } from "../ast/tables.js";
import type { StatementOptions } from "../statement-options.js";
import type { CteOptions, Text } from "../typing.js";
import { AliasedSource, CteSource } from "./alias.js";
import { typed } from "./element.js";
import { StatementElement } from "./statement.js";
import { splitText } from "./text-binds.js";

/**
 * A statement, or a condition inside one, in the database's own SQL. `:name` is a parameter, whose value comes from
 * `bindparams()` or with the execution; `\:` is a colon. Never build the text from input: that is what parameters
 * are for.
 * `R` says what a row holds, since nothing can check it.
 */
export function text<R = Record<string, unknown>>(sql: string): Text<R> {
  if (typeof sql !== "string" || sql.trim() === "") {
    throw new ArgumentError(`text() takes SQL as a string, got ${describeValue(sql)}`);
  }
  const { segments, names } = splitText(sql);
  return typed(
    new TextStatement(
      textNode(
        segments,
        names.map((name) => namedBindNode(name, unknownType)),
      ),
    ),
  );
}

export class TextStatement extends StatementElement<TextNode> {
  override get role(): "text" {
    return "text";
  }

  get kind(): "text" {
    return "text";
  }

  bindparams(values: Readonly<Record<string, unknown>>): TextStatement {
    const given = new Map(Object.entries(values));
    const known = new Set(this.node.binds.map((bind) => bind.name));
    for (const [name, value] of given) {
      if (!known.has(name)) throw new ArgumentError(`bindparams(): the text has no parameter ':${name}'`);
      if (value === undefined) throw new ArgumentError(`bindparams(): ':${name}' is undefined; pass null for NULL`);
    }
    return this.#with(
      this.node.binds.map((bind) => (given.has(bind.name) ? boundTo(bind, given.get(bind.name)) : bind)),
    );
  }

  /** The types of the columns that the text returns, in their order: rows are then decoded by them. */
  columns(types: Readonly<Record<string, SqlType>>): TextStatement {
    const columns = Object.entries(types).map(([property, type]) => ({ property, type }));
    return new TextStatement(textNode(this.node.segments, this.node.binds, columns, this.node.execution));
  }

  executionOptions(options: StatementOptions): TextStatement {
    const { segments, binds, columns, execution } = this.node;
    return new TextStatement(textNode(segments, binds, columns, { ...execution, ...options }));
  }

  /** As a table with the columns that `columns()` told of. */
  subquery(name: string): AliasedSource {
    this.#requireColumns("subquery()", name);
    return new AliasedSource(aliasNode(this.node, name));
  }

  /** As a CTE with the columns that `columns()` told of. */
  cte(name: string, options: CteOptions = {}): CteSource {
    this.#requireColumns("cte()", name);
    const { recursive = false, materialized = null } = options;
    return new CteSource(cteNode({ name, element: this.node, recursive, materialized, restates: null }));
  }

  #requireColumns(where: string, name: unknown): void {
    if (typeof name !== "string" || name === "") throw new ArgumentError(`${where} needs a name`);
    if (this.node.columns === null) throw new ArgumentError(`${where} of a text needs columns() first`);
  }

  #with(binds: readonly BindNode[]): TextStatement {
    return new TextStatement(textNode(this.node.segments, binds, this.node.columns, this.node.execution));
  }
}

function boundTo(bind: BindNode, value: unknown): BindNode {
  return namedBindNode(bind.name, value === null ? unknownType : typeForValue(value), value);
}
