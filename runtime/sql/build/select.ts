// `select()` and what can be chained to it. Each call makes a new statement; none changes.
import { ArgumentError, InvalidRequestError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { junctionNode, TRUE } from "../ast/expressions.js";
import { namedFroms, referencedFroms } from "../ast/froms.js";
import type { ExpressionNode, FromNode, JoinKind, NamedFromNode, SelectNode } from "../ast/nodes.js";
import { copySelect } from "../ast/statements.js";
import { joinNode } from "../ast/tables.js";
import type { Compound, Item, SameColumns, Select } from "../typing.js";
import { conditionNode, requireExpression, selectOf, withConditions } from "./coerce.js";
import { typed } from "./element.js";
import { Expression } from "./expression.js";
import { combined, itemNamed, QueryStatement, wordsOf } from "./query.js";
import { classCriteria, inferredOn, isJoinable, relationshipJoin, sourceNode } from "./sources.js";

/**
 * `SELECT` of columns, expressions, mapped classes and tables (a table stands for all its columns). What it reads from
 * is worked out from what it refers to.
 */
export function select<L extends readonly [Item, ...Item[]]>(...items: L): Select<L> {
  return typed(new SelectStatement(selectOf(items, "select()")));
}

/** `SELECT … UNION SELECT …`: the rows of all, each once. */
export function union<L extends readonly unknown[], X extends string>(
  first: Select<L, X> | Compound<L, X>,
  ...others: SameColumns<L, X>[]
): Compound<L, X> {
  return typed(combined("union", [first, ...others]));
}

/** The rows of all. */
export function unionAll<L extends readonly unknown[], X extends string>(
  first: Select<L, X> | Compound<L, X>,
  ...others: SameColumns<L, X>[]
): Compound<L, X> {
  return typed(combined("unionAll", [first, ...others]));
}

/** The rows that are in all, each once. */
export function intersect<L extends readonly unknown[], X extends string>(
  first: Select<L, X> | Compound<L, X>,
  ...others: SameColumns<L, X>[]
): Compound<L, X> {
  return typed(combined("intersect", [first, ...others]));
}

/** The rows of the first that are in none of the others, each once. */
export function except<L extends readonly unknown[], X extends string>(
  first: Select<L, X> | Compound<L, X>,
  ...others: SameColumns<L, X>[]
): Compound<L, X> {
  return typed(combined("except", [first, ...others]));
}

export class SelectStatement extends QueryStatement {
  protected override made(node: SelectNode): this {
    return new SelectStatement(node) as this; // the class has no subclasses
  }

  /** Conditions joined by AND, to those already there. */
  where(...conditions: unknown[]): SelectStatement {
    const node = copySelect(this.node);
    node.where = added(node.where, conditions, "where()");
    return new SelectStatement(node);
  }

  /** Equality for each property of the first class. */
  filterBy(values: Readonly<Record<string, unknown>>): SelectStatement {
    const entity = this.node.items.find((item) => item.kind === "entity")?.entity;
    if (entity === undefined) throw new InvalidRequestError("filterBy() needs a mapped class in the select list");
    if (typeof values !== "object" || values === null) {
      throw new ArgumentError(`filterBy() takes an object of values, got ${describeValue(values)}`);
    }
    const conditions = Object.entries(values).map(([property, value]) => {
      const column = entity.columns[entity.properties.indexOf(property)];
      if (column === undefined) throw new ArgumentError(`class ${entity.name} has no column property '${property}'`);
      return new Expression(column).eq(value);
    });
    return this.where(...conditions);
  }

  /** `JOIN`: a class or table, joined by the given condition or by the one foreign key; or a relationship. */
  join(target: unknown, on?: unknown): SelectStatement {
    return this.#joined(target, arguments.length > 1 ? conditionNode(on, "join()") : null, "inner");
  }

  /** `LEFT OUTER JOIN`: rows without a partner stay, with NULL on the joined side. */
  outerJoin(target: unknown, on?: unknown): SelectStatement {
    return this.#joined(target, arguments.length > 1 ? conditionNode(on, "outerJoin()") : null, "left");
  }

  /** `FULL OUTER JOIN`: rows of both sides without a partner stay. */
  fullJoin(target: unknown, on?: unknown): SelectStatement {
    return this.#joined(target, arguments.length > 1 ? conditionNode(on, "fullJoin()") : null, "full");
  }

  /** `CROSS JOIN`: every row with every row. */
  crossJoin(target: unknown): SelectStatement {
    return this.#joined(target, TRUE, "cross");
  }

  /** Sources put into FROM even where nothing refers to them, and before those that are inferred. */
  selectFrom(...sources: unknown[]): SelectStatement {
    const node = copySelect(this.node);
    node.froms = [...node.froms, ...sources.map((source) => sourceNode(source, "selectFrom()"))];
    node.where = withConditions(node, sources.flatMap(classCriteria));
    return new SelectStatement(node);
  }

  groupBy(...expressions: unknown[]): SelectStatement {
    const node = copySelect(this.node);
    const nodes = node.groupBy.slice();
    for (const expression of expressions) {
      const named = typeof expression === "string";
      nodes.push(named ? itemNamed(expression, node.items, "groupBy") : requireExpression(expression, "groupBy()"));
    }
    node.groupBy = nodes;
    return new SelectStatement(node);
  }

  having(...conditions: unknown[]): SelectStatement {
    const node = copySelect(this.node);
    node.having = added(node.having, conditions, "having()");
    return new SelectStatement(node);
  }

  /** `SELECT DISTINCT`, or `DISTINCT ON (…)`: one row for each value of these. */
  distinct(...on: unknown[]): SelectStatement {
    const node = copySelect(this.node);
    node.distinct = true;
    if (on.length > 0) {
      const { distinctOn } = this.extras;
      const further = on.map((expression) => requireExpression(expression, "distinct()"));
      node.extras = { ...this.extras, distinctOn: [...distinctOn, ...further] };
    }
    return new SelectStatement(node);
  }

  /** Words of the database's own after SELECT: never from input. With a dialect's name, for that dialect alone. */
  prefixWith(text: string, dialect: string | null = null): SelectStatement {
    return this.withExtras({ prefixes: [...this.extras.prefixes, wordsOf(text, dialect, "prefixWith()")] });
  }

  /** Words after a source in FROM, such as an index hint: never from input. */
  withHint(source: unknown, text: string, dialect: string | null = null): SelectStatement {
    const hint = { ...wordsOf(text, dialect, "withHint()"), from: sourceNode(source, "withHint()") };
    return this.withExtras({ hints: [...this.extras.hints, hint] });
  }

  /** Inside another statement: these sources are that statement's and not read again, all others are. */
  correlate(...sources: unknown[]): SelectStatement {
    return this.#correlated(sources, false);
  }

  /** Inside another statement: these sources are read again, whatever that statement reads. */
  correlateExcept(...sources: unknown[]): SelectStatement {
    return this.#correlated(sources, true);
  }

  /** More items in the select list. */
  addColumns(...items: unknown[]): SelectStatement {
    const node = copySelect(this.node);
    const more = selectOf(items, "addColumns()");
    node.items = [...node.items, ...more.items];
    node.where = withConditions(node, more.where);
    return new SelectStatement(node);
  }

  /** Other items in the select list; what is read from stays as far as it was given. */
  withOnlyColumns(...items: unknown[]): SelectStatement {
    const node = copySelect(this.node);
    const others = selectOf(items, "withOnlyColumns()");
    node.items = others.items;
    node.where = withConditions(node, others.where);
    return new SelectStatement(node);
  }

  #correlated(sources: readonly unknown[], inverted: boolean): SelectStatement {
    const froms = sources.map((source) => sourceNode(source, "correlate()"));
    return this.withExtras({ correlation: { except: inverted, froms } });
  }

  #joined(target: unknown, on: ExpressionNode | null, kind: JoinKind): SelectStatement {
    const node = copySelect(this.node);
    const relationship = relationshipJoin(target);
    if (relationship === null) {
      const right = sourceNode(target, JOIN_NAMES[kind]);
      const criteria = classCriteria(target);
      node.froms = joinedTo(node, null, { right, on, criteria }, kind);
      node.where = kind === "cross" ? withConditions(node, criteria) : without(node.where, criteria);
      return new SelectStatement(node);
    }
    const { steps, sourceCriteria, targetCriteria } = relationship;
    if (on !== null && steps.length !== 1) {
      throw new ArgumentError("a relationship through a link table takes no ON condition of its own");
    }
    let { source }: { source: NamedFromNode } = relationship;
    if (sourceCriteria.length > 0 && !isRead(node, source)) node.where = withConditions(node, sourceCriteria);
    for (const step of steps) {
      const given = on === null ? { ...step, criteria: [] } : { right: step.right, on, criteria: targetCriteria };
      node.froms = joinedTo(node, source, given, kind);
      source = step.right;
    }
    node.where = without(node.where, targetCriteria);
    return new SelectStatement(node);
  }
}

