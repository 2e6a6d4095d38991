// `withParent(user, User.addresses)`: a condition that holds for what a relationship of one object leads to.
import { ArgumentError, InvalidRequestError } from "../../errors/errors.js";
import { binaryNode, subqueryNode, tupleNode } from "../../sql/ast/expressions.js";
import type { ExpressionNode, SelectNode } from "../../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { typed } from "../../sql/build/element.js";
import { ConditionElement } from "../../sql/build/expression.js";
import type { Condition, Rel } from "../../sql/typing.js";
import { unknownType } from "../../types/declared-type.js";
import { describeValue } from "../../types/describe-value.js";
import { adaptColumns, partsOf, standingAdapter } from "../adapt-columns.js";
import { Entity } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { selectOfOne } from "../load/related-select.js";
import { mapperOf } from "../mapper.js";
import { RelationshipAttribute } from "./attribute.js";
import { columnsOfSlots, conjunction } from "./join-conditions.js";

/**
 * True for the rows of the objects that a relationship of this object leads to, as its loading selects them:
 * `select(Address).where(withParent(user, User.addresses))`. What the object's key is, it is asked now.
 * @throws ArgumentError where the relationship is of another class
 * @throws InvalidRequestError for a new object, which has no key yet
 */
export function withParent(parent: object, attribute: Rel): Condition {
  if (!(attribute instanceof RelationshipAttribute)) {
    throw new ArgumentError(
      `withParent() takes a relationship such as User.addresses, got ${describeValue(attribute)}`,
    );
  }
  const { relationship } = attribute;
  if (!(parent instanceof Entity) || !mapperOf(parent).isA(relationship.owner)) {
    throw new ArgumentError(
      `withParent() takes an object of ${relationship.owner.name} for ${String(attribute)}, ` +
        `got ${describeValue(parent)}`,
    );
  }
  const key = relationship.startColumns.map(({ property }): unknown => {
    // The generated property loads what is expired.
    const value: unknown = Reflect.get(parent, property);
    if (value !== undefined) return value;
    throw new InvalidRequestError(`${nameEntity(parent)} is new, and its '${property}' is not set yet: flush it first`);
  });
  const select = selectOfOne(relationship, key);
  const target = attribute.toward ?? relationship.target;
  const adapter = standingAdapter(relationship.target, target);
  const conditions = relationship.dependsOnRow ? [isAmongRows(attribute, select)] : select.where;
  const adapted = conditions.map((each) => adaptColumns(each, adapter));
  return typed(new ConditionElement(conjunction([...adapted, ...attribute.criteriaOn(target)])));
}

/** By the keys of the rows, where the join demands something of the parent's row itself. */
function isAmongRows({ relationship: { target } }: RelationshipAttribute, select: SelectNode): ExpressionNode {
  const key = columnsOfSlots(target.primaryKey, target.columns);
  const [column, more] = key;
  const one = column !== undefined && more === undefined ? column : tupleNode(key);
  const { items } = bareSelect(key);
  const keys = selectNode({ ...partsOf(select), items, orderBy: [], labelStyle: "bare", options: [] });
  return binaryNode("in", one, subqueryNode(keys, column?.type ?? unknownType));
}
