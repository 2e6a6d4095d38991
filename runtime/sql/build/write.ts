// What INSERT, UPDATE and DELETE can do alike: words of the database's own, CTEs, and being a CTE themselves.
import type { DeleteNode, InsertNode, SelectItem, UpdateNode, WriteExtras } from "../ast/nodes.js";
import { NO_WRITE_EXTRAS } from "../ast/statements.js";
import { cteNode } from "../ast/tables.js";
import { ArgumentError } from "../../errors/errors.js";
import { cteOf, CteSource } from "./alias.js";
import { selectItems } from "./coerce.js";
import { loadOptions, wordsOf } from "./query.js";
import type { StatementOptions } from "../statement-options.js";
import { sourceNode } from "./sources.js";
import { givenValues, StatementElement } from "./statement.js";

export abstract class WriteStatement<Node extends InsertNode | UpdateNode | DeleteNode> extends StatementElement<Node> {
  /** The statement with these rare clauses. */
  protected abstract withExtras(extras: WriteExtras): this;

  /** Words of the database's own after the keyword, such as `OR REPLACE`: never from input. */
  prefixWith(text: string, dialect: string | null = null): this {
    const extras = this.#extras;
    return this.withExtras({ ...extras, prefixes: [...extras.prefixes, wordsOf(text, dialect, "prefixWith()")] });
  }

  /** How the statement is to be executed, over what the connection says; later options go over earlier ones. */
  executionOptions(options: StatementOptions): this {
    const extras = this.#extras;
    return this.withExtras({ ...extras, execution: { ...extras.execution, ...options } });
  }

  /** The statement with values for its named parameters. */
  params(values: unknown): this {
    const extras = this.#extras;
    return this.withExtras({ ...extras, given: { ...extras.given, ...givenValues(this.node, values) } });
  }

  /** Puts CTEs at the statement's head to which nothing in it refers. */
  addCte(...ctes: unknown[]): this {
    const extras = this.#extras;
    return this.withExtras({ ...extras, ctes: [...extras.ctes, ...ctes.map((cte) => cteOf(cte, "addCte()"))] });
  }

  /** The rows that RETURNING gives, as a CTE. */
  cte(name: string): CteSource {
    if (typeof name !== "string" || name === "") throw new ArgumentError("cte() needs a name");
    return new CteSource(cteNode({ name, element: this.node, recursive: false, materialized: null, restates: null }));
  }

  protected withOptions(options: readonly unknown[]): this {
    const extras = this.#extras;
    return this.withExtras({ ...extras, options: [...(extras.options ?? []), ...loadOptions(options)] });
  }

  protected reading(sources: readonly unknown[], where: string): this {
    const extras = this.#extras;
    return this.withExtras({ ...extras, froms: [...extras.froms, ...sources.map((each) => sourceNode(each, where))] });
  }

  get #extras(): WriteExtras {
    return this.node.extras ?? NO_WRITE_EXTRAS;
  }
}

/** The items of RETURNING. */
export function returningItems(items: readonly unknown[]): readonly SelectItem[] {
  return selectItems(items, "returning()");
}
