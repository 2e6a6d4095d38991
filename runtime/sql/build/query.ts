// What selects and set operations can do alike: order, limits, locks, and being used inside other statements.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { countBindNode, existsNode, subqueryNode } from "../ast/expressions.js";
import type {
  ExpressionNode,
  LockClause,
  SelectExtras,
  SelectItem,
  SelectNode,
  SetOperator,
  StatementWords,
} from "../ast/nodes.js";
import { bareSelect, copySelect, NO_SELECT_EXTRAS } from "../ast/statements.js";
import { aliasNode, cteNode } from "../ast/tables.js";
import type { StatementOptions } from "../statement-options.js";
import type { CteOptions, FetchOptions, LockOptions } from "../typing.js";
import { AliasedSource, cteOf, CteSource } from "./alias.js";
import { argumentNode, partNode, requireExpression, selectType } from "./coerce.js";
import { elementOf, OperandElement } from "./element.js";
import { ConditionElement, Expression } from "./expression.js";
import { sourceNode } from "./sources.js";
import { givenValues, StatementElement } from "./statement.js";

/** A select in parentheses, as an operand of `in`. */
class SubqueryElement extends OperandElement {
  readonly node: ExpressionNode;

  constructor(node: ExpressionNode) {
    super();
    this.node = node;
  }

  get role(): "subquery" {
    return "subquery";
  }

  get kind(): "subquery" {
    return "subquery";
  }
}

export abstract class QueryStatement extends StatementElement<SelectNode> {
  /** A statement of the same class. */
  protected abstract made(node: SelectNode): this;

  /** Added to the order there is. A string names a label of the select list. */
  orderBy(...expressions: unknown[]): this {
    const node = copySelect(this.node);
    const nodes = node.orderBy.slice();
    for (const expression of expressions) nodes.push(orderTerm(expression, node.items));
    node.orderBy = nodes;
    return this.made(node);
  }

  /** At most so many rows; null takes the limit away. */
  limit(count: number | null): this {
    const node = copySelect(this.node);
    node.limit = rowCount(count, "limit()");
    return this.made(node);
  }

  /** So many rows passed over; null passes over none. */
  offset(count: number | null): this {
    const node = copySelect(this.node);
    node.offset = rowCount(count, "offset()");
    return this.made(node);
  }

  /** Loader options for the ORM. */
  options(...options: unknown[]): this {
    const node = copySelect(this.node);
    node.options = [...node.options, ...loadOptions(options)];
    return this.made(node);
  }

  /** `FETCH FIRST count ROWS`, with those that tie with the last one, or so many per cent, where the database can. */
  fetch(count: number, options: FetchOptions = {}): this {
    const nodeOfCount = rowCount(count, "fetch()");
    if (nodeOfCount === null) throw new ArgumentError("fetch() takes a whole number from 0, got null");
    const { withTies = false, percent = false } = options;
    return this.withExtras({ fetch: { count: nodeOfCount, withTies, percent } });
  }

  /** `FOR UPDATE`: locks the rows that are read, until the transaction ends. SQLite locks as a whole and ignores it. */
  forUpdate(options: LockOptions = {}): this {
    return this.withExtras({ lock: lockClause(options) });
  }

  /** Words of the database's own at the end: never from input. With a dialect's name, for that dialect alone. */
  suffixWith(text: string, dialect: string | null = null): this {
    return this.withExtras({ suffixes: [...this.extras.suffixes, wordsOf(text, dialect, "suffixWith()")] });
  }

  /** `suffixWith`, under the name that hints for the whole statement have elsewhere. */
  withStatementHint(text: string, dialect: string | null = null): this {
    return this.suffixWith(text, dialect);
  }

  /** The statement with values for its named parameters. */
  params(values: unknown): this {
    return this.withExtras({ given: { ...this.extras.given, ...givenValues(this.node, values) } });
  }

  /** The rows from `start` to before `stop`, counted from 0. */
  slice(start: number, stop: number): this {
    if (stop < start) throw new ArgumentError(`slice() takes a start and a stop after it, got ${start} and ${stop}`);
    return this.offset(start).limit(stop - start);
  }

