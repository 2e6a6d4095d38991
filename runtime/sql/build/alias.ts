// Tables, subqueries and CTEs under a name of their own, with columns of their own.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { Double } from "../../types/types.js";
import { bindNode } from "../ast/expressions.js";
import type { AliasNode, CteNode, NamedFromNode, SelectNode, SetOperator } from "../ast/nodes.js";
import { bareSelect, copySelect, NO_SELECT_EXTRAS } from "../ast/statements.js";
import { aliasNode, cteNode, cteUse, sampleNode } from "../ast/tables.js";
import type { Renamed, Select, SelectedColumns, Source, TableLike } from "../typing.js";
import { elementOf, typed } from "./element.js";
import { Expression } from "./expression.js";
import { SourceElement } from "./sources.js";

/** `table AS name`, to use a table twice, or `(SELECT …) AS name`, to read from a select; its columns are in `c`. */
export function alias<const N extends string, T extends Source>(source: T, name: N): Source<N, Renamed<N, T["c"]>>;
export function alias<const N extends string, L extends readonly unknown[], X extends string>(
  source: Select<L, X>,
  name: N,
): Source<N, SelectedColumns<N, L, X>>;
export function alias(source: unknown, name: string): Source {
  if (typeof name !== "string" || name === "") throw new ArgumentError("alias() needs a name");
  const node = elementOf(source)?.node;
  if (node !== undefined && node.kind === "cte") return typed(new CteSource(cteUse(node.definition, name)));
  return typed(new AliasedSource(aliasNode(aliasable(source), name)));
}

/** What `tablesample()` takes. */
interface SampleOptions {
  /** Each row by chance, or whole pages of rows, which is quicker. */
  readonly method?: "bernoulli" | "system";
  /** Equal seeds read the same rows, as long as the table does not change. */
  readonly seed?: number;
}

/** About so many per cent of a table's rows, under another name: `table AS name TABLESAMPLE bernoulli(10)`. */
export function tablesample<const N extends string, T extends TableLike>(
  table: T,
  name: N,
  percent: number,
  options: SampleOptions = {},
): Source<N, Renamed<N, T["c"]>> {
  const { method = "bernoulli", seed } = options;
  const node = elementOf(table)?.node;
  if (node === undefined || node.kind !== "table") {
    throw new ArgumentError(`tablesample() takes a table, got ${describeValue(table)}`);
  }
  if (typeof name !== "string" || name === "") throw new ArgumentError("tablesample() needs a name");
  if (method !== "bernoulli" && method !== "system")
    throw new ArgumentError(`no such sample: ${describeValue(method)}`);
  if (typeof percent !== "number" || !(percent >= 0 && percent <= 100)) {
    throw new ArgumentError(`tablesample() takes a percentage from 0 to 100, got ${describeValue(percent)}`);
  }
  const parts = {
    method,
    percent: bindNode("param", DOUBLE, percent),
    seed: seed === undefined ? null : bindNode("param", DOUBLE, seed),
  };
  return typed(new AliasedSource(sampleNode(node, name, parts)));
}

const DOUBLE = Double().type;

function aliasable(source: unknown): AliasNode["element"] {
  const node = elementOf(source)?.node;
  if (node !== undefined && (node.kind === "table" || node.kind === "select")) return node;
  if (node !== undefined && node.kind === "text" && node.columns !== null) return node;
  throw new ArgumentError(`alias() takes a table or a select, got ${describeValue(source)}`);
}

/** The columns of a source by property. */
export function columnsOf(node: NamedFromNode): Readonly<Record<string, Expression>> {
  return Object.fromEntries(node.columns.map((column) => [column.property, new Expression(column)]));
}

export class AliasedSource extends SourceElement<AliasNode> {
  readonly c: Readonly<Record<string, Expression>>;

  constructor(node: AliasNode) {
    super(node);
    this.c = columnsOf(node);
  }

  get name(): string {
    return this.node.name;
  }
}

/** A CTE as a source of rows. */
export class CteSource extends SourceElement<CteNode> {
  readonly c: Readonly<Record<string, Expression>>;

  constructor(node: CteNode) {
    super(node);
    this.c = columnsOf(node);
  }

  get name(): string {
    return this.node.name;
  }

  /** The same CTE under another name, to read from it twice. */
  alias(name: string): CteSource {
    if (typeof name !== "string" || name === "") throw new ArgumentError("alias() needs a name");
    return new CteSource(cteUse(this.node.definition, name));
  }

  /** The CTE with another half; in a recursive one that half may read from the CTE itself. */
  union(...others: unknown[]): CteSource {
    return this.#completed("union", others);
  }

  unionAll(...others: unknown[]): CteSource {
    return this.#completed("unionAll", others);
  }

  #completed(operator: SetOperator, others: readonly unknown[]): CteSource {
    const { definition } = this.node;
    const selects = [definition.element, ...others.map((other) => elementOf(other)?.node)].map((node): SelectNode => {
      if (node !== undefined && node.kind === "select") return node;
      throw new ArgumentError(`${operator}() of the CTE '${definition.name}' takes selects`);
    });
    const [first] = selects;
    if (first === undefined || selects.length < 2) throw new ArgumentError(`${operator}() takes a select`);
    const extras = { ...NO_SELECT_EXTRAS, set: { operator, selects } };
    const element = Object.assign(copySelect(bareSelect(first.items)), { extras });
    const { name, recursive, materialized } = definition;
    return new CteSource(cteNode({ name, element, recursive, materialized, restates: definition }));
  }
}

/** The CTE behind a value. */
export function cteOf(value: unknown, where: string): CteNode {
  const node = elementOf(value)?.node;
  if (node !== undefined && node.kind === "cte") return node;
  throw new ArgumentError(`${where} takes what cte() makes, got ${describeValue(value)}`);
}
