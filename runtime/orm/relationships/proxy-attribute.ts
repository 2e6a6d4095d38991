// Association proxies in statements: `User.keywords.contains("x")` asks the relationship that the proxy leads along, of
// what its attribute there is.
import { InvalidRequestError, MappingError } from "../../errors/errors.js";
import type { MappedEntity } from "../../sql/ast/nodes.js";
import { typed } from "../../sql/build/element.js";
import type { ConditionElement } from "../../sql/build/expression.js";
import { Expression } from "../../sql/build/expression.js";
import type { Condition } from "../../sql/typing.js";
import { ComputedAttribute } from "../computed.js";
import type { Entity } from "../entity.js";
import { mapperBehind } from "../mapped-class.js";
import type { ProxyDefinition } from "../mapping-definition.js";
import type { Mapper } from "../mapper.js";
import { RelationshipAttribute } from "./attribute.js";

export class ProxyAttribute {
  readonly kind = "proxy";
  readonly key: string;
  readonly #relationship: RelationshipAttribute;
  /** The attribute that is shown, of the class that the relationship leads to. */
  readonly #far: Expression | RelationshipAttribute;

  constructor(key: string, [relationship, attribute]: ProxyDefinition, owner: MappedEntity) {
    this.key = key;
    this.#relationship = new RelationshipAttribute(mapperBehind(owner).relationship(relationship), owner, null);
    this.#far = farAttribute(this.#relationship.relationship.target, attribute);
  }

  /** True where something related meets a condition: on the class whose objects are shown, or else between. */
  any(condition?: Condition): ConditionElement {
    return this.#relationship.any(this.#onMiddle(condition));
  }

  /** The same of a proxy along a to-one relationship. */
  has(condition?: Condition): ConditionElement {
    return this.#relationship.has(this.#onMiddle(condition));
  }

  /** True where one of the related shows this value or object. */
  contains(value: unknown): ConditionElement {
    return this.#relationship.any(this.#shows(value));
  }

  /** True where the related one shows this; with null, where nothing is related, too. */
  eq(value: unknown): ConditionElement {
    const shown = this.#relationship.has(this.#shows(value));
    return value === null ? shown.or(this.#relationship.eq(null)) : shown;
  }

  /** True where something is related and shows something else. */
  ne(value: unknown): ConditionElement {
    const far = this.#far;
    if (far instanceof Expression) return this.#relationship.has(typed(far.ne(value)));
    return this.#relationship.has(typed(far.ne(objectOf(value))));
  }

  toString(): string {
    return `${this.#relationship.owner.name}.${this.key}`;
  }

  #onMiddle(condition: Condition | undefined): Condition | undefined {
    const far = this.#far;
    if (condition === undefined || far instanceof Expression) return condition;
    return typed(far.relationship.collection ? far.any(condition) : far.has(condition));
  }

  #shows(value: unknown): Condition {
    const far = this.#far;
    if (far instanceof Expression) return typed(far.eq(value));
    if (!far.relationship.collection) return typed(far.eq(objectOf(value)));
    if (value === null) throw new InvalidRequestError(`${String(this)} shows collections: ask any()`);
    return typed(far.contains(objectOf(value)));
  }
}

/** Sound: the relationship's own methods check what they are given. */
function objectOf(value: unknown): Entity {
  return value as Entity;
}

function farAttribute(target: Mapper, attribute: string): Expression | RelationshipAttribute {
  const slot = target.slots.find(({ property }) => property === attribute);
  if (slot !== undefined) return new Expression(slot.column);
  const computed = target.definition.computed?.[attribute];
  if (computed !== undefined) return new ComputedAttribute(attribute, computed, target);
  const relationship = target.relationships.find(({ name }) => name === attribute);
  if (relationship !== undefined) return new RelationshipAttribute(relationship, target, null);
  throw new MappingError(`Class ${target.name} has no attribute '${attribute}', which a proxy shows`);
}