  /** The items of the select list by name. */
  get selectedColumns(): Readonly<Record<string, Expression>> {
    const named: [string, Expression][] = [];
    for (const item of this.node.items) {
      if (item.kind === "label") named.push([item.name, new Expression(item)]);
      else if (item.kind === "column") named.push([item.property, new Expression(item)]);
    }
    return Object.fromEntries(named);
  }

  /** Puts CTEs at the statement's head to which nothing in it refers, such as an INSERT. */
  addCte(...ctes: unknown[]): this {
    return this.withExtras({ ctes: [...this.extras.ctes, ...ctes.map((cte) => cteOf(cte, "addCte()"))] });
  }

  /** How the statement is to be executed, over what the connection says; later options go over earlier ones. */
  executionOptions(options: StatementOptions): this {
    return this.withExtras({ execution: { ...this.extras.execution, ...options } });
  }

  exists(): ConditionElement {
    return new ConditionElement(existsNode(partNode(this.node)));
  }

  /** As the right side of `in`; with a name, as a table with columns in `c`. */
  subquery(name?: string): SubqueryElement | AliasedSource {
    if (name === undefined) return new SubqueryElement(subqueryNode(partNode(this.node), selectType(this.node)));
    return new AliasedSource(aliasNode(partNode(this.node), nameOf(name, "subquery()")));
  }

  /** A subquery in FROM that may refer to the sources before it. */
  lateral(name: string): AliasedSource {
    return new AliasedSource(aliasNode(partNode(this.node), nameOf(name, "lateral()"), true));
  }

  /** `WITH name AS (…)`, to be read from by `c`. A recursive one is completed by its `unionAll()`. */
  cte(name: string, options: CteOptions = {}): CteSource {
    const { recursive = false, materialized = null } = options;
    const element = partNode(this.node);
    return new CteSource(cteNode({ name: nameOf(name, "cte()"), element, recursive, materialized, restates: null }));
  }

  scalar(): Expression {
    return new Expression(subqueryNode(partNode(this.node), selectType(this.node)));
  }

  scalarSubquery(): Expression {
    return this.scalar();
  }

  union(...others: unknown[]): CompoundStatement {
    return combined("union", [this, ...others]);
  }

  unionAll(...others: unknown[]): CompoundStatement {
    return combined("unionAll", [this, ...others]);
  }

  intersect(...others: unknown[]): CompoundStatement {
    return combined("intersect", [this, ...others]);
  }

  intersectAll(...others: unknown[]): CompoundStatement {
    return combined("intersectAll", [this, ...others]);
  }

  except(...others: unknown[]): CompoundStatement {
    return combined("except", [this, ...others]);
  }

  exceptAll(...others: unknown[]): CompoundStatement {
    return combined("exceptAll", [this, ...others]);
  }

  protected get extras(): SelectExtras {
    return this.node.extras ?? NO_SELECT_EXTRAS;
  }

  protected withExtras(changed: Partial<SelectExtras>): this {
    const node = copySelect(this.node);
    node.extras = { ...this.extras, ...changed };
    return this.made(node);
  }
}

/** `SELECT … UNION SELECT …` and its kin. */
class CompoundStatement extends QueryStatement {
  protected override made(node: SelectNode): this {
    return new CompoundStatement(node) as this; // the class has no subclasses
  }
}

/** The selects in one. Throws `ArgumentError` where their numbers of columns differ. */
export function combined(operator: SetOperator, statements: readonly unknown[]): CompoundStatement {
  const selects = statements.map((statement) => partNode(selectOf(statement, `${operator}()`)));
  const [first] = selects;
  if (first === undefined || selects.length < 2) throw new ArgumentError(`${operator}() takes two selects or more`);
  const width = columnCount(first.items);
  const other = selects.find((select) => columnCount(select.items) !== width);
  if (other !== undefined) {
    throw new ArgumentError(
      `${operator}(): the first select has ${width} columns and another ${columnCount(other.items)}; ` +
        "all need the same number",
    );
  }
  const { options } = first;
  const extras: SelectExtras = { ...NO_SELECT_EXTRAS, set: { operator, selects: flattened(operator, selects) } };
  return new CompoundStatement(Object.assign(copySelect(bareSelect(first.items)), { options, extras }));
}