const JOIN_NAMES = { inner: "join()", left: "outerJoin()", full: "fullJoin()", cross: "crossJoin()" } as const;

function added(present: readonly ExpressionNode[], conditions: readonly unknown[], where: string): ExpressionNode[] {
  const nodes = present.slice();
  for (const condition of conditions) {
    const node = conditionNode(condition, where);
    if (node.kind === "junction" && node.operator === "and") nodes.push(...node.operands);
    else nodes.push(node);
  }
  return nodes;
}

/** What a join adds to FROM: the condition that is given, if any, and what tells the rows of its class. */
interface JoinedSource {
  readonly right: NamedFromNode;
  readonly on: ExpressionNode | null;
  readonly criteria: readonly ExpressionNode[];
}

/**
 * FROM after one more join: `right` goes to the element that holds `source`, or to the one it has a foreign key with.
 * What is there is what was given or, before anything was, what the select list refers to.
 */
function joinedTo(
  node: SelectNode,
  source: NamedFromNode | null,
  { right, on, criteria }: JoinedSource,
  kind: JoinKind,
): readonly FromNode[] {
  const left = source === null ? leftOf(node, right, on) : (holderOf(node.froms, source) ?? source);
  const condition = on ?? inferredOn(left, right);
  const isPlain = criteria.length === 0 || kind === "cross";
  const joined = joinNode(left, right, isPlain ? condition : junctionNode("and", [condition, ...criteria]), kind);
  if (!node.froms.includes(left)) return [...node.froms, joined];
  return node.froms.length === 1 ? [joined] : node.froms.map((from) => (from === left ? joined : from));
}

