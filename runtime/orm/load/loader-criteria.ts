// Conditions on every occurrence of a class in a statement and in all that is loaded from its objects: soft delete,
// tenancy. `withLoaderCriteria(Post, Post.deletedAt.isNull())`.
import { ArgumentError } from "../../errors/errors.js";
import { displayedFroms, namedFroms, referencedFroms } from "../../sql/ast/froms.js";
import type { ExpressionNode, FromNode, NamedFromNode, SelectNode } from "../../sql/ast/nodes.js";
import { rewriteParts } from "../../sql/ast/rewrite.js";
import { selectNode } from "../../sql/ast/statements.js";
import { joinNode } from "../../sql/ast/tables.js";
import { conditionNode } from "../../sql/build/coerce.js";
import type { Condition, EntityClass, LoadOption } from "../../sql/typing.js";
import { adaptColumns, partsOf, standingAdapter } from "../adapt-columns.js";
import { standingIn } from "../aliased-entity.js";
import { mapperOfClass } from "../mapped-class.js";
import type { Mapper } from "../mapper.js";
import { conjunction } from "../relationships/join-conditions.js";

/** One condition on one class, over the class's own table. */
export interface LoaderCriterion {
  readonly mapper: Mapper;
  readonly condition: ExpressionNode;
}

/** The option that carries a criterion. */
export class LoaderCriteriaOption implements LoadOption, LoaderCriterion {
  readonly kind = "option";
  readonly mapper: Mapper;
  readonly condition: ExpressionNode;

  constructor(mapper: Mapper, condition: ExpressionNode) {
    this.mapper = mapper;
    this.condition = condition;
  }
}

/**
 * Adds a condition to every occurrence of a class: in the statement itself, its joins and the subqueries of its
 * conditions, and in what is loaded for relationships, at once or at access. A select that stands in FROM, as a
 * subquery or CTE, takes criteria of its own. Objects that the session holds already are not affected.
 * @throws ArgumentError where this is no mapped class, or no condition
 */
export function withLoaderCriteria(entityClass: EntityClass, condition: Condition): LoadOption {
  const mapper = mapperOfClass(entityClass, "withLoaderCriteria()");
  const node = conditionNode(condition, "withLoaderCriteria()");
  const foreign = [...referencedFroms([node])].find((from) => from !== mapper.from);
  if (foreign !== undefined) {
    throw new ArgumentError(
      `withLoaderCriteria(${mapper.name}, …) takes a condition on ${mapper.name} alone, ` +
        `and this one reads '${foreign.name}'`,
    );
  }
  return new LoaderCriteriaOption(mapper, node);
}

/** The select with the criteria at every occurrence of their classes. */
export function applyCriteria(select: SelectNode, criteria: readonly LoaderCriterion[]): SelectNode {
  if (criteria.length === 0) return select;
  return new CriteriaWriter(criteria).select(select);
}

/** The conditions on one class, over its own table. */
export function criteriaOn(mapper: Mapper, criteria: readonly LoaderCriterion[]): ExpressionNode[] {
  return criteria.flatMap((each) => (mapper.isA(each.mapper) ? [each.condition] : []));
}

class CriteriaWriter {
  readonly #criteria: readonly LoaderCriterion[];
  /** Sources of the statements around a subquery: their rows are restricted there. */
  #around: readonly NamedFromNode[] = [];

  constructor(criteria: readonly LoaderCriterion[]) {
    this.#criteria = criteria;
  }

  select(select: SelectNode): SelectNode {
    const mentioned = referencedFroms([
      ...select.items,
      ...select.where,
      ...select.groupBy,
      ...select.having,
      ...select.orderBy,
    ]);
    const displayed = displayedFroms(select.froms, mentioned).filter(
      (from) => select.froms.includes(from) || !this.#around.some((outer) => outer === from),
    );
    const outer = this.#around;
    this.#around = [...outer, ...displayed.flatMap(namedFroms)];
    const where = select.where.map((node) => this.expression(node));
    const froms = select.froms.map((from) => this.#joined(from));
    for (const from of displayed) where.push(...this.#of(leftmost(from)));
    const set = select.extras?.set ?? null;
    const extras =
      set === null || select.extras === undefined || select.extras === null
        ? (select.extras ?? null)
        : { ...select.extras, set: { ...set, selects: set.selects.map((each) => this.select(each)) } };
    const items = select.items.map((item) => (item.kind === "entity" ? item : this.expression(item)));
    this.#around = outer;
    return selectNode({ ...partsOf(select), items, froms, where, extras });
  }

  expression(node: ExpressionNode): ExpressionNode {
    return rewriteParts(node, {
      expression: (part) => this.expression(part),
      select: (select) => this.select(select),
    });
  }

  #joined(from: FromNode): FromNode {
    if (from.kind !== "join") return from;
    const conditions = this.#of(from.right);
    const on = this.expression(from.on);
    return joinNode(
      this.#joined(from.left),
      from.right,
      conditions.length === 0 ? on : conjunction([on, ...conditions]),
      from.join,
    );
  }

  /** The conditions on one source. */
  #of(from: NamedFromNode): ExpressionNode[] {
    return this.#criteria.flatMap(({ mapper, condition }) => {
      if (from.kind !== "table" && from.kind !== "alias" && from.kind !== "combined") return [];
      const source = from.kind === "table" ? from : (from.element ?? from);
      const found = mapper.family.find((each) => each.from === source);
      return found === undefined ? [] : [adaptColumns(condition, standingAdapter(found, standingIn(from, found)))];
    });
  }
}

function leftmost(from: FromNode): NamedFromNode {
  return from.kind === "join" ? leftmost(from.left) : from;
}
