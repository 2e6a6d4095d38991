// Conditions on every occurrence of a class in a statement and in all that is loaded from its objects: soft delete,
// tenancy. `withLoaderCriteria(Post, Post.deletedAt.isNull())`.
import { ArgumentError } from "../../errors/errors.js";
import { referencedFroms } from "../../sql/ast/froms.js";
import type { DeleteNode, ExpressionNode, RestrictingOption, SelectNode, UpdateNode } from "../../sql/ast/nodes.js";
import { conditionNode } from "../../sql/build/coerce.js";
import type { Condition, EntityClass, LoadOption } from "../../sql/typing.js";
import { mapperOfClass } from "../mapped-class.js";
import type { Mapper } from "../mapper.js";
import { applyCriteria, type LoaderCriterion } from "./criteria-writer.js";

/** The option that carries a criterion. */
export class LoaderCriteriaOption implements LoadOption, LoaderCriterion, RestrictingOption {
  readonly kind = "option";
  readonly mapper: Mapper;
  readonly condition: ExpressionNode;

  constructor(mapper: Mapper, condition: ExpressionNode) {
    this.mapper = mapper;
    this.condition = condition;
  }

  /** For a select that becomes a part of another statement. */
  restrict(select: SelectNode): SelectNode {
    return applyCriteria(select, [this]);
  }
}

/** The criteria among the options of an UPDATE or DELETE, which has no others. */
export function criteriaOfWrite({ kind, extras }: UpdateNode | DeleteNode): readonly LoaderCriteriaOption[] {
  return (extras?.options ?? []).map((option) => {
    if (option instanceof LoaderCriteriaOption) return option;
    throw new ArgumentError(`${kind.toUpperCase()} takes withLoaderCriteria() among loader options, and no other`);
  });
}

/**
 * Adds a condition to every occurrence of a class: in the statement itself, its joins, its subqueries and CTEs, and in
 * what is loaded for relationships, at once or at access. Objects that the session holds already are not affected.
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

/** The conditions on one class, over its own table. */
export function criteriaOn(mapper: Mapper, criteria: readonly LoaderCriterion[]): ExpressionNode[] {
  return criteria.flatMap((each) => (mapper.isA(each.mapper) ? [each.condition] : []));
}