const ASSOCIATIVE: ReadonlySet<SetOperator> = new Set(["union", "unionAll"]);

/** `a UNION b UNION c` for `(a UNION b) UNION c`, which has the same rows. */
function flattened(operator: SetOperator, selects: readonly SelectNode[]): readonly SelectNode[] {
  const [first, ...rest] = selects;
  const set = first?.extras?.set ?? null;
  if (first === undefined || set === null || set.operator !== operator || !ASSOCIATIVE.has(operator)) return selects;
  const bare = first.orderBy.length === 0 && first.limit === null && first.offset === null;
  const { fetch = null, lock = null, ctes = [], suffixes = [] } = first.extras ?? {};
  if (!bare || fetch !== null || lock !== null || ctes.length > 0 || suffixes.length > 0) return selects;
  return [...set.selects, ...rest];
}

/** How many columns the items stand for. */
export function columnCount(items: readonly SelectItem[]): number {
  return items.reduce((count, item) => count + (item.kind === "entity" ? item.entity.columns.length : 1), 0);
}

/** The select behind a statement object. */
export function selectOf(value: unknown, where: string): SelectNode {
  const node = elementOf(value)?.node;
  if (node !== undefined && node.kind === "select") return node;
  throw new ArgumentError(`${where} takes a select(), got ${describeValue(value)}`);
}

function nameOf(name: unknown, where: string): string {
  if (typeof name === "string" && name !== "") return name;
  throw new ArgumentError(`${where} needs a name`);
}

/** Words that the programmer vouches for. */
export function wordsOf(text: unknown, dialect: string | null, where: string): StatementWords {
  if (typeof text !== "string" || text.trim() === "" || text.includes("\0")) {
    throw new ArgumentError(`${where} takes SQL text, got ${describeValue(text)}`);
  }
  return { text, dialect };
}

/** An ORDER BY element; a string names an item. */
function orderTerm(value: unknown, items: readonly SelectItem[]): ExpressionNode {
  if (typeof value === "string") return itemNamed(value, items, "orderBy");
  const element = elementOf(value);
  if (element !== null && element.role === "order" && element.node.kind === "order") return element.node;
  return requireExpression(value, "orderBy()");
}

/** The label or column that is called so in rows. Throws `ArgumentError` where none is. */
export function itemNamed(name: string, items: readonly SelectItem[], where: string): ExpressionNode {
  for (const item of items) {
    if (item.kind === "label" && item.name === name) return item;
    if (item.kind === "column" && item.property === name) return item;
  }
  throw new ArgumentError(
    `${where}('${name}'): the select list has no such label or column; give the column or expression itself`,
  );
}

/** Loader options as they were given. Throws `ArgumentError` for what is none. */
export function loadOptions(options: readonly unknown[]): readonly object[] {
  return options.map((option) => {
    if (typeof option === "object" && option !== null && "kind" in option && option.kind === "option") return option;
    throw new ArgumentError(`options() takes loader options, got ${describeValue(option)}`);
  });
}

function rowCount(count: unknown, where: string): ExpressionNode | null {
  if (count === null) return null;
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return countBindNode(count);
  if (elementOf(count) !== null) return argumentNode(count);
  throw new ArgumentError(`${where} takes a whole number from 0, got ${describeValue(count)}`);
}

function lockClause(options: LockOptions): LockClause {
  const { of = [], nowait = false, skipLocked = false, share = false, keyShare = false, noKey = false } = options;
  if (nowait && skipLocked) throw new ArgumentError("forUpdate() takes nowait or skipLocked, not both");
  if (Number(share) + Number(keyShare) + Number(noKey) > 1) {
    throw new ArgumentError("forUpdate() takes one of share, keyShare and noKey");
  }
  const sources = Array.isArray(of) ? of : [of];
  return {
    strength: share ? "share" : keyShare ? "keyShare" : noKey ? "noKeyUpdate" : "update",
    of: sources.map((source) => sourceNode(source, "forUpdate()")),
    wait: nowait ? "nowait" : skipLocked ? "skipLocked" : "block",
  };
}