/** The conditions without those that an ON states: in WHERE they would drop the rows that an outer join keeps. */
function without(where: readonly ExpressionNode[], stated: readonly ExpressionNode[]): readonly ExpressionNode[] {
  return stated.length === 0 ? where : where.filter((each) => !stated.includes(each));
}

/** True where FROM holds the source, or the select list makes it read. */
function isRead(node: SelectNode, source: NamedFromNode): boolean {
  return holderOf(node.froms, source) !== undefined || referencedFroms(node.items).has(source);
}

function holderOf(froms: readonly FromNode[], source: NamedFromNode): FromNode | undefined {
  return froms.find((from) => namedFroms(from).some((named) => named.key === source.key));
}

/** What `right` is joined to where nobody said: the only element there is, or the only one that fits. */
function leftOf(node: SelectNode, right: NamedFromNode, on: ExpressionNode | null): FromNode {
  const [given] = node.froms;
  if (given !== undefined && node.froms.length === 1) return given;
  let any: FromNode | null = null;
  let anyCount = 0;
  let fitting: FromNode | null = null;
  let fittingCount = 0;
  for (const from of given === undefined ? referencedFroms(node.items) : node.froms) {
    if (from.key === right.key) continue;
    any ??= from;
    anyCount += 1;
    if (on === null ? !isJoinable(from, right) : !isMentioned(from, right, on)) continue;
    fitting ??= from;
    fittingCount += 1;
  }
  if (fitting !== null && fittingCount === 1) return fitting;
  if (any !== null && fittingCount === 0 && anyCount === 1) return any;
  throw new InvalidRequestError(
    any === null
      ? `there is nothing to join '${right.name}' to; name the left side with selectFrom()`
      : `'${right.name}' can be joined to more than one of the sources; name the left side with selectFrom()`,
  );
}

/** True where the ON condition refers to the element, or to one of those joined in it. */
function isMentioned(from: FromNode, right: NamedFromNode, on: ExpressionNode): boolean {
  if (from.kind !== "join") return from.key !== right.key && refersTo(on, from);
  return isMentioned(from.left, right, on) || isMentioned(from.right, right, on);
}

function refersTo(node: ExpressionNode, from: NamedFromNode): boolean {
  switch (node.kind) {
    case "column":
      return node.table === from;
    case "binary":
      return refersTo(node.left, from) || refersTo(node.right, from);
    default:
      return referencedFroms([node]).has(from);
  }
}
